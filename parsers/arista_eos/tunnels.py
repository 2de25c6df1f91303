"""Tunnel interfaces of EOS, and what their headers cost."""

from __future__ import annotations

from parsers.cisco_style.draft import InterfaceDraft
from parsers.cisco_style.tunnels import GRE, GRE_IPV6, GRE_KEY
from parsers.model.interfaces import InterfaceKind, Tunnel
from parsers.model.source import Where


def tunnel_of(draft: InterfaceDraft) -> Tunnel | None:
    """The tunnel of a Tunnel or Dps interface. The default mode is not documented in what was
    read, so without `tunnel mode` the overhead is unknown; with an IPsec profile it depends on the
    proposal.
    """
    if draft.kind is not InterfaceKind.TUNNEL or draft.name.startswith("Vxlan"):
        return None
    words = draft.tunnel
    mode_text, mode_line = words.get("mode", ("", None))
    mode, overhead = _mode(mode_text, words.get("destination", ("", 0))[0], "key" in words)
    if "ipsec" in words:
        mode, overhead = "ipsec", None
    source = words["source"][0].removeprefix("interface ") if "source" in words else None
    return Tunnel(
        mode=mode,
        overhead=overhead,
        source=source,
        destination=words["destination"][0] if "destination" in words else None,
        path_mtu_discovery="path-mtu-discovery" in words,
        where=draft.where if mode_line is None else Where(draft.where.file, mode_line),
    )


def _mode(text: str, destination: str, key: bool) -> tuple[str, int | None]:
    if text in ("gre", "gre ip", "gre ipv4"):
        if ":" in destination:
            return "gre-ipv6", GRE_IPV6
        return "gre", GRE_KEY if key else GRE
    if text.startswith("gre ipv6"):
        return "gre-ipv6", GRE_IPV6
    if text.startswith("ipsec"):
        return "ipsec", None
    return "other", None
