"""Firewall groups: members, nesting, and what is wrong with them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.vyatta_style.flows import F22, F80, F443, S443, curly, set_form, tcp, verdict

G = "firewall group"
DROP = ("firewall name X default-action 'accept'", "firewall name X rule 10 action 'drop'")
NET = (*DROP, "firewall name X rule 10 destination group network-group 'N'")
ADDRESS = (*DROP, "firewall name X rule 10 destination group address-group 'A'")
PORT = (*DROP, "firewall name X rule 10 protocol 'tcp'", "firewall name X rule 10 destination group port-group 'P'")  # fmt: skip
Case = tuple[str, tuple[str, ...], dict[str, object], str]
CASES: list[Case] = [
    ("network", (*NET, f"{G} network-group N network '104.192.136.0/21'"), F443, "deny"),
    ("network, other", (*NET, f"{G} network-group N network '104.192.136.0/21'"), tcp(443, "185.166.143.10"), "permit"),
    ("two networks", (*NET, f"{G} network-group N network '192.0.2.0/24'", f"{G} network-group N network '104.192.136.0/21'"), F443, "deny"),
    ("address", (*ADDRESS, f"{G} address-group A address '104.192.141.1'"), F443, "deny"),
    ("address range", (*ADDRESS, f"{G} address-group A address '104.192.141.0-104.192.141.9'"), F443, "deny"),
    ("address range, outside", (*ADDRESS, f"{G} address-group A address '104.192.141.2-104.192.141.9'"), F443, "permit"),
    ("negated group", (*DROP, "firewall name X rule 10 destination group network-group '!N'", f"{G} network-group N network '104.192.136.0/21'"), F443, "permit"),
    ("negated group, other", (*DROP, "firewall name X rule 10 destination group network-group '!N'", f"{G} network-group N network '104.192.136.0/21'"), tcp(443, "185.166.143.10"), "deny"),
    ("ports", (*PORT, f"{G} port-group P port '22'", f"{G} port-group P port '400-500'"), F443, "deny"),
    ("ports, other", (*PORT, f"{G} port-group P port '22'", f"{G} port-group P port '400-500'"), F80, "permit"),
    ("port name", (*PORT, f"{G} port-group P port 'ssh'"), F22, "deny"),
    ("empty group matches nothing", (*NET, f"{G} network-group N description 'to be filled'"), F443, "permit"),
    ("missing group", NET, F443, "unknown"),
    ("member that is none", (*NET, f"{G} network-group N network 'example'"), F443, "unknown"),
    ("member with another mask", (*NET, f"{G} network-group N network '10.0.0.0/99'"), F443, "unknown"),
    ("include", (*NET, f"{G} network-group N include 'M'", f"{G} network-group M network '104.192.136.0/21'"), F443, "deny"),
    ("include that is missing", (*NET, f"{G} network-group N include 'M'"), F443, "unknown"),
    ("include in a circle", (*NET, f"{G} network-group N include 'M'", f"{G} network-group M include 'N'"), F443, "unknown"),
    ("word that is not understood", (*NET, f"{G} network-group N network '192.0.2.0/24'", f"{G} network-group N frob 'x'"), F443, "unknown"),
    ("domain group", (*DROP, "firewall name X rule 10 destination group domain-group 'D'", f"{G} domain-group D address 'bitbucket.org'"), F443, "unknown"),
    ("mac group", (*DROP, "firewall name X rule 10 source group mac-group 'M'", f"{G} mac-group M mac-address '00:53:00:00:00:01'"), F443, "unknown"),
    ("address and group of one side", (*NET, "firewall name X rule 10 destination address '104.192.141.1'", f"{G} network-group N network '104.192.136.0/21'"), F443, "unknown"),
]  # fmt: skip


@pytest.mark.parametrize("form", ["set", "curly"])
@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case[0]))
def test_groups(tmp_path: Path, case: Case, form: str) -> None:
    config = set_form(*case[1]) if form == "set" else curly(case[1])
    assert verdict(tmp_path, "vyos", config, "X", case[2])[0] == case[3]


def test_built_in_groups_of_edgeos(tmp_path: Path) -> None:
    """EdgeOS makes groups of every interface's addresses and networks."""
    base = (
        "interfaces ethernet eth1 address 10.20.1.1/24",
        "interfaces ethernet eth0 address dhcp",
        *DROP,
    )
    own = set_form(*base, "firewall name X rule 10 destination group network-group NETv4_eth1")
    assert verdict(tmp_path, "ubiquiti_edgerouter", own, "X", tcp(443, "10.20.1.77"))[0] == "deny"
    assert verdict(tmp_path, "ubiquiti_edgerouter", own, "X", F443)[0] == "permit"
    given = set_form(*base, "firewall name X rule 10 destination group address-group ADDRv4_eth0")
    assert verdict(tmp_path, "ubiquiti_edgerouter", given, "X", F443)[0] == "unknown"


def test_ipv6_groups_of_edgeos(tmp_path: Path) -> None:
    config = set_form(
        "firewall group ipv6-network-group SIX ipv6-network 2401:1d80::/32",
        "firewall ipv6-name X default-action accept",
        "firewall ipv6-name X rule 10 action drop",
        "firewall ipv6-name X rule 10 destination group ipv6-network-group SIX",
    )
    assert verdict(tmp_path, "ubiquiti_edgerouter", config, "X", S443)[0] == "deny"
