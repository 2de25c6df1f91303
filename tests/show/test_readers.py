"""The registry of readers, and that no reader raises or passes silently over damage."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parsers.model.routes import RouteTable
from parsers.platform import Text
from parsers.show.readers import READERS, read, reading
from tests.show.words import shown, text


@pytest.mark.parametrize(
    ("platform", "name", "vrf"),
    [
        ("cisco_ios", "show_ip_route", "default"),
        ("cisco_xe", "show ip route vrf *", None),
        ("cisco_ios", "show_ip_route_vrf_vrf_100.txt", "vrf_100"),
        ("cisco_ios", "show_ip_cef_vrf_red_detail", "red"),
        ("cisco_nxos", "show_ip_route_vrf_all", None),
        ("cisco_nxos", "show forwarding ipv4 route vrf red", "red"),
        ("cisco_xr", "show_route_vrf_all", None),
        ("cisco_xr", "show route vrf red ipv6", "red"),
        ("cisco_xr", "show route ipv6", "default"),
        ("arista_eos", "show_ip_route_vrf_all_|_json.json", None),
        ("arista_eos", "show ipv6 route vrf red | json", "red"),
        ("arista_eos", "snap/r1/show_version_|_json.txt", "default"),
    ],
)
def test_commands_and_file_names_find_their_reader(
    platform: str, name: str, vrf: str | None
) -> None:
    found = reading(platform, name)
    assert found is not None
    assert found.vrf == vrf


@pytest.mark.parametrize(
    ("platform", "name"),
    [
        ("cisco_ios", "show_ip_route_summary"),
        ("cisco_ios", "show_ip_route_static"),
        ("cisco_ios", "show_ip_interface_brief"),
        ("linux", "show_ip_route"),
    ],
)
def test_other_commands_find_none(platform: str, name: str) -> None:
    assert reading(platform, name) is None


def test_the_forms_of_eos_and_families_of_xr_are_kept_apart() -> None:
    body = text("", "show_ip_route_|_json.txt", "show ip route | json")._replace(lines=["{}"])
    table = read("arista_eos", body)
    assert isinstance(table, RouteTable)
    assert [where.line for where in table.not_understood] == [1]
    family = read("cisco_xr", text("C  ::/0 is directly connected, Null0", "show_route_ipv6.txt"))
    assert isinstance(family, RouteTable)
    assert family.family == 6


def test_the_file_keeps_what_the_command_lost() -> None:
    body = "C     10.1.1.0/24 is directly connected, Vlan7\n"
    table = read(
        "cisco_ios",
        text(body, "r1/show_ip_route_vrf_vrf_100.txt", "show ip route vrf vrf 100"),
    )
    assert isinstance(table, RouteTable)
    assert shown(table) == ["1: vrf_100 10.1.1.0/24 connected @Vlan7"]


_LINES = st.lists(
    st.one_of(
        st.text(max_size=60),
        st.sampled_from(
            [
                "      10.0.0.0/8 is variably subnetted, 4 subnets, 2 masks",
                "     10.0.0.0/99 is subnetted, 4 subnets",
                "B     10.1.0.0/16 [20/0] via 10.9.9.9, 2w3d, Vlan1",
                "O     999.1.0.0/16 [110/2] via 10.9.9.9, 2w3d, Vlan1",
                "           [20/0] via 10.9.9.9, 2w3d",
                "D EX  10.2.0.0/16",
                "C        10.3.3.3 is directly connected, Vlan4,",
                "10.0.0.0/8, ubest/mbest: 1/0",
                "    *via 10.9.9.9, Eth1/1, [20/0], 2w3d, bgp-1, internal",
                "10.0.0.0/8           10.9.9.9             Vlan1",
                "                     10.9.9.10            Vlan2",
                "  recursive via 10.9.9.9",
                "Ethernet1/1, Interface status: protocol-up/link-up/admin-up, iod: 190,",
                "  ICMP unreachables are never sent",
                "::/0",
                "{",
                '{"vrfs": {"default": {"routes": {"10.0.0.0/8": 7}}}}',
                "S   2001:DB8::/32 [1/0]",
                "     via FE80::1, Vlan3",
            ]
        ),
    ),
    max_size=8,
)
_COMMANDS = {
    "cisco_ios": ("show ip route", "show ipv6 route", "show ip cef", "show ip cef detail"),
    "cisco_nxos": ("show ip route", "show ipv6 route", "show forwarding ipv4 route"),
    "cisco_xr": ("show route", "show route ipv6", "show cef", "show ipv4 interface"),
    "arista_eos": ("show ip route", "show ip route | json", "show ipv6 route", "show version"),
}


@settings(max_examples=150, deadline=None)
@given(_LINES, st.sampled_from([(p, c) for p, commands in _COMMANDS.items() for c in commands]))
def test_no_text_makes_a_reader_raise_or_route_without_a_line(
    lines: list[str], command: tuple[str, str]
) -> None:
    found = read(command[0], Text("x", command[1], lines))
    if isinstance(found, RouteTable):
        assert all(1 <= route.line <= len(lines) for route in found.routes)
        assert all(1 <= where.line <= len(lines) for where in found.not_understood)
        assert all(route.value >> (32 if route.family == 4 else 128) == 0 for route in found.routes)


def test_every_platform_reads_a_routing_table_and_a_version() -> None:
    for platform, table in READERS.items():
        assert any("route" in pattern for pattern in table), platform
        assert reading(platform, "show version") is not None
