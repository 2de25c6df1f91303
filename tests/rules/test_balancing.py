"""Load balancing where the number of ways is not known, and what an interface inherits unseen."""

from __future__ import annotations

from tests.audit_text import brief, findings_of

DLB = """hostname n1
hardware profile dlb
  dlb-interface Eth1/1
interface Ethernet1/1
  no switchport
  ip address 10.0.0.1/31
  no shutdown
interface Vlan20
  no shutdown
  ip address 10.20.0.1/24
"""


def test_flowlets_without_a_route_are_unknown_not_silent() -> None:
    assert brief(findings_of("cisco_nxos", DLB), "LB") == {("LB002", "medium", "unknown")}


def test_flowlets_with_one_path_are_silent() -> None:
    config = DLB + "ip route 0.0.0.0/0 10.0.0.0\n"
    assert brief(findings_of("cisco_nxos", config), "LB") == set()


def test_an_interface_that_takes_statements_from_a_template_is_not_understood() -> None:
    config = (
        "interface GigabitEthernet0/0\n ip address 10.20.1.1 255.255.255.0\n source template T\n"
        "interface GigabitEthernet0/1\n ip address 203.0.113.1 255.255.255.252\n"
        "ip route 0.0.0.0 0.0.0.0 203.0.113.2\n"
    )
    assert brief(findings_of("cisco_xe", config), "ACL") == {("ACL009", "high", "unknown")}
