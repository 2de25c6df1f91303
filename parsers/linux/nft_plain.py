"""Rules of the usual form in one step: conditions on interfaces, state, addresses and one port, a counter, a verdict.

What the general reader makes of the parts before and behind the addresses is kept by their text: a rule set says few
different things there. A line of another form, or whose parts say two things of one field, is read in the general way.
"""

from __future__ import annotations

import re
from collections.abc import Hashable
from typing import Any

from parsers.linux.chains import NO_EFFECT, Rule
from parsers.linux.nft_expression import expressions
from parsers.linux.nft_rules import RuleReader, read_expression, read_rule
from parsers.linux.nft_terms import Sets
from parsers.linux.nft_tokens import tokens_of
from parsers.linux.nft_values import Expression
from parsers.model.addresses import AddressSpec, prefix_term
from parsers.model.filters import Action, Entry, Match, Ranges
from parsers.netfilter_style.loopback import loopback_by_address

_VALUE = r'(?:!= )?(?:\{ ?[\w.:/*," -]*\}|@\w+|"[^"\n]*"|[\w.:/*,-]+)'
_FIELD = (
    r"(?:(?:meta )?(?:iif|oif)(?:name)?|meta (?:l4proto|nfproto|protocol)|ct state|icmp type|icmpv6 type"
    r"|ip protocol|ip6 nexthdr|ip6? [sd]addr|(?:tcp|udp|th) [sd]port)"
)
_OTHER = rf"((?:{_FIELD} {_VALUE} )*?)"
_IPV4 = r"((?:[0-9]{1,3}\.){3}[0-9]{1,3}(?:/(?:[12]?[0-9]|3[0-2]))?)"
PLAIN_LINE = re.compile(
    rf"[ \t]*{_OTHER}(?:ip saddr {_IPV4} )?(?:ip daddr {_IPV4} )?"
    rf"(?:(tcp|udp) dport ([1-9][0-9]{{0,4}}) )?{_OTHER}"
    rf'(?:counter (?:packets [0-9]+ bytes [0-9]+ )?)?(accept|drop|return)(?: comment "[^"\n]*")?(?: # handle [0-9]+)?'
)
"""A line of the usual form: what is said before the addresses, source and destination, protocol and port, what is
said behind them, the verdict.
"""

_PROTOCOLS: dict[str | None, Ranges | None] = {"tcp": ((6, 6),), "udp": ((17, 17),), None: None}
_VERDICTS = {"accept": Action.PERMIT, "drop": Action.DENY, "return": Action.RETURN}
_EMPTY = Match()
KEPT = 4096
"""How many texts of parts are kept, for a rule set that says another one on each line."""


def _expressions(text: str) -> list[Expression]:
    """The expressions of a text within one line."""
    return expressions(tokens_of([text])[:-1])[0]  # without the line's end


Said = tuple[tuple[int, Any], ...]
"""The fields of a match that a part of a rule sets, each with its place in `Match`."""


Key = tuple[str, str, type, Any]
"""A condition of the usual form: field, operator, the value's type and the value."""
_ADDRESSES = {"ip saddr": 2, "ip daddr": 3}
_PORTS = {"tcp dport": ((6, 6),), "udp dport": ((17, 17),)}


class PlainRules:
    """Makes the rules of one table. `prefix`, `family`, `sets` and `chains` are as `read_rule` takes them."""

    def __init__(self, prefix: str, family: int, sets: Sets, chains: frozenset[str]) -> None:
        self.prefix = prefix
        self.family = family
        self.sets = sets
        self.chains = chains
        self.specs: dict[str, AddressSpec] = {}
        self.ports: dict[str | None, Ranges | None] = {None: None}
        self.said: dict[Hashable, Said | None] = {"": ()}

    def of_line(self, line: re.Match[str], number: int) -> Rule:
        """The rule of a line that `PlainParts` found to be one."""
        before, source, destination, protocol, port, behind, verdict = line.groups()
        specs = self.specs
        try:
            src = None if source is None else specs.get(source) or self._spec(source)
            dst = None if destination is None else specs.get(destination) or self._spec(destination)
            ports = self.ports[port] if port in self.ports else self._ports(port)
        except ValueError:
            return self._general(_expressions(line.string), number)
        family = 0 if src is None and dst is None else 4
        match = Match(family, _PROTOCOLS[protocol], src, dst, None, ports)
        if before or behind:
            joined = _joined(match, [self._said(text, text) for text in (before, behind) if text])
            if joined is None:
                return self._general(_expressions(line.string), number)
            match = joined
        return self._rule(match, _VERDICTS[verdict], number)

    def of_expressions(self, found: Any, number: int) -> Rule:
        """The rule of these expressions, which may be of any form."""
        parts: list[Said | None] = []
        for expression in found if isinstance(found, list) else ():
            if not isinstance(expression, dict) or len(expression) != 1:
                break
            ((kind, body),) = expression.items()
            if kind == "match":
                parts.append(self._condition(_key(body), expression))
                if parts[-1] is None:
                    break
            elif kind in _VERDICTS:
                match = _joined(_EMPTY, parts)
                if match is not None:
                    return self._rule(match, _VERDICTS[kind], number)
                break
            elif kind != "counter":
                break
        return self._general(found, number)

    def _condition(self, key: Key | None, expression: Expression) -> Said | None:
        """What a condition says; those on addresses and ports, which are many, by themselves."""
        if key is None:
            return None
        what, op, kind, value = key
        if op == "==" and what in _ADDRESSES and isinstance(value, str) and value[:1].isdecimal():
            try:
                spec = self.specs.get(value) or self._spec(value)
            except ValueError:
                return self._said(key, [expression])
            return ((0, 4), (_ADDRESSES[what], spec)) if spec.terms[0].family == 4 else None
        if op == "==" and what in _PORTS and kind is int and 0 <= value <= 65535:
            return ((1, _PORTS[what]), (5, ((value, value),)))
        return self._said(key, [expression])

    def _general(self, found: Any, number: int) -> Rule:
        return read_rule({"expr": found}, number, self.prefix, self.family, self.sets, self.chains)

    def _rule(self, match: Match, action: Action, number: int) -> Rule:
        matches: tuple[Match, ...] = (match,)
        if match.in_interfaces is not None or match.out_interfaces is not None:
            matches = loopback_by_address(matches, self.family)
        return Rule(number, (Entry(number, action, matches),))

    def _spec(self, text: str) -> AddressSpec:
        found = self.specs[text] = AddressSpec((prefix_term(text),))
        return found

    def _ports(self, text: str) -> Ranges:
        number = int(text)
        if number > 65535:
            raise ValueError("no such port")
        found = self.ports[text] = ((number, number),)
        return found

    def _said(self, key: Hashable, part: str | list[Expression]) -> Said | None:
        """What a part of a rule says; None for what is more than one match that is certain."""
        if key in self.said:
            return self.said[key]
        reader = RuleReader(0, self.prefix, self.family, self.sets)
        for expression in _expressions(part) if isinstance(part, str) else part:
            read_expression(reader, expression, self.chains)
        said: Said | None = None
        sure = reader.alive and not reader.doubts and reader.effect is NO_EFFECT
        if sure and len(reader.matches) == 1:
            fields = enumerate(reader.matches[0])
            said = tuple((place, one) for place, one in fields if one is not _EMPTY[place])
        if len(self.said) >= KEPT:
            self.said.clear()
        self.said[key] = said
        return said


def _key(body: Any) -> Key | None:
    """A name for a condition of the usual form: field, operator, and one value with its type (True is not 1). None for
    a condition of another form.
    """
    try:
        ((kind, field),) = body["left"].items()
        if kind == "payload" and len(field) == 2:
            what = f"{field['protocol']} {field['field']}"
        elif kind in ("meta", "ct") and len(field) == 1:
            what = f"{kind} {field['key']}"
        else:
            return None
        right = body["right"]
        value: Any = right
        if isinstance(right, list):
            value = tuple(right) if all(isinstance(one, str) for one in right) else None
        elif isinstance(right, dict):
            ((name, inner),) = right.items()
            value = f"{inner['addr']}/{inner['len']}" if name == "prefix" else None
        hash(value)
        return None if value is None else (what, str(body["op"]), type(right), value)
    except (TypeError, KeyError, ValueError, AttributeError):
        return None


def _joined(match: Match, parts: list[Said | None]) -> Match | None:
    """`match` with what all parts say; None where they say different things of one field."""
    fields = list(match)
    for said in parts:
        if said is None:
            return None
        for place, value in said:
            if fields[place] is _EMPTY[place]:
                fields[place] = value
            elif fields[place] != value:
                return None
    return Match._make(fields)


class PlainParts:
    """Which lines of the usual form the general grammar reads too, without a rest; kept by the texts of their parts."""

    def __init__(self) -> None:
        self.known: dict[str, bool] = {"": True}

    def is_plain(self, line: re.Match[str]) -> bool:
        """Whether the parts of a line are conditions that the grammar has."""
        known = self.known
        before, behind = line.group(1, 6)
        return (known[before] if before in known else self._read(before)) and (
            known[behind] if behind in known else self._read(behind)
        )

    def _read(self, text: str) -> bool:
        found = _expressions(text)
        whole = all("unknown" not in expression for expression in found)
        if len(self.known) >= KEPT:
            self.known.clear()
        self.known[text] = whole
        return whole
