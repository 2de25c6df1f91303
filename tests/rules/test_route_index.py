"""Longest-prefix match against the definition: a look at every route (RFC 4632)."""

from __future__ import annotations

import random
import time

import pytest

from auditor import profile
from benchmarks.routes_benchmark import CONFIGURED, ios
from parsers.model.addresses import BITS
from parsers.model.route_index import RouteIndex, indexes_of
from parsers.model.routes import NextHop, Route, RouteTable
from parsers.platform import Inputs, Text
from parsers.registry import platform
from rules.rule import check_all
from rules.view import View


def _route(value: int, length: int, line: int, family: int = 4, vrf: str = "default") -> Route:
    return Route(family, value, length, vrf, "bgp", (NextHop("eth0", None),), line)


def _random_routes(seed: int, family: int, in_order: bool) -> list[Route]:
    """Routes that nest: few bits below a common prefix, some prefixes twice."""
    rng = random.Random(seed)
    bits = BITS[family]
    found = []
    for line in range(120):
        length = rng.choice((0, 8, 9, 12, 16, 17, 24, bits))
        low = rng.getrandbits(16) << 4 | (10 << bits - 8)
        found.append(_route(low >> bits - length << bits - length, length, line, family))
    return sorted(found, key=lambda route: (route.value, route.length)) if in_order else found


def _holds(route: Route, value: int) -> bool:
    shift = BITS[route.family] - route.length
    return route.value >> shift == value >> shift


@pytest.mark.parametrize("family", [4, 6])
@pytest.mark.parametrize("in_order", [True, False])
def test_best_is_what_a_look_at_every_route_finds(family: int, in_order: bool) -> None:
    for seed in range(20):
        routes = _random_routes(seed, family, in_order)
        index = RouteIndex(routes, family)
        rng = random.Random(seed + 1000)
        for _ in range(60):
            value = rng.getrandbits(20) | (10 << BITS[family] - 8)
            longest = rng.choice((None, 0, 10, 16, BITS[family]))
            match = [
                route
                for route in routes
                if _holds(route, value) and (longest is None or route.length <= longest)
            ]
            length = max((route.length for route in match), default=-1)
            expected = [route for route in match if route.length == length]
            assert index.best(value, longest) == expected


def test_inside_lists_longer_prefixes_once_each() -> None:
    routes = [
        _route(0x0A000000, 8, 1),
        _route(0x0A010000, 16, 2),
        _route(0x0A010000, 16, 3),
        _route(0x0A010100, 24, 4),
        _route(0x0A020000, 16, 5),
        _route(0x0B000000, 16, 6),
    ]
    index = RouteIndex(routes, 4)
    assert index.inside(0x0A000000, 0x0AFFFFFF, 8) == [
        (16, 0x0A010000),
        (24, 0x0A010100),
        (16, 0x0A020000),
    ]
    assert index.inside(0x0A010000, 0x0A01FFFF, 16) == [(24, 0x0A010100)]
    assert [route.line for route in index.exact(16, 0x0A010000)] == [2, 3]
    assert len(index) == 6


def test_tables_are_split_by_vrf_and_family_and_what_waits_is_left_out() -> None:
    routes = [
        _route(0, 0, 1),
        _route(0, 0, 2)._replace(backup=True),
        _route(0, 0, 3, 6),
        _route(0, 0, 4, vrf="red")._replace(backup=True),
        _route(0x0A000000, 8, 5)._replace(protocol="connected"),
    ]
    found = indexes_of(routes)
    assert {key: [route.line for route in index] for key, index in found.items()} == {
        ("default", 4): [1, 5],
        ("default", 6): [3],
        ("red", 4): [],
    }
    assert [route.line for route in found["default", 4].connected] == [5]


def test_a_table_builds_its_indexes_once() -> None:
    table = RouteTable(source="rib", file="x", vrf=None, family=4, routes=(_route(0, 0, 1),))
    assert table.indexes is table.indexes
    assert table == RouteTable(
        source="rib", file="x", vrf=None, family=4, routes=(_route(0, 0, 1),)
    )


@pytest.mark.slow
def test_judging_does_not_walk_a_full_table() -> None:
    """Under 50 ms of CPU with 200,000 routes: what grows with the table is done while it is read."""
    service = profile.load("bitbucket")
    spent = 0.0
    for count in (10, 200_000):  # the first device loads the code
        lines = [*ios(count), "S*       0.0.0.0/0 [1/0] via 192.0.2.1"]
        texts = (
            Text("r1.cfg", "running-config", CONFIGURED.splitlines()),
            Text("show_ip_route.txt", "show ip route", lines),
        )
        view = View(platform("cisco_ios").parse(Inputs("r1", "cisco_ios", texts)), service)
        start = time.process_time()
        check_all(view)
        spent = time.process_time() - start
        assert view.paths
    assert spent < 0.05
