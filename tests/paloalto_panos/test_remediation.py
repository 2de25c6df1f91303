"""What is proposed is what the vendor's command line takes, and does what it should when it is read back."""

from __future__ import annotations

from pathlib import Path

from auditor.filters import Answer
from parsers.paloalto_panos.remediation import remedy
from parsers.platform import Remedy
from tests.audit_text import answer, brief, device_of, findings_of
from tests.paloalto_panos.flows import BY_WAN, F443, ZONES, rule


def test_a_rule_before_the_one_that_denies(tmp_path: Path) -> None:
    wanted = Remedy(
        "permit-flow",
        "policy:trust:untrust",
        prefixes=("104.192.136.0/21",),
        ports=(443,),
        before="BLOCK IT",
    )
    lines = remedy(wanted)
    assert lines[-2:] == ('move rulebase security rules ALLOW-SERVICE before "BLOCK IT"', "commit")
    config = ZONES + rule('"BLOCK IT"', "deny") + "\n".join(lines) + "\n"
    assert device_of("paloalto_panos", config).not_understood == ()
    found = answer(tmp_path, "paloalto_panos", config, "trust:untrust", **F443)
    assert isinstance(found, Answer)
    assert found.action == "permit"


def test_zones_of_a_system_and_names_with_blanks() -> None:
    wanted = Remedy(
        "permit-flow", "policy:vsys2/zone 1:vsys2/out", prefixes=("192.0.2.0/24",), ports=(22,)
    )
    lines = remedy(wanted)
    assert "set vsys vsys2 address SERVICE-192.0.2.0-24 ip-netmask 192.0.2.0/24" in lines
    assert 'set vsys vsys2 rulebase security rules ALLOW-SERVICE from "zone 1"' in lines
    assert "set vsys vsys2 rulebase security rules ALLOW-SERVICE to out" in lines


def test_errors_may_pass_again() -> None:
    profile = (
        "set network profiles zone-protection-profile P discard-icmp-error yes\n"
        "set zone untrust network zone-protection-profile P\n"
    )
    config = ZONES + BY_WAN + profile + rule("A", "allow")
    assert brief(findings_of("paloalto_panos", config), "MTU") == {("MTU002", "high", "fail")}
    lines = remedy(Remedy("permit-ptb", "zone-protection:P"))
    assert brief(findings_of("paloalto_panos", config + "\n".join(lines) + "\n"), "MTU") == set()


def test_clamps_are_adjustments() -> None:
    assert remedy(Remedy("clamp-mss", interface="ethernet1/1.10"))[1] == (
        "set network interface ethernet ethernet1/1 layer3 units ethernet1/1.10 adjust-tcp-mss ipv4-mss-adjustment 40"
    )
    assert remedy(Remedy("clamp-mss", interface="tunnel.1", family=6))[0] == (
        "set network interface tunnel units tunnel.1 adjust-tcp-mss enable yes"
    )


def test_what_has_no_commands_proposes_nothing() -> None:
    assert remedy(Remedy("resequence", "policy:a:b")) == ()
    assert remedy(Remedy("permit-ptb", "policy:a:b")) == ()
