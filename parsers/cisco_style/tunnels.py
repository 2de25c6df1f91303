"""Tunnels of Cisco-style interfaces, and what their headers cost."""

from __future__ import annotations

from parsers.cisco_style.draft import InterfaceDraft
from parsers.model.interfaces import InterfaceKind, Tunnel
from parsers.model.source import Where

GRE, GRE_KEY, IPIP = 24, 28, 20
"""Bytes over IPv4: outer header 20, GRE 4, GRE key 4 (RFC 2784, RFC 2890, RFC 2003)."""
GRE_IPV6 = 44
PPPOE = 8  # RFC 2516, section 7


def tunnel_of(draft: InterfaceDraft) -> Tunnel | None:
    """The tunnel that `tunnel …` lines describe; GRE over IPv4 is the default mode. Encryption makes
    the overhead unknown: it depends on the transform set and the padding."""
    if draft.kind is InterfaceKind.DIALER:
        if not draft.name.lower().startswith("dialer"):
            return None  # multilink and ISDN carry PPP without the PPPoE header
        return Tunnel(mode="pppoe", overhead=PPPOE, where=draft.where)
    if draft.kind is not InterfaceKind.TUNNEL or draft.name.lower().startswith(("nve", "vxlan")):
        return None
    words = draft.tunnel
    mode_text, mode_line = words.get("mode", ("gre ip", None))
    mode, overhead = _mode(mode_text, "key" in words)
    if "protection" in words:
        mode, overhead = "ipsec", None
    where = draft.where if mode_line is None else Where(draft.where.file, mode_line)
    return Tunnel(
        mode=mode,
        overhead=overhead,
        source=words["source"][0] if "source" in words else None,
        destination=words["destination"][0] if "destination" in words else None,
        path_mtu_discovery="path-mtu-discovery" in words,
        where=where,
    )


def _mode(text: str, key: bool) -> tuple[str, int | None]:
    if text.startswith("gre multipoint"):
        return "dmvpn", GRE_KEY if key else GRE
    if text.startswith("gre ipv6"):
        return "gre-ipv6", GRE_IPV6 + (4 if key else 0)
    if text.startswith("gre"):
        return "gre", GRE_KEY if key else GRE
    if text.startswith("ipip"):
        return "ipip", IPIP
    if text.startswith("ipv6ip"):
        return "6in4", IPIP
    if text.startswith("ipsec"):
        return "ipsec", None
    return "other", None
