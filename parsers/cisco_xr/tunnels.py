"""Tunnels of IOS-XR, and what their headers cost."""

from __future__ import annotations

from parsers.cisco_style.draft import InterfaceDraft
from parsers.cisco_style.tunnels import GRE, GRE_IPV6, GRE_KEY, IPIP
from parsers.model.interfaces import InterfaceKind, Tunnel
from parsers.model.source import Where

_MODES = {"gre ipv4": ("gre", GRE), "gre ipv6": ("gre-ipv6", GRE_IPV6), "ipv4": ("ipip", IPIP)}


def tunnel_of(draft: InterfaceDraft) -> Tunnel | None:
    """The tunnel of a `tunnel-ip` interface; GRE over IPv4 where no mode is said (README: unverified).
    MPLS tunnels (`tunnel-te`, `tunnel-mte`) add labels, no IP header."""
    name = draft.name.lower()
    if draft.kind is not InterfaceKind.TUNNEL or not name.startswith("tunnel-ip"):
        return None
    words = draft.tunnel
    text, line = words.get("mode", ("gre ipv4", None))
    mode, overhead = _mode(text)
    if overhead == GRE and "key" in words:
        overhead = GRE_KEY
    if name.startswith("tunnel-ipsec"):
        mode, overhead = "ipsec", None
    return Tunnel(
        mode=mode,
        overhead=overhead,
        source=words["source"][0] if "source" in words else None,
        destination=words["destination"][0] if "destination" in words else None,
        where=draft.where if line is None else Where(draft.where.file, line),
    )


def _mode(text: str) -> tuple[str, int | None]:
    for known, found in _MODES.items():
        if text == known or text in (f"{known} encap", f"{known} decap"):
            return found
    return "other", None
