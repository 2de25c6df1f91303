"""Interfaces, network instances, routes and hashing of SR Linux, written by hand."""

from __future__ import annotations

import ipaddress

import pytest

from parsers.model.balancing import HashField
from parsers.model.interfaces import InterfaceKind
from parsers.model.routes import NextHop, Route
from tests.audit_text import brief, device_of, findings_of

CONFIG = """interface ethernet-1/1 {
    description "to the office"
    admin-state enable
    mtu 1514
    vlan-tagging true
    ethernet {
        port-speed 100G
    }
    subinterface 10 {
        ip-mtu 1500
        ipv4 {
            admin-state enable
            address 10.20.1.1/24 {
                primary
            }
        }
        ipv6 {
            admin-state enable
            address 2001:db8:20::1/64 {
            }
        }
        vlan {
            encap {
                single-tagged {
                    vlan-id 10
                }
            }
        }
    }
}
interface ethernet-1/2 {
    ethernet {
        aggregate-id lag1
    }
}
interface ethernet-1/3 {
    admin-state disable
    subinterface 0 {
        ipv4 {
            address 192.0.2.1/24 {
            }
        }
    }
}
interface irb1 {
    subinterface 5 {
        ipv4 {
            admin-state enable
            dhcp-client {
            }
        }
    }
}
interface lag1 {
    lag {
        lag-type lacp
        min-links 1
    }
    subinterface 0 {
        type bridged
    }
}
interface mgmt0 {
    subinterface 0 {
        ipv4 {
            admin-state enable
            dhcp-client {
            }
        }
    }
}
network-instance default {
    type default
    interface ethernet-1/1.10 {
    }
    protocols {
        bgp {
            admin-state enable
            autonomous-system 65001
        }
        isis {
            instance i1 {
                admin-state enable
            }
        }
        ospf {
            admin-state disable
        }
    }
}
network-instance RED {
    type ip-vrf
    interface irb1.5 {
    }
}
network-instance bridge {
    type mac-vrf
    interface irb1.5 {
    }
    interface lag1.0 {
    }
}
network-instance mgmt {
    type ip-vrf
    interface mgmt0.0 {
    }
}
system {
    mtu {
        default-ip-mtu 1450
    }
}
"""


def test_interfaces() -> None:
    device = device_of("nokia_srl", CONFIG)
    found = {i.name: i for i in device.interfaces}
    lan = found["ethernet-1/1.10"]
    assert [str(ipaddress.ip_address(a.value)) for a in lan.addresses] == [
        "10.20.1.1",
        "2001:db8:20::1",
    ]
    assert (lan.kind, lan.parent, lan.vrf) == (
        InterfaceKind.SUBINTERFACE,
        "ethernet-1/1",
        "default",
    )
    assert lan.ip_mtu is not None
    assert lan.ip_mtu.value == 1496  # the port's 1514 less 14 and a tag
    assert found["ethernet-1/2"].bundle == "lag1"
    assert not found["ethernet-1/3.0"].enabled
    assert found["ethernet-1/3.0"].vrf == "(no network instance)"
    irb = found["irb1.5"]
    assert (irb.kind, irb.vrf, irb.routed) == (InterfaceKind.VLAN, "RED", True)
    assert irb.dynamic_address is not None
    assert irb.ip_mtu is not None
    assert irb.ip_mtu.value == 1450
    assert not found["lag1.0"].routed
    assert (found["mgmt0.0"].kind, found["mgmt0.0"].vrf) == (InterfaceKind.MANAGEMENT, "mgmt")
    assert [s.value for s in device.routing_sources] == ["bgp", "isis", "dhcp"]
    assert device.not_understood == ()


@pytest.mark.parametrize(
    "line",
    ["set / interface ethernet-1/1 subinterface 0 ip-mtu many", "set / interface ethernet-1/1 subinterface 0 ipv4 address 10.0.0.1/99",
     "set / interface ethernet-1/1 subinterface 0 novelty 5", "set / interface ethernet-1/1 subinterface x admin-state enable"],
)  # fmt: skip
def test_values_that_are_none_are_the_interfaces_doubt(line: str) -> None:
    device = device_of("nokia_srl", line)
    assert [u.topic for u in device.not_understood] == ["interface"]
    assert any(i.not_understood for i in device.interfaces)


INSTANCE = "set / network-instance default"
GROUP = f"{INSTANCE} next-hop-groups group"


def routes(config: str, prefix: str) -> list[Route]:
    table = device_of("nokia_srl", config).static_routes
    assert table is not None
    wanted = ipaddress.ip_network(prefix)
    return [
        r
        for r in table.routes
        if (r.family, r.value, r.length)
        == (wanted.version, int(wanted.network_address), wanted.prefixlen)
    ]


def test_static_routes() -> None:
    config = f"""{GROUP} two nexthop 1 ip-address 192.0.2.1
{GROUP} two nexthop 2 ip-address 192.0.2.3
{GROUP} two nexthop 3 ip-address 192.0.2.5
{GROUP} two nexthop 3 admin-state disable
{GROUP} watched nexthop 1 ip-address 192.0.2.1 failure-detection enable-bfd local-address 192.0.2.2
{GROUP} hole blackhole generate-icmp true
{GROUP} off admin-state disable
{GROUP} off nexthop 1 ip-address 192.0.2.1
{INSTANCE} static-routes route 10.1.0.0/16 next-hop-group two preference 7
{INSTANCE} static-routes route 10.2.0.0/16 next-hop-group hole
{INSTANCE} static-routes route 10.3.0.0/16 next-hop-group watched
{INSTANCE} static-routes route 10.4.0.0/16 next-hop-group off
{INSTANCE} static-routes route 10.5.0.0/16 next-hop-group two
{INSTANCE} static-routes route 10.5.0.0/16 admin-state disable
{INSTANCE} aggregate-routes route 10.6.0.0/16 summary-only true
set / network-instance RED type ip-vrf
set / network-instance RED next-hop-groups group r nexthop 1 ip-address 2001:db8::1
set / network-instance RED static-routes route ::/0 next-hop-group r
"""
    (two,) = routes(config, "10.1.0.0/16")
    assert two.next_hops == (NextHop(None, "192.0.2.1"), NextHop(None, "192.0.2.3"))
    assert (two.distance, two.conditional) == (7, None)
    assert [r.discard for r in routes(config, "10.2.0.0/16")] == ["reject"]
    assert [r.conditional is not None for r in routes(config, "10.3.0.0/16")] == [True]
    assert routes(config, "10.4.0.0/16") == []
    assert routes(config, "10.5.0.0/16") == []
    (aggregate,) = routes(config, "10.6.0.0/16")
    assert (aggregate.discard, aggregate.conditional is not None) == ("drop", True)
    assert [r.vrf for r in routes(config, "::/0")] == ["RED"]
    assert device_of("nokia_srl", config).not_understood == ()


@pytest.mark.parametrize(
    "line",
    [f"{INSTANCE} static-routes route 10.0.0.0/77 next-hop-group g", f"{INSTANCE} static-routes route 10.0.0.0/8 next-hop-group gone",
     f"{GROUP} g nexthop 1 ip-address 10.0.0.999", f"{INSTANCE} static-routes wormhole x"],
)  # fmt: skip
def test_routes_that_are_not_understood_prove_nothing(line: str) -> None:
    table = device_of("nokia_srl", line).static_routes
    assert table is not None
    assert not table.complete


LAN = "set / interface ethernet-1/1 subinterface 0 ipv4 address 10.20.1.1/24\n"
WAYS = "".join(
    f"set / interface ethernet-1/{n} subinterface 0 ipv4 address 203.0.113.{n * 4 + 1}/30\n"
    f"{GROUP} up nexthop {n} ip-address 203.0.113.{n * 4 + 2}\n"
    f"{INSTANCE} interface ethernet-1/{n}.0\n"
    for n in (2, 3)
)
TWO = f"{LAN}{INSTANCE} type default\n{INSTANCE} interface ethernet-1/1.0\n{WAYS}{INSTANCE} static-routes route 0.0.0.0/0 next-hop-group up\n"


def test_59_two_next_hops_and_the_default_hash() -> None:
    assert brief(findings_of("nokia_srl", TWO), "LB") == set()
    (choice,) = device_of("nokia_srl", TWO).path_choices
    assert HashField.SRC_PORT in choice.fields
    assert choice.where is None


def test_the_flow_label_in_the_hash() -> None:
    six = "".join(
        f"set / interface ethernet-1/{n} subinterface 0 ipv6 address 2001:db8:{n}::1/64\n"
        for n in (1, 2, 3)
    )
    six += "".join(f"{GROUP} up6 nexthop {n} ip-address 2001:db8:{n}::2\n" for n in (2, 3))
    six += f"{INSTANCE} static-routes route ::/0 next-hop-group up6\n"
    label = "set / system load-balancing hash-options ipv6-flow-label true\n"
    assert brief(findings_of("nokia_srl", TWO + six), "LB") == set()
    assert brief(findings_of("nokia_srl", TWO + six + label), "LB") == {("LB002", "medium", "fail")}


def test_hash_options_that_are_not_known() -> None:
    config = TWO + "set / system load-balancing hash-options moon-phase true\n"
    assert ("LB001", "critical", "unknown") in brief(findings_of("nokia_srl", config), "LB")


def test_a_narrow_way_out_is_unknown() -> None:
    config = TWO + "".join(
        f"set / interface ethernet-1/{n} subinterface 0 ip-mtu 1400\n" for n in (2, 3)
    )
    assert brief(findings_of("nokia_srl", config), "MTU") == {("MTU001", "critical", "unknown")}


def test_policy_forwarding_moves_packets() -> None:
    config = (
        TWO
        + f"{INSTANCE} policy-forwarding policy P rule 10 match ipv4 protocol 6\n"
        + f"{INSTANCE} policy-forwarding interface ethernet-1/1.0 apply-forwarding-policy P\n"
    )
    device = device_of("nokia_srl", config)
    found = {i.name: i.policy_route for i in device.interfaces}
    assert found["ethernet-1/1.0"] is not None
    assert device.not_understood == ()


def test_texts_that_are_made_to_break_the_reader() -> None:
    deep = "acl {\n" * 3_000 + "}\n" * 3_000
    for text in (
        deep,
        "set / " + " ".join(f"w{n}" for n in range(5_000)),
        '{\n"acl": [[[[{}]]]],\n"interface": [{"subinterface": 5}]\n}',
        "{" + '"a":{' * 500,
        '{"acl": {"acl-filter": [{"type": "ipv4"}]}}',
        '{"acl": "x", "interface": null, "network-instance": [1, 2]}',
        "set / acl [ a b\nset / \nset\n/\ndelete\ndelete /\n",
        'set / system banner "open\n',
    ):
        device = device_of("nokia_srl", text)
        assert device.lines.total == len(text.splitlines())
