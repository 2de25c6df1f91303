"""What cannot be read must leave its answer open: cases that a damaged or cut text brings."""

# device texts and tables of cases stand unbroken

from __future__ import annotations

import pytest

from tests.linux.linux_case import F443, device, verdict

SAVED = """*filter
:FORWARD ACCEPT [0:0]
-A FORWARD -d 104.192.136.0/21 -j DROP
COMMIT"""
NFT = """table inet filter {
\tchain forward {
\t\ttype filter hook forward priority filter; policy accept;
\t\tip daddr 104.192.136.0/21 tcp dport 443 drop
\t}
}"""


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("*filter", "*f~ilter"),
        (":FORWARD", ":FOR~WARD"),
        ("ACCEPT [", "ACC EPT ["),
        ("-A FORWARD", "-A FORWA~RD"),
        ("-A FORWARD", "-~A FORWARD"),
        ("-d 104", "-~d 104"),
        ("/21", "/2 1"),
        ("104.192", "104~.192"),
        ("-j DROP", "-j DR~OP"),
        ("-j DROP", "-j DROP ~"),
    ],
)
def test_iptables(before: str, after: str) -> None:
    found = device(iptables__save=SAVED.replace(before, after))
    assert verdict(found, "iptables/filter/FORWARD", F443)[0] in ("unknown", "deny")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("ip daddr 104", "ip da~ddr 104"),
        ("104.192", "10 4.192"),
        ("dport 443", "dport 4 43"),
        ("dport 443", "dp~ort 443"),
        ("443 drop", "443 dr~op"),
        ("443 drop", "443x drop"),
        ("/21", "/ 2~1"),
        ("\t\tip", "\t\t{ ip"),
    ],
)
def test_nft(before: str, after: str) -> None:
    found = device(nft_list_ruleset=NFT.replace(before, after))
    assert verdict(found, "nft/inet/filter/forward", F443)[0] in ("unknown", "deny")


@pytest.mark.parametrize(
    "text",
    [
        NFT.replace("type filter", "~ type filter"),
        NFT.replace("hook forward", "ho~ok forward"),
        NFT.replace("hook forward", "hook forw~ard"),
        NFT.replace("table inet", "ta~ble inet"),
        "Operation not permitted (you must be root)",
    ],
)
def test_a_base_chain_that_cannot_be_read_is_bound_as_unknown(text: str) -> None:
    found = device(nft_list_ruleset=text)
    bound = [b for b in found.bindings if b.direction == "forward" and b.inactive is None]
    assert any(verdict(found, b.key, F443)[0] == "unknown" for b in bound)


def test_listings_that_are_missing() -> None:
    def missing(**texts: str) -> list[tuple[str, int]]:
        found = device(**texts).missing
        return [(m.command, m.family) for m in found if m.topic == "filters"]

    assert missing(ip_route_show="default via 192.0.2.1 dev wan0") == [("nft list ruleset", 0)]
    assert missing(iptables__save=SAVED) == [("ip6tables-save", 6)]
    assert missing(ip6tables__save="*filter\nCOMMIT") == [("iptables-save", 4)]
    assert missing(nft_list_ruleset=NFT) == []
    assert missing(nft_list_ruleset="") == []


@pytest.mark.parametrize(
    "texts",
    [
        {"ip_address_show": "2: wan0: <UP> mtu 1500\n    inet 10.0.0.1/196 scope global wan0"},
        {"ip__j_address": '[{"ifname":"wan0","addr_info":[{"family":"inet","local":"10.0.0.1","prefixlen":99}]}]'},
        {"vtysh_show_running__config": "interface wan0\n ip address 10.0.0.1/99"},
    ],
)  # fmt: skip
def test_an_address_that_cannot_be_is_not_understood(texts: dict[str, str]) -> None:
    (interface,) = device(**texts).interfaces
    assert interface.addresses == ()
    assert len(interface.not_understood) == 1
