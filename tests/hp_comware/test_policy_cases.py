"""QoS policies, bindings and zones of Comware: verdicts worked out by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.audit_text import brief, device_of, findings_of
from tests.hp_comware.flows import F22, F80, F443, R443, S443, tcp
from tests.hp_comware.test_filter_cases import B1, ask

V7 = "#\n version 7.1.070, Release 6127P02\n#\n"
LAN_NAME, WAN_NAME = "GigabitEthernet1/0/1", "GigabitEthernet1/0/2"


def lan(extra: str = "", name: str = LAN_NAME) -> str:
    return f"interface {name}\n ip address 10.20.1.1 255.255.255.0\n{extra}#\n"


def wan(extra: str = "") -> str:
    return f"interface {WAN_NAME}\n port link-mode route\n ip address 203.0.113.2 255.255.255.252\n{extra}#\n"


ROUTE = "ip route-static 0.0.0.0 0 203.0.113.1\n#\n"
BASE = lan() + wan() + ROUTE
ACL = "acl advanced 3000\n rule 0 deny tcp destination-port eq 443\n#\n"
FILTER = " packet-filter 3000 inbound\n"
FIREWALL = " firewall packet-filter 3000 inbound\n"
DENIED = {("ACL001", "high", "fail")}
ANSWERS = {("ACL002", "high", "fail")}
RECOGNISED = {("ACL006", "high", "unknown")}
UNKNOWN = {("ACL001", "high", "unknown")}
NOTHING: set[tuple[str, str, str]] = set()
VLAN = "Vlan-interface10"
BACK = "acl advanced 3000\n rule 0 deny tcp source-port eq 443\n#\n"

BOUND = [
    ("in-on-the-lan", ACL + lan(FILTER) + wan() + ROUTE, DENIED),
    ("counting", ACL + lan(" packet-filter 3000 inbound hardware-count\n") + wan() + ROUTE, DENIED),
    ("by-name", "acl advanced name Web\n rule 0 deny tcp destination-port eq 443\n#\n" + lan(" packet-filter name WEB inbound\n") + wan() + ROUTE, DENIED),
    ("out-on-the-lan", ACL + lan(" packet-filter 3000 outbound\n") + wan() + ROUTE, NOTHING),
    ("out-on-the-wan", ACL + lan() + wan(" packet-filter 3000 outbound\n") + ROUTE, DENIED),
    ("answers", BACK + lan() + wan(FILTER) + ROUTE, ANSWERS),
    ("answers-let-in-by-inspection", BACK + lan() + wan(FILTER + " aspf apply policy 1 outbound\n") + ROUTE, {("ACL002", "high", "unknown")}),
    ("not-defined", lan(" packet-filter 3009 inbound\n") + wan() + ROUTE, UNKNOWN),
    ("bound-nowhere", ACL + BASE, NOTHING),
    ("lines-are-no-transit", ACL + BASE + "line vty 0 63\n acl 3000 inbound\n#\n", NOTHING),
    ("everywhere", ACL + BASE + "packet-filter 3000 global inbound\n#\n", DENIED),
    ("on-a-vlan", ACL + lan("", VLAN) + wan() + ROUTE + "packet-filter 3000 vlan 5 to 12 inbound\n#\n", {*DENIED, *RECOGNISED}),
    ("on-one-vlan", ACL + lan("", VLAN) + wan() + ROUTE + "packet-filter 3000 vlan 10 inbound\n#\n", DENIED),
    ("vlan-interface", ACL + lan(FILTER + " packet-filter filter route\n", VLAN) + wan() + ROUTE, DENIED),
    ("layer-2-port", ACL + lan("", VLAN) + wan() + ROUTE + "interface GigabitEthernet1/0/3\n port link-mode bridge\n port access vlan 10\n packet-filter 3000 inbound\n#\n", RECOGNISED),
    ("mac-list", "acl mac 4000\n rule 0 deny\n#\n" + lan(" packet-filter mac 4000 inbound\n") + wan() + ROUTE, RECOGNISED),
    ("v5", "firewall enable\n#\n" + ACL + lan(FIREWALL) + wan() + ROUTE, DENIED),
    ("v5-not-enabled", ACL + lan(FIREWALL) + wan() + ROUTE, NOTHING),
    ("v5-enabled-in-a-slot", "firewall enable slot 1\n#\n" + ACL + lan(FIREWALL) + wan() + ROUTE, DENIED),
    ("v5-default-deny", "firewall enable\n#\nfirewall default deny\n#\nacl number 3000\n rule 0 permit udp\n#\n" + lan(FIREWALL) + wan() + ROUTE, DENIED),
    ("default-deny-without-a-filter", "packet-filter default deny\n#\n" + BASE, NOTHING),
    ("vpn-without-a-word", ACL + lan(" ip binding vpn-instance A\n" + FILTER) + wan(" ip binding vpn-instance A\n") + ROUTE.replace("static", "static vpn-instance A"), UNKNOWN),
    ("vpn-named", ACL.replace("deny tcp", "deny tcp vpn-instance A") + lan(" ip binding vpn-instance A\n" + FILTER) + wan(" ip binding vpn-instance A\n") + ROUTE.replace("static", "static vpn-instance A"), DENIED),
    ("public-packets", ACL.replace("deny tcp", "deny tcp vpn-instance A") + lan(FILTER) + wan() + ROUTE, NOTHING),
    ("behind-translation", "acl advanced 3000\n rule 0 permit ip source 203.0.113.2 0\n rule 5 deny ip\n#\n" + lan() + wan(" nat outbound\n packet-filter 3000 outbound\n") + ROUTE, UNKNOWN),
    ("line-that-is-not-understood", lan(" packet-filter frob\n") + wan() + ROUTE, RECOGNISED),
]  # fmt: skip


@pytest.mark.parametrize(("config", "expected"), [c[1:] for c in BOUND], ids=[c[0] for c in BOUND])
def test_binding(config: str, expected: set[tuple[str, str, str]]) -> None:
    assert brief(findings_of("hp_comware", config), "ACL") == expected


QOS = "traffic classifier C operator and\n if-match acl 3000\n#\n"
DROP = "traffic behavior B\n filter deny\n#\nqos policy P\n classifier C behavior B\n#\n"
PASS = DROP.replace("filter deny", "filter permit")
PERMIT = f"acl advanced 3000\n rule 0 permit ip destination {B1}\n#\n"
POLICIES = [
    ("drops", PERMIT + QOS + DROP, F443, "deny"),
    ("passes", PERMIT + QOS + PASS, F443, "permit"),
    ("elsewhere", PERMIT + QOS + DROP, tcp(443, "192.0.2.9"), "permit"),
    ("a-deny-rule-in-a-class-that-drops", PERMIT.replace("permit", "deny") + QOS + DROP, F443, "unknown"),
    ("a-deny-rule-in-a-class-that-passes", PERMIT.replace("permit", "deny") + QOS + PASS, F443, "permit"),
    ("and-with-another", PERMIT + QOS.replace("\n#", "\n if-match dscp ef\n#") + DROP, F443, "unknown"),
    ("and-is-the-default", PERMIT + QOS.replace(" operator and", "").replace("\n#", "\n if-match dscp ef\n#") + DROP, F443, "unknown"),
    ("or-with-another", PERMIT + QOS.replace("and", "or").replace("\n#", "\n if-match dscp ef\n#") + DROP, F443, "deny"),
    ("any", PERMIT + QOS.replace("acl 3000", "any") + DROP, S443, "deny"),
    ("polices", PERMIT + QOS + DROP.replace("filter deny", "car cir 100 cbs 6250 ebs 0 green pass red discard"), F443, "permit"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("config", "packet", "action"), [c[1:] for c in POLICIES], ids=[c[0] for c in POLICIES]
)
def test_qos_policy(tmp_path: Path, config: str, packet: dict[str, object], action: str) -> None:
    assert ask(tmp_path, config, "P", packet).action == action


@pytest.mark.parametrize(
    ("config", "expected"),
    [
        (lan(" qos apply policy P inbound\n") + wan() + ROUTE, DENIED),
        (BASE + "qos apply policy P global inbound\n#\n", DENIED),
        (lan("", VLAN) + wan() + ROUTE + "qos vlan-policy P vlan 10 inbound\n#\n", DENIED),
        (BASE, NOTHING),
    ],
)
def test_where_a_qos_policy_stands(config: str, expected: set[tuple[str, str, str]]) -> None:
    assert brief(findings_of("hp_comware", PERMIT + QOS + DROP + config), "ACL") == expected


# -- zones --------------------------------------------------------------------------------------------

ZONES = (
    f"security-zone name Trust\n import interface {LAN_NAME}\n#\n"
    f"security-zone name Untrust\n import interface {WAN_NAME}\n#\n"
)
GROUPS = (
    "object-group ip address BB\n 0 network subnet 104.192.136.0 255.255.248.0\n#\n"
    "object-group service GIT\n 0 service tcp destination eq 22\n"
    " 10 service tcp source gt 1023 destination range 440 450\n#\n"
)


def rules(*bodies: str, version: str = V7, family: str = "ip") -> str:
    text = version + ZONES + GROUPS + f"security-policy {family}\n"
    for number, body in enumerate(bodies):
        text += f" rule {number} name r{number}\n"
        text += "".join(f"  {line}\n" for line in body.split("|"))
    return text + "#\n"


TU = "source-zone trust|destination-zone Untrust"
SECURITY = [
    ("implicit-drop", rules(), F443, "deny"),
    ("all", rules("action pass"), F443, "permit"),
    ("zones", rules(f"{TU}|action pass"), F443, "permit"),
    ("other-zones", rules("source-zone Untrust|destination-zone Trust|action pass"), F443, "deny"),
    ("zone-any", rules("source-zone any|destination-zone any|action pass"), F443, "permit"),
    ("several-zones", rules("source-zone DMZ|source-zone Trust|action pass"), F443, "permit"),
    ("order-of-the-text", rules(f"{TU}|service ssh|action drop", f"{TU}|action pass"), F22, "deny"),
    ("no-action-drops-in-v7", rules(TU, "action pass"), F443, "deny"),
    ("no-action-in-v9", rules(TU, "action pass", version="#\n version 9.1.058, Release 9141\n#\n"), F443, "unknown"),
    ("disabled", rules(f"{TU}|disable|action drop", f"{TU}|action pass"), F443, "permit"),
    ("group", rules(f"{TU}|destination-ip BB|action pass"), F443, "permit"),
    ("group-other-case", rules(f"{TU}|destination-ip bb|action pass"), F443, "permit"),
    ("group-without", rules(f"{TU}|destination-ip BB|action pass"), tcp(443, "192.0.2.9"), "deny"),
    ("group-not-defined", rules(f"{TU}|destination-ip NO|action pass"), F443, "unknown"),
    ("host", rules(f"{TU}|destination-ip-host 104.192.141.1|action pass"), F443, "permit"),
    ("subnet", rules(f"{TU}|destination-ip-subnet 104.192.136.0 255.255.248.0|action pass"), F443, "permit"),
    ("subnet-length", rules(f"{TU}|destination-ip-subnet 104.192.136.0 21|action pass"), F443, "permit"),
    ("range", rules(f"{TU}|destination-ip-range 104.192.141.0 104.192.141.9|action pass"), F443, "permit"),
    ("half-a-range", rules(f"{TU}|destination-ip-range 104.192.141.0|action pass"), F443, "unknown"),
    ("source", rules(f"{TU}|source-ip-host 10.20.1.6|action pass"), F443, "deny"),
    ("service-group", rules(f"{TU}|service GIT|action pass"), F443, "permit"),
    ("service-group-port", rules(f"{TU}|service GIT|action pass"), F80, "deny"),
    ("predefined-service", rules(f"{TU}|service https|action pass"), F443, "permit"),
    ("service-not-known", rules(f"{TU}|service frob|action pass"), F443, "unknown"),
    ("service-port", rules(f"{TU}|service-port tcp destination eq 443|action pass"), F443, "permit"),
    ("service-port-other", rules(f"{TU}|service-port udp destination eq 443|action pass"), F443, "deny"),
    ("service-port-source", rules(f"{TU}|service-port tcp source eq 443|action pass"), F443, "deny"),
    ("service-port-wrong", rules(f"{TU}|service-port tcp destination eq 70000|action pass"), F443, "unknown"),
    ("application", rules(f"{TU}|application bittorrent|action drop", "action pass"), F443, "unknown"),
    ("time-range", rules(f"{TU}|time-range work|action pass"), F443, "unknown"),
    ("vrf", rules(f"{TU}|vrf A|action pass"), F443, "unknown"),
    ("records", rules(f"{TU}|logging enable|counting enable|profile x|action pass"), F443, "permit"),
    ("garbled", rules(f"{TU}|frob|action pass"), F443, "unknown"),
    ("other-family", rules(f"{TU}|action pass"), S443, "deny"),
    ("ipv6", rules(f"{TU}|action pass", family="ipv6"), S443, "permit"),
    ("answer-of-a-session", rules(f"{TU}|action pass"), R443, "permit"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("config", "packet", "action"), [c[1:] for c in SECURITY], ids=[c[0] for c in SECURITY]
)
def test_security_policy(
    tmp_path: Path, config: str, packet: dict[str, object], action: str
) -> None:
    name = "Untrust:Trust" if packet is R443 else "Trust:Untrust"
    assert ask(tmp_path, BASE + config, name, packet).action == action


OBJECTS = (
    "object-policy ip OP\n rule 0 drop service ssh\n rule 1 pass destination-ip BB\n"
    " rule 2 pass source-ip BB disable\n#\n"
)
APPLY = "zone-pair security source Trust destination Untrust\n object-policy apply ip OP\n#\n"
PAIR_ACL = "zone-pair security source Trust destination Untrust\n packet-filter 3000\n#\n"
PAIRS = [
    ("object-policy", OBJECTS + APPLY, F443, "permit"),
    ("object-policy-first", OBJECTS + APPLY, F22, "deny"),
    ("object-policy-end", OBJECTS + APPLY, tcp(443, "192.0.2.9"), "deny"),
    ("object-policy-not-defined", APPLY, F443, "unknown"),
    ("object-policy-garbled", OBJECTS.replace("rule 1", "rule 1 frob") + APPLY, F443, "unknown"),
    ("packet-filter", PERMIT + PAIR_ACL, F443, "permit"),
    ("packet-filter-end", PERMIT + PAIR_ACL, tcp(443, "192.0.2.9"), "deny"),
    ("any-pair", PERMIT + PAIR_ACL.replace("Trust destination Untrust", "any destination any"), F443, "permit"),
    ("no-pair", PERMIT, F443, "deny"),
    ("other-pair", PERMIT + PAIR_ACL.replace("Trust destination Untrust", "Untrust destination Trust"), F443, "deny"),
    ("a-security-policy-ends-object-policies", OBJECTS + APPLY + "security-policy ip\n rule 0 name x\n  action pass\n#\n", F22, "permit"),
    ("a-packet-filter-beside-a-security-policy", PERMIT + PAIR_ACL + "security-policy ip\n rule 0 name x\n  action pass\n#\n", F22, "unknown"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("config", "packet", "action"), [c[1:] for c in PAIRS], ids=[c[0] for c in PAIRS]
)
def test_zone_pairs(tmp_path: Path, config: str, packet: dict[str, object], action: str) -> None:
    text = V7 + BASE + ZONES + GROUPS + config
    assert ask(tmp_path, text, "Trust:Untrust", packet).action == action


def test_inside_one_zone(tmp_path: Path) -> None:
    """Dropped by default, passed with the statement."""
    zones = ZONES + "interface GigabitEthernet1/0/9\n ip address 10.99.1.1 24\n#\n"
    assert ask(tmp_path, BASE + zones, "Trust:Trust", F443).action == "deny"
    text = BASE + "security-zone intra-zone default permit\n#\n" + zones
    assert ask(tmp_path, text, "Trust:Trust", F443).action == "permit"


def test_without_members_there_are_no_zones() -> None:
    """Routers print zones that nothing is in."""
    config = BASE + "security-zone intra-zone default permit\n#\nsecurity-zone name Trust\n#\n"
    assert brief(findings_of("hp_comware", config), "ACL") == NOTHING
    assert device_of("hp_comware", config).filters == {}


def test_findings_between_zones() -> None:
    config = BASE + rules(f"{TU}|service https|action pass")
    assert ("ACL001", "high", "fail") in brief(findings_of("hp_comware", config), "ACL")
    assert brief(findings_of("hp_comware", BASE + rules(f"{TU}|action pass")), "ACL") == NOTHING
