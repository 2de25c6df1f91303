"""The grammar of FortiOS texts: words, blocks, table commands, virtual domains."""

from __future__ import annotations

from pathlib import Path

import pytest

from auditor.filters import Answer
from parsers.fortinet.blocks import Block
from parsers.fortinet.irrelevant import SECTIONS
from parsers.fortinet.reading import Reading
from parsers.fortinet.words import words_at
from parsers.ledger import Ledger
from tests.audit_text import answer, device_of
from tests.fortinet.texts import (
    F22,
    F443,
    INTERFACES,
    block,
    entry,
    line_of,
    policies,
    policy,
)


def tree_of(text: str) -> Block:
    lines = text.splitlines()
    return Reading(lines, Ledger(len(lines)), SECTIONS).read()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('set name "two words"', ["set", "name", "two words"]),
        ('set name "new"_one', ["set", "name", "new_one"]),
        (r'set name "a \"b\" c"', ["set", "name", 'a "b" c']),
        ("set name 'it is \"so\"'", ["set", "name", 'it is "so"']),
        (r"set name two\ words", ["set", "name", "two words"]),
        ("set buffer ''", ["set", "buffer", ""]),
        ('set comment "one\ntwo"', ["set", "comment", "one\ntwo"]),
        ('set buffer "one\nend\ntwo"', ["set", "buffer", "one\nend\ntwo"]),
        ("set buffer a\\\nb", ["set", "buffer", "ab"]),
    ],
)
def test_words(text: str, words: list[str]) -> None:
    found = words_at(text.split("\n"), 0)
    assert found is not None
    assert found[0] == words


@pytest.mark.parametrize(
    "text",
    ['set srcaddr "all\n    next\nend', 'set comment "open\n    next\n', 'edit "a\nset x "b"'],
)
def test_a_quote_that_is_never_closed_does_not_swallow_the_text(text: str) -> None:
    assert words_at(text.split("\n"), 0) is None


def test_comments_over_several_lines_are_one_statement() -> None:
    text = INTERFACES + policies(policy(1, "accept", "ALL", 'comments "first\nset action deny\n"'))
    device = device_of("fortinet", text)
    assert not device.not_understood
    assert len(device.filters["policy:internal:wan1", 0].entries) == 2


def test_table_commands() -> None:
    text = (
        "config firewall address\n"
        + "".join(entry(f'"{name}"', "subnet 192.0.2.0/24") for name in "abcd")
        + '    move "d" before "a"\n    move "b" after "c"\n    delete "c"\n    clone "a" to "e"\n'
        '    rename "a" to "z"\nend\n'
    )
    table = tree_of(text).tables["firewall address"]
    assert list(table.entries) == ["d", "z", "b", "e"]
    assert table.doubt is None


def test_a_list_is_set_added_to_and_taken_from() -> None:
    text = block(
        "firewall addrgrp",
        entry('"g"', 'member "a"', 'append member "b" "c"', 'unselect member "a"', "unset color"),
    )
    group = tree_of(text).tables["firewall addrgrp"].entries["g"]
    assert group.settings()["member"].values == ("b", "c")


def test_end_leaves_the_table_from_within_an_entry() -> None:
    text = "config system interface\n    edit port1\n        set ip 192.0.2.1/24\nend\nconfig system zone\nend\n"
    root = tree_of(text)
    assert list(root.tables) == ["system interface", "system zone"]
    assert not root.tables["system interface"].entries["port1"].doubt


def test_references_follow_a_rename(tmp_path: Path) -> None:
    """What was named before the rename keeps its references; a name of the future is none yet."""
    services = block("firewall service custom", entry("old", "tcp-portrange 443"))
    rename = "config firewall service custom\n    rename old to new\nend\n"
    text = INTERFACES + services + policies(policy(1, "deny", "old"), policy(2, "accept")) + rename
    found = answer(tmp_path, "fortinet", text, "internal:wan1", **F443)
    assert isinstance(found, Answer)
    assert (found.action, found.line) == ("deny", line_of(text, "1"))
    text = INTERFACES + services + policies(policy(1, "deny", "new"), policy(2, "accept")) + rename
    found = answer(tmp_path, "fortinet", text, "internal:wan1", **F443)
    assert isinstance(found, Answer)
    assert found.action == "unknown"


VDOMS = """\
#config-version=FGT60F-7.2.5-FW-build1517-230606:opmode=0:vdom=1:user=admin
config vdom
edit root
next
edit lan
next
end
config global
config system global
    set hostname "fw"
    set vdom-mode multi-vdom
end
config system interface
    edit "port1"
        set vdom "lan"
        set ip 10.20.1.1/24
    next
    edit "port2"
        set vdom "lan"
        set ip 203.0.113.2/30
    next
    edit "mgmt"
        set vdom "root"
        set ip 192.0.2.1/24
    next
end
end
config vdom
edit root
config firewall policy
    edit 1
        set srcintf "any"
        set dstintf "any"
        set srcaddr "all"
        set dstaddr "all"
        set schedule "always"
        set service "ALL"
    next
end
end
config vdom
edit lan
config system zone
    edit "in"
        set interface "port1"
    next
end
config firewall policy
    edit 1
        set srcintf "in"
        set dstintf "port2"
        set srcaddr "all"
        set dstaddr "all"
        set schedule "always"
        set service "HTTPS"
        set action accept
    next
end
config router static
    edit 1
        set gateway 203.0.113.1
        set device "port2"
    next
end
end
"""


def test_virtual_domains_have_tables_of_their_own(tmp_path: Path) -> None:
    for name in ("in:port2", "port1:port2"):
        found = answer(tmp_path, "fortinet", VDOMS, name, **F443)
        assert isinstance(found, Answer)
        assert (found.action, found.line) == ("permit", 49)
        found = answer(tmp_path, "fortinet", VDOMS, name, **F22)
        assert found == Answer("deny", None, None)
    device = device_of("fortinet", VDOMS)
    assert not device.not_understood
    assert {i.name: (i.vrf, i.zone.value if i.zone else None) for i in device.interfaces} == {
        "port1": ("lan", "in"),
        "port2": ("lan", "port2"),
        "mgmt": ("default", "mgmt"),
    }
    assert device.static_routes is not None
    assert [r.vrf for r in device.static_routes.routes] == ["lan"]
    assert (device.model, device.os_version) == ("FGT60F", "7.2.5")


def test_zones_of_one_name_in_two_domains_stay_apart() -> None:
    zone = 'config system zone\n    edit "out"\n        set interface "{}"\n    next\nend\n'
    text = VDOMS.replace("edit root\nconfig", "edit root\n" + zone.format("mgmt") + "config")
    text = text.replace(
        "edit lan\nconfig system zone\n",
        "edit lan\n" + zone.format("port2") + "config system zone\n",
    )
    device = device_of("fortinet", text)
    zones = {i.name: i.zone.value for i in device.interfaces if i.zone is not None}
    assert zones == {"port1": "in", "port2": "lan/out", "mgmt": "root/out"}
    assert device.filters["policy:lan/in:out", 0].names[0] == "in:lan/out"


def test_every_line_is_accounted_for() -> None:
    device = device_of("fortinet", VDOMS + "config system dns\n    set primary 192.0.2.53\nend\n")
    lines = device.lines
    assert lines.total == lines.used + lines.irrelevant + lines.not_understood
    assert lines.not_understood == 0
    assert lines.irrelevant >= 4


def test_a_section_nobody_knows_is_shown() -> None:
    device = device_of("fortinet", INTERFACES + "config system frobnicator\n    set speed 1\nend\n")
    assert [u.text.strip() for u in device.not_understood] == [
        "config system frobnicator",
        "set speed 1",
        "end",
    ]
