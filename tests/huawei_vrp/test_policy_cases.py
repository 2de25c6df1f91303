"""Traffic policies, bindings and zones of VRP: verdicts worked out by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from parsers.model.filters import Action
from tests.audit_text import brief, device_of, findings_of
from tests.huawei_vrp.flows import F22, F80, F443, R443, S443, tcp
from tests.huawei_vrp.test_filter_cases import B1, ask

POLICY = "traffic policy P\n classifier C behavior B\n#\n"
BEHAVIORS = {
    "permit": "traffic behavior B\n permit\n#\n",
    "deny": "traffic behavior B\n deny\n#\n",
    "redirect": "traffic behavior B\n redirect ip-nexthop 192.0.2.1\n#\n",
    "remark": "traffic behavior B\n remark dscp ef\n statistic enable\n#\n",
}
ONE = "traffic classifier C operator or\n if-match acl 3001\n#\n"
DENY = f"acl number 3001\n rule 5 deny ip destination {B1}\n#\n"
PERMIT = f"acl number 3001\n rule 5 permit ip destination {B1}\n#\n"

MATRIX = [
    # the action matrix of the knowledge page: rule, behavior, packet, action, line
    ("T105", DENY + ONE + BEHAVIORS["redirect"] + POLICY, F443, "deny", 2),
    ("deny-permit", DENY + ONE + BEHAVIORS["permit"] + POLICY, F443, "deny", 2),
    ("deny-deny", DENY + ONE + BEHAVIORS["deny"] + POLICY, F443, "deny", 2),
    ("permit-deny", PERMIT + ONE + BEHAVIORS["deny"] + POLICY, F443, "deny", 2),
    ("permit-permit", PERMIT + ONE + BEHAVIORS["permit"] + POLICY, F443, "permit", 2),
    ("permit-remark", PERMIT + ONE + BEHAVIORS["remark"] + POLICY, F443, "permit", 2),
    ("no-match", PERMIT + ONE + BEHAVIORS["deny"] + POLICY, tcp(443, "192.0.2.9"), "permit", None),
    ("other-family", PERMIT + ONE + BEHAVIORS["deny"] + POLICY, S443, "permit", None),
    ("any", ONE.replace("acl 3001", "any") + BEHAVIORS["deny"] + POLICY, F443, "deny", 5),
    ("dscp", ONE.replace("acl 3001", "dscp ef") + BEHAVIORS["deny"] + POLICY, F443, "unknown", 5),
    ("acl-not-defined", ONE + BEHAVIORS["deny"] + POLICY, F443, "unknown", 5),
    ("acl-not-defined-permit", ONE + BEHAVIORS["permit"] + POLICY, F443, "unknown", 5),
    ("behavior-not-defined", PERMIT + ONE + POLICY, F443, "unknown", 8),
    ("classifier-not-defined", PERMIT + BEHAVIORS["deny"] + POLICY, F443, "unknown", 8),
    (
        "either-of-two",
        PERMIT + ONE.replace("\n#", "\n if-match acl 3002\n#") + BEHAVIORS["deny"] + POLICY,
        F443, "deny", 2,
    ),
    (
        "both-of-two",
        PERMIT + ONE.replace("or\n", "and\n").replace("\n#", "\n if-match dscp ef\n#") + BEHAVIORS["deny"] + POLICY,
        F443, "unknown", 2,
    ),
    (
        "joined-in-a-way-that-depends-on-the-model",
        PERMIT + ONE.replace(" operator or", "").replace("\n#", "\n if-match dscp ef\n#") + BEHAVIORS["deny"] + POLICY,
        F443, "unknown", 2,
    ),
    (
        "acl-by-name",
        PERMIT.replace("number 3001", "name BB 3001") + ONE.replace("acl 3001", "acl name BB") + BEHAVIORS["deny"] + POLICY,
        F443, "deny", 2,
    ),
    (
        "vpn-plays-no-part",
        PERMIT.replace("permit ip", "permit ip vpn-instance A") + ONE + BEHAVIORS["deny"] + POLICY,
        F443, "deny", 2,
    ),
    (
        "precedence-orders-the-pairs",
        PERMIT + ONE + BEHAVIORS["deny"] + "traffic classifier ALL\n if-match any\n#\ntraffic behavior OK\n permit\n#\n"
        "traffic policy P\n classifier ALL behavior OK precedence 10\n classifier C behavior B precedence 5\n#\n",
        F443, "deny", 2,
    ),
    (
        "car-polices",
        PERMIT + ONE + "traffic behavior B\n car cir 100 pir 100 green pass yellow pass red discard\n#\n" + POLICY,
        F443, "permit", 2,
    ),
    (
        "car-drops-all",
        PERMIT + ONE + "traffic behavior B\n car cir 100 green discard\n#\n" + POLICY,
        F443, "unknown", 8,
    ),
]  # fmt: skip


@pytest.mark.parametrize(
    ("config", "packet", "action", "line"), [c[1:] for c in MATRIX], ids=[c[0] for c in MATRIX]
)
def test_traffic_policy(
    tmp_path: Path, config: str, packet: dict[str, object], action: str, line: int | None
) -> None:
    found = ask(tmp_path, config, "P", packet)
    assert found.action == action
    assert found.line == line or action == "permit"


def lan(extra: str = "", name: str = "GigabitEthernet0/0/1") -> str:
    return f"interface {name}\n ip address 10.20.1.1 255.255.255.0\n{extra}#\n"


def wan(extra: str = "") -> str:
    return f"interface GigabitEthernet0/0/2\n ip address 203.0.113.2 255.255.255.252\n{extra}#\n"


ROUTE = "ip route-static 0.0.0.0 0.0.0.0 203.0.113.1\n#\n"
BASE = lan() + wan() + ROUTE
ACL = "acl number 3001\n rule 5 deny tcp destination-port eq 443\n#\n"
FILTER = " traffic-filter inbound acl 3001\n"
DENIED = {("ACL001", "high", "fail")}
RECOGNISED = {("ACL006", "high", "unknown")}
UNKNOWN = {("ACL001", "high", "unknown")}
NOTHING: set[tuple[str, str, str]] = set()

BOUND = [
    ("in-on-the-lan", ACL + lan(FILTER) + wan() + ROUTE, DENIED),
    ("by-name", ACL.replace("number 3001", "name A 3001") + lan(" traffic-filter inbound acl name A\n") + wan() + ROUTE, DENIED),
    ("secure", ACL + lan(" traffic-secure inbound acl 3001\n") + wan() + ROUTE, DENIED),
    ("out-on-the-lan", ACL + lan(FILTER.replace("in", "out", 1)) + wan() + ROUTE, NOTHING),
    ("out-on-the-wan", ACL + lan() + wan(" traffic-filter outbound acl 3001\n") + ROUTE, DENIED),
    ("in-on-the-wan", ACL + lan() + wan(FILTER) + ROUTE, NOTHING),
    ("in-on-the-wan-answers", "acl number 3001\n rule 5 deny tcp source-port eq 443\n#\n" + lan() + wan(FILTER) + ROUTE, {("ACL002", "high", "fail")}),
    ("T107-not-defined", lan(" traffic-filter inbound acl 3009\n") + wan() + ROUTE, NOTHING),
    ("bound-nowhere", ACL + BASE, NOTHING),
    ("lines-of-users-are-no-transit", ACL + BASE + "user-interface vty 0 4\n acl 3001 inbound\n#\n", NOTHING),
    ("one-rule", "acl number 3001\n rule 5 deny tcp destination-port eq 443\n rule 10 permit ip\n#\n" + lan(" traffic-filter inbound acl 3001 rule 10\n") + wan() + ROUTE, NOTHING),
    ("one-rule-that-denies", "acl number 3001\n rule 5 permit ip\n rule 10 deny tcp\n#\n" + lan(" traffic-filter inbound acl 3001 rule 10\n") + wan() + ROUTE, DENIED),
    ("everywhere", ACL + BASE + "traffic-filter inbound acl 3001\n#\n", DENIED),
    ("on-a-vlan", ACL + lan("", "Vlanif10") + wan() + ROUTE + "traffic-filter vlan 10 inbound acl 3001\n#\n", DENIED),
    ("on-another-vlan", ACL + lan("", "Vlanif10") + wan() + ROUTE + "traffic-filter vlan 20 inbound acl 3001\n#\n", RECOGNISED),
    ("layer-2-port", ACL + lan("", "Vlanif10") + wan() + ROUTE + "interface GigabitEthernet0/0/3\n port link-type access\n port default vlan 10\n traffic-filter inbound acl 3001\n#\n", RECOGNISED),
    ("layer-2-list", "acl number 4001\n rule 5 deny source-mac 1-1-1\n#\n" + lan(" traffic-filter inbound acl 4001\n") + wan() + ROUTE, RECOGNISED),
    ("policy", PERMIT + ONE + BEHAVIORS["deny"] + POLICY + lan(" traffic-policy P inbound\n") + wan() + ROUTE, DENIED),
    ("policy-global", PERMIT + ONE + BEHAVIORS["deny"] + POLICY + BASE + "traffic-policy P global inbound\n#\n", DENIED),
    ("policy-on-vlan", PERMIT + ONE + BEHAVIORS["deny"] + POLICY + lan("", "Vlanif10") + wan() + ROUTE + "vlan 10\n traffic-policy P inbound\n#\n", DENIED),
    ("policy-not-defined", lan(" traffic-policy P inbound\n") + wan() + ROUTE, UNKNOWN),
    ("two-lists", ACL + "acl number 3002\n rule 5 permit ip\n#\n" + lan(" traffic-filter inbound acl 3002\n" + FILTER) + wan() + ROUTE, UNKNOWN),
    ("two-lists-that-permit", "acl number 3001\n rule 5 permit ip\n#\nacl number 3002\n rule 5 permit ip\n#\n" + lan(" traffic-filter inbound acl 3002\n" + FILTER) + wan() + ROUTE, NOTHING),
    ("behind-translation", "acl number 3001\n rule 5 permit ip source 203.0.113.2 0\n rule 10 deny ip\n#\n" + lan() + wan(" nat outbound 2000\n traffic-filter outbound acl 3001\n") + ROUTE, UNKNOWN),
    ("vpn-without-a-word", ACL + lan(" ip binding vpn-instance A\n" + FILTER) + wan(" ip binding vpn-instance A\n") + ROUTE.replace("static", "static vpn-instance A"), UNKNOWN),
    ("vpn-named", ACL.replace("deny tcp", "deny tcp vpn-instance A") + lan(" ip binding vpn-instance A\n" + FILTER) + wan(" ip binding vpn-instance A\n") + ROUTE.replace("static", "static vpn-instance A"), DENIED),
    ("vpn-of-another", ACL.replace("deny tcp", "deny tcp vpn-instance B") + lan(" ip binding vpn-instance A\n" + FILTER) + wan(" ip binding vpn-instance A\n") + ROUTE.replace("static", "static vpn-instance A"), NOTHING),
    ("public-packets", ACL.replace("deny tcp", "deny tcp vpn-instance A") + lan(FILTER) + wan() + ROUTE, NOTHING),
    ("unread-line-in-interface", lan(" traffic-filter inbound\n") + wan() + ROUTE, {("ACL006", "high", "unknown")}),
]  # fmt: skip


@pytest.mark.parametrize(("config", "expected"), [c[1:] for c in BOUND], ids=[c[0] for c in BOUND])
def test_binding(config: str, expected: set[tuple[str, str, str]]) -> None:
    assert brief(findings_of("huawei_vrp", config), "ACL") == expected


def test_an_undefined_list_is_noted() -> None:
    config = lan(" traffic-filter inbound acl 3009\n") + wan() + ROUTE
    assert "ACL004" in {f.code for f in findings_of("huawei_vrp", config)}


def test_t107_by_name(tmp_path: Path) -> None:
    found = ask(tmp_path, lan(" traffic-filter inbound acl 3009\n"), "3009", F443)
    assert (found.action, found.line) == ("permit", None)


# -- zones --------------------------------------------------------------------------------------------

ZONES = (
    "firewall zone trust\n set priority 85\n add interface GigabitEthernet0/0/1\n#\n"
    "firewall zone untrust\n set priority 5\n add interface GigabitEthernet0/0/2\n#\n"
)
SETS = (
    "ip address-set BB type object\n address 0 104.192.136.0 mask 255.255.248.0\n"
    " address 1 range 185.166.140.0 185.166.143.255\n address 2 10.9.9.9 0\n#\n"
    "ip address-set ALL type group\n address 0 address-set BB\n#\n"
    "ip service-set GIT type object\n service 0 protocol tcp source-port 1024 to 65535 destination-port 22 440 to 450\n#\n"
    "ip service-set GITS type group\n service 0 service-set GIT\n#\n"
)


def rules(*bodies: str, default: str = "") -> str:
    text = "security-policy\n" + default
    for number, body in enumerate(bodies):
        text += f" rule name r{number}\n" + "".join(f"  {line}\n" for line in body.split("|"))
    return ZONES + SETS + text + "#\n"


TU = "source-zone trust|destination-zone untrust"
SECURITY = [
    ("implicit-deny", rules(), F443, "deny"),
    ("default-permit", rules(default=" default action permit\n"), F443, "permit"),
    ("permit-all", rules("action permit"), F443, "permit"),
    ("zones", rules(f"{TU}|action permit"), F443, "permit"),
    ("other-zones", rules("source-zone untrust|destination-zone trust|action permit"), F443, "deny"),
    ("several-zones", rules("source-zone dmz trust|action permit"), F443, "permit"),
    ("order", rules(f"{TU}|service ssh|action deny", f"{TU}|action permit"), F22, "deny"),
    ("order-next", rules(f"{TU}|service ssh|action deny", f"{TU}|action permit"), F443, "permit"),
    ("disabled", rules(f"{TU}|disable|action deny", f"{TU}|action permit"), F443, "permit"),
    ("netmask", rules(f"{TU}|destination-address 104.192.136.0 mask 255.255.248.0|action permit"), F443, "permit"),
    ("length", rules(f"{TU}|destination-address 104.192.136.0 21|action permit"), F443, "permit"),
    ("wildcard", rules(f"{TU}|destination-address 104.192.136.0 0.0.7.255|action permit"), F443, "permit"),
    ("netmask-taken-for-wildcard", rules(f"{TU}|destination-address 104.192.136.0 255.255.248.0|action permit"), F443, "deny"),
    ("host", rules(f"{TU}|destination-address 104.192.141.1 32|action permit"), F443, "permit"),
    ("range", rules(f"{TU}|destination-address range 104.192.141.0 104.192.141.9|action permit"), F443, "permit"),
    ("half-a-range", rules(f"{TU}|destination-address range 104.192.141.0|action permit"), F443, "unknown"),
    ("set", rules(f"{TU}|destination-address address-set BB|action permit"), F443, "permit"),
    ("set-of-sets", rules(f"{TU}|destination-address address-set ALL|action permit"), F443, "permit"),
    ("set-without", rules(f"{TU}|destination-address address-set BB|action permit"), tcp(443, "18.205.93.3"), "deny"),
    ("set-not-defined", rules(f"{TU}|destination-address address-set NO|action permit"), F443, "unknown"),
    ("domain-set", rules(f"{TU}|destination-address domain-set X|action permit"), F443, "unknown"),
    ("geo", rules(f"{TU}|source-address geo-location Germany|action deny", "action permit"), F443, "unknown"),
    ("exclude", rules(f"{TU}|source-address-exclude 10.20.1.5 32|action permit"), F443, "unknown"),
    ("source", rules(f"{TU}|source-address 10.30.0.0 16|action permit"), F443, "deny"),
    ("any-address", rules(f"{TU}|source-address any|destination-address any|action permit"), F443, "permit"),
    ("predefined-service", rules(f"{TU}|service https|action permit"), F443, "permit"),
    ("predefined-service-other-port", rules(f"{TU}|service https|action permit"), F80, "deny"),
    ("service-set", rules(f"{TU}|service GIT|action permit"), F443, "permit"),
    ("service-set-of-sets", rules(f"{TU}|service GITS|action permit"), F22, "permit"),
    ("service-set-port", rules(f"{TU}|service GIT|action permit"), F80, "deny"),
    ("service-not-known", rules(f"{TU}|service frobnicate|action permit"), F443, "unknown"),
    ("several-services", rules(f"{TU}|service http ssh|service https|action permit"), F443, "permit"),
    ("service-protocol", rules(f"{TU}|service protocol tcp destination-port 22 443|action permit"), F443, "permit"),
    ("service-protocol-range", rules(f"{TU}|service protocol tcp destination-port 400 to 500|action permit"), F443, "permit"),
    ("service-protocol-other", rules(f"{TU}|service protocol udp destination-port 443|action permit"), F443, "deny"),
    ("service-protocol-bad-port", rules(f"{TU}|service protocol tcp destination-port 70000|action permit"), F443, "unknown"),
    ("service-any", rules(f"{TU}|service any|action permit"), F443, "permit"),
    ("application", rules(f"{TU}|application app SSH|action permit"), F443, "unknown"),
    ("application-any", rules(f"{TU}|application any|action permit"), F443, "permit"),
    ("user", rules(f"{TU}|user user-group /default/x|action deny", "action permit"), F443, "unknown"),
    ("time-range", rules(f"{TU}|time-range worktime|action permit"), F443, "unknown"),
    ("profiles-do-not-decide", rules(f"{TU}|profile av default|policy logging|session logging|action permit"), F443, "permit"),
    ("garbled-line", rules(f"{TU}|frob|action permit"), F443, "unknown"),
    ("garbled-line-other-zones", rules("source-zone untrust|frob|action deny", f"{TU}|action permit"), F443, "permit"),
    ("no-action", rules(TU), F443, "unknown"),
    ("garbled-beside-rules", rules(f"{TU}|action permit").replace("security-policy\n", "security-policy\n frob\n"), F443, "unknown"),
    ("answer-of-a-session", rules(f"{TU}|action permit"), R443, "permit"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("config", "packet", "action"), [c[1:] for c in SECURITY], ids=[c[0] for c in SECURITY]
)
def test_security_policy(
    tmp_path: Path, config: str, packet: dict[str, object], action: str
) -> None:
    name = "untrust:trust" if packet is R443 else "trust:untrust"
    assert ask(tmp_path, BASE + config, name, packet).action == action


def test_findings_between_zones() -> None:
    config = BASE + rules(f"{TU}|service https|action permit")
    found = [f for f in findings_of("huawei_vrp", config) if f.code == "ACL001"]
    assert [f.outcome.value for f in found] == ["fail"]
    assert brief(findings_of("huawei_vrp", BASE + rules(f"{TU}|action permit")), "ACL") == NOTHING


def test_a_policy_without_zones_stops_interfaces_in_none() -> None:
    """An interface that is in no zone forwards nothing to one that is in a zone."""
    half = ZONES.replace(" add interface GigabitEthernet0/0/2\n", "")
    config = BASE + half + "security-policy\n rule name all\n  action permit\n#\n"
    assert brief(findings_of("huawei_vrp", config), "ACL") == DENIED


def test_sets_that_contain_each_other(tmp_path: Path) -> None:
    config = (
        BASE
        + rules(f"{TU}|destination-address address-set X|action permit")
        + (
            "ip address-set X type group\n address 0 address-set Y\n#\n"
            "ip address-set Y type group\n address 0 address-set X\n address 1 104.192.141.1 32\n#\n"
        )
    )
    assert ask(tmp_path, config, "trust:untrust", F443).action == "permit"
    assert ask(tmp_path, config, "trust:untrust", tcp(443, "192.0.2.9")).action == "unknown"


OLDER = (
    "policy interzone trust untrust outbound\n policy 0\n  action deny\n  policy service service-set GIT\n"
    " policy 1\n  action permit\n  policy source 10.20.0.0 0.0.255.255\n  policy destination address-set BB\n#\n"
)
PAIRS = [
    ("deny", OLDER, F443, "trust:untrust", "deny"),
    ("permit", OLDER, F80, "trust:untrust", "permit"),
    ("implicit", OLDER, tcp(80, "192.0.2.9"), "trust:untrust", "deny"),
    ("other-direction", OLDER, F80, "untrust:trust", "deny"),
    ("inbound", OLDER.replace("outbound", "inbound"), F80, "untrust:trust", "permit"),
    ("default-all", "firewall packet-filter default permit all\n#\n", F443, "trust:untrust", "permit"),
    (
        "default-of-a-pair",
        "firewall packet-filter default permit interzone trust untrust direction outbound\n#\n",
        F443, "trust:untrust", "permit",
    ),
    (
        "default-of-the-other-direction",
        "firewall packet-filter default permit interzone trust untrust direction inbound\n#\n",
        F443, "trust:untrust", "deny",
    ),
    ("no-policy-at-all", "", F443, "trust:untrust", "unknown"),
    (
        "router-list",
        ACL + "firewall interzone trust untrust\n firewall enable\n packet-filter 3001 outbound\n"
        " packet-filter default permit outbound\n#\n",
        F443, "trust:untrust", "deny",
    ),
    (
        "router-default",
        ACL + "firewall interzone trust untrust\n firewall enable\n packet-filter 3001 outbound\n"
        " packet-filter default permit outbound\n#\n",
        F22, "trust:untrust", "permit",
    ),
    (
        "router-default-not-written",
        ACL + "firewall interzone trust untrust\n firewall enable\n packet-filter 3001 outbound\n#\n",
        F22, "trust:untrust", "unknown",
    ),
]  # fmt: skip


@pytest.mark.parametrize(
    ("config", "packet", "name", "action"), [c[1:] for c in PAIRS], ids=[c[0] for c in PAIRS]
)
def test_older_firewalls_and_routers(
    tmp_path: Path, config: str, packet: dict[str, object], name: str, action: str
) -> None:
    assert ask(tmp_path, BASE + ZONES + SETS + config, name, packet).action == action


def test_a_router_with_a_disabled_interzone_filters_nothing() -> None:
    config = (
        BASE
        + ZONES
        + ACL
        + (
            "firewall interzone trust untrust\n packet-filter 3001 outbound\n#\n"
            "firewall zone dmz\n priority 50\n#\nfirewall interzone trust dmz\n firewall enable\n#\n"
        )
    )
    kinds = {f.kind for f in device_of("huawei_vrp", config).filters.values()}
    assert "zone-policy" not in kinds


def test_zone_of_a_router_interface() -> None:
    config = lan(" zone trust\n") + "firewall zone trust\n priority 85\n#\n"
    interface = device_of("huawei_vrp", config).interfaces[0]
    assert interface.zone is not None
    assert interface.zone.value == "trust"


def test_defaults_have_their_line() -> None:
    device = device_of("huawei_vrp", BASE + rules(default=" default action permit\n"))
    found = device.filters["zone:trust:untrust", 0]
    assert found.default is Action.PERMIT
    assert found.default_line is not None
