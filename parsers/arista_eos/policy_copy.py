"""A traffic policy built anew beside the old one, with a rule more: its interfaces then take the new one.

No document that could be read says how to type a rule in front of another, and rules stand in the order in which they
are typed. The old policy stays, and is the way back (Arista, "Traffic Policies"; README: traffic policies).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from parsers.arista_eos.traffic_policies import KEY
from parsers.platform import Remedy
from parsers.standing import configuration

_BOUND = re.compile(r"traffic-policy (?P<way>input|output) (?P<name>\S+)(?P<rest> physical)?")
_MATCH = re.compile(r"match (?P<name>\S+) ipv[46]")


def beside(wanted: Remedy, rule: Sequence[str]) -> tuple[str, ...]:
    """The commands, where the configuration holds the policy; `rule` begins with its `match` line. Empty where it does
    not, or has a rule or a policy of this name already."""
    lines = configuration(wanted)
    name = (wanted.filter or "").removeprefix(KEY)
    copied = _policy(lines, name)
    copy = f"{name}-SERVICE"
    words = {word for line in lines for word in line.split()}
    named = _MATCH.fullmatch(rule[0])
    if not copied or copy in words or named is None or named["name"] in words:
        return ()
    at = next((n for n, line in enumerate(copied) if _ends(line, wanted.before)), len(copied))
    width = 3
    body = [*copied[:at], *(f"{' ' * 2 * width}{line}" for line in rule), *copied[at:]]
    out = ["traffic-policies", f"{' ' * width}traffic-policy {copy}", *body]
    return (*out, *_bound(lines, name, copy))


def _ends(line: str, before: str | None) -> bool:
    """Whether a line begins the rule that the new one goes in front of: the one that drops, or the defaults."""
    found = _MATCH.fullmatch(line.strip())
    return found is not None and found["name"] in (before, "ipv4-all-default", "ipv6-all-default")


def _policy(lines: Sequence[str], name: str) -> list[str]:
    """What stands below the header of a policy, separators aside."""
    inside = False
    at: int | None = None
    for number, line in enumerate(lines):
        if line.strip() and not line.startswith(" "):
            inside = line.strip() == "traffic-policies"
        elif inside and line.split() == ["traffic-policy", name]:
            at = number
            break
    if at is None:
        return []
    depth = len(lines[at]) - len(lines[at].lstrip())
    found = []
    for line in lines[at + 1 :]:
        if line.strip() == "!":
            continue
        if len(line) - len(line.lstrip()) <= depth:
            break
        found.append(line)
    return found


def _bound(lines: Sequence[str], name: str, copy: str) -> list[str]:
    """The interfaces that have the policy, with the other one."""
    out = []
    header = ""
    for line in lines:
        if line.startswith("interface "):
            header = line.strip()
        elif not line.startswith((" ", "!")):
            header = ""
        found = _BOUND.fullmatch(line.strip())
        if header and found is not None and found["name"] == name:
            out += [header, f"   traffic-policy {found['way']} {copy}{found['rest'] or ''}"]
    return out
