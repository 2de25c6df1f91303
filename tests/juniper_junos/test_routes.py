"""Routes that Junos configurations state, written by hand."""

from __future__ import annotations

import ipaddress

from parsers.model.routes import NextHop, Route
from tests.audit_text import device_of


def routes(config: str, prefix: str) -> list[Route]:
    table = device_of("juniper_junos", config).static_routes
    assert table is not None
    wanted = ipaddress.ip_network(prefix)
    return [
        r
        for r in table.routes
        if (r.family, r.value, r.length)
        == (wanted.version, int(wanted.network_address), wanted.prefixlen)
    ]


STATIC = "set routing-options static route"


def test_static_routes() -> None:
    config = (
        f"{STATIC} 10.0.0.0/8 next-hop [ 192.0.2.1 192.0.2.3 ]\n{STATIC} 10.1.0.0/16 discard\n"
        f"{STATIC} 10.2.0.0/16 reject\n{STATIC} 10.3.0.0/16 next-table V.inet.0\n"
        f"{STATIC} 10.4.0.0/16 next-hop ge-0/0/0.0\n{STATIC} 10.4.0.0/16 preference 100\n"
        f"{STATIC} 10.5.0.0/16 next-hop 192.0.2.1\n{STATIC} 10.5.0.0/16 no-install\n"
        f"{STATIC} 10.6.0.0/16 next-hop 192.0.2.1\n{STATIC} 10.6.0.0/16 bfd-liveness-detection minimum-interval 300\n"
        "set routing-options rib inet6.0 static route ::/0 next-hop 2001:db8::1\n"
        "set routing-instances V routing-options static route 0.0.0.0/0 next-hop 192.0.2.9\n"
    )
    (many,) = routes(config, "10.0.0.0/8")
    assert many.next_hops == (NextHop(None, "192.0.2.1"), NextHop(None, "192.0.2.3"))
    assert (many.line, many.distance, many.vrf) == (1, 5, "default")
    assert [r.discard for r in routes(config, "10.1.0.0/16")] == ["drop"]
    assert [r.discard for r in routes(config, "10.2.0.0/16")] == ["reject"]
    (other,) = routes(config, "10.3.0.0/16")
    assert other.next_hops == (NextHop(None, None, "V"),)
    assert other.conditional is not None
    (interface,) = routes(config, "10.4.0.0/16")
    assert (interface.next_hops, interface.distance) == ((NextHop("ge-0/0/0.0", None),), 100)
    assert [r.backup for r in routes(config, "10.5.0.0/16")] == [True]
    assert [r.conditional is not None for r in routes(config, "10.6.0.0/16")] == [True]
    assert [r.family for r in routes(config, "::/0")] == [6]
    assert [r.vrf for r in routes(config, "0.0.0.0/0")] == ["V"]


def test_qualified_next_hops() -> None:
    config = (
        f"{STATIC} 10.0.0.0/8 next-hop 192.0.2.1\n{STATIC} 10.0.0.0/8 qualified-next-hop 192.0.2.3 preference 7\n"
        f"{STATIC} 10.1.0.0/16 qualified-next-hop 192.0.2.5\n{STATIC} 10.1.0.0/16 qualified-next-hop 192.0.2.7\n"
    )
    assert [(r.backup, r.distance) for r in routes(config, "10.0.0.0/8")] == [(False, 5), (True, 7)]
    (both,) = routes(config, "10.1.0.0/16")
    assert [hop.address for hop in both.next_hops] == ["192.0.2.5", "192.0.2.7"]


def test_the_last_kind_of_next_hop_holds() -> None:
    config = f"{STATIC} 10.0.0.0/8 discard\n{STATIC} 10.0.0.0/8 next-hop 192.0.2.1\n"
    assert [r.discard for r in routes(config, "10.0.0.0/8")] == [None]


def test_aggregates_reject_what_nothing_more_specific_covers() -> None:
    config = (
        "set routing-options aggregate route 104.192.136.0/21\n"
        "set routing-options aggregate route 10.0.0.0/8 discard\nset routing-options generate route 0.0.0.0/0\n"
    )
    assert [(r.discard, r.conditional is not None) for r in routes(config, "104.192.136.0/21")] == [
        ("reject", True)
    ]
    assert [r.discard for r in routes(config, "10.0.0.0/8")] == ["drop"]
    assert [(r.discard, r.protocol) for r in routes(config, "0.0.0.0/0")] == [(None, "generate")]


def test_a_route_that_is_not_understood_makes_the_table_incomplete() -> None:
    device = device_of(
        "juniper_junos", f"{STATIC} 10.0.0.0/8 next-hop 192.0.2.1\n{STATIC} 10.0.0.0/8 frob 5\n"
    )
    assert device.static_routes is not None
    assert not device.static_routes.complete
    assert device.static_routes.not_understood == (("r1.cfg", 2),)


def test_routing_sources_have_lines() -> None:
    config = (
        "set system host-name r1\nset protocols bgp group X neighbor 192.0.2.1\nset protocols lldp interface all\n"
        "set routing-instances V protocols ospf area 0 interface ge-0/0/0.0\nset protocols bgp group X family inet flow\n"
    )
    device = device_of("juniper_junos", config)
    assert {(s.value, s.where) for s in device.routing_sources} == {
        ("bgp", ("r1.cfg", 2)),
        ("ospf", ("r1.cfg", 4)),
    }
    assert [f.value for f in device.recognised] == ["flowspec"]
