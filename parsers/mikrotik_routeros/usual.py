"""The usual commands and rules of an export, read in one go: plain properties, addresses, a protocol, a port.

What is written in any other way is left to the readers that know every form; both give the same.
"""

from __future__ import annotations

import re

from parsers.mikrotik_routeros.names import PROTOCOLS, WITH_PORTS, symptom_of
from parsers.model.addresses import AddressSpec, prefix_term
from parsers.model.filters import Action, Entry, Match, Ranges

_ADD = re.compile(r"add(?: [a-z][a-z-]*=[\w./:,-]+)+")

_WORDS = frozenset(
    ("action", "chain", "src-address", "dst-address", "protocol", "src-port", "dst-port")
)
_UNREACHABLE = "icmp-network-unreachable"
_ACTIONS = {
    None: (Action.PERMIT, symptom_of("", _UNREACHABLE)),
    "accept": (Action.PERMIT, symptom_of("accept", _UNREACHABLE)),
    "drop": (Action.DENY, symptom_of("drop", _UNREACHABLE)),
}
_PROTOCOL: dict[str | None, Ranges | None] = {None: None} | {
    name: ((number, number),) for name, number in PROTOCOLS.items() if 0 < number <= 255
}
_PORTED = {name for name, number in PROTOCOLS.items() if number in WITH_PORTS}


def words_of(text: str) -> dict[str, str] | None:
    """The properties of `add name=value name=value`; None where a quote, escape, flag or anything else is in it."""
    if _ADD.fullmatch(text) is None:
        return None
    parts = text.split(" ")
    words = dict([part.split("=") for part in parts[1:]])
    return words if len(words) == len(parts) - 1 else None


def entry_of(words: dict[str, str], family: int, line: int) -> Entry | None:
    """The entry of a rule that accepts or drops by addresses, protocol and single ports; None for other rules."""
    if family != 4 or "chain" not in words or not _WORDS.issuperset(words):
        return None
    does = _ACTIONS.get(words.get("action"))
    protocol = words.get("protocol")
    if does is None or protocol not in _PROTOCOL:
        return None
    src_ports, dst_ports = words.get("src-port"), words.get("dst-port")
    if (src_ports is not None or dst_ports is not None) and protocol not in _PORTED:
        return None
    try:
        match = Match(
            4,
            _PROTOCOL[protocol],
            _addresses(words.get("src-address")),
            _addresses(words.get("dst-address")),
            _port(src_ports),
            _port(dst_ports),
        )
    except ValueError:
        return None
    return Entry(line, does[0], (match,), None, None, does[1], None)


def _addresses(text: str | None) -> AddressSpec | None:
    if text is None:
        return None
    term = prefix_term(text)
    if term.family != 4:
        raise ValueError(text)
    return AddressSpec((term,))


def _port(text: str | None) -> Ranges | None:
    if text is None:
        return None
    if not text.isdecimal() or (port := int(text)) > 65535:
        raise ValueError(text)
    return ((port, port),)
