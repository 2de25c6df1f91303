"""Which filters sessions meet, and how severe it is where the path is not known."""

from __future__ import annotations

from tests.audit_text import brief, findings_of

LAN = "interface GigabitEthernet0/0\n ip address 10.20.1.1 255.255.255.0\n"
WAN = "interface GigabitEthernet0/1\n ip address 203.0.113.1 255.255.255.252\n"
DEFAULT = "ip route 0.0.0.0 0.0.0.0 203.0.113.2\n"
DENY = "ip access-list extended A\n deny ip any 104.192.136.0 0.0.7.255\n permit ip any any\n"
IN = " ip access-group A in\n"
OUT = " ip access-group A out\n"


def acl(config: str) -> set[tuple[str, str, str]]:
    return brief(findings_of("cisco_ios", config), "ACL")


def test_the_lan_side_inbound_and_the_internet_side_outbound_block() -> None:
    blocked = {("ACL001", "high", "fail")}
    assert acl(LAN + IN + WAN + DEFAULT + DENY) == blocked
    assert acl(LAN + WAN + OUT + DEFAULT + DENY) == blocked


def test_the_same_list_in_the_other_directions_does_not_see_the_packets() -> None:
    assert acl(LAN + OUT + WAN + DEFAULT + DENY) == set()
    assert acl(LAN + WAN + IN + DEFAULT + DENY) == set()


def test_a_filter_that_is_applied_nowhere_blocks_nothing() -> None:
    assert acl(LAN + WAN + DEFAULT + DENY) == set()


def test_a_vty_class_is_not_transit() -> None:
    assert acl(LAN + WAN + DEFAULT + DENY + "line vty 0 4\n access-class A in\n") == set()


def test_an_interface_that_is_shut_down_carries_nothing() -> None:
    assert acl(LAN + IN + " shutdown\n" + WAN + DEFAULT + DENY) == set()


def test_an_interface_in_another_vrf_is_not_on_the_path() -> None:
    other = (
        "interface GigabitEthernet0/5\n vrf forwarding LAB\n ip address 10.99.0.1 255.255.255.0\n"
        + IN
    )
    assert acl(LAN + WAN + other + DEFAULT + DENY) == set()


def test_without_a_route_the_answer_is_conditional_and_less_severe() -> None:
    """The private LAN beside a public address can only be the inside; the list denies it a range."""
    assert acl(LAN + IN + WAN + DENY) == {("ACL001", "medium", "fail")}


def test_without_a_route_a_list_that_fits_one_side_only_is_unknown() -> None:
    permit_own = "ip access-list extended A\n permit ip 10.20.1.0 0.0.0.255 any\n"
    two_lans = LAN + IN + "interface GigabitEthernet0/1\n ip address 10.30.1.1 255.255.255.0\n"
    found = acl(two_lans + permit_own)
    assert found
    assert all(outcome == "unknown" for _, _, outcome in found)


def test_standard_list_outbound_on_the_inside_drops_answers() -> None:
    """T026: a standard list matches the source, which is the service there."""
    config = (
        LAN
        + " ip access-group 10 out\n"
        + WAN
        + DEFAULT
        + "access-list 10 permit 10.20.0.0 0.0.255.255\n"
    )
    assert acl(config) == {("ACL002", "high", "fail")}


def test_translated_sources_behind_nat_are_undecided_not_denied() -> None:
    config = (
        LAN + " ip nat inside\n" + WAN + " ip nat outside\n" + OUT + DEFAULT
        + "ip nat inside source list 7 interface GigabitEthernet0/1 overload\n"
        + "ip access-list extended A\n permit ip host 203.0.113.1 any\n"
    )  # fmt: skip
    assert acl(config) == {("ACL001", "high", "unknown")}


def test_a_deny_for_every_source_is_certain_behind_nat() -> None:
    config = (
        LAN + " ip nat inside\n" + WAN + " ip nat outside\n" + OUT + DEFAULT
        + "ip access-list extended A\n deny tcp any any eq 22\n deny tcp any any eq 443\n"
    )  # fmt: skip
    assert acl(config) == {("ACL001", "high", "fail")}


ZONES = "zone security Z1\nzone security Z2\n"
IN_Z1, IN_Z2 = " zone-member security Z1\n", " zone-member security Z2\n"
POLICY = (
    "class-map type inspect match-any C\n match protocol tcp\n"
    "policy-map type inspect P\n class type inspect C\n  {action}\n class class-default\n  drop\n"
    "zone-pair security ZP source Z1 destination Z2\n service-policy type inspect P\n"
)


def test_zones_without_a_pair_drop_everything() -> None:
    """T046."""
    found = acl(ZONES + LAN + IN_Z1 + WAN + IN_Z2 + DEFAULT)
    assert ("ACL001", "high", "fail") in found


def test_inspect_lets_answers_back_and_pass_does_not() -> None:
    """T049."""
    base = ZONES + LAN + IN_Z1 + WAN + IN_Z2 + DEFAULT
    assert acl(base + POLICY.format(action="inspect")) == set()
    assert acl(base + POLICY.format(action="pass")) == {("ACL002", "high", "fail")}


def test_one_zone_is_open_inside() -> None:
    assert acl(ZONES + LAN + IN_Z1 + WAN + IN_Z1 + DEFAULT) == set()


def test_a_zone_and_no_zone_are_apart() -> None:
    assert ("ACL001", "high", "fail") in acl(ZONES + LAN + IN_Z1 + WAN + DEFAULT)


def test_strict_reverse_path_check_with_two_exits_is_unknown() -> None:
    """T053."""
    second = (
        "interface GigabitEthernet0/2\n ip address 198.51.100.1 255.255.255.252\n"
        " ip verify unicast source reachable-via rx\n"
    )
    config = LAN + WAN + second + DEFAULT + "ip route 0.0.0.0 0.0.0.0 198.51.100.2\n"
    assert acl(config) == {("ACL005", "high", "unknown")}


def test_loose_reverse_path_check_is_no_finding() -> None:
    assert acl(LAN + WAN + " ip verify unicast source reachable-via any\n" + DEFAULT) == set()


def test_a_list_on_a_switchport_is_named_and_not_judged() -> None:
    port = "interface GigabitEthernet0/7\n switchport\n" + IN
    assert acl(LAN + WAN + DEFAULT + DENY + port) == {("ACL006", "high", "unknown")}


def test_reflexive_answers_are_undecided() -> None:
    back = "ip access-list extended B\n evaluate SEEN\n deny ip any any\n"
    config = LAN + WAN + " ip access-group B in\n" + DEFAULT + back
    assert acl(config) == {("ACL002", "high", "unknown")}


def test_a_router_on_a_stick_lets_clients_in_where_sessions_go_out() -> None:
    found = acl(WAN + IN + DEFAULT + DENY)
    assert found == {("ACL001", "medium", "unknown")}


def test_zones_without_a_route_are_judged_unless_a_pair_lets_all_pass() -> None:
    """The private LAN can only be the inside, so the denial is certain once a session comes from there."""
    base = ZONES + LAN + IN_Z1 + WAN + IN_Z2
    web = POLICY.replace("match protocol tcp", "match protocol http").format(action="inspect")
    assert acl(base + POLICY.format(action="inspect")) == set()
    assert acl(base + web) == {("ACL001", "medium", "fail")}


def test_a_way_of_last_resort_through_the_clients_network_hides_no_filter() -> None:
    """The floating route points to another router on the LAN: the clients are still there."""
    config = (
        LAN + " ip access-group A in\n" + WAN + DEFAULT
        + "ip route 0.0.0.0 0.0.0.0 10.20.1.254 250\n"
        + "ip access-list extended A\n deny tcp any any eq 443\n permit ip any any\n"
    )  # fmt: skip
    assert ("ACL001", "high", "fail") in acl(config)
