"""Virtual systems, shared gateways, and what Panorama pushes: verdicts worked out by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from auditor.filters import Answer
from tests.audit_text import answer, brief, device_of, findings_of
from tests.paloalto_panos.flows import F22, F80, F443, ZONES, rule


def verdict(
    folder: Path, config: str, name: str, packet: dict[str, object]
) -> tuple[str, int | None]:
    found = answer(folder, "paloalto_panos", config, name, **packet)
    assert isinstance(found, Answer), found
    return found.action, found.line


def in_vsys(vsys: str, text: str) -> str:
    return text.replace("set rulebase", f"set vsys {vsys} rulebase")


TWO = """set vsys vsys1 import network interface ethernet1/1
set vsys vsys2 import network interface ethernet1/2
set vsys vsys1 zone in network layer3 ethernet1/1
set vsys vsys2 zone out network layer3 ethernet1/2
set vsys vsys1 zone to-2 network external vsys2
set vsys vsys2 zone to-1 network external vsys1
"""
FIRST = in_vsys("vsys1", rule("A", "allow", from_="in", to="to-2", service="service-https"))
SECOND = in_vsys("vsys2", rule("B", "allow", from_="to-1", to="out"))


def test_between_virtual_systems_both_have_to_allow(tmp_path: Path) -> None:
    config = TWO + FIRST + SECOND
    assert verdict(tmp_path, config, "in:out", F443) == ("permit", 8)
    assert verdict(tmp_path, config, "in:out", F22) == ("deny", None)
    assert verdict(tmp_path, config, "out:in", F443) == ("deny", None)
    only_first = TWO + FIRST + in_vsys("vsys2", rule("B", "drop"))
    assert verdict(tmp_path, only_first, "in:out", F443) == ("deny", 8)
    assert verdict(tmp_path, TWO + FIRST, "in:out", F443) == ("deny", None)


@pytest.mark.parametrize("missing", ["set vsys vsys1 zone to-2", "set vsys vsys2 zone to-1"])
def test_systems_without_an_external_zone_do_not_see_each_other(
    tmp_path: Path, missing: str
) -> None:
    zones = "".join(line for line in TWO.splitlines(True) if not line.startswith(missing))
    rules = in_vsys("vsys1", rule("A", "allow")) + in_vsys("vsys2", rule("B", "allow"))
    assert verdict(tmp_path, zones + rules, "in:out", F443) == ("deny", None)


def test_zones_of_one_name_in_two_systems_are_told_apart(tmp_path: Path) -> None:
    config = (
        "set vsys vsys1 zone z network layer3 ethernet1/1\nset vsys vsys2 zone z network layer3 ethernet1/2\n"
        + in_vsys("vsys1", rule("R", "deny"))
        + in_vsys("vsys2", rule("R", "allow"))
    )
    assert verdict(tmp_path, config, "vsys1/z:vsys1/z", F443) == ("deny", 3)
    assert verdict(tmp_path, config, "vsys2/z:vsys2/z", F443) == ("permit", 4)


GATEWAY = """set network shared-gateway sg1 import network interface ethernet1/2
set network shared-gateway sg1 zone sgz network layer3 ethernet1/2
set vsys vsys1 zone in network layer3 ethernet1/1
set vsys vsys1 zone to-sg network external sg1
"""


def test_through_a_shared_gateway_the_policy_of_the_system_decides(tmp_path: Path) -> None:
    config = GATEWAY + in_vsys(
        "vsys1", rule("A", "allow", from_="in", to="to-sg", service="service-http")
    )
    assert verdict(tmp_path, config, "in:sgz", F80) == ("permit", 5)
    assert verdict(tmp_path, config, "in:sgz", F443) == ("deny", None)
    assert verdict(tmp_path, config, "sgz:in", F443) == ("deny", None)
    assert verdict(tmp_path, config, "sgz:sgz", F443)[0] == "unknown"


OBJECTS = [
    ("own", "set vsys vsys1 address X ip-netmask 104.192.136.0/21\nset shared address X ip-netmask 192.0.2.1\n", "permit"),
    ("shared", "set shared address X ip-netmask 104.192.136.0/21\n", "permit"),
    ("pushed", "set policy panorama address X ip-netmask 104.192.136.0/21\nset shared address X ip-netmask 192.0.2.1\n", "permit"),
    ("of-another-system", "set vsys vsys2 address X ip-netmask 104.192.136.0/21\n", "unknown"),
    ("own-hides-shared", "set vsys vsys1 address X ip-netmask 192.0.2.1\nset shared address X ip-netmask 104.192.136.0/21\n", "deny"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("objects", "action"), [o[1:] for o in OBJECTS], ids=[o[0] for o in OBJECTS]
)
def test_where_a_name_is_looked_for(tmp_path: Path, objects: str, action: str) -> None:
    config = objects + in_vsys("vsys1", rule("R", "allow", destination="X")) + ZONES
    assert verdict(tmp_path, config, "trust:untrust", F443)[0] == action


def pushed(level: str, name: str, action: str, service: str) -> str:
    return rule(name, action, service=service).replace(
        "set rulebase", f"set policy panorama {level}-rulebase"
    )


def test_pushed_rules_stand_around_the_own_ones(tmp_path: Path) -> None:
    config = (
        pushed("post", "POST", "allow", "any")
        + rule("OWN", "deny", service="[ service-http service-https ]")
        + pushed("pre", "PRE", "allow", "service-https")
        + ZONES
    )
    assert verdict(tmp_path, config, "trust:untrust", F443) == ("permit", 3)
    assert verdict(tmp_path, config, "trust:untrust", F80) == ("deny", 2)
    assert verdict(tmp_path, config, "trust:untrust", F22) == ("permit", 1)


def test_the_nearest_override_of_a_default_rule_counts(tmp_path: Path) -> None:
    default = "default-security-rules rules interzone-default action"
    config = (
        f"set rulebase {default} allow\nset policy panorama post-rulebase {default} deny\n" + ZONES
    )
    assert verdict(tmp_path, config, "trust:untrust", F443) == ("permit", 1)


def test_a_managed_firewall_without_the_pushed_rules_is_undecided(tmp_path: Path) -> None:
    config = "set deviceconfig system panorama-server 192.0.2.1\n" + rule("R", "allow") + ZONES
    assert verdict(tmp_path, config, "trust:untrust", F443)[0] == "unknown"


GROUPS = (
    "set device-group DG address A ip-netmask 104.192.136.0/21\n"
    "set readonly devices localhost.localdomain device-group DG parent-dg UP\n"
    "set device-group UP devices 0001\n"
)


def of_group(group: str, level: str, text: str) -> str:
    return text.replace("set rulebase", f"set device-group {group} {level}-rulebase")


def test_rules_of_device_groups_in_their_order(tmp_path: Path) -> None:
    config = (
        GROUPS
        + of_group(
            "DG", "pre", rule("OWN", "deny", from_="trust", to="untrust", service="service-https")
        )
        + of_group(
            "UP",
            "pre",
            rule("UPPER", "allow", from_="trust", to="untrust", destination="192.0.2.0/24"),
        )
        + "set shared pre-rulebase security rules S from trust to untrust source any destination any application any"
        " service service-http action allow\n"
        + of_group("DG", "post", rule("LAST", "allow", from_="trust", to="untrust"))
    )
    name = "DG/trust:DG/untrust"
    assert verdict(tmp_path, config, name, F443) == ("deny", 4)
    assert verdict(tmp_path, config, name, F80) == ("permit", 6)
    # the firewall's own rules would stand between pre- and post-rules
    assert verdict(tmp_path, config, name, F22)[0] == "unknown"


def test_a_name_from_another_device_group_is_not_seen(tmp_path: Path) -> None:
    config = GROUPS + of_group(
        "UP", "pre", rule("R", "allow", from_="trust", to="untrust", destination="A")
    )
    assert verdict(tmp_path, config, "UP/trust:UP/untrust", F443)[0] == "unknown"


def test_device_groups_in_a_circle_are_in_doubt(tmp_path: Path) -> None:
    config = "set device-group A parent-dg B\nset device-group B parent-dg A\n" + of_group(
        "A", "pre", rule("R", "allow", from_="x", to="y")
    )
    assert verdict(tmp_path, config, "A/x:A/y", F443)[0] == "unknown"


TEMPLATE = """set template T variable $ip type ip-netmask 10.0.0.1/24
set template T config network interface ethernet ethernet1/1 layer3 ip $ip
set template T config devices localhost.localdomain vsys vsys1 zone z network layer3 ethernet1/1
set template-stack S templates T
set template-stack S devices 0001
set device-group G devices 0001
"""


def test_templates_are_read_and_bound_to_no_device() -> None:
    device = device_of("paloalto_panos", TEMPLATE)
    assert device.not_understood == ()
    assert device.interfaces == ()
    bad = device_of("paloalto_panos", TEMPLATE.replace("layer3 ip", "layer3 foo"))
    assert [u.where.line for u in bad.not_understood] == [2]


def test_a_text_of_panorama_alone_is_no_pass() -> None:
    config = TEMPLATE + of_group("G", "pre", rule("R", "deny", from_="a", to="b"))
    assert brief(findings_of("paloalto_panos", config), "ACL") == {("ACL006", "medium", "unknown")}


def test_an_interface_of_another_system_is_in_doubt() -> None:
    config = (
        "set network interface ethernet ethernet1/1 layer3 ip 10.0.0.1/24\n"
        "set vsys vsys1 zone a network layer3 ethernet1/1\n"
        "set vsys vsys2 import network interface ethernet1/1\n"
    )
    (found,) = device_of("paloalto_panos", config).interfaces
    assert found.zone is None
    assert [where.line for where in found.not_understood] == [2]


def test_an_interface_in_two_zones_is_in_doubt() -> None:
    config = ZONES + "set zone dmz network layer3 ethernet1/2\n"
    by_name = {i.name: i for i in device_of("paloalto_panos", config).interfaces}
    assert by_name["ethernet1/2"].not_understood
    assert not by_name["ethernet1/1"].not_understood


def test_a_rule_for_a_zone_that_is_not_there_may_be_for_any(tmp_path: Path) -> None:
    config = rule("A", "deny", from_="trsut") + rule("B", "allow") + ZONES
    assert verdict(tmp_path, config, "trust:untrust", F443) == ("unknown", 1)
