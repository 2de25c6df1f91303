"""Sets of packets in the words of an engineer."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable, Sequence

from parsers.model.filters import State
from rules.packets.cubes import STATE_BIT
from rules.packets.sets import PacketSet
from rules.service import Network, collapse

MOST = 6
"""Prefixes that a sentence lists."""


def in_words(
    packets: PacketSet, published: Sequence[Network] = (), *, answers: bool, opening: bool
) -> str:
    """The set as an engineer would say it: ports, the service's prefixes, and from where to where.

    `packets` have the service as the destination, also where they are `answers`. `published` are prefixes that
    may be said with exceptions. `opening` says where only first or only later packets are meant.
    """
    by_service: dict[tuple[str, str], list[str]] = {}
    for prefix, protocol, ports in packets.services():
        by_service.setdefault((protocol.partition(" (")[0], ports), []).append(prefix)
    parts = []
    for (protocol, ports), prefixes in by_service.items():
        said = with_exceptions(prefixes, published)
        shown = ", ".join(said[:MOST])
        if len(said) > MOST:
            shown += f" and {len(said) - MOST} more"
        port = "" if ports == "any" else f" {ports}"
        parts.append(f"{protocol}{port} {'from' if answers else 'to'} {shown}")
    sources = packets.addresses("src")
    if sources and not set(sources) <= {"0.0.0.0/0", "::/0"}:
        shown = ", ".join(sources[:MOST]) + (" and more" if len(sources) > MOST else "")
        parts[-1] += f" {'to' if answers else 'from'} {shown}"
    return "; ".join(parts) + (_phase(packets) if opening else "")


def with_exceptions(prefixes: Iterable[str], published: Sequence[Network]) -> list[str]:
    """The prefixes, those of one published prefix as that prefix `except` what is left out of it where this
    is shorter. Texts that are no prefixes (wildcards) stay as they are."""
    groups: dict[Network | None, list[tuple[str, Network | None]]] = {}
    for text in prefixes:
        network = _network(text)
        home = next((p for p in published if network is not None and _within(network, p)), None)
        groups.setdefault(home, []).append((text, network))
    out: list[str] = []
    for home, members in groups.items():
        parts = [network for _, network in members if network is not None]
        texts = [text for text, _ in members]
        missing = _difference(home, parts) if home is not None and len(parts) > 1 else None
        if missing and len(missing) < len(texts):
            out.append(f"{home} except {', '.join(str(network) for network in missing)}")
        else:
            out += texts
    return out


def _network(text: str) -> Network | None:
    try:
        return ipaddress.ip_network(text)
    except ValueError:
        return None


def _within(network: Network, outer: Network) -> bool:
    if isinstance(network, ipaddress.IPv4Network):
        return isinstance(outer, ipaddress.IPv4Network) and network.subnet_of(outer)
    return isinstance(outer, ipaddress.IPv6Network) and network.subnet_of(outer)


def _difference(outer: Network, parts: Sequence[Network]) -> tuple[Network, ...]:
    """What `parts` leave of `outer`, in the fewest prefixes."""
    left: list[Network] = [outer]
    for part in parts:
        kept: list[Network] = []
        for network in left:
            if _within(part, network):
                kept += _without(network, part)
            elif not _within(network, part):
                kept.append(network)
        left = kept
    return collapse(left)


def _without(network: Network, part: Network) -> list[Network]:
    if isinstance(network, ipaddress.IPv4Network) and isinstance(part, ipaddress.IPv4Network):
        return list(network.address_exclude(part))
    if isinstance(network, ipaddress.IPv6Network) and isinstance(part, ipaddress.IPv6Network):
        return list(network.address_exclude(part))
    return [network]


def _phase(packets: PacketSet) -> str:
    """Says where only the opening of a session, or only the rest of it, is meant."""
    opening, rest = STATE_BIT[State.NEW], STATE_BIT[State.ESTABLISHED]
    opens = any(box[-1] & opening for box in packets.boxes)
    goes_on = any(box[-1] & rest for box in packets.boxes)
    if opens == goes_on:
        return ""
    return " (only the first packet of a session)" if opens else " (only packets after the first)"
