"""Tunnels, and what their headers cost."""

from __future__ import annotations

from parsers.model.interfaces import InterfaceKind, Tunnel
from parsers.model.source import Where
from parsers.vrp_style.draft import InterfaceDraft

GRE, GRE_KEY, IPIP = 24, 28, 20
"""Bytes over IPv4: outer header 20, GRE 4, GRE key 4 (RFC 2784, RFC 2890, RFC 2003)."""
GRE_IPV6 = 44
PPPOE = 8  # RFC 2516, section 7

_MODES: dict[str, tuple[str, int | None]] = {
    "gre": ("gre", GRE), "gre p2mp": ("gre", GRE), "gre ipv6": ("gre-ipv6", GRE_IPV6),
    "ipv4-ipv4": ("ipip", IPIP), "ipv4 ipv4": ("ipip", IPIP), "ipv6-ipv4": ("6in4", IPIP),
    "ipv6-ipv4 6to4": ("6in4", IPIP), "ipv6-ipv4 isatap": ("6in4", IPIP), "ipv4-ipv6": ("other", 40),
    "ipv6-ipv6": ("other", 40), "ipsec": ("ipsec", None), "ads-advpn": ("dmvpn", GRE),
    "advpn gre": ("dmvpn", GRE), "vxlan": ("vxlan", 50),
}  # fmt: skip


def tunnel_of(draft: InterfaceDraft) -> Tunnel | None:
    """The tunnel that an interface's words describe. Without a mode nothing says what it is: the overhead is
    then unknown. Encryption makes it unknown as well: it depends on the transform and the padding."""
    if draft.kind is InterfaceKind.DIALER and draft.name.lower().startswith("dialer"):
        return Tunnel(mode="pppoe", overhead=PPPOE, where=draft.where)
    if draft.kind is not InterfaceKind.TUNNEL or not draft.name.lower().startswith("tunnel"):
        return None
    words = draft.tunnel
    text, line = words.get("mode") or words.get("tunnel-protocol") or ("", None)
    mode, overhead = _MODES.get(text, ("other", None))
    if text == "gre" and "gre" in words:
        overhead = GRE_KEY
    if "ipsec" in words or "protection" in words:
        mode, overhead = "ipsec", None
    return Tunnel(
        mode=mode,
        overhead=overhead,
        source=words["source"][0].replace(" ", "") if "source" in words else None,
        destination=words["destination"][0] if "destination" in words else None,
        where=draft.where if line is None else Where(draft.where.file, line),
    )
