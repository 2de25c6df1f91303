"""Groups, and texts that are not what a device prints: written by hand."""

from __future__ import annotations

import pytest

from tests.audit_text import device_of
from tests.juniper_junos.test_interfaces import interfaces

GROUPS = [
    # what is set below the interfaces, the MTU of ge-0/0/0
    (
        "wildcard",
        "set groups G interfaces <ge-*> mtu 9014|set apply-groups G|set interfaces ge-0/0/0 disable",
        9000,
    ),
    (
        "own-value-wins",
        "set groups G interfaces <*> mtu 9014|set apply-groups G|set interfaces ge-0/0/0 mtu 1514",
        1500,
    ),
    (
        "applied-deeper-wins",
        "set groups A interfaces <*> mtu 9014|set groups B interfaces <*> mtu 4014|set apply-groups A|"
        "set interfaces ge-0/0/0 apply-groups B",
        4000,
    ),
    (
        "first-named-wins",
        "set groups A interfaces <*> mtu 9014|set groups B interfaces <*> mtu 4014|"
        "set apply-groups [ A B ]|set interfaces ge-0/0/0 disable",
        9000,
    ),
    (
        "excepted",
        "set groups A interfaces <*> mtu 9014|set apply-groups A|set interfaces ge-0/0/0 apply-groups-except A",
        None,
    ),
    (
        "group-in-group",
        "set groups A apply-groups B|set groups B interfaces <*> mtu 9014|set apply-groups A|"
        "set interfaces ge-0/0/0 disable",
        9000,
    ),
    (
        "no-name-no-match",
        "set groups A interfaces <xe-*> mtu 9014|set apply-groups A|set interfaces ge-0/0/0 disable",
        None,
    ),
    (
        "name-without-wildcard-makes-it",
        "set groups A interfaces ge-0/0/0 mtu 9014|set apply-groups A",
        9000,
    ),
    (
        "deactivated-apply",
        "set groups A interfaces <*> mtu 9014|set apply-groups A|set interfaces ge-0/0/0 disable|"
        "deactivate apply-groups",
        None,
    ),
    (
        "node",
        "set groups node0 interfaces ge-0/0/0 mtu 9014|set groups node1 interfaces ge-0/0/0 mtu 4014|"
        'set apply-groups "${node}"',
        9000,
    ),
]


@pytest.mark.parametrize(("config", "value"), [c[1:] for c in GROUPS], ids=[c[0] for c in GROUPS])
def test_groups(config: str, value: int | None) -> None:
    mtu = interfaces(config.replace("|", "\n"))["ge-0/0/0"].mtu
    assert (mtu.value if mtu is not None else None) == value


def test_a_group_that_is_missing_leaves_the_place_in_doubt() -> None:
    config = "set interfaces ge-0/0/0 apply-groups NO\nset interfaces ge-0/0/0 unit 0 family inet\n"
    device = device_of("juniper_junos", config)
    assert [u.where.line for u in device.not_understood] == [1]
    assert device.interfaces[0].not_understood == (("r1.cfg", 1),)


def test_prompts_and_headers_are_no_configuration() -> None:
    config = (
        "#RANCID-CONTENT-TYPE: juniper\n####BATFISH FLATTENED JUNIPER CONFIG####\n"
        "ops@r1> show configuration | display set\n{master:0}\nset system host-name r1\n[edit]\n"
    )
    device = device_of("juniper_junos", config)
    assert device.lines.not_understood == 0


def test_logical_systems_are_not_read_and_said_so() -> None:
    device = device_of(
        "juniper_junos", "set logical-systems L interfaces ge-0/0/0 unit 5 family inet\n"
    )
    assert device.lines.not_understood == 1
    assert [f.value for f in device.recognised] == ["logical-system"]


def test_nothing_that_is_printed_raises() -> None:
    for text in ("}\n}\n", "{ {", '"', "a [ b", "set", "set \"", "firewall { filter", "/* open", "deactivate",
                 "insert a before b", "rename a to", "interfaces { ge-0/0/0 { unit { family inet { address", "x " * 900):  # fmt: skip
        device_of("juniper_junos", text)
    device_of("juniper_junos", "a {\n" * 3000)
    device_of(
        "juniper_junos",
        "set groups A apply-groups A\nset apply-groups A\nset interfaces ge-0/0/0 mtu 5\n",
    )


def test_depth_without_end_does_not_exhaust_the_stack() -> None:
    words = " ".join(f"w{number}" for number in range(40))
    text = f"inactive: a {{\n{words} {{\n" * 60 + "apply-groups G;\n"
    device_of("juniper_junos", text + "groups { G { x 1; } }\n")
    device_of("juniper_junos", f"set {words * 50}\nset groups G {words}\nset apply-groups G\n")
