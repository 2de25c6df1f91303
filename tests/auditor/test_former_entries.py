"""A list that the published ranges have left behind is brought to them: what is missing comes in, what is former goes."""

from __future__ import annotations

import ipaddress

import pytest

from auditor import profile
from auditor.remedies.apply import carried_out
from auditor.remedies.proof import LED_BACK, proof
from auditor.remedies.proposed import proposed
from auditor.remedies.rollback import rollback
from parsers.platform import CONFIGURATION, Inputs, Remedy, Text
from parsers.registry import platform
from rules.finding import Finding
from rules.former_entries import removals
from rules.rule import check_all
from rules.view import View
from tests.fixture_cases import ROOT, texts

SERVICE = profile.load("bitbucket")
FORMER = "18.205.93.0/25"
LISTS = {
    "arista_eos": ("acl001_fires_port_denied", "ip access-list LAN-IN", ()),
    "aruba_aoscx": ("acl001_fires_object_groups", "access-list ip CLIENTS", ()),
    "cisco_ios": ("acl001_fires_denied_range", "ip access-list extended LAN-IN", ()),
    "cisco_nxos": ("acl001_fires_denied_range", "ip access-list LAN-IN", ()),
    "cisco_xr": ("acl001_fires_ssh_denied", "ipv4 access-list LAN-IN", ()),
    "dell_os10": ("acl001_fires_denied_range", "ip access-list CLIENTS", ()),
    "hp_comware": ("acl001_fires_denied_range", "acl advanced 3000", (" rule 100 deny ip",)),
    "huawei_vrp": ("acl001_fires_denied_range", "acl number 3001", (" rule 100 deny ip",)),
}
"""For each platform that counts its entries a fixture, the list in it, and what ends it."""


def stale(name: str) -> tuple[Text, ...]:
    """The fixture's texts with an old allow-list: two ranges with all ports, and one that is no longer published."""
    folder, header, ending = LISTS[name]
    wanted = Remedy("permit-flow", header.split()[-1], 4, None, ports=(443, 22), number=10)
    chosen = platform(name)
    entries = [
        *chosen.remedy(wanted._replace(prefixes=("104.192.136.0/21", "185.166.140.0/22")))[1:],
        *chosen.remedy(wanted._replace(prefixes=(FORMER,), ports=(443,), number=50))[1:],
        *ending,
    ]
    entries = [line for line in entries if line != "commit"]
    found = []
    for file, command, lines in texts(ROOT / name / folder):
        kept = list(lines)
        if command == CONFIGURATION:
            at = kept.index(header)
            end = next(n for n in range(at + 1, len(kept)) if not kept[n].startswith(" "))
            kept[at + 1 : end] = entries
        found.append(Text(file, command, kept))
    return tuple(found)


def judged(name: str, inputs: tuple[Text, ...]) -> tuple[View, list[Finding]]:
    device = platform(name).parse(Inputs("r1", name, inputs))
    view = View(device, SERVICE)
    return view, check_all(view)


@pytest.mark.parametrize("name", LISTS)
def test_a_stale_list_is_brought_to_the_published_ranges(name: str) -> None:
    inputs = stale(name)
    view, found = judged(name, inputs)
    finding = next(f for f in found if f.code == "ACL003")
    assert FORMER in finding.message
    part = proof(view, platform(name), inputs, found, finding)
    assert part is not None
    assert part.holds, part
    assert part.words.endswith(LED_BACK)
    assert f"drops now: TCP from any IPv4 to {FORMER}, destination port 443" in part.words
    commands = proposed(platform(name), finding, inputs)
    mended = carried_out(name, inputs, commands)
    address = str(ipaddress.ip_network(FORMER).network_address)
    assert any(address in line for text in inputs for line in text.lines)
    assert not any(address in line for text in mended for line in text.lines)
    assert not [f for f in judged(name, mended)[1] if f.code == "ACL003"]


@pytest.mark.parametrize(
    "entry",
    ["permit ip any 18.205.93.0 0.0.0.127", "permit tcp any 18.205.92.0 0.0.1.255 eq 443", "deny tcp any 18.205.93.0 0.0.0.127 eq 443",
     "permit tcp any 18.205.93.0 0.0.0.127 range 22 443", "permit tcp 10.0.0.0 0.255.255.255 18.205.93.0 0.0.0.127 eq 443",
     "permit tcp any 18.205.93.0 0.0.0.127 eq 443 established", "permit tcp any 18.205.93.0 0.0.0.126 eq 443"],
)  # fmt: skip
def test_what_says_more_stays(entry: str) -> None:
    lines = ["interface GigabitEthernet0/0", " ip access-group A in", "ip access-list extended A"]
    whole = " 10 permit tcp any 18.205.93.0 0.0.0.127 eq 443"
    for body, count in ((whole, 1), (f" 10 {entry}", 0)):
        inputs = Inputs("r1", "cisco_ios", (Text("r1", CONFIGURATION, [*lines, body]),))
        device = platform("cisco_ios").parse(inputs)
        made = list(removals(device.filters["A", 4], SERVICE.former, None, ()))
        assert len(made) == count, body


ASA = """ASA Version 9.12(4)
!
hostname fw1
interface GigabitEthernet1/1
 nameif outside
 security-level 0
 ip address 203.0.113.2 255.255.255.252
!
interface GigabitEthernet1/2
 nameif inside
 security-level 100
 ip address 10.20.1.1 255.255.255.0
!
access-list LAN remark the service
access-list LAN extended permit tcp any 104.192.136.0 255.255.248.0 eq https
access-list LAN extended permit tcp any4 18.205.93.0 255.255.255.128 eq https
access-list LAN extended permit tcp any 104.192.136.0 255.255.248.0 eq ssh
access-list LAN extended permit tcp any4 18.205.93.0 255.255.255.128 eq ssh log
access-list LAN extended permit tcp any 185.166.140.0 255.255.252.0 eq 443
access-list LAN extended permit tcp any 185.166.140.0 255.255.252.0 eq 22
access-list LAN extended deny ip any any
access-group LAN in interface inside
route outside 0.0.0.0 0.0.0.0 203.0.113.1 1
""".splitlines()


def test_entries_of_an_asa_go_by_their_words_and_come_back_to_their_places() -> None:
    inputs = (Text("fw1", CONFIGURATION, ASA),)
    view, found = judged("cisco_asa", inputs)
    finding = next(f for f in found if f.code == "ACL003")
    commands = proposed(platform("cisco_asa"), finding, inputs)
    assert commands[-4:] == [
        f"! was: {ASA[15].replace(' extended', ' line 3 extended')}",
        f"no {ASA[15]}",
        f"! was: {ASA[17].replace(' extended', ' line 5 extended')}",
        f"no {ASA[17]}",
    ]
    part = proof(view, platform("cisco_asa"), inputs, found, finding)
    assert part is not None
    assert part.holds, part
    assert part.words.endswith(LED_BACK)
    assert f"drops now: TCP from any IPv4 to {FORMER}, destination port 22" in part.words
    mended = carried_out("cisco_asa", inputs, commands)
    back = carried_out("cisco_asa", mended, rollback("cisco_asa", commands, inputs))
    assert back[0].lines == ASA


def test_numbers_after_renumbering() -> None:
    lines = ["ip access-list extended A", " 7 permit tcp any any eq 80"]
    lines += [" 8 permit tcp any 18.205.93.0 0.0.0.127 eq 443"]
    inputs = Inputs("r1", "cisco_ios", (Text("r1", CONFIGURATION, lines),))
    found = platform("cisco_ios").parse(inputs).filters["A", 4]
    made = list(removals(found, SERVICE.former, None, [Remedy("resequence", "A", number=20)]))
    assert [one.number for one in made] == [40]
