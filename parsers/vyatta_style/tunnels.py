"""Tunnel interfaces: encapsulation, overhead, default sizes.

Sources: vyos-documentation, "Tunnel" (encapsulations, `ignore-df`, `no-pmtu-discovery`), vyos-1x
`interfaces_*.xml.in` (default MTU), RFC 2784, RFC 2003, RFC 7348 (headers).
"""

from __future__ import annotations

from parsers.hierarchy.tree import Node
from parsers.model.interfaces import Tunnel
from parsers.model.source import Sourced, Where
from parsers.vyatta_style.draft import Draft, Handler, because, single

DEFAULT_MTU = {"pppoe": 1492, "wireguard": 1420}
"""What an interface takes where no `mtu` is set; other tunnels follow from their overhead."""
_ENCAPSULATION: dict[str, tuple[str, int]] = {
    "gre": ("gre", 24), "gre-bridge": ("gre", 38), "gretap": ("gre", 38), "ipip": ("ipip", 20),
    "sit": ("6in4", 20), "ipip6": ("ipip", 40), "ip6ip6": ("ipip", 40), "ip6gre": ("gre-ipv6", 44),
    "ip6gretap": ("gre-ipv6", 58), "gre-multipoint": ("dmvpn", 24), "erspan": ("other", 50),
    "ip6erspan": ("other", 70),
}  # fmt: skip
_TYPES: dict[str, tuple[str, int | None]] = {
    "vti": ("ipsec", None), "wireguard": ("wireguard", 80), "openvpn": ("other", None),
    "l2tpv3": ("l2tp", None), "vxlan": ("vxlan", 50), "geneve": ("other", None),
    "ipv6-tunnel": ("ipip", 40),
}  # fmt: skip


def _use(draft: Draft, node: Node) -> None:
    draft.use_all(node)


TUNNEL_WORDS: dict[str, Handler | str] = {
    **dict.fromkeys(
        (
            "encapsulation", "local-ip", "remote-ip", "source-address", "remote", "remote-host",
            "parameters", "key", "6rd-prefix", "6rd-relay-prefix", "dhcp-interface", "peer",
            "source-interface", "local-host", "nexthop", "peer-session-id", "peer-tunnel-id",
            "session-id", "tunnel-id", "destination-port", "source-port", "vni", "group", "link",
            "local-address", "remote-address", "gpe", "multicast", "ttl",
        ),
        _use,
    ),
    **because(
        "keys, timers or authentication of the tunnel; sizes and ways do not depend on it",
        "listen-port", "port", "private-key", "fwmark", "authentication", "auth", "encryption", "hash", "tls",
        "keep-alive", "persistent-tunnel", "protocol", "remote-port", "local-port", "server",
        "shared-secret-key", "shared-secret-key-file", "device-type", "use-lzo-compression",
        "offload", "replace-default-route", "ipsec", "mpls", "per-client-thread", "enable-multicast",
        "external", "vlan-to-vni", "route-allowed-ips", "config-file", "data-ciphers", "ncp-ciphers",
        "max-retry-increment", "nhrp", "bandwidth", "delay", "6rd", "esp-group",
    ),
}  # fmt: skip
"""Below tunnel interfaces, besides what all interfaces have."""


def tunnel_of(draft: Draft, node: Node, type_: str, where: Where) -> Tunnel | None:
    """The encapsulation of a tunnel interface; None for other types."""
    if type_ not in _TYPES and type_ != "tunnel":
        return None
    mode: str
    overhead: int | None
    mode, overhead = _TYPES.get(type_, ("other", None))
    if type_ == "tunnel":
        named = single(draft, node, "encapsulation")
        mode, overhead = _ENCAPSULATION.get(named[0] if named else "", ("other", None))
        if node.get("parameters", "ip", "key") is not None and overhead is not None:
            overhead += 4
    source = _first(draft, node, "source-address", "local-ip", "source-interface", "link")
    remote = _first(draft, node, "remote", "remote-ip", "remote-host")
    _clears_df(draft, node)
    return Tunnel(
        mode=mode,
        overhead=overhead,
        source=source,
        destination=remote,
        path_mtu_discovery=node.get("parameters", "ip", "no-pmtu-discovery") is None,
        where=where,
    )


def _first(draft: Draft, node: Node, *words: str) -> str | None:
    for word in words:
        found = single(draft, node, word)
        if found is not None:
            return found[0]
    return None


def _clears_df(draft: Draft, node: Node) -> None:
    ignoring = node.get("parameters", "ip", "ignore-df")
    if ignoring is not None:
        fact = Sourced[str](value=f"{node.word} ignore-df", where=draft.where(ignoring.last))
        draft.df_cleared.append(fact)
