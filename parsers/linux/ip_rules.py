"""Routing rules from `ip rule show` and `ip -j rule` (ip-rule(8))."""

from __future__ import annotations

import ipaddress
import re
from typing import NamedTuple

from parsers.ledger import Ledger
from parsers.linux.json_lines import listed
from parsers.model.balancing import HashField, PathChoice, Scope, Spread, Stage
from parsers.model.source import Sourced, Where

_RULE = re.compile(r"(\d+):\s+(.*)")
_ORDINARY = re.compile(
    r"from all lookup (?:local|main|default|255|254|253|\[l3mdev-table\])(?: .*)?"
)
_TOS = frozenset({"tos", "dsfield", "dscp"})


class MarkTest(NamedTuple):
    """The mark that a rule wants, under a mask; `value` None where it is not understood."""

    value: int | None
    mask: int

    def takes(self, mark: int) -> bool:
        """Whether a packet with this mark may be meant."""
        return self.value is None or mark & self.mask == self.value


class RoutingRules(NamedTuple):
    """The rules of one family that are not the three every system has; `marks` are the tests of those that read a
    mark, `choices` the rules that read a field which can change within a session.
    """

    notes: tuple[Sourced[str], ...] = ()
    marks: tuple[MarkTest, ...] = ()
    choices: tuple[PathChoice, ...] = ()


def read_rules(
    file: str, lines: list[str], ledger: Ledger, as_json: bool, family: int
) -> RoutingRules:
    """The rules of one output, which is about one family."""
    found: list[tuple[str, int]] = []
    if as_json:
        for body, line, _last in listed(lines) or ():
            if isinstance(body, dict):
                found.append((_json_text(body), line))
        ledger.use_range(1, len(lines))
    else:
        for number, raw in enumerate(lines, 1):
            match = _RULE.fullmatch(raw.strip())
            if match is not None:
                found.append((" ".join(match.group(2).split()), number))
                ledger.use(number)
            elif not raw.strip():
                ledger.ignore(number)
            else:
                ledger.miss(number, "route", None)
    special = [(text, Where(file, line)) for text, line in found if not _ORDINARY.fullmatch(text)]
    notes = tuple(
        Sourced(value="policy-route", where=where, note=_noted(text)) for text, where in special
    )
    tests = tuple(test for text, _ in special if (test := _mark_test(text)) is not None)
    choices = tuple(
        choice for text, where in special if (choice := _choice(text, where, family)) is not None
    )
    return RoutingRules(notes, tests, choices)


def _mark_test(text: str) -> MarkTest | None:
    if "fwmark" not in text:
        return None
    words = text.split()
    value, _, mask = words[words.index("fwmark") + 1].partition("/") if words[0] != "not" else "?/?"
    return _number_test(value, mask)


def _number_test(value: str, mask: str) -> MarkTest:
    try:
        return MarkTest(int(value, 0), int(mask or "0xffffffff", 0))
    except ValueError:
        return MarkTest(None, 0)


def _choice(text: str, where: Where, family: int) -> PathChoice | None:
    """The path choice of a rule that reads the TOS byte; None for others, and for own packets."""
    words = text.split()
    iif = words[words.index("iif") + 1] if "iif" in words[:-1] else None
    protocol = words[words.index("ipproto") + 1] if "ipproto" in words[:-1] else "tcp"
    if not _TOS & set(words) or iif == "lo" or protocol not in ("tcp", "6"):
        return None
    prefixes = None
    if "to" in words[:-1] and words[0] != "not":
        prefixes = _prefixes(words[words.index("to") + 1])
    return PathChoice(
        stage=Stage.POLICY, scope=Scope.INGRESS if iif else Scope.DEVICE, spread=Spread.FLOW,
        statement=f"ip rule {text}", fields=frozenset({HashField.DSCP}), interface=iif,
        family=family, operational=True, prefixes=prefixes, where=where,
    )  # fmt: skip


def _prefixes(text: str) -> tuple[tuple[int, int, int], ...] | None:
    try:
        network = ipaddress.ip_network(text)
    except ValueError:
        return None
    return ((network.version, int(network.network_address), network.prefixlen),)


def _noted(text: str) -> str:
    """The rule's text, behind the interface's name where it acts on one (as `recognised` wants)."""
    words = text.split()
    return f"{words[words.index('iif') + 1]}: {text}" if "iif" in words[:-1] else text


def _json_text(body: dict[str, object]) -> str:
    words = ["not"] if body.get("not") is not None else []
    words += ["from", str(body.get("src", "all"))]
    if "srclen" in body:
        words[-1] += f"/{body['srclen']}"
    if "dst" in body:
        words += ["to", f"{body['dst']}/{body['dstlen']}" if "dstlen" in body else str(body["dst"])]
    for key in ("fwmark", "iif", "oif", "ipproto", "sport", "dport", "tos"):
        if key in body:
            words += [key, str(body[key])]
            if key == "fwmark" and "fwmask" in body:
                words[-1] += f"/{body['fwmask']}"
    words += ["lookup", str(body["table"])] if "table" in body else [str(body.get("action", ""))]
    return " ".join(words)
