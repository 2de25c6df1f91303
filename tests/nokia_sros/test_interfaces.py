"""Interfaces, services and groups of SR OS, written by hand."""

from __future__ import annotations

import ipaddress

from parsers.model.interfaces import Interface, InterfaceKind
from tests.audit_text import device_of

CLASSIC = """exit all
configure
    port 1/1/1
        ethernet
            mode access
            encap-type dot1q
            mtu 1518
        exit
        no shutdown
    exit
    port 1/1/2
        shutdown
        ethernet
        exit
    exit
    lag 1
        port 1/1/3
        port 1/1/4
        no shutdown
    exit
    router Base
        interface "lan"
            address 10.20.1.1/24
            secondary 10.20.2.1/24
            port 1/1/1:10
            ip-mtu 1600
            urpf-check
                mode loose
            exit
            ipv6
                address 2001:db8:20::1/64
            exit
            no shutdown
        exit
        interface "dark"
            address 192.0.2.1/24
            port 1/1/2
            no shutdown
        exit
        interface "off"
            address 192.0.3.1/24
            shutdown
        exit
        interface "system"
            address 192.0.2.255/32
            no shutdown
        exit
        interface "uplink"
            address 203.0.113.2/30
            port lag-1
            ingress
                filter ip 10 ipv6 20
            exit
            no shutdown
        exit
        bgp
            group "x"
                neighbor 203.0.113.1
                    peer-as 65001
                exit
            exit
            no shutdown
        exit
    exit
    service
        ies 5 customer 1 create
            interface "guests" create
                address 10.50.0.1/24
                sap 1/1/5:50 create
                    egress
                        filter ip 10
                    exit
                exit
            exit
            no shutdown
        exit
        vprn 100 name "RED" customer 1 create
            interface "lan" create
                address 10.30.1.1/24
                sap lag-1:100 create
                exit
            exit
            interface "tun" create
                address 10.31.1.1/30
                sap tunnel-1.private:1 create
                    ip-tunnel "t1" create
                        gre-header
                        remote-ip 198.51.100.9
                        source 203.0.113.2
                    exit
                exit
            exit
            no shutdown
        exit
        vprn 200 customer 1 create
            shutdown
            interface "blue" create
                address 10.40.1.1/24
                sap 1/1/6 create
                exit
            exit
        exit
    exit
exit all
"""


def interfaces(config: str) -> dict[str, Interface]:
    return {i.name: i for i in device_of("nokia_sros", config).interfaces}


def test_interfaces_of_the_classic_cli() -> None:
    found = interfaces(CLASSIC)
    lan = found["lan"]
    addresses = [(a.family, str(ipaddress.ip_address(a.value)), a.length) for a in lan.addresses]
    assert addresses == [(4, "10.20.1.1", 24), (4, "10.20.2.1", 24), (6, "2001:db8:20::1", 64)]
    assert (lan.kind, lan.parent, lan.vrf, lan.enabled) == (
        InterfaceKind.SUBINTERFACE,
        "1/1/1",
        "default",
        True,
    )
    assert lan.ip_mtu is not None
    assert lan.ip_mtu.value == 1500  # the port's 1518 less 18 is smaller than the 1600 asked for
    assert lan.urpf is not None
    assert lan.urpf.value == "loose"
    assert not found["dark"].enabled  # its port is shut down
    assert not found["off"].enabled
    assert found["system"].kind is InterfaceKind.LOOPBACK
    assert (found["uplink"].parent, found["uplink"].kind) == ("lag-1", InterfaceKind.BUNDLE)
    assert [found[name].bundle for name in ("1/1/3", "1/1/4")] == ["lag-1", "lag-1"]


def test_services() -> None:
    found = interfaces(CLASSIC)
    assert found["guests"].vrf == "default"
    assert found["RED:lan"].vrf == "RED"
    tunnel = found["tun"].tunnel
    assert tunnel is not None
    assert (tunnel.mode, tunnel.source, tunnel.destination) == (
        "gre",
        "203.0.113.2",
        "198.51.100.9",
    )
    assert (found["blue"].vrf, found["blue"].enabled) == ("200", False)


def test_bindings_and_sources() -> None:
    device = device_of("nokia_sros", CLASSIC)
    bound = {(b.key, b.family, b.interface, b.direction) for b in device.bindings}
    assert bound == {
        ("10", 4, "uplink", "in"),
        ("20", 6, "uplink", "in"),
        ("10", 4, "guests", "out"),
    }
    assert [source.value for source in device.routing_sources] == ["bgp"]
    assert device.not_understood == ()


MD = """# TiMOS-B-26.3.R1 both/x86_64 Nokia 7750 SR-1
configure {
    port 1/1/1 {
        admin-state enable
        ethernet {
            mtu 9212
            encap-type qinq
        }
    }
    router "Base" {
        interface "lan" {
            admin-state enable
            port 1/1/1:10.20
            ipv4 {
                primary {
                    address 10.20.1.1
                    prefix-length 24
                }
                secondary 10.20.2.1 {
                    prefix-length 24
                }
                urpf-check {
                    mode strict
                }
            }
            ipv6 {
                address 2001:db8:20::1 {
                    prefix-length 64
                }
            }
        }
    }
    service {
        vprn "RED" {
            admin-state enable
            customer "1"
            interface "lan" {
                ipv4 {
                    primary {
                        address 10.30.1.1
                        prefix-length 24
                    }
                }
                sap 1/1/2:7 {
                    admin-state enable
                    ingress {
                        filter {
                            ip "F"
                        }
                    }
                }
            }
        }
    }
}
"""


def test_interfaces_of_md_cli() -> None:
    device = device_of("nokia_sros", MD)
    found = {i.name: i for i in device.interfaces}
    lan = found["lan"]
    assert [str(ipaddress.ip_address(a.value)) for a in lan.addresses] == [
        "10.20.1.1",
        "10.20.2.1",
        "2001:db8:20::1",
    ]
    assert lan.mtu is not None
    assert lan.mtu.value == 9190
    assert lan.urpf is not None
    assert lan.urpf.value == "strict"
    assert found["RED:lan"].kind is InterfaceKind.SUBINTERFACE
    assert [(b.key, b.interface) for b in device.bindings] == [("F", "RED:lan")]
    assert (device.os_version, device.model) == ("26.3.R1", "7750 SR-1")


def test_values_that_are_none_are_the_interfaces_doubt() -> None:
    for text in (
        "ip-mtu many",
        "ipv4 primary address 10.0.0.300",
        "ingress filter ipx 7",
        "novelty 5",
    ):
        device = device_of("nokia_sros", f'/configure router "Base" interface "x" {text}\n')
        found = {i.name: i for i in device.interfaces}["x"]
        assert [where.line for where in found.not_understood] == [1], text
        assert [u.topic for u in device.not_understood] == ["interface"], text


GROUPS = """configure {
    groups {
        group "filters" {
            router "Base" {
                interface "<to-.*>" {
                    ip-mtu 1400
                    ingress {
                        filter {
                            ip "F"
                        }
                    }
                }
            }
        }
    }
    router "Base" {
        apply-groups ["filters"%s]
        interface "to-a" {
            ip-mtu 1500
        }
        interface "to-b" {
        }
        interface "lan" {
        }
        interface "to-c" {
            apply-groups-exclude ["filters"]
        }
    }
}
"""


def test_groups_give_what_the_text_does_not_say_itself() -> None:
    device = device_of("nokia_sros", GROUPS % "")
    found = {i.name: i for i in device.interfaces}
    sizes = {
        name: fact.ip_mtu.value if fact.ip_mtu is not None else None for name, fact in found.items()
    }
    assert sizes == {"to-a": 1500, "to-b": 1400, "lan": None, "to-c": None}
    assert {b.interface for b in device.bindings} == {"to-a", "to-b"}
    assert device.not_understood == ()


def test_a_missing_group_leaves_doubt_where_it_is_applied() -> None:
    device = device_of("nokia_sros", GROUPS % ' "gone"')
    assert {i.name for i in device.interfaces if i.not_understood} == {
        "to-a",
        "to-b",
        "lan",
        "to-c",
    }
    assert device.static_routes is not None
    assert not device.static_routes.complete


def test_filters_on_frames_nat_and_firewalls_are_recognised() -> None:
    config = """configure {
    service {
        epipe "E" {
            sap 1/1/1:5 {
                ingress {
                    filter {
                        ip "F"
                    }
                }
            }
        }
        vprn "RED" {
            nat {
                inside {
                    l2-aware {
                        address 10.0.0.1/24 { }
                    }
                }
            }
            firewall {
                domain "x" { }
            }
        }
    }
}
"""
    found = {fact.value for fact in device_of("nokia_sros", config).recognised}
    assert found == {"l2-filter", "nat", "inspection"}


def test_texts_that_are_made_to_break_the_reader() -> None:
    deep = "configure {\n" + "a {\n" * 3_000 + "}\n" * 3_000 + "}\n"
    words = " ".join(f"w{n}" for n in range(5_000))
    for text in (
        deep,
        f"/configure {words}\n",
        "/configure router [ a b\n/configure filter {\n",
        '/configure router "Base\n',
        "exit\nexit\nexit all\n    no\n  create\n",
        "configure {\n} }\n}\n",
        "configure { groups { group x { <[> { y } } } apply-groups [x] router { } }\n",
    ):
        device = device_of("nokia_sros", text)
        assert device.lines.total == len(text.splitlines())


def test_a_network_mask_beside_an_address() -> None:
    config = """exit all
configure
    router Base
        interface "lan"
            address 10.20.1.1 255.255.255.0
            no shutdown
        exit
        interface "odd"
            address 10.20.1.1 255.0.255.0
        exit
    exit
exit all
"""
    found = interfaces(config)
    assert [a.length for a in found["lan"].addresses] == [24]
    assert found["odd"].not_understood != ()


def test_u11_filters_behind_address_translation() -> None:
    config = (
        '/configure router "Base" interface "up" egress filter ip "F"\n'
        '/configure router "Base" nat outside pool "P" type large-scale\n'
        '/configure service vprn "IN" interface "lan" sap 1/1/1:5 ingress filter ip "F"\n'
        '/configure service vprn "IN" nat inside large-scale nat-policy "N"\n'
    )
    bound = {b.interface: b.sees_translated for b in device_of("nokia_sros", config).bindings}
    assert bound == {"up": True, "lan": False}
