"""Cases of the knowledge pages about load balancing (T56, T57) and path MTU discovery (T69, T70)."""

from __future__ import annotations

from parsers.model.balancing import HashField, Spread
from tests.audit_text import brief, device_of, findings_of

BASE = '/configure router "Base"'
LAN = f'{BASE} interface "lan" port 1/1/1\n{BASE} interface "lan" ipv4 primary address 10.20.1.1 prefix-length 24\n'
LAN_6 = f'{BASE} interface "lan" ipv6 address 2001:db8:20::1 prefix-length 64\n'


def uplinks(count: int, port: str = "1/1/{}") -> str:
    """Interfaces to providers, each with a default route."""
    text = ""
    for n in range(1, count + 1):
        name = f'{BASE} interface "up{n}"'
        text += f"{name} port {port.format(n + 1)}\n{name} ipv4 primary address 203.0.113.{n * 4 + 1} prefix-length 30\n"
        text += f"{BASE} static-routes route 0.0.0.0/0 route-type unicast next-hop 203.0.113.{n * 4 + 2} admin-state enable\n"
    return text


def test_56_hash_over_eight_paths() -> None:
    config = (
        LAN
        + uplinks(2)
        + f"{BASE} ecmp 8\n/configure system load-balancing l4-load-balancing true\n"
    )
    assert brief(findings_of("nokia_sros", config), "LB") == set()
    choices = device_of("nokia_sros", config).path_choices
    assert [c.spread for c in choices] == [Spread.FLOW]
    assert HashField.SRC_PORT in choices[0].fields


def test_57_adaptive_bundle() -> None:
    config = (
        LAN
        + uplinks(1, "lag-1")
        + '/configure lag "lag-1" port 1/1/5\n/configure lag "lag-1" port 1/1/6\n'
        + '/configure lag "lag-1" adaptive-load-balancing tolerance 20\n'
    )
    assert brief(findings_of("nokia_sros", config), "LB") == {("LB002", "medium", "fail")}


def flow_label(ecmp: str) -> str:
    six = "".join(
        f'{BASE} interface "up{n}" ipv6 address 2001:db8:{n}::1 prefix-length 64\n'
        f"{BASE} static-routes route ::/0 route-type unicast next-hop 2001:db8:{n}::2 admin-state enable\n"
        for n in (1, 2)
    )
    label = f'{BASE} interface "lan" load-balancing flow-label-load-balancing true\n'
    return LAN + LAN_6 + uplinks(2) + six + label + ecmp


def test_the_flow_label_moves_sessions_on_several_paths() -> None:
    config = flow_label(f"{BASE} ecmp 2\n")
    assert brief(findings_of("nokia_sros", config), "LB") == {("LB002", "medium", "fail")}


def test_the_flow_label_does_nothing_where_one_path_is_used() -> None:
    assert brief(findings_of("nokia_sros", flow_label("")), "LB") == set()


def test_a_statement_about_balancing_that_is_not_known() -> None:
    config = (
        LAN
        + uplinks(2)
        + f"{BASE} ecmp 2\n"
        + f'{BASE} interface "lan" load-balancing spray-all true\n'
    )
    assert ("LB001", "critical", "unknown") in brief(findings_of("nokia_sros", config), "LB")


def narrow(more: str) -> str:
    return LAN + uplinks(1) + f'{BASE} interface "up1" ip-mtu 1400\n' + more


def test_t69_unreachables_off_on_one_interface() -> None:
    config = narrow(f'{BASE} interface "lan" ipv4 icmp unreachables admin-state disable\n')
    assert brief(findings_of("nokia_sros", config), "MTU") == {("MTU001", "high", "fail")}


def test_errors_are_sent_by_default() -> None:
    assert brief(findings_of("nokia_sros", narrow("")), "MTU") == set()


def test_packet_too_big_off() -> None:
    config = (
        narrow(f'{BASE} interface "lan" ipv6 icmp6 packet-too-big admin-state disable\n')
        + LAN_6
        + f'{BASE} interface "up1" ipv6 address 2001:db8:1::1 prefix-length 64\n'
        + f"{BASE} static-routes route ::/0 route-type unicast next-hop 2001:db8:1::2 admin-state enable\n"
    )
    assert brief(findings_of("nokia_sros", config), "MTU") == {("MTU001", "high", "fail")}


def test_t70_icmp_dropped_and_a_clamp_that_is_none() -> None:
    entry = '/configure filter ip-filter "F"'
    config = (
        LAN
        + uplinks(1)
        + f'{BASE} interface "up1" ipv4 tcp-mss 1300\n{BASE} interface "up1" ingress filter ip "F"\n'
        + f"{entry} entry 10 match protocol icmp\n{entry} entry 10 action drop\n{entry} default-action accept\n"
    )
    found = brief(findings_of("nokia_sros", config), "MTU")
    assert found == {("MTU002", "high", "fail")}


def test_limits_that_are_said() -> None:
    config = f'{BASE} interface "lan" ipv4 icmp unreachables number 5 seconds 20\n'
    (limit,) = device_of("nokia_sros", config).ptb_limits
    assert (limit.family, limit.per_second) == (4, 0.25)
