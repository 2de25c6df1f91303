"""Interfaces, routes, path choices and forms of text of SONiC."""

from __future__ import annotations

import json
from ipaddress import ip_address

import pytest

from parsers.detection import detect
from parsers.model.balancing import Spread, Stage
from parsers.model.device import Device
from parsers.model.interfaces import InterfaceKind
from parsers.platform import CONFIGURATION, Inputs, Text
from parsers.registry import platform
from tests.audit_text import brief, device_of, findings_of

BASE = {
    "DEVICE_METADATA": {"localhost": {"hostname": "leaf1", "hwsku": "DellEMC-Z9332f-O32"}},
    "MGMT_VRF_CONFIG": {"vrf_global": {"mgmtVrfEnabled": "true"}},
    "MGMT_INTERFACE": {"eth0|192.0.2.10/24": {"gwaddr": "192.0.2.1"}},
    "PORT": {
        "Ethernet0": {"mtu": "9100", "admin_status": "down", "speed": "100000"},
        "Ethernet4": {"mtu": "1500", "description": "uplink"},
        "Ethernet8": {"mtu": "9100"},
    },
    "PORTCHANNEL": {"PortChannel1": {"mtu": "9100", "min_links": "1"}},
    "PORTCHANNEL_MEMBER": {"PortChannel1|Ethernet8": {}},
    "PORTCHANNEL_INTERFACE": {
        "PortChannel1": {"vrf_name": "Vrf_red"},
        "PortChannel1|2001:db8::1/64": {},
    },
    "INTERFACE": {"Ethernet4": {}, "Ethernet4|203.0.113.2/30": {}},
    "LOOPBACK_INTERFACE": {"Loopback0": {}, "Loopback0|10.255.0.1/32": {}},
    "VRF": {"Vrf_red": {}},
    "BGP_NEIGHBOR": {"203.0.113.1": {"asn": "65000"}},
    "NTP_SERVER": {"192.0.2.53": {}},
}


def text(**more: object) -> str:
    return json.dumps({**BASE, **more}, indent=4)


def test_interfaces() -> None:
    found = device_of("dell_sonic", text())
    assert [line.text for line in found.not_understood] == []
    by_name = {i.name: i for i in found.interfaces}
    assert found.name == "r1"
    assert found.model == "DellEMC-Z9332f-O32"
    assert not by_name["Ethernet0"].enabled
    assert by_name["Ethernet4"].mtu is not None
    assert by_name["Ethernet4"].mtu.value == 1500
    assert [str(ip_address(a.value)) for a in by_name["Ethernet4"].addresses] == ["203.0.113.2"]
    assert by_name["PortChannel1"].vrf == "Vrf_red"
    assert by_name["PortChannel1"].kind is InterfaceKind.BUNDLE
    assert by_name["Ethernet8"].bundle == "PortChannel1"
    assert not by_name["Ethernet8"].routed
    assert by_name["eth0"].vrf == "mgmt"
    assert [source.value for source in found.routing_sources] == ["bgp"]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ({"10.0.0.0/8": {"nexthop": "192.0.2.1"}}, [("default", "192.0.2.1", None, False)]),
        ({"Vrf_red|10.0.0.0/8": {"nexthop": "192.0.2.1"}}, [("Vrf_red", "192.0.2.1", None, False)]),
        (
            {"10.0.0.0/8": {"nexthop": "192.0.2.1,192.0.2.2", "distance": "0,0"}},
            [("default", "192.0.2.1", None, False), ("default", "192.0.2.2", None, False)],
        ),
        (
            {
                "10.0.0.0/8": {
                    "nexthop": "192.0.2.1,",
                    "blackhole": "false,true",
                    "distance": "0,200",
                }
            },
            [("default", "192.0.2.1", None, False), ("default", None, "drop", True)],
        ),
        ({"10.0.0.0/8": {"nexthop": "", "ifname": "Ethernet4"}}, [("default", None, None, False)]),
    ],
)
def test_static_routes(
    rows: dict[str, object], expected: list[tuple[str, str | None, str | None, bool]]
) -> None:
    found = device_of("dell_sonic", text(STATIC_ROUTE=rows)).static_routes
    assert found is not None
    assert found.complete
    assert [
        (r.vrf, r.next_hops[0].address if r.next_hops else None, r.discard, r.backup)
        for r in found.routes
    ] == expected


@pytest.mark.parametrize(
    "row",
    [
        {"10.0.0.0/8": {}},
        {"10.0.0.0/40": {"nexthop": "192.0.2.1"}},
        {"10.0.0.0/8": {"nexthop": "192.0.2.x"}},
        {"10.0.0.0/8": {"nexthop": "192.0.2.1", "news": "1"}},
        {"10.0.0.0/8": {"nexthop": "192.0.2.1", "ifname": "Ethernet99"}},
    ],
)
def test_routes_that_are_not_understood(row: dict[str, object]) -> None:
    found = device_of("dell_sonic", text(STATIC_ROUTE=row)).static_routes
    assert found is not None
    assert not found.complete


def test_frr_behind_the_json_and_inside_it() -> None:
    frr = "\nfrr version 8.5\nip route 10.0.0.0/8 blackhole\nrouter ospf\n!\n"
    behind = device_of("dell_sonic", text() + frr)
    inside = device_of("dell_sonic", text(bgpraw="ip route 10.0.0.0/8 blackhole\nrouter ospf\n"))
    for found in (behind, inside):
        assert found.static_routes is not None
        assert [route.discard for route in found.static_routes.routes] == ["drop"]
        assert {source.value for source in found.routing_sources} == {"bgp", "ospf"}
        assert [line.text for line in found.not_understood] == []


def test_frr_in_a_text_of_its_own() -> None:
    frr = ["frr version 8.5", "ip route 10.0.0.0/8 203.0.113.1", "line vty"]
    texts = (
        Text("c.json", CONFIGURATION, text().splitlines()),
        Text("f.txt", "vtysh -c 'show running-config'", frr),
    )
    found = platform("dell_sonic").parse(Inputs("x", "dell_sonic", texts))
    assert found.static_routes is not None
    assert len(found.static_routes.routes) == 1


def spreads(found: Device) -> list[tuple[Stage, Spread, bool | None]]:
    return [(c.stage, c.spread, c.in_effect) for c in found.path_choices if c.where is not None]


def test_t102_t104_adaptive_routing() -> None:
    profile = {"p": {"ars_nhg_path_selector_mode": "global", "default_ars_object": "o"}}
    packet = device_of(
        "dell_sonic",
        text(ARS_PROFILE=profile, ARS_OBJECT={"o": {"assign_mode": "per_packet_quality"}}),
    )
    assert spreads(packet) == [(Stage.ECMP, Spread.PER_PACKET, True)]
    flowlet = device_of(
        "dell_sonic", text(ARS_PROFILE=profile, ARS_OBJECT={"o": {"max_flows": "5"}})
    )
    assert spreads(flowlet) == [(Stage.ECMP, Spread.FLOWLET, True)]
    alone = device_of("dell_sonic", text(ARS_OBJECT={"o": {"assign_mode": "per_packet_quality"}}))
    assert spreads(alone) == [(Stage.ECMP, Spread.PER_PACKET, False)]
    missing = device_of("dell_sonic", text(ARS_PROFILE=profile))
    assert spreads(missing) == [(Stage.ECMP, Spread.UNKNOWN, None)]


@pytest.mark.parametrize(
    ("sku", "algorithm", "spread"),
    [
        ("ACS-MSN2700", "RANDOM", Spread.PER_PACKET),
        ("DellEMC-Z9332f-O32", "RANDOM", Spread.UNKNOWN),
        ("ACS-MSN2700", "CRC_CCITT", Spread.FLOW),
        ("ACS-MSN2700", "NEWS", Spread.UNKNOWN),
    ],
)
def test_t105_the_algorithm_random(sku: str, algorithm: str, spread: Spread) -> None:
    metadata = {"localhost": {"hwsku": sku}}
    found = text(
        DEVICE_METADATA=metadata, SWITCH_HASH={"GLOBAL": {"ecmp_hash_algorithm": algorithm}}
    )
    assert spreads(device_of("dell_sonic", found)) == [(Stage.ECMP, spread, True)]


def test_a_table_that_nobody_knows_is_not_understood() -> None:
    found = device_of("dell_sonic", text(NEW_TABLE={"x": {"y": "z"}}))
    assert [line.text for line in found.not_understood] == ['"y": "z"']
    assert device_of("dell_sonic", text(NEW_TABLE={})).not_understood == ()


@pytest.mark.parametrize(
    "damaged",
    [
        '{"PORT": {"Ethernet0": {"mtu": "9100"',
        '{"PORT": {"Ethernet0": {"mtu": x}}}',
        '{"PORT": {"Ethernet0": {}}} trailing',
    ],
)
def test_damaged_texts_are_doubted(damaged: str) -> None:
    found = device_of("dell_sonic", damaged)
    assert found.not_understood


@pytest.mark.parametrize(
    "sample",
    [
        text(),
        '{\n  "acl": {\n    "acl-sets": {\n      "acl-set": {\n      }\n    }\n  }\n}\n',
        '[\n  {\n    "acl-entries": {\n    }\n  }\n]\n',
    ],
)
def test_texts_are_told(sample: str) -> None:
    assert detect(sample.splitlines()).platform == "dell_sonic"


def test_nat_and_flow_based_services_are_noted() -> None:
    found = device_of("dell_sonic", text(STATIC_NAT={"192.0.2.9": {"local_ip": "10.0.0.1"}}))
    assert [note.value for note in found.recognised] == ["nat"]
    assert brief(findings_of("dell_sonic", text(NAT_POOL={})), "ACL") == set()
