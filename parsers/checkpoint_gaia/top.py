"""Which clish feature is read by what; a feature that is in no table is not understood."""

from __future__ import annotations

import re
from collections.abc import Callable

from parsers.checkpoint_gaia import interfaces, routes
from parsers.checkpoint_gaia.draft import Draft
from parsers.checkpoint_gaia.irrelevant import IRRELEVANT
from parsers.model.interfaces import InterfaceKind

Handler = Callable[[Draft, list[str], int], bool]
_WORD = re.compile(r"\"(?:[^\"\\]|\\.)*\"\S*|'[^']*'\S*|\S+")
_SESSION = frozenset(("save", "exit", "quit", "lock", "unlock", "show", "clear"))


def read_line(draft: Draft, line: str, number: int) -> None:
    """Reads one command and keeps the ledger."""
    text = line.strip()
    if not text or text[0] == "#":
        draft.ledger.ignore(number)
        return
    words = text.split() if '"' not in text and "'" not in text else _WORD.findall(text)
    verb, feature = words[0], words[1] if len(words) > 1 else ""
    if verb in _SESSION:
        draft.ledger.ignore(number)
        return
    table = SETS if verb == "set" else ADDS if verb == "add" else {}
    handler = table.get(feature)
    if handler is not None:
        if handler(draft, words[2:], number):
            draft.ledger.use(number)
        else:
            draft.ledger.miss(number, _TOPICS.get(feature, "other"), _subject(feature, words))
    elif verb in ("set", "add") and feature in IRRELEVANT:
        draft.ledger.ignore(number)
    else:
        draft.ledger.miss(number, "other")


_TOPICS = {"interface": "interface", "bonding": "interface", "static-route": "route"}


def _subject(feature: str, words: list[str]) -> str | None:
    return words[2] if feature == "interface" and len(words) > 2 else None


def _hostname(draft: Draft, words: list[str], number: int) -> bool:
    draft.name = words[0] if words else draft.name
    return bool(words)


def _ipv6_state(draft: Draft, words: list[str], number: int) -> bool:
    draft.ipv6 = words == ["on"]
    return words in (["on"], ["off"])


def _virtual_system(draft: Draft, words: list[str], number: int) -> bool:
    """What follows belongs to a virtual system; 0 is the gateway itself."""
    if len(words) != 1 or not words[0].isdecimal():
        return False
    draft.vrf = "default" if words[0] == "0" else f"vs {words[0]}"
    return True


def _instance(draft: Draft, words: list[str], number: int) -> bool:
    """`set instance NAME …`: the same routing commands for another routing instance."""
    if len(words) < 2:
        return bool(words)
    handler = SETS.get(words[1])
    if handler is None:
        return words[1] in IRRELEVANT
    before, draft.vrf = draft.vrf, f"instance {words[0]}"
    done = handler(draft, words[2:], number)
    draft.vrf = before
    return done


def _protocol(name: str) -> Handler:
    """A handler for a routing protocol: any interface or peer that is on may bring routes."""

    def handler(draft: Draft, words: list[str], number: int) -> bool:
        if words and words[-1] != "off":
            draft.source(name, number)
        return bool(words)

    return handler


def _ipv6(draft: Draft, words: list[str], number: int) -> bool:
    """`set ipv6 …`: static routes and protocols of IPv6."""
    if not words:
        return False
    if words[0] == "static-route":
        return routes.static_route6(draft, words[1:], number)
    if words[0] in ("ospf3", "ripng", "bgp", "isis", "aggregate"):
        return _protocol(words[0])(draft, words[1:], number)
    return words[0] in _IPV6_IRRELEVANT


_IPV6_IRRELEVANT = frozenset(
    ("dhcp6relay", "rdisc6", "router-discovery6", "vrrp6", "inbound-route-filter", "pim", "mld",
     "route-redistribution", "routemap", "trace", "igmp", "static-mroute", "neighbor", "bfd")
)  # fmt: skip


def _policy_routing(draft: Draft, words: list[str], number: int) -> bool:
    if len(words) < 2:
        return False
    if words[0] == "rule" and words[-1] != "off":
        draft.note("policy-route", number, " ".join(["pbr", *words[:3]]))
    return words[0] in ("rule", "table")


def _planes(draft: Draft, words: list[str], number: int) -> bool:
    """`mdps`: interfaces of the management plane carry no transit."""
    if words[:1] == ["interface"] and len(words) >= 2:
        link = draft.link(words[1], number)
        link.kind = InterfaceKind.MANAGEMENT
        link.vrf = "management plane"
    return bool(words)


def _vsx(draft: Draft, words: list[str], number: int) -> bool:
    return words in (["on"], ["off"])


def _noted(value: str, note: str) -> Handler:
    def handler(draft: Draft, words: list[str], number: int) -> bool:
        draft.note(value, number, note)
        return True

    return handler


SETS: dict[str, Handler] = {
    "hostname": _hostname,
    "interface": interfaces.interface,
    "bonding": interfaces.bonding,
    "bridging": interfaces.bridging,
    "pppoe": interfaces.pppoe,
    "vpn": interfaces.vpn,
    "gre": interfaces.gre,
    "dhcp": interfaces.dhcp,
    "static-route": routes.static_route,
    "ipv6": _ipv6,
    "ipv6-state": _ipv6_state,
    "virtual-system": _virtual_system,
    "instance": _instance,
    "pbr": _policy_routing,
    "pbrroute": _noted("policy-route", "pbrroute"),
    "mdps": _planes,
    "vsx": _vsx,
    "vxlan": _noted("overlay", "vxlan"),
    **{name: _protocol(name) for name in ("bgp", "ospf", "rip", "isis", "aggregate")},
}
"""Features behind `set` that are read."""

ADDS: dict[str, Handler] = {
    "interface": interfaces.add_interface,
    "bonding": interfaces.bonding,
    "bridging": interfaces.bridging,
    "pppoe": interfaces.pppoe,
    "vpn": interfaces.vpn,
    "gre": interfaces.gre,
    "dhcp": interfaces.dhcp,
    "instance": _instance,
    "mdps": _planes,
    "virtual-system": _noted("virtual-system", "a virtual system"),
    "vxlan": _noted("overlay", "vxlan"),
}
"""Features behind `add` that are read."""
