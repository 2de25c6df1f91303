"""Network objects and services: what they stand for, and what the text does not say."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from parsers.checkpoint_gaia.services import ports
from tests.checkpoint_gaia.policies import C, H, Json, layer, rule, tcp, verdict

H6 = "2401:1d80:3000::1"
HOST = {"uid": "o", "name": "o", "type": "host", "ipv4-address": H}
OTHER = {"uid": "p", "name": "p", "type": "host", "ipv4-address": "198.51.100.1"}
DENY, PERMIT, UNKNOWN = ("deny", "Network-1"), ("permit", "Network-2"), ("unknown", "Network-1")


def network(**more: Any) -> Json:
    return {"uid": "o", "name": "o", "type": "network", **more}


def span(**more: Any) -> Json:
    return {"uid": "o", "name": "o", "type": "address-range", **more}


def group(*members: object, uid: str = "o", **more: Any) -> Json:
    return {"uid": uid, "name": uid, "type": "group", "members": list(members), **more}


@pytest.mark.parametrize(
    ("objects", "expected"),
    [
        ([HOST], DENY),
        ([{**HOST, "ipv4-address": "104.192.141.2"}], PERMIT),
        ([{**HOST, "ipv4-address": "104.192.141"}], UNKNOWN),
        ([{"uid": "o", "name": "o", "type": "host"}], UNKNOWN),
        ([network(subnet4="104.192.136.0", **{"mask-length4": 21})], DENY),
        ([network(subnet4="104.192.136.0", **{"subnet-mask": "255.255.248.0"})], DENY),
        ([network(subnet4="104.192.136.0", **{"mask-length4": 33})], UNKNOWN),
        ([network(subnet4="104.192.136.0")], UNKNOWN),
        ([network(subnet6="2401:1d80::", **{"mask-length6": 32})], PERMIT),
        ([span(**{"ipv4-address-first": "104.0.0.0", "ipv4-address-last": "105.0.0.0"})], DENY),
        ([span(**{"ipv4-address-first": "105.0.0.0", "ipv4-address-last": "104.0.0.0"})], UNKNOWN),
        ([span(**{"ipv4-address-first": "104.0.0.0"})], UNKNOWN),
        ([group("p", "q"), OTHER, {**HOST, "uid": "q"}], DENY),
        ([group("p"), OTHER], PERMIT),
        ([group("p", "gone"), OTHER], UNKNOWN),
        ([group("q", "gone"), {**HOST, "uid": "q"}], DENY),
        ([group("p", "o"), OTHER], UNKNOWN),
        ([group("g"), group("q", uid="g"), {**HOST, "uid": "q"}], DENY),
        ([group({**HOST, "uid": "embedded"})], DENY),
        ([{"uid": "o", "name": "o", "type": "group"}], UNKNOWN),
        ([{"uid": "o", "name": "o", "type": "dns-domain"}], UNKNOWN),
        ([{"uid": "o", "name": "o", "type": "updatable-object"}], UNKNOWN),
        ([{"uid": "o", "name": "o", "type": "security-zone"}], UNKNOWN),
        ([{"uid": "o", "name": "o", "type": "access-role"}], UNKNOWN),
        ([{"uid": "o", "name": "o", "type": "simple-gateway", "ipv4-address": "192.0.2.1"}], UNKNOWN),
        ([], UNKNOWN),
        ([{"uid": "o", "name": "o", "type": "group-with-exclusion", "include": "any",
           "except": {**HOST, "uid": "q"}}], PERMIT),
        ([{"uid": "o", "name": "o", "type": "group-with-exclusion", "include": "any", "except": "p"},
          OTHER], DENY),
        ([{"uid": "o", "name": "o", "type": "group-with-exclusion", "include": "any",
           "except": "gone"}], UNKNOWN),
    ],
)  # fmt: skip
def test_destinations(tmp_path: Path, objects: list[Json], expected: tuple[str, str]) -> None:
    page = layer([rule("drop", destination=["o"]), rule()], *objects)
    assert verdict(tmp_path, tcp(443), page) == expected


def test_six(tmp_path: Path) -> None:
    six = network(subnet6="2401:1d80:3000::", **{"mask-length6": 36})
    page = layer([rule("drop", destination=["o"]), rule()], six)
    assert verdict(tmp_path, tcp(443, H6, "2001:db8::5"), page) == DENY
    assert verdict(tmp_path, tcp(443), page) == PERMIT


def test_negated_and_unknown(tmp_path: Path) -> None:
    """Everything but a list with an unknown member: its known ones are certainly not meant."""
    page = layer([rule("drop", destination=["o", "gone"], destination_negate=True), rule()], HOST)
    assert verdict(tmp_path, tcp(443), page) == PERMIT
    assert verdict(tmp_path, tcp(443, "198.51.100.7"), page) == UNKNOWN


def service(kind: str = "tcp", **more: Any) -> Json:
    return {"uid": "s", "name": "s", "type": f"service-{kind}", **more}


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (service(port="443"), DENY),
        (service(port="400-450"), DENY),
        (service(port=">1023"), PERMIT),
        (service(port="<1024"), DENY),
        (service(port="443x"), UNKNOWN),
        (service(port="70000"), UNKNOWN),
        (service(), UNKNOWN),
        (service(port="443", **{"source-port": "1-1023"}), PERMIT),
        (service(port="443", **{"source-port": ">1023"}), DENY),
        ({**service(port="443"), "match-by-protocol-signature": True}, UNKNOWN),
        (service("udp", port="443"), PERMIT),
        (service("icmp", **{"icmp-type": 8}), PERMIT),
        (service("other", **{"ip-protocol": 6}), DENY),
        (service("other", **{"ip-protocol": 50}), PERMIT),
        (service("other", **{"ip-protocol": 6, "match": "<dport 443>"}), UNKNOWN),
        (service("group", members=["https"]), DENY),
        (service("group", members=["ssh"]), PERMIT),
        (service("group", members=["ssh", "gone"]), UNKNOWN),
        (service("group", members=["ssh", "s"]), UNKNOWN),
        (service("group"), UNKNOWN),
        ({"uid": "s", "name": "Facebook", "type": "application-site"}, UNKNOWN),
    ],
)
def test_services(tmp_path: Path, found: Json, expected: tuple[str, str]) -> None:
    page = layer([rule("drop", service=["s"]), rule()], found)
    assert verdict(tmp_path, tcp(443), page) == expected


@pytest.mark.parametrize(
    ("found", "code", "expected"),
    [
        (service("icmp", **{"icmp-type": 8}), 0, DENY),
        (service("icmp", **{"icmp-type": 8, "icmp-code": 0}), 0, DENY),
        (service("icmp", **{"icmp-type": 8, "icmp-code": 1}), 0, PERMIT),
        (service("icmp6", **{"icmp-type": 8}), 0, PERMIT),
        (service("icmp"), 0, DENY),
    ],
)
def test_icmp(tmp_path: Path, found: Json, code: int, expected: tuple[str, str]) -> None:
    page = layer([rule("drop", service=["s"]), rule()], found)
    echo = {"src": "203.0.113.9", "dst": C, "protocol": "icmp", "icmp_type": 8, "icmp_code": code}
    assert verdict(tmp_path, echo, page) == expected


def test_errors_that_quote_a_session_pass(tmp_path: Path) -> None:
    ptb = {"src": "203.0.113.9", "dst": C, "protocol": "icmp", "icmp_type": 3, "icmp_code": 4}
    assert verdict(tmp_path, ptb, layer([rule("drop")])) == ("permit", "")


@pytest.mark.parametrize("text", ["", "-", "5-1", "a", ">65535", "<0", "1-70000"])
def test_ports_that_are_none(text: str) -> None:
    with pytest.raises(ValueError):
        ports(text)


def test_port_lists() -> None:
    assert ports("22, 80-90,>65000") == ((22, 22), (80, 90), (65001, 65535))
