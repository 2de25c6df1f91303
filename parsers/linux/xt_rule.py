"""One iptables rule: its options become an `Entry` (iptables(8), iptables-extensions(8))."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

from parsers.linux.conditions import (
    ANY,
    Condition,
    complement,
    conjoin,
    flags_unequal,
    icmp_complement,
)
from parsers.linux.names import (
    ALL_STATES,
    STATES,
    TCP_FLAGS,
    XT_ICMP,
    port_number,
    protocol_number,
)
from parsers.linux.xt_words import (
    ALIASES,
    EXACT_MODULES,
    PROTOCOL_MODULES,
    SHORT_OPTIONS,
    TARGET_OPTIONS,
)
from parsers.model.addresses import AddressSpec, AddressTerm, netmask_term, prefix_term, range_terms
from parsers.model.filters import (
    FlagTest,
    Fragments,
    IcmpTest,
    InterfaceSpec,
    Match,
    Ranges,
    State,
)


class Parts(NamedTuple):
    """What the options of one rule say. `target` None is a rule that only counts."""

    matches: tuple[Match, ...]
    uncertain: str | None
    target: str | None
    goto: bool
    reject_with: str | None
    modules: frozenset[str]
    options: dict[str, list[str]]
    only_family: int


class _Reader:
    """The state while one rule's words are read."""

    __slots__ = ("any_ports", "doubts", "family", "goto", "index", "matches", "modules", "only",
                 "options", "protocols", "target", "words")  # fmt: skip

    def __init__(self, words: list[str], index: int, family: int) -> None:
        self.words = words
        self.index = index
        self.family = family
        self.only = 0
        self.matches: tuple[Match, ...] = ANY
        self.any_ports: list[tuple[Ranges, bool]] = []
        self.doubts: list[str] = []
        self.modules: set[str] = set()
        self.options: dict[str, list[str]] = {}
        self.protocols: Ranges | None = None
        self.target: str | None = None
        self.goto = False

    def doubt(self, reason: str) -> None:
        if reason not in self.doubts:
            self.doubts.append(reason)

    def need(self, match: Match, *others: Match) -> None:
        """Adds a condition: one of the given matches must hold."""
        self.matches, uncertain = conjoin(self.matches, Condition((match, *others)))
        if uncertain:
            self.doubt(uncertain)

    def arguments(self) -> list[str]:
        """The words up to the next option."""
        out = []
        words, index = self.words, self.index
        while index < len(words):
            word = words[index]
            if (word[:1] == "-" and len(word) > 1 and not word[1:2].isdigit()) or (
                word == "!" and out
            ):
                break
            out.append(word)
            index += 1
        self.index = index
        return out


def read_rule(words: list[str], index: int, family: int) -> Parts:
    """The parts of the rule that begins at `words[index]` (behind `-A CHAIN`)."""
    reader = _Reader(words, index, family)
    while reader.index < len(words):
        _option(reader)
    for name, protocol in PROTOCOL_MODULES.items():
        if name in reader.modules and not _covers(reader.protocols, protocol):
            reader.doubt(f"-m {name} without -p {name}")
    for ranges, negated in reader.any_ports:
        if negated:
            outside = complement(ranges, 65535)
            reader.need(Match(src_ports=outside, dst_ports=outside))
        else:
            reader.need(Match(src_ports=ranges), Match(dst_ports=ranges))
    return Parts(
        reader.matches,
        "; ".join(reader.doubts) or None,
        reader.target,
        reader.goto,
        " ".join(reader.options.get("reject-with", ())) or None,
        frozenset(reader.modules),
        reader.options,
        reader.only,
    )


def _covers(protocols: Ranges | None, protocol: int) -> bool:
    return protocols is not None and protocols == ((protocol, protocol),)


def _option(reader: _Reader) -> None:
    word = reader.words[reader.index]
    reader.index += 1
    negated = False
    if word == "!":
        negated = True
        if reader.index >= len(reader.words):
            reader.doubt("a lone !")
            return
        word = reader.words[reader.index]
        reader.index += 1
    name = SHORT_OPTIONS.get(word)
    if name is None:
        if word[:2] == "--":
            name, equals, value = word[2:].partition("=")
            if equals:
                reader.index -= 1
                reader.words = [
                    *reader.words[: reader.index],
                    value,
                    *reader.words[reader.index + 1 :],
                ]
            name = ALIASES.get(name, name)
        elif word[:1] == "-" and word[:2] in SHORT_OPTIONS and len(word) > 2:
            name = SHORT_OPTIONS[word[:2]]
            reader.index -= 1
            reader.words = [
                *reader.words[: reader.index],
                word[2:],
                *reader.words[reader.index + 1 :],
            ]
        else:
            reader.doubt(f"{word} is not understood")
            return
    arguments = reader.arguments()
    if arguments[:1] == ["!"]:
        negated = True
        del arguments[0]
    handler = HANDLERS.get(name)
    if handler is None:
        reader.options[f"!{name}" if negated else name] = arguments
        if name in ("mark", "mss", "mode") and negated:
            reader.options[name] = arguments
        if not (name in TARGET_OPTIONS and reader.target) and not reader.modules - EXACT_MODULES:
            reader.doubt(f"--{name}")
        return
    try:
        handler(reader, arguments, negated)
    except (ValueError, IndexError):
        reader.doubt(f"{' '.join([word, *arguments])} is not understood")


@lru_cache(maxsize=65536)
def address_term(text: str) -> AddressTerm:
    """The term of `A`, `A/length` or `A/netmask`, the mask possibly with holes.

    Raises ValueError for a host name.
    """
    address, slash, mask = text.partition("/")
    if slash and ("." in mask):
        return netmask_term(address, mask)
    if slash and ":" in mask:
        base, care = prefix_term(address), prefix_term(mask)
        return AddressTerm(6, base.value & care.value, care.value)
    return prefix_term(text)


def _address(reader: _Reader, arguments: list[str], negated: bool) -> AddressSpec | None:
    (text,) = arguments
    terms = tuple(address_term(one) for one in text.split(","))
    if negated and len(terms) > 1:
        raise ValueError("negation of several addresses")
    if any(term.family != reader.family for term in terms):
        raise ValueError("an address of the other family")
    if not any(term.care for term in terms) and not negated:
        return None
    return AddressSpec(terms, negated=negated)


def _source(reader: _Reader, arguments: list[str], negated: bool) -> None:
    spec = _address(reader, arguments, negated)
    if spec is not None:
        reader.need(Match(src=spec))


def _destination(reader: _Reader, arguments: list[str], negated: bool) -> None:
    spec = _address(reader, arguments, negated)
    if spec is not None:
        reader.need(Match(dst=spec))


def _range(reader: _Reader, arguments: list[str], negated: bool) -> AddressSpec:
    (text,) = arguments
    first, dash, last = text.partition("-")
    terms = range_terms(first, last if dash else first)
    if terms[0].family != reader.family:
        raise ValueError("an address of the other family")
    return AddressSpec(terms, negated=negated)


def _src_range(reader: _Reader, arguments: list[str], negated: bool) -> None:
    reader.need(Match(src=_range(reader, arguments, negated)))


def _dst_range(reader: _Reader, arguments: list[str], negated: bool) -> None:
    reader.need(Match(dst=_range(reader, arguments, negated)))


def _interface(arguments: list[str], negated: bool) -> InterfaceSpec:
    (name,) = arguments
    return InterfaceSpec((name[:-1] + "*" if name.endswith("+") else name,), negated)


def _in_interface(reader: _Reader, arguments: list[str], negated: bool) -> None:
    reader.need(Match(in_interfaces=_interface(arguments, negated)))


def _out_interface(reader: _Reader, arguments: list[str], negated: bool) -> None:
    reader.need(Match(out_interfaces=_interface(arguments, negated)))


def _protocol(reader: _Reader, arguments: list[str], negated: bool) -> None:
    (text,) = arguments
    if text in ("all", "0"):
        if negated:
            raise ValueError("! -p all")
        return
    number = protocol_number(text)
    ranges: Ranges = ((number, number),)
    reader.protocols = None if negated else ranges
    reader.need(Match(protocols=complement(ranges, 255) if negated else ranges))


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


def _source_port(reader: _Reader, arguments: list[str], negated: bool) -> None:
    reader.need(Match(src_ports=_port_condition(arguments, negated)))


def _destination_port(reader: _Reader, arguments: list[str], negated: bool) -> None:
    reader.need(Match(dst_ports=_port_condition(arguments, negated)))


def _either_port(reader: _Reader, arguments: list[str], negated: bool) -> None:
    (text,) = arguments
    reader.any_ports.append((_ports(text), negated))


def _states(reader: _Reader, arguments: list[str], negated: bool) -> None:
    (text,) = arguments
    found = set()
    for word in text.lower().split(","):
        if word in ("snat", "dnat"):
            reader.doubt(f"--ctstate {word.upper()}")
            return
        found.add(STATES[word] if word in STATES else _no_state(word))
    states = frozenset(found)
    reader.need(Match(states=ALL_STATES - states if negated else states))


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


def _flag_condition(mask: int, value: int, negated: bool) -> Match:
    return Match(flags=flags_unequal(mask, value) if negated else (FlagTest(mask, value),))


def _tcp_flags(reader: _Reader, arguments: list[str], negated: bool) -> None:
    mask, value = arguments
    reader.options["tcp-flags"] = arguments
    reader.need(_flag_condition(_flag_bits(mask), _flag_bits(value), negated))


def _syn(reader: _Reader, arguments: list[str], negated: bool) -> None:
    if arguments:
        raise ValueError("--syn takes no argument")
    reader.options["syn"] = []
    reader.need(_flag_condition(_flag_bits("FIN,SYN,RST,ACK"), _flag_bits("SYN"), negated))


def _icmp(reader: _Reader, arguments: list[str], negated: bool) -> None:
    (text,) = arguments
    protocol = 1 if reader.family == 4 else 58
    if text == "any":
        if negated:
            raise ValueError("! --icmp-type any")
        reader.need(Match(family=reader.family, protocols=((protocol, protocol),)))
        return
    if text[:1].isdigit():
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
    reader.need(Match(family=reader.family, protocols=((protocol, protocol),), icmp=tests))


def _fragment(reader: _Reader, arguments: list[str], negated: bool) -> None:
    if arguments:
        raise ValueError("-f takes no argument")
    if reader.family == 6:
        raise ValueError("ip6tables has no -f")
    reader.need(Match(fragments=Fragments.NOT_LATER if negated else Fragments.LATER))


def _module(reader: _Reader, arguments: list[str], negated: bool) -> None:
    (name,) = arguments
    reader.modules.add(name)
    if name not in EXACT_MODULES:
        reader.doubt(f"-m {name}")


def _jump(reader: _Reader, arguments: list[str], negated: bool) -> None:
    (reader.target,) = arguments
    reader.goto = False


def _goto(reader: _Reader, arguments: list[str], negated: bool) -> None:
    (reader.target,) = arguments
    reader.goto = True


def _only_four(reader: _Reader, arguments: list[str], negated: bool) -> None:
    reader.only = 4


def _only_six(reader: _Reader, arguments: list[str], negated: bool) -> None:
    reader.only = 6


def _nothing(reader: _Reader, arguments: list[str], negated: bool) -> None:
    """An option that changes no condition (comments, counters, how the tool prints)."""


HANDLERS: dict[str, Callable[[_Reader, list[str], bool], None]] = {
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
    "comment": _nothing,
    "set-counters": _nothing,
    "wait": _nothing,
    "verbose": _nothing,
    "numeric": _nothing,
    "exact": _nothing,
    "table": _nothing,
}
