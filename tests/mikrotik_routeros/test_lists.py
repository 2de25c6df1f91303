"""Address lists and interface lists, closed and open."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.audit_text import device_of
from tests.mikrotik_routeros.flows import C2, F443, H2, HEADER, C, tcp, verdict

LIST = (
    "/ip firewall address-list\n"
    "add address=104.192.136.0/21 list=bb\n"  # 2
    "add address=18.205.93.0-18.205.93.127 list=bb\n"  # 3
)
FILTER = "/ip firewall filter\n"
DROP_LISTED = FILTER + "add action=drop chain=forward dst-address-list=bb\n"
DROP_OTHERS = FILTER + "add action=drop chain=forward dst-address-list=!bb\n"


def test_a_closed_list_is_exact(tmp_path: Path) -> None:
    assert verdict(tmp_path, LIST + DROP_LISTED, F443) == ("deny", 5)
    assert verdict(tmp_path, LIST + DROP_LISTED, tcp(443, "18.205.93.3")) == ("deny", 5)
    assert verdict(tmp_path, LIST + DROP_LISTED, tcp(443, "18.205.93.128")) == ("permit", None)
    assert verdict(tmp_path, LIST + DROP_OTHERS, F443) == ("permit", None)
    assert verdict(tmp_path, LIST + DROP_OTHERS, tcp(443, H2)) == ("deny", 5)


@pytest.mark.parametrize(
    "more",
    [
        "add address=bitbucket.org list=bb\n",
        "add address=192.0.2.7 list=bb timeout=1d\n",
        "add address=192.0.2.7/33 list=bb\n",
        "add address=192.0.2.9-192.0.2.7 list=bb\n",
        "add addres=192.0.2.7 list=bb\n",
        "/ip firewall mangle\nadd action=add-src-to-address-list address-list=bb chain=prerouting\n",
        "/ip dhcp-server lease\nadd address=10.20.1.9 address-lists=bb mac-address=00:53:00:00:00:01\n",
        "/ppp profile\nadd address-list=bb name=vpn\n",
        '/system script\nadd name=s source="/ip firewall address-list add list=bb address=\\$a"\n',
    ],
)
def test_an_open_list_holds_what_it_holds_for_certain(tmp_path: Path, more: str) -> None:
    """U5: names, timeouts, entries that are not understood, and whatever adds to the list."""
    config = LIST + more
    line = len(config.splitlines()) + 2
    assert verdict(tmp_path, config + DROP_LISTED, F443) == ("deny", line)
    assert verdict(tmp_path, config + DROP_LISTED, tcp(443, H2)) == ("unknown", line)
    assert verdict(tmp_path, config + DROP_OTHERS, F443) == ("permit", None)
    assert verdict(tmp_path, config + DROP_OTHERS, tcp(443, H2)) == ("unknown", line)


def test_t114_a_list_that_rules_fill(tmp_path: Path) -> None:
    config = (
        FILTER + "add chain=forward src-address-list=!allowed action=drop\n"
        "add action=add-src-to-address-list address-list=allowed chain=input dst-port=7777 protocol=tcp\n"
    )
    assert verdict(tmp_path, config, F443) == ("unknown", 2)


def test_an_undefined_list_is_unknown(tmp_path: Path) -> None:
    """U2: the export does not hold entries that services made."""
    assert verdict(tmp_path, DROP_LISTED, F443) == ("unknown", 2)
    assert verdict(tmp_path, DROP_OTHERS, F443) == ("unknown", 2)


def test_a_disabled_entry_is_not_in_the_list(tmp_path: Path) -> None:
    config = LIST.replace("/21 list", "/21 disabled=yes list")
    assert verdict(tmp_path, config + DROP_LISTED, F443) == ("permit", None)


def test_both_conditions_on_one_side_hold_together(tmp_path: Path) -> None:
    rule = (
        FILTER + "add action=drop chain=forward dst-address=!104.192.141.0/24 dst-address-list=bb\n"
    )
    assert verdict(tmp_path, LIST + rule, F443) == ("permit", None)
    assert verdict(tmp_path, LIST + rule, tcp(443, "104.192.140.1")) == ("deny", 5)


INTERFACES = (
    "/interface list\nadd name=WAN\nadd name=LAN\nadd exclude=guest include=LAN name=inside\n"
    "add name=guest\n"
    "/interface list member\nadd interface=ether1 list=WAN\nadd interface=bridge1 list=LAN\n"
    "add interface=vlan9 list=LAN\nadd interface=vlan9 list=guest\n"
    "/interface bridge\nadd name=bridge1\n/interface vlan\nadd interface=bridge1 name=vlan9 vlan-id=9\n"
    "/interface bridge port\nadd bridge=bridge1 interface=ether2\n"
)


@pytest.mark.parametrize(
    ("words", "names", "negated"),
    [
        ("in-interface=ether1", ("ether1",), False),
        ("in-interface=!ether1", ("ether1",), True),
        ("in-interface-list=LAN", ("bridge1", "vlan9"), False),
        ("in-interface-list=!LAN", ("bridge1", "vlan9"), True),
        ("in-interface-list=inside", ("bridge1",), False),
        ("in-interface-list=LAN in-interface=!vlan9", ("bridge1",), False),
    ],
)
def test_interfaces(words: str, names: tuple[str, ...], negated: bool) -> None:
    rule = f"{FILTER}add action=drop chain=forward {words}\n"
    device = device_of("mikrotik_routeros", HEADER + INTERFACES + rule)
    (entry,) = device.filters["ip/filter/forward", 4].entries
    (match,) = entry.matches
    assert match.in_interfaces == (names, negated)
    assert entry.uncertain is None


@pytest.mark.parametrize("words", ["in-interface-list=all", "in-interface=all", "in-interface-list=!none"])  # fmt: skip
def test_every_interface(words: str) -> None:
    rule = f"{FILTER}add action=drop chain=forward {words}\n"
    device = device_of("mikrotik_routeros", HEADER + INTERFACES + rule)
    (entry,) = device.filters["ip/filter/forward", 4].entries
    assert entry.matches[0].in_interfaces is None


@pytest.mark.parametrize("words", ["in-interface-list=none", "in-interface=ether2"])
def test_no_interface(words: str) -> None:
    """Packets of a bridge arrive on the bridge: RouterOS calls a rule about its port invalid."""
    rule = f"{FILTER}add action=drop chain=forward {words}\n"
    device = device_of("mikrotik_routeros", HEADER + INTERFACES + rule)
    assert device.filters["ip/filter/forward", 4].entries == ()


@pytest.mark.parametrize("name", ["nosuch", "dynamic", "static"])
def test_an_open_interface_list_is_unknown(tmp_path: Path, name: str) -> None:
    rule = f"{FILTER}add action=drop chain=forward in-interface-list={name}\n"
    found = verdict(tmp_path, INTERFACES + rule, F443)
    assert found == ("unknown", len((INTERFACES + rule).splitlines()))


def test_lists_that_contain_each_other_are_unknown(tmp_path: Path) -> None:
    config = "/interface list\nadd include=b name=a\nadd include=a name=b\n" + FILTER
    config += "add action=drop chain=forward in-interface-list=a\n"
    assert verdict(tmp_path, config, F443) == ("unknown", 5)


def test_detected_interfaces_make_a_list_unknown(tmp_path: Path) -> None:
    detect = "/interface detect-internet\nset wan-interface-list=WAN\n"
    rule = f"{FILTER}add action=drop chain=forward in-interface-list=WAN\n"
    assert verdict(tmp_path, INTERFACES + detect + rule, F443)[0] == "unknown"


@pytest.mark.parametrize(
    ("words", "source", "expected"),
    [
        ("src-address-type=local", C, "permit"), ("src-address-type=!local", C, "deny"),
        ("src-address-type=local", "10.20.1.1", "deny"), ("src-address-type=unicast", C2, "deny"),
        ("src-address-type=!unicast", C, "permit"), ("src-address-type=multicast", C, "permit"),
        ("src-address-type=broadcast", "10.20.1.255", "deny"),
        ("src-address-type=broadcast,multicast", C, "permit"),
    ],
)  # fmt: skip
def test_address_types(tmp_path: Path, words: str, source: str, expected: str) -> None:
    config = (
        "/ip address\nadd address=10.20.1.1/24 interface=ether2 network=10.20.1.0\n"
        f"{FILTER}add action=drop chain=forward {words}\n"
    )
    assert verdict(tmp_path, config, tcp(443, src=source))[0] == expected


def test_a_dynamic_address_leaves_local_open(tmp_path: Path) -> None:
    config = (
        "/ip dhcp-client\nadd interface=ether1\n"
        f"{FILTER}add action=drop chain=forward src-address-type=local\n"
    )
    assert verdict(tmp_path, config, F443) == ("unknown", 4)
