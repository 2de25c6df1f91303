"""Policy routing to nowhere: what a clause looks at besides lists leaves its packets undecided."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.audit_text import answer

HEAD = """interface GigabitEthernet0/0
 ip address 10.20.1.1 255.255.255.0
 ip policy route-map R
ip access-list extended A
 permit tcp any any eq 443
route-map R permit 10
{first}route-map R permit 20
 set interface Null0
"""


@pytest.mark.parametrize(
    ("first", "port", "action"),
    [
        (" match ip address A\n set ip next-hop 10.20.1.9\n", 443, "permit"),
        (" match ip address A\n set ip next-hop 10.20.1.9\n", 22, "deny"),
        (
            " match ip address A\n match length 1000 1500\n set ip next-hop 10.20.1.9\n",
            443,
            "unknown",
        ),
        (" match length 1000 1500\n set ip next-hop 10.20.1.9\n", 22, "unknown"),
        (" set ip next-hop 10.20.1.9\n", 22, "permit"),
        (" match ip address A\n set ip next-hop 10.20.1.9\n set interface Null0\n", 443, "unknown"),
        (" match ip address MISSING\n set ip next-hop 10.20.1.9\n", 443, "unknown"),
    ],
)
def test_clauses(tmp_path: Path, first: str, port: int, action: str) -> None:
    packet = {"src": "10.20.1.5", "dst": "104.192.141.1", "protocol": "tcp", "dst_port": port}
    found = answer(tmp_path, "cisco_ios", HEAD.format(first=first), "route-map R", **packet)
    assert getattr(found, "action") == action  # noqa: B009 - the answer's type is the application's
