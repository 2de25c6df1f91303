"""Conditions of iptables rules: one handler per option (iptables(8), iptables-extensions(8))."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from parsers.model.addresses import AddressSpec, range_terms
from parsers.model.filters import (
    FlagTest,
    Fragments,
    IcmpTest,
    InterfaceSpec,
    Match,
    Ranges,
    State,
)
from parsers.netfilter_style.conditions import (
    Condition,
    complement,
    conjoin,
    flags_unequal,
    icmp_complement,
)
from parsers.netfilter_style.names import (
    ALL_STATES,
    STATES,
    TCP_FLAGS,
    XT_ICMP,
    port_number,
    protocol_number,
)
from parsers.netfilter_style.xt_addresses import address_term
from parsers.netfilter_style.xt_words import EXACT_MODULES


class RuleReader:
    """The state while one rule's words are read."""

    __slots__ = ("doubts", "family", "fields", "goto", "index", "modules", "more", "only",
                 "options", "protocols", "target", "words")  # fmt: skip

    def __init__(self, words: list[str], index: int, family: int) -> None:
        self.words = words
        self.index = index
        self.family = family
        self.only = 0
        self.fields: dict[str, Any] = {}
        self.more: list[tuple[Match, ...]] = []
        self.doubts: list[str] = []
        self.modules: set[str] = set()
        self.options: dict[str, list[str]] = {}
        self.protocols: Ranges | None = None
        self.target: str | None = None
        self.goto = False

    def doubt(self, reason: str) -> None:
        """Notes that the conditions read are only a superset, and why."""
        if reason not in self.doubts:
            self.doubts.append(reason)

    def put(self, field: str, value: object) -> None:
        """Adds a condition on one field; a second one on the same field is joined at the end."""
        if field in self.fields:
            again: dict[str, Any] = {field: value}
            self.more.append((Match(**again),))
        else:
            self.fields[field] = value

    def joined(self) -> tuple[Match, ...]:
        """All conditions together."""
        matches: tuple[Match, ...] = (Match(**self.fields),)
        for alternatives in self.more:
            matches, uncertain = conjoin(matches, Condition(alternatives))
            if uncertain:
                self.doubt(uncertain)
        return matches

    def arguments(self) -> list[str]:
        """The words up to the next option."""
        words, index = self.words, self.index
        following = index + 1
        if following < len(words) and words[following][:1] == "-" and words[index][:1] not in "-!":
            self.index = following
            return [words[index]]
        out: list[str] = []
        while index < len(words):
            word = words[index]
            if word == "!":
                # the old spelling negates the value behind it, the new one the option behind it
                if out or words[index + 1 : index + 2] == [] or words[index + 1][:1] == "-":
                    break
            elif word[:1] == "-" and len(word) > 1 and not word[1:2].isdecimal():
                break
            out.append(word)
            index += 1
        self.index = index
        return out


def _address(reader: RuleReader, arguments: list[str], negated: bool) -> AddressSpec | None:
    (text,) = arguments
    terms = tuple(address_term(one) for one in text.split(","))
    if negated and len(terms) > 1:
        raise ValueError("negation of several addresses")
    if any(term.family != reader.family for term in terms):
        raise ValueError("an address of the other family")
    if not any(term.care for term in terms) and not negated:
        return None
    return AddressSpec(terms, negated=negated)


def _source(reader: RuleReader, arguments: list[str], negated: bool) -> None:
    spec = _address(reader, arguments, negated)
    if spec is not None:
        reader.put("src", spec)


def _destination(reader: RuleReader, arguments: list[str], negated: bool) -> None:
    spec = _address(reader, arguments, negated)
    if spec is not None:
        reader.put("dst", spec)


def _range(reader: RuleReader, arguments: list[str], negated: bool) -> AddressSpec:
    (text,) = arguments
    first, dash, last = text.partition("-")
    terms = range_terms(first, last if dash else first)
    if terms[0].family != reader.family:
        raise ValueError("an address of the other family")
    return AddressSpec(terms, negated=negated)


def _src_range(reader: RuleReader, arguments: list[str], negated: bool) -> None:
    reader.put("src", _range(reader, arguments, negated))


def _dst_range(reader: RuleReader, arguments: list[str], negated: bool) -> None:
    reader.put("dst", _range(reader, arguments, negated))


def _interface(arguments: list[str], negated: bool) -> InterfaceSpec:
    (name,) = arguments
    return InterfaceSpec((name[:-1] + "*" if name.endswith("+") else name,), negated)


def _in_interface(reader: RuleReader, arguments: list[str], negated: bool) -> None:
    reader.put("in_interfaces", _interface(arguments, negated))


def _out_interface(reader: RuleReader, arguments: list[str], negated: bool) -> None:
    reader.put("out_interfaces", _interface(arguments, negated))


def _protocol(reader: RuleReader, arguments: list[str], negated: bool) -> None:
    (text,) = arguments
    if text in ("all", "0"):
        if negated:
            raise ValueError("! -p all")
        return
    number = protocol_number(text)
    ranges: Ranges = ((number, number),)
    reader.protocols = None if negated else ranges
    reader.put("protocols", complement(ranges, 255) if negated else ranges)


@lru_cache(maxsize=4096)
def _ports(text: str) -> Ranges:
    out = []
    for part in text.split(","):
        low, colon, high = part.partition(":")
        first = port_number(low) if low else 0
        last = (port_number(high) if high else 65535) if colon else first
        if first > last:
            raise ValueError("a port range in the wrong order")
        out.append((first, last))
    return tuple(out)


def _port_condition(arguments: list[str], negated: bool) -> Ranges:
    (text,) = arguments
    ranges = _ports(text)
    return complement(ranges, 65535) if negated else ranges


def _source_port(reader: RuleReader, arguments: list[str], negated: bool) -> None:
    reader.put("src_ports", _port_condition(arguments, negated))


def _destination_port(reader: RuleReader, arguments: list[str], negated: bool) -> None:
    reader.put("dst_ports", _port_condition(arguments, negated))


def _either_port(reader: RuleReader, arguments: list[str], negated: bool) -> None:
    (text,) = arguments
    ranges = _ports(text)
    if negated:
        outside = complement(ranges, 65535)
        reader.more.append((Match(src_ports=outside, dst_ports=outside),))
    else:
        reader.more.append((Match(src_ports=ranges), Match(dst_ports=ranges)))


def _states(reader: RuleReader, arguments: list[str], negated: bool) -> None:
    (text,) = arguments
    found = set()
    for word in text.lower().split(","):
        if word in ("snat", "dnat"):
            reader.doubt(f"--ctstate {word.upper()}")
            return
        found.add(STATES[word] if word in STATES else _no_state(word))
    states = frozenset(found)
    reader.put("states", ALL_STATES - states if negated else states)


def _no_state(word: str) -> State:
    raise ValueError(f"no state is called {word!r}")


def _flag_bits(text: str) -> int:
    if text == "ALL":
        return 63
    if text == "NONE":
        return 0
    bits = 0
    for name in text.lower().split(","):
        if name not in TCP_FLAGS:
            raise ValueError(f"no TCP flag is called {name!r}")
        bits |= TCP_FLAGS[name]
    return bits


def _flag_tests(mask: int, value: int, negated: bool) -> tuple[FlagTest, ...]:
    return flags_unequal(mask, value) if negated else (FlagTest(mask, value),)


def _tcp_flags(reader: RuleReader, arguments: list[str], negated: bool) -> None:
    mask, value = arguments
    reader.options["tcp-flags"] = arguments
    reader.put("flags", _flag_tests(_flag_bits(mask), _flag_bits(value), negated))


def _syn(reader: RuleReader, arguments: list[str], negated: bool) -> None:
    if arguments:
        raise ValueError("--syn takes no argument")
    reader.options["syn"] = []
    reader.put("flags", _flag_tests(_flag_bits("FIN,SYN,RST,ACK"), _flag_bits("SYN"), negated))


def _icmp(reader: RuleReader, arguments: list[str], negated: bool) -> None:
    (text,) = arguments
    protocol = 1 if reader.family == 4 else 58
    if text == "any":
        if negated:
            raise ValueError("! --icmp-type any")
        reader.more.append((Match(family=reader.family, protocols=((protocol, protocol),)),))
        return
    if text[:1].isdecimal():
        kind, slash, code = text.partition("/")
        number = int(kind)
        if number > 255 or (slash and int(code) > 255):
            raise ValueError("no such ICMP type")
        test = IcmpTest(number, int(code), int(code)) if slash else IcmpTest(number)
    else:
        names = XT_ICMP[reader.family]
        if text not in names:
            raise ValueError(f"no ICMP type is called {text!r}")
        test = names[text]
    tests = icmp_complement((test,)) if negated else (test,)
    match = Match(family=reader.family, protocols=((protocol, protocol),), icmp=tests)
    reader.more.append((match,))


def _fragment(reader: RuleReader, arguments: list[str], negated: bool) -> None:
    if arguments:
        raise ValueError("-f takes no argument")
    if reader.family == 6:
        raise ValueError("ip6tables has no -f")
    reader.put("fragments", Fragments.NOT_LATER if negated else Fragments.LATER)


def _module(reader: RuleReader, arguments: list[str], negated: bool) -> None:
    (name,) = arguments
    reader.modules.add(name)
    if name not in EXACT_MODULES:
        reader.doubt(f"-m {name}")


def _jump(reader: RuleReader, arguments: list[str], negated: bool) -> None:
    (reader.target,) = arguments
    reader.goto = False


def _goto(reader: RuleReader, arguments: list[str], negated: bool) -> None:
    (reader.target,) = arguments
    reader.goto = True


def _only_four(reader: RuleReader, arguments: list[str], negated: bool) -> None:
    _alone(reader, arguments, negated)
    reader.only = 4


def _only_six(reader: RuleReader, arguments: list[str], negated: bool) -> None:
    _alone(reader, arguments, negated)
    reader.only = 6


def _alone(reader: RuleReader, arguments: list[str], negated: bool) -> None:
    """An option without value that changes no condition (how the tool prints)."""
    if arguments or negated:
        raise ValueError("an option that takes no value")


def _numbers(reader: RuleReader, arguments: list[str], negated: bool) -> None:
    """An option with numbers that change no condition (counters, seconds to wait)."""
    if negated or not all(argument.isdecimal() for argument in arguments):
        raise ValueError("an option that takes numbers")


def _comment(reader: RuleReader, arguments: list[str], negated: bool) -> None:
    (_,) = arguments


def _table(reader: RuleReader, arguments: list[str], negated: bool) -> None:
    (name,) = arguments
    if name not in ("filter", "nat", "mangle", "raw", "security"):
        raise ValueError(f"no table is called {name}")


HANDLERS: dict[str, Callable[[RuleReader, list[str], bool], None]] = {
    "source": _source,
    "destination": _destination,
    "protocol": _protocol,
    "in-interface": _in_interface,
    "out-interface": _out_interface,
    "source-port": _source_port,
    "source-ports": _source_port,
    "destination-port": _destination_port,
    "destination-ports": _destination_port,
    "ports": _either_port,
    "port": _either_port,
    "src-range": _src_range,
    "dst-range": _dst_range,
    "state": _states,
    "ctstate": _states,
    "tcp-flags": _tcp_flags,
    "syn": _syn,
    "icmp-type": _icmp,
    "icmpv6-type": _icmp,
    "fragment": _fragment,
    "match": _module,
    "jump": _jump,
    "goto": _goto,
    "ipv4": _only_four,
    "ipv6": _only_six,
    "comment": _comment,
    "set-counters": _numbers,
    "wait": _numbers,
    "verbose": _alone,
    "numeric": _alone,
    "exact": _alone,
    "table": _table,
}
