"""Commands of tmsh, carried out on what `bigip.conf` and `tmsh list` print."""

from __future__ import annotations

import re
from collections.abc import Sequence

from auditor.remedies.braces import behind
from auditor.remedies.errors import NotCarriedOut
from parsers.platform import CONFIGURATION, Text

_RULE = re.compile(
    r"modify security firewall policy (?P<policy>\S+) rules add \{ (?P<rule>\S+) \{ place-(?P<where>before|after) "
    r"(?P<other>\S+) action accept ip-protocol tcp destination \{ addresses add \{ (?P<addresses>[^}]+) \} "
    r"ports add \{ (?P<ports>[^}]+) \} \} \} \}"
)
_NO_RULE = re.compile(
    r"modify security firewall policy (?P<policy>\S+) rules delete \{ (?P<rule>\S+) \}"
)
_VIRTUAL = re.compile(
    r"create ltm virtual (?P<name>\S+) destination (?P<place>\S+) mask (?P<mask>\S+) ip-forward "
    r"ip-protocol (?P<protocol>\S+) profiles add \{ (?P<profile>\S+) \}"
)
_NO_VIRTUAL = re.compile(r"delete ltm virtual (?P<name>\S+)")


def carried_out(texts: list[Text], commands: Sequence[str]) -> list[Text]:
    """The texts after the commands. Raises NotCarriedOut for others than rules and virtual servers."""
    place = next((i for i, text in enumerate(texts) if text.command == CONFIGURATION), None)
    if place is None:
        raise NotCarriedOut("there is no configuration to type the commands into")
    lines = list(texts[place].lines)
    for command in commands:
        _one(lines, command)
    return [*texts[:place], texts[place]._replace(lines=lines), *texts[place + 1 :]]


def _one(lines: list[str], command: str) -> None:
    if found := _RULE.fullmatch(command):
        _add_rule(lines, found)
    elif found := _NO_RULE.fullmatch(command):
        start, end = _rules(lines, found["policy"])
        at = _at(lines, start, end, found["rule"])
        del lines[at : behind(lines, at, end)]
    elif found := _VIRTUAL.fullmatch(command):
        lines += _virtual(found)
    elif found := _NO_VIRTUAL.fullmatch(command):
        at = _at(lines, 0, len(lines), f"ltm virtual /Common/{found['name']}")
        del lines[at : behind(lines, at, len(lines))]
    else:
        raise NotCarriedOut(f"not of a form that can be carried out here: {command}")


def _virtual(found: re.Match[str]) -> list[str]:
    six = found["place"].count(":") > 1
    return [
        f"ltm virtual /Common/{found['name']} {{",
        f"    destination /Common/{found['place']}",
        "    ip-forward",
        f"    ip-protocol {found['protocol']}",
        f"    mask {found['mask']}",
        *("    profiles {", f"        /Common/{found['profile']} {{ }}", "    }"),
        f"    source {'::/0' if six else '0.0.0.0/0'}",
        "    translate-address disabled",
        "    translate-port disabled",
        "}",
    ]


def _add_rule(lines: list[str], found: re.Match[str]) -> None:
    start, end = _rules(lines, found["policy"])
    at = end - 1 if found["where"] == "after" else _at(lines, start, end, found["other"])
    body = [
        f"        {found['rule']} {{",
        "            action accept",
        "            ip-protocol tcp",
        "            destination {",
        "                addresses {",
        *(f"                    {address} {{ }}" for address in found["addresses"].split()),
        "                }",
        "                ports {",
        *(f"                    {port} {{ }}" for port in found["ports"].split()),
        "                }",
        "            }",
        "        }",
    ]
    lines[at:at] = body


def _rules(lines: list[str], policy: str) -> tuple[int, int]:
    """The lines of the rules of a policy: the first one in it, and the one behind its end."""
    name = policy if policy.startswith("/") else f"/Common/{policy}"
    head = _at(lines, 0, len(lines), f"security firewall policy {name}")
    end = behind(lines, head, len(lines))
    rules = _at(lines, head + 1, end, "rules")
    return rules + 1, behind(lines, rules, end)


def _at(lines: list[str], start: int, end: int, head: str) -> int:
    for number in range(start, end):
        if lines[number].strip() == f"{head} {{":
            return number
    raise NotCarriedOut(f"the configuration has no {head}")
