"""Listeners and firewall rules: verdicts worked out by hand (knowledge: filters, sections 1.20 and 7)."""

from __future__ import annotations

from pathlib import Path

import pytest

from auditor.filters import Answer
from parsers.model.filters import Symptom
from tests.audit_text import answer, brief, device_of, findings_of
from tests.f5_tmsh.texts import CLIENT, GLOBAL, HEAD, NETWORK, OTHER, SERVICE, policy, rule, virtual

NO_SSH = rule(
    "NO_SSH",
    "action drop",
    "ip-protocol tcp",
    "destination addresses 104.192.136.0/21",
    "destination ports 22",
)
SSH_ONLY = rule("SSH", "action accept", "ip-protocol tcp", "destination ports 22")
REST = rule("REST", "action reject", "ip-protocol any")
DECISIVE = rule("SSH", "action accept-decisively", "ip-protocol tcp", "destination ports 22")
DROP_MODE = 'sys db tm.fw.defaultaction {\n    value "drop"\n}\n'
VIRTUAL_POLICY = "fw-enforced-policy /Common/P\nip-forward"

CASES = [
    # identity, configuration, destination, port, verdict
    ("T148-22", policy(NO_SSH) + GLOBAL + virtual(), SERVICE, 22, "deny"),
    ("T148-443", policy(NO_SSH) + GLOBAL + virtual(), SERVICE, 443, "permit"),
    ("T148-other-range", policy(NO_SSH) + GLOBAL + virtual(), OTHER, 22, "permit"),
    ("T148-no-virtual", policy(NO_SSH) + GLOBAL, SERVICE, 443, "deny"),
    ("no-listener", "ltm node /Common/n {\n    address 10.0.0.9\n}\n", SERVICE, 443, "deny"),
    ("base-file-alone", "", SERVICE, 443, "unknown"),
    ("virtual-address-off", "ltm virtual-address /Common/0.0.0.0 {\n    address any\n    enabled no\n    mask any\n}\n" + virtual(), SERVICE, 443, "unknown"),
    ("virtual-address-off-too", "ltm virtual-address /Common/0.0.0.0 {\n    address 0.0.0.0\n    enabled no\n    mask any\n}\n" + virtual(), SERVICE, 443, "unknown"),
    ("forwarding", virtual(), SERVICE, 443, "permit"),
    ("l2", virtual(body="l2-forward"), SERVICE, 443, "permit"),
    ("disabled-takes-its-packets", virtual(body="disabled\nip-forward", name="a", destination="0.0.0.0:443") + virtual(), SERVICE, 443, "deny"),
    ("disabled-other-port", virtual(body="disabled\nip-forward", name="a", destination="0.0.0.0:443") + virtual(), SERVICE, 22, "permit"),
    ("disabled-continue", "ltm global-settings traffic-control {\n    continue-matching enabled\n}\n" + virtual(body="disabled\nip-forward", name="a", destination="0.0.0.0:443") + virtual(), SERVICE, 443, "permit"),
    ("reject", virtual(body="reject", name="a", destination="104.192.136.10:22") + virtual(), SERVICE, 22, "deny"),
    ("longest-destination-first", virtual(body="ip-forward\nmask 255.255.248.0", name="net", destination="104.192.136.0:0") + virtual(body="reject", name="any"), SERVICE, 443, "permit"),
    ("longest-destination-else", virtual(body="ip-forward\nmask 255.255.248.0", name="net", destination="104.192.136.0:0") + virtual(body="reject", name="any"), OTHER, 443, "deny"),
    ("longer-source-before-port", virtual(body="reject\nsource 10.20.0.0/16", name="a") + virtual(name="b", destination="0.0.0.0:443"), SERVICE, 443, "deny"),
    ("port-before-all-ports", virtual(body="reject", name="a") + virtual(name="b", destination="0.0.0.0:443"), SERVICE, 443, "permit"),
    ("source-misses", virtual(body="ip-forward\nsource 10.99.0.0/16"), SERVICE, 443, "deny"),
    ("udp-only", virtual(body="ip-forward\nip-protocol udp"), SERVICE, 443, "deny"),
    ("port-name", virtual(destination="0.0.0.0:https"), SERVICE, 443, "permit"),
    ("any-word", virtual(destination="0.0.0.0:any"), SERVICE, 443, "permit"),
    ("gateway-pool", virtual(body="pool /Common/gw\ntranslate-address disabled"), SERVICE, 443, "permit"),
    ("pool-takes-sessions", virtual(body="pool /Common/web"), SERVICE, 443, "unknown"),
    ("standard-without-pool", virtual(body="translate-address disabled"), SERVICE, 443, "unknown"),
    ("irule", virtual(body="ip-forward\nrules {\n    /Common/steer\n}"), SERVICE, 443, "unknown"),
    ("irule-elsewhere", virtual(body="rules {\n    /Common/steer\n}\nip-forward", name="a", destination="192.0.2.1:443") + virtual(), SERVICE, 443, "permit"),
    ("two-kinds", virtual(body="ip-forward\nreject"), SERVICE, 443, "unknown"),
    ("unknown-statement", virtual(body="ip-forward\nfrobnicate yes"), SERVICE, 443, "unknown"),
    ("no-destination", "ltm virtual /Common/v {\n    ip-forward\n}\n", SERVICE, 443, "unknown"),
    ("snat-listener", "ltm snat /Common/s {\n    automap\n    origins {\n        10.20.0.0/16 { }\n    }\n}\n", SERVICE, 443, "permit"),
    ("virtual-policy", policy(SSH_ONLY, REST) + virtual(body=VIRTUAL_POLICY), SERVICE, 22, "permit"),
    ("virtual-policy-reject", policy(SSH_ONLY, REST) + virtual(body=VIRTUAL_POLICY), SERVICE, 443, "deny"),
    ("adc-mode", policy(SSH_ONLY) + virtual(body=VIRTUAL_POLICY), SERVICE, 443, "permit"),
    ("firewall-mode", DROP_MODE + policy(SSH_ONLY) + virtual(body=VIRTUAL_POLICY), SERVICE, 443, "deny"),
    ("firewall-mode-accepted", DROP_MODE + policy(SSH_ONLY) + virtual(body=VIRTUAL_POLICY), SERVICE, 22, "permit"),
    ("global-accept-goes-on", DROP_MODE + policy(SSH_ONLY) + GLOBAL + virtual(), SERVICE, 22, "deny"),
    ("global-decisive-ends", DROP_MODE + policy(DECISIVE) + GLOBAL + virtual(), SERVICE, 22, "permit"),
    ("decisive-needs-a-listener", policy(DECISIVE) + GLOBAL, SERVICE, 22, "deny"),
    ("staged-does-nothing", policy(REST) + virtual(body="fw-staged-policy /Common/P\nip-forward"), SERVICE, 443, "permit"),
    ("undefined-policy", virtual(body=VIRTUAL_POLICY), SERVICE, 443, "unknown"),
    ("disabled-rule", policy(rule("X", "action drop", "status disabled")) + GLOBAL + virtual(), SERVICE, 443, "permit"),
    ("rule-list", policy(NO_SSH, name="L", kind="rule-list") + policy(rule("USE", "rule-list /Common/L")) + GLOBAL + virtual(), SERVICE, 22, "deny"),
    ("U2-rule-list-missing", policy(rule("USE", "rule-list /Common/L")) + GLOBAL + virtual(), SERVICE, 22, "unknown"),
    ("U4-schedule", policy(rule("X", "action drop", "schedule /Common/night")) + GLOBAL + virtual(), SERVICE, 22, "unknown"),
    ("U4-schedule-same-outcome", policy(rule("X", "action drop", "schedule /Common/night"), rule("Y", "action drop")) + GLOBAL + virtual(), SERVICE, 22, "deny"),
    ("U5-geo", policy(rule("X", "action drop", "destination geo US")) + GLOBAL + virtual(), SERVICE, 22, "unknown"),
    ("U1-unknown-word", policy(rule("X", "action drop", "frobnicate yes", "destination ports 9")) + GLOBAL + virtual(), SERVICE, 22, "unknown"),
    ("U20-half-range", policy(rule("X", "action drop", "destination ports 22-")) + GLOBAL + virtual(), SERVICE, 22, "unknown"),
    ("U20-bad-mask", policy(rule("X", "action drop", "destination addresses 104.192.136.0/33")) + GLOBAL + virtual(), SERVICE, 22, "unknown"),
    ("U20-other-protocol", policy(rule("X", "action drop", "ip-protocol udp", "destination addresses 104.192.136.0/33")) + GLOBAL + virtual(), SERVICE, 22, "permit"),
    ("vlan-of-the-rule", policy(rule("X", "action drop", "source vlans /Common/outside")) + GLOBAL + virtual(), SERVICE, 22, "unknown"),
    ("protocol-name", policy(rule("X", "action drop", "ip-protocol sctp")) + GLOBAL + virtual(), SERVICE, 22, "permit"),
    ("protocol-unknown", policy(rule("X", "action drop", "ip-protocol zzz")) + GLOBAL + virtual(), SERVICE, 22, "unknown"),
    ("two-actions", policy(rule("X", "action drop", "action accept")) + GLOBAL + virtual(), SERVICE, 22, "unknown"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "text", "dst", "port", "verdict"), CASES, ids=[c[0] for c in CASES]
)
def test_forwarded(name: str, text: str, dst: str, port: int, verdict: str, tmp_path: Path) -> None:
    found = answer(
        tmp_path,
        "f5_tmsh",
        HEAD + text + NETWORK,
        "forward",
        src=CLIENT,
        dst=dst,
        protocol="tcp",
        dport=port,
    )
    assert isinstance(found, Answer)
    assert found.action == verdict


LISTS = """\
security firewall address-list /Common/BB {
    address-lists {
        /Common/MORE
    }
    addresses {
        104.192.136.0/21 { }
        18.205.93.0-18.205.93.31 { }
    }
}
security firewall address-list /Common/MORE {
    addresses {
        185.166.140.0/22 { }
    }
}
net port-list /Common/WEB {
    port-lists {
        /Common/TLS
    }
    ports {
        80 { }
        8080-8081 { }
    }
}
net port-list /Common/TLS {
    ports {
        443 { }
    }
}
"""
LISTED = rule(
    "X",
    "action drop",
    "ip-protocol tcp",
    "destination address-lists /Common/BB",
    "destination port-lists /Common/WEB",
)


@pytest.mark.parametrize(
    ("dst", "port", "verdict"),
    [
        (SERVICE, 443, "deny"),
        (OTHER, 80, "deny"),
        ("18.205.93.31", 8081, "deny"),
        ("18.205.93.32", 443, "permit"),
        (SERVICE, 22, "permit"),
    ],
)
def test_nested_lists(dst: str, port: int, verdict: str, tmp_path: Path) -> None:
    found = answer(
        tmp_path,
        "f5_tmsh",
        HEAD + LISTS + policy(LISTED),
        "P",
        src=CLIENT,
        dst=dst,
        protocol="tcp",
        dport=port,
    )
    assert isinstance(found, Answer)
    assert found.action == verdict


@pytest.mark.parametrize(
    "damage",
    ["addresses {\n        x y { }", "address-lists {\n        /Common/BB\n        /Common/GONE"],
)
def test_a_list_in_doubt_still_has_its_known_members(damage: str, tmp_path: Path) -> None:
    head, _, tail = LISTS.partition(damage.split("{")[0].strip() + " {")
    text = f"{head}{damage}{tail}"
    for dst, verdict in ((SERVICE, "deny"), ("198.51.100.1", "unknown")):
        found = answer(
            tmp_path,
            "f5_tmsh",
            HEAD + text + policy(LISTED),
            "P",
            src=CLIENT,
            dst=dst,
            protocol="tcp",
            dport=443,
        )
        assert isinstance(found, Answer)
        assert found.action == verdict


def test_icmp_conditions(tmp_path: Path) -> None:
    text = policy(
        rule("PTB", "action accept", "ip-protocol icmp", "icmp { 3:4 { } }"),
        rule("ICMP", "action drop", "ip-protocol icmp"),
    )
    text = text.replace("icmp { 3:4 { } }", "icmp {\n                3:4 { }\n            }")
    for kind, code, verdict in ((8, 0, "deny"), (13, 0, "deny")):
        found = answer(
            tmp_path,
            "f5_tmsh",
            text,
            "P",
            src=SERVICE,
            dst=CLIENT,
            protocol="icmp",
            icmp_type=kind,
            icmp_code=code,
        )
        assert isinstance(found, Answer)
        assert found.action == verdict
    device = device_of("f5_tmsh", text)
    first = device.filters["policy:P", 0].entries[1]
    assert [(test.type, test.low, test.high) for test in first.matches[0].icmp or ()] == [(3, 4, 4)]


def test_rejections_are_told_apart() -> None:
    device = device_of(
        "f5_tmsh", policy(rule("A", "action reject", "ip-protocol tcp"), rule("B", "action drop"))
    )
    assert [e.symptom for e in device.filters["policy:P", 0].entries[1:]] == [
        Symptom.RESET,
        Symptom.TIMEOUT,
    ]


def test_vlans_of_a_virtual_server_count() -> None:
    enabled = virtual(body="ip-forward\nvlans {\n    /Common/outside\n}\nvlans-enabled")
    assert ("ACL001", "high", "fail") in brief(
        findings_of("f5_tmsh", HEAD + enabled + NETWORK), "ACL"
    )
    inside = virtual(body="ip-forward\nvlans {\n    /Common/inside\n}\nvlans-enabled")
    assert brief(findings_of("f5_tmsh", HEAD + inside + NETWORK), "ACL") == set()
    disabled = virtual(body="ip-forward\nvlans {\n    /Common/outside\n}\nvlans-disabled")
    assert brief(findings_of("f5_tmsh", HEAD + disabled + NETWORK), "ACL") == set()


def test_answers_need_no_listener_of_their_own() -> None:
    """The connection table takes them; a self address's `allow-service` is for the box."""
    text = HEAD + virtual(body="ip-forward\nsource 10.20.1.0/24") + NETWORK
    assert (
        brief(
            findings_of("f5_tmsh", text.replace("allow-service all", "allow-service none")), "ACL"
        )
        == set()
    )


CRITERIA = """\
ltm traffic-matching-criteria /Common/c {
    destination-address-list /Common/BB
    destination-port-list /Common/WEB
    protocol tcp
    source-address-inline 10.20.0.0/16
}
ltm virtual /Common/v {
    ip-forward
    traffic-matching-criteria /Common/c
}
"""


@pytest.mark.parametrize(
    ("dst", "port", "verdict"),
    [(SERVICE, 443, "permit"), (SERVICE, 22, "deny"), ("192.0.2.1", 443, "deny")],
)
def test_traffic_matching_criteria(dst: str, port: int, verdict: str, tmp_path: Path) -> None:
    found = answer(
        tmp_path,
        "f5_tmsh",
        HEAD + LISTS + CRITERIA,
        "forward",
        src=CLIENT,
        dst=dst,
        protocol="tcp",
        dport=port,
    )
    assert isinstance(found, Answer)
    assert found.action == verdict


def test_ipv6_listens_apart(tmp_path: Path) -> None:
    text = (
        HEAD
        + "ltm virtual /Common/six {\n    destination /Common/::.443\n    ip-forward\n    mask any6\n}\n"
    )
    for port, verdict in ((443, "permit"), (22, "deny")):
        found = answer(
            tmp_path,
            "f5_tmsh",
            text,
            "transit",
            src="2001:db8::1",
            dst="2401:1d80:3216::1",
            protocol="tcp",
            dport=port,
        )
        assert isinstance(found, Answer)
        assert found.action == verdict
    found = answer(
        tmp_path, "f5_tmsh", text, "forward", src=CLIENT, dst=SERVICE, protocol="tcp", dport=443
    )
    assert isinstance(found, Answer)
    assert found.action == "deny"


def test_route_domains_have_their_own_listeners() -> None:
    text = (
        HEAD
        + NETWORK.replace("10.20.1.1/24", "10.20.1.1%5/24")
        + (
            "net route-domain /Common/five {\n    id 5\n    vlans {\n        /Common/inside\n    }\n}\n"
            + virtual()
        )
    )
    device = device_of("f5_tmsh", text)
    assert {i.name: i.vrf for i in device.interfaces if i.addresses} == {
        "inside": "route-domain 5",
        "outside": "default",
    }
    entry = device.filters["forward", 0].entries[1]
    assert entry.matches[0].in_interfaces is not None
    assert entry.matches[0].in_interfaces.names == ("outside",)


ALL_PROPERTIES = """\
ltm virtual /Common/out {
    address-status yes
    auth none
    auto-lasthop default
    clone-pools none
    connection-limit 0
    description none
    destination any:any
    enabled
    fw-enforced-policy none
    ip-forward
    ip-intelligence-policy none
    ip-protocol any
    mask any
    nat64 disabled
    policies none
    pool none
    profiles {
        fastL4 {
            context all
        }
    }
    rules none
    security-nat-policy {
        policy none
        use-device-policy no
        use-route-domain-policy no
    }
    source 0.0.0.0/0
    source-address-translation {
        pool none
        type none
    }
    traffic-matching-criteria none
    translate-address disabled
    vlans none
    vlans-disabled
}
"""


def test_everything_written_out(tmp_path: Path) -> None:
    """`list all-properties`: what is not set is printed as well, and says nothing."""
    drop = rule(
        "X",
        "action drop",
        "schedule none",
        "irule none",
        "rule-list none",
        "ip-protocol tcp",
        "icmp none",
        "status enabled",
        "destination ports 22",
    )
    drop = drop.replace(
        "                ports {",
        "                address-lists none\n                geo none\n                fqdns none\n                vlans none\n                ports {",
    )
    text = HEAD + NETWORK + policy(drop) + GLOBAL + ALL_PROPERTIES
    assert device_of("f5_tmsh", text).not_understood == ()
    for port, verdict in ((22, "deny"), (443, "permit")):
        found = answer(
            tmp_path,
            "f5_tmsh",
            text,
            "forward",
            src=CLIENT,
            dst=SERVICE,
            protocol="tcp",
            dport=port,
        )
        assert isinstance(found, Answer)
        assert found.action == verdict
