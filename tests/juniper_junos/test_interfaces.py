"""Interfaces and bindings of Junos configurations, written by hand."""

from __future__ import annotations

import pytest

from parsers.model.filters import Action
from parsers.model.interfaces import Interface, InterfaceKind
from tests.audit_text import device_of


def interfaces(config: str) -> dict[str, Interface]:
    return {i.name: i for i in device_of("juniper_junos", config).interfaces}


CURLY = """## Last commit: 2026-11-20 10:00:00 UTC by ops
version 21.4R3;
system {
    host-name r1;
}
interfaces {
    ge-0/0/0 {
        description "to the office";
        vlan-tagging;
        mtu 9018;
        unit 20 {
            vlan-id 20;
            family inet {
                mtu 1400;
                rpf-check {
                    mode loose;
                }
                filter {
                    input-list [ A B ];
                    output C;
                }
                address 10.20.1.1/24 {
                    primary;
                }
                address 10.20.2.1/24;
            }
            family inet6 {
                address 2001:db8:20::1/64;
                tcp-mss 1340;
            }
        }
        unit 21 {
            disable;
            vlan-id 21;
            family inet {
                dhcp;
            }
        }
    }
    inactive: ge-0/0/1 {
        unit 0;
    }
    ge-0/0/2 {
        gigether-options {
            802.3ad ae0;
        }
    }
    ae0 {
        unit 0 {
            family inet {
                address 192.0.2.1/31;
            }
        }
    }
    irb {
        unit 7 {
            family inet {
                unnumbered-address lo0.0;
            }
        }
    }
    lo0 {
        unit 0 {
            family inet {
                filter {
                    input RE;
                }
                address 192.0.2.255/32;
            }
        }
    }
    fxp0 {
        unit 0 {
            family inet {
                address 172.16.0.1/24;
            }
        }
    }
}
routing-instances {
    CUST {
        instance-type virtual-router;
        interface ae0.0;
        routing-options {
            static {
                route 0.0.0.0/0 next-hop 192.0.2.0;
            }
        }
    }
}
"""


def test_interfaces() -> None:
    found = interfaces(CURLY)
    assert list(found) == [
        "ge-0/0/0",
        "ge-0/0/0.20",
        "ge-0/0/0.21",
        "ge-0/0/2",
        "ae0",
        "ae0.0",
        "irb",
        "irb.7",
        "lo0",
        "lo0.0",
        "fxp0",
        "fxp0.0",
    ]
    unit = found["ge-0/0/0.20"]
    assert unit.kind is InterfaceKind.SUBINTERFACE
    assert (unit.parent, unit.description, unit.vrf) == ("ge-0/0/0", "to the office", "default")
    assert [(a.family, a.length, a.where.line) for a in unit.addresses] == [
        (4, 24, 22),
        (4, 24, 25),
        (6, 64, 28),
    ]
    assert unit.mtu is not None
    assert (unit.mtu.value, unit.mtu.where) == (9000, ("r1.cfg", 10))
    assert unit.ip_mtu is not None
    assert (unit.ip_mtu.value, unit.ip_mtu.where) == (1400, ("r1.cfg", 14))
    assert unit.urpf is not None
    assert (unit.urpf.value, unit.urpf.where) == ("loose", ("r1.cfg", 15))
    assert [(c.family, c.value) for c in unit.clamps] == [(6, 1340)]
    assert all(flag.sends for flag in unit.ptb)
    assert not found["ge-0/0/0.21"].enabled
    dynamic = found["ge-0/0/0.21"].dynamic_address
    assert dynamic is not None
    assert dynamic.value == "dhcp"
    assert found["ge-0/0/2"].bundle == "ae0"
    assert found["ae0.0"].vrf == "CUST"
    assert found["irb.7"].kind is InterfaceKind.VLAN
    assert found["lo0.0"].kind is InterfaceKind.LOOPBACK
    assert found["fxp0.0"].kind is InterfaceKind.MANAGEMENT


def test_bindings() -> None:
    device = device_of("juniper_junos", CURLY)
    seen = [
        (b.key, b.interface, b.direction, b.where, b.inactive is not None) for b in device.bindings
    ]
    assert seen == [
        ("A then B", "ge-0/0/0.20", "in", ("r1.cfg", 19), False),
        ("C", "ge-0/0/0.20", "out", ("r1.cfg", 20), False),
        ("RE", "lo0.0", "in", ("r1.cfg", 66), True),
    ]
    assert not device.filters["A then B", 4].defined
    assert device.filters["C", 4].default is Action.UNKNOWN


def test_every_line_is_accounted_for() -> None:
    device = device_of("juniper_junos", CURLY)
    assert device.lines.not_understood == 0
    assert (
        device.lines.used + device.lines.irrelevant == device.lines.total == len(CURLY.splitlines())
    )
    assert (device.os_version, device.name) == ("21.4R3", "r1")


def test_filter_lists_share_one_implicit_discard() -> None:
    config = (
        "set firewall family inet filter A term 1 from protocol udp\nset firewall family inet filter A term 1 then discard\n"
        "set firewall family inet filter B term 2 then accept\n"
        "set interfaces ge-0/0/0 unit 0 family inet filter input-list [ A B ]\n"
    )
    made = device_of("juniper_junos", config).filters["A then B", 4]
    assert [(e.line, e.action, e.label) for e in made.entries] == [
        (2, Action.DENY, "A/1"),
        (3, Action.PERMIT, "B/2"),
    ]
    assert made.default is Action.DENY


def test_filters_of_the_forwarding_table() -> None:
    config = (
        "set firewall family inet filter F term 1 then accept\n"
        "set forwarding-options family inet filter input F\n"
        "set routing-instances R instance-type vrf\nset routing-instances R interface ge-0/0/1.0\n"
        "set routing-instances R forwarding-options family inet filter input F\n"
    )
    bindings = device_of("juniper_junos", config).bindings
    assert {(b.interface, b.direction) for b in bindings} == {
        (None, "forward"),
        ("ge-0/0/1.0", "in"),
    }


MTU = [
    ("untagged", "mtu 1514", 1500),
    ("tagged", "mtu 1518|vlan-tagging", 1500),
    ("stacked", "mtu 1522|stacked-vlan-tagging", 1500),
    ("two-tags", "mtu 1522|flexible-vlan-tagging|unit 0 vlan-tags outer 1 inner 2", 1500),
    ("flexible-with-one-tag", "mtu 1518|flexible-vlan-tagging|unit 0 vlan-id 5", 1500),
    ("ppp", "mtu 1504|encapsulation ppp", 1500),
]


@pytest.mark.parametrize(("statements", "value"), [c[1:] for c in MTU], ids=[c[0] for c in MTU])
def test_media_mtu_counts_the_layer_2_header(statements: str, value: int) -> None:
    lines = [f"set interfaces ge-0/0/0 {s}" for s in statements.split("|")]
    lines.append("set interfaces ge-0/0/0 unit 0 family inet address 10.0.0.1/24")
    mtu = interfaces("\n".join(lines))["ge-0/0/0.0"].mtu
    assert mtu is not None
    assert mtu.value == value
    assert "layer 2 header" in mtu.note


def test_interface_ranges_give_what_the_interface_does_not_say() -> None:
    config = (
        'set interfaces interface-range R member "ge-0/0/[0-2,5]"\n'
        "set interfaces interface-range R member-range xe-0/1/0 to xe-0/1/1\n"
        "set interfaces interface-range R mtu 9014\nset interfaces interface-range R disable\n"
        "set interfaces ge-0/0/1 mtu 1514\nset interfaces ge-0/0/7 mtu 1514\n"
    )
    found = interfaces(config)
    assert set(found) == {
        "ge-0/0/0", "ge-0/0/1", "ge-0/0/2", "ge-0/0/5", "ge-0/0/7", "xe-0/1/0", "xe-0/1/1"
    }  # fmt: skip
    sizes = {name: i.mtu.value for name, i in found.items() if i.mtu is not None}
    assert (sizes["ge-0/0/0"], sizes["ge-0/0/1"]) == (9000, 1500)
    assert [name for name, i in found.items() if i.enabled] == ["ge-0/0/7"]


def test_tunnels() -> None:
    config = (
        "set interfaces gr-0/0/0 unit 0 tunnel source 192.0.2.1\nset interfaces gr-0/0/0 unit 0 tunnel destination 192.0.2.2\n"
        "set interfaces gr-0/0/0 unit 0 tunnel key 5\nset interfaces gr-0/0/0 unit 0 family inet\n"
        "set interfaces ip-0/0/0 unit 1 family inet\nset interfaces st0 unit 2 family inet\n"
        "set interfaces pp0 unit 3 pppoe-options underlying-interface ge-0/0/1.0\nset interfaces pp0 unit 3 family inet negotiate-address\n"
    )
    found = interfaces(config)
    tunnels = {name: i.tunnel for name, i in found.items() if i.tunnel is not None}
    assert {n: (t.mode, t.overhead) for n, t in tunnels.items()} == {
        "gr-0/0/0.0": ("gre", 28),
        "ip-0/0/0.1": ("ipip", 20),
        "st0.2": ("ipsec", None),
        "pp0.3": ("pppoe", 8),
    }
    assert tunnels["pp0.3"].source == "ge-0/0/1.0"


def test_a_statement_that_is_not_understood_stays_with_its_interface() -> None:
    config = "set interfaces ge-0/0/0 unit 0 family inet frob 5\nset interfaces ge-0/0/1 unit 0 family inet mtu x\n"
    device = device_of("juniper_junos", config)
    found = {i.name: i for i in device.interfaces}
    assert found["ge-0/0/0.0"].not_understood == (("r1.cfg", 1),)
    assert found["ge-0/0/1.0"].not_understood == (("r1.cfg", 2),)
    assert [(u.where.line, u.topic, u.subject) for u in device.not_understood] == [
        (1, "interface", "ge-0/0/0.0"),
        (2, "interface", "ge-0/0/1.0"),
    ]
