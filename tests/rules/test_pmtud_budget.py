"""What a finding about sizes says: the hops, what they need and do, and the number that decides."""

from __future__ import annotations

from auditor.assembly import report_of
from auditor.reports.budget import budget_table
from auditor.reports.model import BudgetPart, HopPart
from rules.finding import Budget, Finding
from tests.audit_text import bitbucket, findings_of
from tests.cisco_ios.test_pmtud_cases import (
    BY_TUNNEL,
    BY_WAN,
    OFF,
    WAN_IN,
    acl,
    lan,
    tunnel,
    wan,
)  # fmt: skip

GRE = " tunnel source GigabitEthernet0/1\n tunnel destination 198.51.100.1\n"


def only(config: str, code: str, platform: str = "cisco_ios") -> Finding:
    (found,) = [f for f in findings_of(platform, config) if f.code == code]
    return found


def budget_of(config: str, code: str) -> Budget:
    found = only(config, code).budget
    assert found is not None
    return found


def test_every_hop_with_its_size_and_what_it_does() -> None:
    """1500 bytes come in, the tunnel takes 1400 and adds 24, the interface underneath takes 1500."""
    config = lan(OFF) + tunnel(OFF + " ip tcp adjust-mss 1380\n" + GRE) + wan() + BY_TUNNEL
    found = budget_of(config, "MTU001")
    assert (found.family, found.direction) == (4, "up")
    assert (found.packet, found.fits, found.segment) == (1500, 1400, 1360)
    rows = [(h.interface, h.role, h.mtu, h.assumed, h.overhead, h.needs) for h in found.hops]
    assert rows == [
        ("GigabitEthernet0/0", "in", 1500, True, None, 1500),
        ("Tunnel1", "out", 1400, False, 24, 1500),
        ("GigabitEthernet0/1", "underneath", 1500, True, None, 1424),
    ]
    assert "told not to send Frag-Needed" in found.hops[1].does
    assert found.decides == "Frag-Needed needed above 1400; clamp 1380 > 1360"


def test_the_clamp_that_decides() -> None:
    config = lan(OFF) + tunnel(OFF + " ip tcp adjust-mss 1360\n") + BY_TUNNEL
    assert (
        budget_of(config, "MTU001").decides == "Frag-Needed needed above 1400; clamp 1360 <= 1360"
    )
    without = lan(OFF) + tunnel(OFF) + BY_TUNNEL
    assert budget_of(without, "MTU001").decides.endswith("; no clamp of 1360 or less")


def test_downloads_pass_the_hops_the_other_way_round() -> None:
    found = budget_of(lan(OFF + " ip mtu 1400\n") + wan(OFF) + BY_WAN, "MTU001")
    assert found.direction == "down"
    assert [h.interface for h in found.hops] == ["GigabitEthernet0/1", "GigabitEthernet0/0"]


def test_ipv6_has_larger_headers() -> None:
    config = (
        "set interfaces ge-0/0/0 unit 0 family inet6 address 2001:db8:20::1/64\n"
        "set interfaces gr-0/0/0 unit 0 family inet6 mtu 1400\n"
        "set interfaces gr-0/0/0 unit 0 family inet6 address 2001:db8:ff::1/64\n"
        "set routing-options rib inet6.0 static route ::/0 next-hop 2001:db8:ff::2\n"
    )
    found = only(config, "MTU004", "juniper_junos").budget
    assert found is not None
    assert (found.family, found.fits, found.segment) == (6, 1400, 1340)
    assert found.decides.startswith("Packet Too Big needed above 1400; 1 a second")


def test_a_filter_between_two_wide_links() -> None:
    """No narrow link is known: a clamp must fit the 1476 bytes that the service documents."""
    config = lan() + wan(WAN_IN) + acl("permit tcp any any established") + BY_WAN
    found = budget_of(config, "MTU002")
    assert (found.fits, found.segment) == (1476, 1436)
    assert found.hops[1].does == "WAN-IN drops Frag-Needed here"
    assert found.decides.endswith("below 1500; no clamp of 1436 or less")


def test_the_table_of_the_terminal_marks_what_is_assumed() -> None:
    part = BudgetPart(
        family=4, direction="up", packet=1500, fits=1400, segment=1360, decides="x",
        hops=(
            HopPart(interface="Gi0", role="in", mtu=1500, assumed=True, source="", overhead=None, needs=1500, does="a"),
            HopPart(interface="Tu1", role="out", mtu=1400, assumed=False, source="", overhead=24, needs=1500, does="b"),
        ),
    )  # fmt: skip
    table = budget_table(part)
    cells = [[str(cell) for cell in column.cells] for column in table.columns]
    assert cells[0] == ["Gi0 (in)", "Tu1 (out)"]
    assert cells[1] == ["~1500", "1400"]
    assert cells[2] == ["", "24"]


def test_other_findings_have_no_budget() -> None:
    config = lan() + wan(WAN_IN) + acl("deny tcp any any", "permit ip any any") + BY_WAN
    found = [f for f in findings_of("cisco_ios", config) if f.code.startswith("ACL")]
    assert found
    assert all(f.budget is None for f in found)
    assert len(report_of((), bitbucket()).findings) == 0
