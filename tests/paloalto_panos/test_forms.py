"""The three forms of a configuration, and what surrounds and damages them."""

from __future__ import annotations

from pathlib import Path

import pytest

from auditor.filters import Answer
from parsers.model.filters import Filter
from tests.audit_text import answer, device_of
from tests.paloalto_panos.flows import F22, F443, ZONES, rule

SET = """set deviceconfig system hostname fw
set network interface ethernet ethernet1/1 layer3 ip 203.0.113.2/30
set network virtual-router default interface ethernet1/1
set address "a b" ip-netmask 104.192.136.0/21
set zone "zone 1" network layer3 ethernet1/1
set zone trust network layer3 ethernet1/2
set rulebase security rules "R 1" from trust
set rulebase security rules "R 1" to "zone 1"
set rulebase security rules "R 1" source any
set rulebase security rules "R 1" destination [ "a b" 192.0.2.1 ]
set rulebase security rules "R 1" application any
set rulebase security rules "R 1" service service-https
set rulebase security rules "R 1" action allow
"""
CURLY = """config {
  devices {
    localhost.localdomain {
      deviceconfig { system { hostname fw; } }
      network {
        interface {
          ethernet {
            ethernet1/1 {
              layer3 {
                ip {
                  203.0.113.2/30;
                }
              }
            }
          }
        }
        virtual-router {
          default {
            interface [ ethernet1/1];
          }
        }
      }
      vsys {
        vsys1 {
          address {
            "a b" {
              ip-netmask 104.192.136.0/21;
            }
          }
          zone {
            "zone 1" { network { layer3 ethernet1/1; } }
            trust { network { layer3 [ ethernet1/2 ]; } }
          }
          rulebase {
            security {
              rules {
                "R 1" {
                  from trust;
                  to "zone 1";
                  source any;
                  destination [ "a b" 192.0.2.1];
                  application any;
                  service service-https;
                  action allow;
                }
              }
            }
          }
        }
      }
    }
  }
}
"""
XML = """<?xml version="1.0"?>
<response status="success"><result><config version="10.2.3" urldb="paloaltonetworks">
  <devices>
    <entry name="localhost.localdomain">
      <deviceconfig><system><hostname>fw</hostname></system></deviceconfig>
      <network>
        <interface><ethernet><entry name="ethernet1/1">
          <layer3><ip><entry name="203.0.113.2/30"/></ip></layer3>
        </entry></ethernet></interface>
        <virtual-router><entry name="default"><interface><member>ethernet1/1</member></interface></entry></virtual-router>
      </network>
      <vsys>
        <entry name="vsys1">
          <address><entry name="a b"><ip-netmask>104.192.136.0/21</ip-netmask></entry></address>
          <zone>
            <entry name="zone 1"><network><layer3><member>ethernet1/1</member></layer3></network></entry>
            <entry name="trust"><network><layer3><member>ethernet1/2</member></layer3></network></entry>
          </zone>
          <rulebase><security><rules>
            <entry name="R 1" uuid="8c8b4d3e-6a6c-4f3c-9f57-1d5e6d9d2a11">
              <from><member>trust</member></from>
              <to>
                <member>zone 1</member>
              </to>
              <source><member>any</member></source>
              <destination>
                <member>a b</member>
                <member>192.0.2.1</member>
              </destination>
              <application><member>any</member></application>
              <service><member>service-https</member></service>
              <action>allow</action>
            </entry>
          </rules></security></rulebase>
        </entry>
      </vsys>
    </entry>
  </devices>
</config></result></response>
"""


def facts(text: str) -> tuple[object, ...]:
    """What a configuration says, without its lines."""
    device = device_of("paloalto_panos", text)
    assert device.not_understood == ()
    found: Filter = device.filters["policy:trust:zone 1", 0]
    entries = tuple((e.action, e.matches, e.label, e.uncertain) for e in found.entries)
    ports = tuple(
        (i.name, i.vrf, i.addresses[0].value, i.zone and i.zone.value) for i in device.interfaces
    )
    return entries, ports, found.default


def test_the_three_forms_say_the_same() -> None:
    assert facts(SET) == facts(CURLY) == facts(XML)


FORMS = [("set", SET, 13), ("curly", CURLY, 37), ("xml", XML, 20)]


@pytest.mark.parametrize(("text", "line"), [f[1:] for f in FORMS], ids=[f[0] for f in FORMS])
def test_the_line_of_a_rule(tmp_path: Path, text: str, line: int) -> None:
    """The action's line in commands, the rule's first line in blocks."""
    found = answer(tmp_path, "paloalto_panos", text, "trust:zone 1", **F443)
    assert isinstance(found, Answer)
    assert (found.action, found.line) == ("permit", line)


def test_the_release_of_an_export() -> None:
    assert device_of("paloalto_panos", XML).os_version == "10.2.3"


def test_what_a_session_prints_around_a_configuration() -> None:
    text = "admin@fw> show config running\n" + XML + "admin@fw>\n"
    assert facts(text) == facts(XML)
    assert facts(
        "admin@fw(active)> configure\nEntering configuration mode\n[edit]\n" + SET
    ) == facts(SET)


BOMB = """<?xml version="1.0"?>
<!DOCTYPE config [ <!ENTITY a "aaaaaaaaaa"> <!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"> ]>
<config><devices><entry name="localhost.localdomain"><vsys><entry name="vsys1">&b;</entry></vsys></entry></devices></config>
"""


@pytest.mark.parametrize(
    "text",
    [
        BOMB,
        BOMB.replace("[ <!", 'SYSTEM "http://192.0.2.1/x.dtd" [ <!'),
        '<!DOCTYPE config SYSTEM "file:///etc/passwd">\n<config/>\n',
        "<config>&xxe;</config>\n",
    ],
)
def test_no_entity_is_ever_resolved(text: str) -> None:
    device = device_of("paloalto_panos", text)
    assert device.not_understood
    assert not device.filters


def test_xml_that_ends_early_is_in_doubt_as_a_whole(tmp_path: Path) -> None:
    cut = "\n".join(XML.splitlines()[:34])
    assert device_of("paloalto_panos", cut).not_understood
    found = answer(tmp_path, "paloalto_panos", cut, "trust:zone 1", **F443)
    assert isinstance(found, Answer)
    assert found.action == "unknown"


def test_braces_that_stay_open_are_in_doubt(tmp_path: Path) -> None:
    cut = "\n".join(CURLY.splitlines()[:46])
    assert device_of("paloalto_panos", cut).not_understood
    found = answer(tmp_path, "paloalto_panos", cut, "trust:zone 1", **F443)
    assert isinstance(found, Answer)
    assert found.action == "unknown"


def test_an_entry_without_a_name_is_not_skipped(tmp_path: Path) -> None:
    text = XML.replace('<entry name="R 1" uuid=', "<entry uuid=")
    assert [u.where.line for u in device_of("paloalto_panos", text).not_understood]
    found = answer(tmp_path, "paloalto_panos", text, "trust:zone 1", **F443)
    assert isinstance(found, Answer)
    assert found.action == "unknown"


MOVES = [
    ("top", "move rulebase security rules B top", "permit"),
    ("bottom", "move rulebase security rules A bottom", "permit"),
    ("before", "move rulebase security rules B before A", "permit"),
    ("after", "move rulebase security rules A after B", "permit"),
    ("nothing", "", "deny"),
    ("delete", "delete rulebase security rules A", "permit"),
    ("delete-and-set", "delete rulebase security rules A action deny\nset rulebase security rules A action allow", "permit"),
    ("rename", "rename rulebase security rules A to C", "deny"),
    # commands that cannot be carried out leave doubt
    ("move-nothing", "move rulebase security rules X top", "unknown"),
    ("copy", "copy rulebase security rules A to C", "unknown"),
]  # fmt: skip


@pytest.mark.parametrize(("commands", "action"), [m[1:] for m in MOVES], ids=[m[0] for m in MOVES])
def test_commands_are_carried_out(tmp_path: Path, commands: str, action: str) -> None:
    config = ZONES + rule("A", "deny") + rule("B", "allow") + commands + "\n"
    found = answer(tmp_path, "paloalto_panos", config, "trust:untrust", **F22)
    assert isinstance(found, Answer)
    assert found.action == action


QUOTES = [
    'set address A description "text with a \'"',
    'set address A description "text with a ""',
    'set address A description "text with a " and \'"',
    'set address A description "more than one line\nset-like line"',
    'set address A description "a stray one inside\'" line\nand the rest"',
    "set address A description",
    'set address A description ""',
    "set address A description plain",
]


@pytest.mark.parametrize("text", QUOTES)
def test_texts_for_people_hide_nothing(tmp_path: Path, text: str) -> None:
    config = (
        "set address A ip-netmask 104.192.136.0/21\n"
        + text
        + "\n"
        + rule("R", "allow", destination="A")
        + ZONES
    )
    assert device_of("paloalto_panos", config).not_understood == ()
    found = answer(tmp_path, "paloalto_panos", config, "trust:untrust", **F443)
    assert isinstance(found, Answer)
    assert found.action == "permit"


CERTIFICATE = 'config {\n  shared {\n    certificate {\n      c {\n        public-key "-----BEGIN\nAAA\n}\n-----END\n";\n      }\n    }\n  }\n}\n'


def test_a_string_over_several_lines_is_one_value() -> None:
    assert device_of("paloalto_panos", CERTIFICATE).not_understood == ()


def test_full_forms_write_defaults_out(tmp_path: Path) -> None:
    """What a newer release prints for every rule says what was the default before."""
    full = rule("A", "allow", "rule-type universal negate-source no negate-destination no disabled no log-start no"
                " log-end yes option disable-server-response-inspection no source-user any category any"
                " source-hip any destination-hip any icmp-unreachable no")  # fmt: skip
    found = answer(tmp_path, "paloalto_panos", ZONES + full, "trust:untrust", **F443)
    assert isinstance(found, Answer)
    assert found.action == "permit"
    assert device_of("paloalto_panos", ZONES + full).not_understood == ()
