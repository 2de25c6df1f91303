"""Judging load balancing with a full table in memory takes less than 50 ms (issue 4, speed)."""

from __future__ import annotations

import time

from parsers.model.routes import NextHop, Route, RouteTable
from rules.rule import registry
from rules.view import View
from tests.audit_text import bitbucket, device_of
from tests.rules import rows_cisco

ROUTES = 200_000
MOST = 0.05
"""Seconds."""


def test_a_full_table_is_judged_at_once() -> None:
    hops = (
        NextHop("GigabitEthernet0/1", "203.0.113.2"),
        NextHop("GigabitEthernet0/2", "198.51.100.2"),
    )
    routes = [Route(4, 0, 0, "default", "bgp", hops, 1)]
    routes += [
        Route(4, 0x01000000 + n * 0x300, 24, "default", "bgp", hops, n + 2) for n in range(ROUTES)
    ]
    table = RouteTable(source="rib", file="t", vrf=None, family=4, routes=routes)
    assert len(table.indexes[("default", 4)]) == len(routes)  # readers build it
    device = device_of("cisco_ios", rows_cisco.BOTH).model_copy(update={"tables": (table,)})
    rules = [found for found in registry() if found.rule.code.startswith("LB")]
    taken = []
    for _ in range(3):
        start = time.perf_counter()
        view = View(device, bitbucket())
        found = [finding for rule in rules for finding in rule.check(view)]
        taken.append(time.perf_counter() - start)
        assert [f.severity.value for f in found] == ["critical"]
    assert min(taken) < MOST
