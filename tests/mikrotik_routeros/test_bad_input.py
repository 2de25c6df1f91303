"""Text that no router accepts: the rule becomes unknown with its line, the rest stays exact."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.audit_text import device_of
from tests.mikrotik_routeros.flows import F22, F443, HEADER, verdict

FILTER = "/ip firewall filter\n"
GOOD = "add action=accept chain=forward dst-port=22 protocol=tcp\n"


@pytest.mark.parametrize(
    "rule",
    [
        "add action=drop chain=forward dst-port=443- protocol=tcp",
        "add action=drop chain=forward dst-port=-443 protocol=tcp",
        "add action=drop chain=forward dst-port=450-440 protocol=tcp",
        "add action=drop chain=forward dst-port=70000 protocol=tcp",
        "add action=drop chain=forward dst-port=443",
        "add action=drop chain=forward dst-address=104.192.136.0/33",
        "add action=drop chain=forward dst-address=104.192.136.0/255.0.255.0",
        "add action=drop chain=forward dst-address=104.192.300.1",
        "add action=drop chain=forward dst-address=2001:db8::/32",
        "add action=drop chain=forward protocol=nosuch",
        "add action=drop chain=forward protocol=300",
        "add action=drop chain=forward protocol=tcp tcp-flags=nosuch",
        "add action=drop chain=forward icmp-options=3:4-",
        "add action=drop chain=forward connection-state=fresh",
        "add action=drop chain=forward fragment=maybe",
        "add action=drop chain=forward dst-adress=192.0.2.1",
        "add action=drop chain=forward dst-port 443",
        "add action=drop chain=forward dst-port=\\443",
        "add action=dropp chain=forward",
        "add actionn=drop chain=forward",
        "add action=drop chainn=forward",
        "add action=drop",
        "add action=jump chain=forward",
        "add action=jump chain=forward jump-target=forward",
        "add action=drop chain=forward disabled=perhaps",
        "add action=drop chain=forward place-before=0",
        'add action=drop chain=forward comment="open',
        "add action=drop chain=forward src-address=$net",
        "set 0 disabled=yes",
        "remove 0",
        "axdd action=drop chain=forward",
        "add action=drop chain=forward \\",
    ],
)
def test_a_rule_that_is_not_understood(tmp_path: Path, rule: str) -> None:
    """U1, U20: what the rule could decide is unknown, what comes before it is not."""
    config = f"{FILTER}{GOOD}{rule}\n"
    assert verdict(tmp_path, config, F22) == ("permit", 2)
    assert verdict(tmp_path, config, F443) == ("unknown", 3)
    device = device_of("mikrotik_routeros", HEADER + config)
    assert 4 in [unread.where.line for unread in device.not_understood]


def test_a_mistyped_chain_is_told() -> None:
    config = f"{HEADER}{FILTER}add action=drop chain=forwrd\n"
    device = device_of("mikrotik_routeros", config)
    assert [unread.where.line for unread in device.not_understood] == [3]
    other = device_of("mikrotik_routeros", config.replace("forwrd", "quarantine"))
    assert other.not_understood == ()


def test_a_jump_to_a_mistyped_chain_is_unknown(tmp_path: Path) -> None:
    config = (
        f"{FILTER}add action=jump chain=forward jump-target=wweb\n"
        "add action=jump chain=forward jump-target=web src-address=192.0.2.1\n"
        "add action=drop chain=web\n"
    )
    assert verdict(tmp_path, config, F443) == ("unknown", 2)


def test_a_firewall_menu_that_is_not_known_makes_the_filter_unknown(tmp_path: Path) -> None:
    config = f"{FILTER}{GOOD}/ip firewall filterr\nadd action=drop chain=forward\n"
    assert verdict(tmp_path, config, F443)[0] == "unknown"


def test_odd_names_and_long_lines(tmp_path: Path) -> None:
    name = "liste-é-\u202e"
    config = (
        f'/ip firewall address-list\nadd address=104.192.136.0/21 list="{name}"\n{FILTER}'
        f'add action=drop chain=forward dst-address-list="{name}"\n'
    )
    assert verdict(tmp_path, config, F443) == ("deny", 4)
    ports = ",".join(str(port) for port in range(1, 20000, 3))
    long = f"{FILTER}add action=drop chain=forward dst-port={ports} protocol=tcp\n"
    assert verdict(tmp_path, long, F22) == ("deny", 2)
    assert verdict(tmp_path, long, F443) == ("permit", None)


def test_rules_that_stand_twice(tmp_path: Path) -> None:
    """Rules have no numbers of their own: the first of two equal ones decides."""
    config = FILTER + GOOD + GOOD + "add action=drop chain=forward\n"
    assert verdict(tmp_path, config, F22) == ("permit", 2)


@pytest.mark.parametrize("text", ["", "\n\n", "#", "/", "//", "add", "\\", "\\\n", "/ip firewall filter\n\\", '"', "[ find ]", "set [ find"])  # fmt: skip
def test_nothing_raises(text: str) -> None:
    device_of("mikrotik_routeros", text)


def test_hardware_that_routes_by_itself(tmp_path: Path) -> None:
    """U21: packets that the switch chip routes do not meet the firewall."""
    switch = "/interface ethernet switch\nset 0 l3-hw-offloading=yes\n"
    drop = FILTER + "add action=drop chain=forward\n"
    assert verdict(tmp_path, drop, F443) == ("deny", 2)
    assert verdict(tmp_path, switch + drop, F443)[0] == "unknown"
