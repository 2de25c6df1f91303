"""Static and aggregate routes of SR OS, written by hand."""

from __future__ import annotations

import ipaddress

import pytest

from parsers.model.routes import NextHop, Route
from tests.audit_text import device_of


def routes(config: str, prefix: str) -> list[Route]:
    table = device_of("nokia_sros", config).static_routes
    assert table is not None
    wanted = ipaddress.ip_network(prefix)
    return [
        r
        for r in table.routes
        if (r.family, r.value, r.length)
        == (wanted.version, int(wanted.network_address), wanted.prefixlen)
    ]


ROUTE = '/configure router "Base" static-routes route'


@pytest.mark.parametrize(
    ("lines", "hops", "discard", "conditional"),
    [
        (["next-hop 192.0.2.1 admin-state enable"], ["192.0.2.1"], None, False),
        (["next-hop 192.0.2.1 admin-state disable"], None, None, False),
        (["next-hop 192.0.2.1"], ["192.0.2.1"], None, True),
        (["blackhole admin-state enable"], [], "drop", False),
        (["blackhole admin-state enable generate-icmp true"], [], "reject", False),
        (["indirect 192.0.2.9 admin-state enable"], ["192.0.2.9"], None, False),
        (["next-hop 192.0.2.1 admin-state enable", "next-hop 192.0.2.1 bfd-liveness true"], ["192.0.2.1"], None, True),
        (["next-hop 192.0.2.1 admin-state enable", "next-hop 192.0.2.3 admin-state enable"], ["192.0.2.1", "192.0.2.3"], None, True),
    ],
)  # fmt: skip
def test_static_routes_of_md_cli(
    lines: list[str], hops: list[str] | None, discard: str | None, conditional: bool
) -> None:
    config = "".join(f"{ROUTE} 10.9.0.0/16 route-type unicast {line}\n" for line in lines)
    found = routes(config, "10.9.0.0/16")
    if hops is None:
        assert found == []
        return
    (route,) = found
    assert [hop.address for hop in route.next_hops] == hops
    assert (route.discard, route.conditional is not None) == (discard, conditional)
    assert (route.distance, route.metric) == (5, 1)


def test_preference_metric_and_ecmp() -> None:
    head = f"{ROUTE} 10.9.0.0/16 route-type unicast next-hop"
    config = (
        f"{head} 192.0.2.1 admin-state enable\n{head} 192.0.2.3 admin-state enable\n"
        f"{head} 192.0.2.5 admin-state enable\n{head} 192.0.2.5 metric 7\n"
        '/configure router "Base" ecmp 4\n'
    )
    best, other = routes(config, "10.9.0.0/16")
    assert best.next_hops == (NextHop(None, "192.0.2.1"), NextHop(None, "192.0.2.3"))
    assert (best.conditional, best.backup) == (None, False)
    assert (other.backup, other.metric) == (True, 7)


def test_static_routes_of_the_classic_cli() -> None:
    config = """exit all
configure
    router Base
        static-route-entry 0.0.0.0/0
            next-hop 203.0.113.1
                preference 10
                no shutdown
            exit
            next-hop 203.0.113.5
                shutdown
            exit
        exit
        static-route-entry 10.1.0.0/16
            black-hole
                no shutdown
            exit
        exit
        static-route 10.2.0.0/16 next-hop 192.0.2.1 preference 7
        static-route 10.3.0.0/16 black-hole
        aggregate 10.4.0.0/16 summary-only black-hole
        aggregate 10.5.0.0/16 summary-only
        static-route-entry 10.6.0.0/16 mcast
            next-hop 192.0.2.1
                no shutdown
            exit
        exit
    exit
    service
        vprn 7 customer 1 create
            static-route-entry 2001:db8::/32
                next-hop 2001:db8:1::1
                    no shutdown
                exit
            exit
        exit
    exit
exit all
"""
    (default,) = routes(config, "0.0.0.0/0")
    assert (default.next_hops, default.distance) == ((NextHop(None, "203.0.113.1"),), 10)
    assert [r.discard for r in routes(config, "10.1.0.0/16")] == ["drop"]
    assert [(r.distance, r.conditional) for r in routes(config, "10.2.0.0/16")] == [(7, None)]
    assert [r.discard for r in routes(config, "10.3.0.0/16")] == ["drop"]
    (aggregate,) = routes(config, "10.4.0.0/16")
    assert (aggregate.protocol, aggregate.discard) == ("aggregate", "drop")
    assert aggregate.conditional is not None
    assert routes(config, "10.5.0.0/16") == []
    assert routes(config, "10.6.0.0/16") == []
    assert [r.vrf for r in routes(config, "2001:db8::/32")] == ["7"]


@pytest.mark.parametrize(
    "line",
    ["route 10.0.0.0/40 route-type unicast blackhole", "route 10.0.0.0/8 route-type unicast next-hop 10.0.0.999",
     "route 10.0.0.0/8 route-type unicast next-hop 192.0.2.1 preference low", "route 10.0.0.0/8 route-type unicast wormhole x"],
)  # fmt: skip
def test_routes_that_are_not_understood_prove_nothing(line: str) -> None:
    table = device_of(
        "nokia_sros", f'/configure router "Base" static-routes {line}\n'
    ).static_routes
    assert table is not None
    assert not table.complete
