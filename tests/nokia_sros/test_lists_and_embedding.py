"""Match lists, embedded filters, the system filter, and filters of the router itself, by hand."""

from __future__ import annotations

from pathlib import Path

from parsers.model.filters import Action
from tests.audit_text import device_of
from tests.nokia_sros.flows import F22, F80, F443, H2, P4, decided, tcp
from tests.nokia_sros.test_filter_cases import braces

ENTRY = "entry 10 { match { protocol tcp; %s } action { drop } }"


def with_lists(lists: str, entries: str) -> str:
    """An MD-CLI configuration with match lists and filter F, default accept."""
    body = braces(f"default-action accept; {entries}").splitlines()
    text = lists.replace("{", "{\n").replace("}", "\n}\n").replace(";", "\n").splitlines()
    block = ["match-list {", *(line for line in text if line.strip()), "}"]
    return "\n".join([*body[:3], *block, *body[3:]])


def test_prefix_lists_with_exclusions(tmp_path: Path) -> None:
    lists = 'ip-prefix-list "L" { prefix 104.192.0.0/16 { } prefix-exclude 104.192.141.0/24 { } }'
    config = with_lists(lists, ENTRY % 'dst-ip { ip-prefix-list ["L"] }')
    assert decided(tmp_path, "nokia_sros", config, "F", F443)[0] == "permit"
    other = tcp(443, "104.192.136.7")
    assert decided(tmp_path, "nokia_sros", config, "F", other)[0] == "deny"


def test_a_prefix_inside_an_exclusion_is_in_doubt(tmp_path: Path) -> None:
    lists = 'ip-prefix-list "L" { prefix 104.192.141.1/32 { } prefix-exclude 104.192.141.0/24 { } }'
    config = with_lists(lists, ENTRY % 'dst-ip { ip-prefix-list ["L"] }')
    assert decided(tmp_path, "nokia_sros", config, "F", F443)[0] == "unknown"


def test_lists_that_the_system_fills_are_in_doubt(tmp_path: Path) -> None:
    lists = 'ip-prefix-list "L" { apply-path { bgp-peers 1 { group "x"; neighbor ".*" } } prefix 10.0.0.0/8 { } }'
    config = with_lists(lists, ENTRY % 'dst-ip { ip-prefix-list ["L"] }')
    assert decided(tmp_path, "nokia_sros", config, "F", F443)[0] == "unknown"


def test_port_and_protocol_lists(tmp_path: Path) -> None:
    lists = 'port-list "P" { port 22 { } range start 440 end 450 { } } protocol-list "Q" { protocol tcp { } protocol 47 { } }'
    ports = with_lists(lists, ENTRY % 'dst-port { port-list ["P"] }')
    answers = [decided(tmp_path, "nokia_sros", ports, "F", p)[0] for p in (F443, F22, F80)]
    assert answers == ["deny", "deny", "permit"]
    listed = with_lists(lists, 'entry 10 { match { protocol-list ["Q"]; } action { drop } }')
    answers = [decided(tmp_path, "nokia_sros", listed, "F", p)[0] for p in (F443, P4)]
    assert answers == ["deny", "permit"]


def test_broken_lists_make_their_entries_unknown(tmp_path: Path) -> None:
    for lists, match in (
        ('port-list "P" { range start 440 { } }', 'dst-port { port-list ["P"] }'),
        ('port-list "P" { port 99999 { } }', 'dst-port { port-list ["P"] }'),
        ('ip-prefix-list "P" { prefix 10.0.0.0/40 { } }', 'dst-ip { ip-prefix-list ["P"] }'),
        ('ip-prefix-list "P" { prefix 2001:db8::/32 { } }', 'dst-ip { ip-prefix-list ["P"] }'),
        ('ip-prefix-list "Ä" { prefix 10.0.0.0/8 { } }', 'dst-ip { ip-prefix-list ["P"] }'),
    ):
        config = with_lists(lists, ENTRY % match)
        assert decided(tmp_path, "nokia_sros", config, "F", F443)[0] == "unknown", lists
        device = device_of("nokia_sros", config)
        assert {u.topic for u in device.not_understood} == {"filter"}, lists


def test_names_with_other_letters(tmp_path: Path) -> None:
    lists = 'ip-prefix-list "Löschen ✓" { prefix 104.192.136.0/21 { } }'
    config = with_lists(lists, ENTRY % 'dst-ip { ip-prefix-list ["Löschen ✓"] }')
    assert decided(tmp_path, "nokia_sros", config, "F", F443)[0] == "deny"


def embedding(line: str, more: str = "") -> str:
    """Filter 10 with entry 1000, and filter 20 with entry 5, in the classic CLI."""
    return f"""exit all
configure
    filter
        ip-filter 10 create
            default-action forward
            {line}
            entry 1000 create
                match protocol tcp
                    dst-port eq 22
                exit
                action forward
            exit
        exit
        ip-filter 20 name "COMMON" create
            scope embedded
            entry 5 create
                match protocol tcp
                exit
                action drop
            exit
        exit
{more}    exit
exit all
"""


def test_embedded_entries_stand_at_their_offset(tmp_path: Path) -> None:
    before = embedding("embed-filter 20 offset 100")
    after = embedding("embed-filter 20 offset 2000")
    assert decided(tmp_path, "nokia_sros", before, "10", F22)[0] == "deny"
    assert decided(tmp_path, "nokia_sros", after, "10", F22)[0] == "permit"
    assert decided(tmp_path, "nokia_sros", after, "10", F443)[0] == "deny"


def test_embedding_that_is_not_in_force_or_not_in_the_text(tmp_path: Path) -> None:
    off = embedding("embed-filter 20 offset 100 inactive")
    assert decided(tmp_path, "nokia_sros", off, "10", F443)[0] == "permit"
    missing = embedding("embed-filter 30 offset 100")
    assert decided(tmp_path, "nokia_sros", missing, "10", F443)[0] == "unknown"
    itself = embedding("embed-filter 10 offset 100")
    assert decided(tmp_path, "nokia_sros", itself, "10", F443)[0] == "unknown"
    taken = embedding("embed-filter 20 offset 995")  # 5 + 995 is entry 1000 itself
    assert decided(tmp_path, "nokia_sros", taken, "10", F443)[0] == "unknown"


def test_u16_flow_routes_are_unknown_from_their_offset_on(tmp_path: Path) -> None:
    config = embedding("embed-filter flowspec router Base offset 5000")
    assert decided(tmp_path, "nokia_sros", config, "10", F22)[0] == "permit"
    assert decided(tmp_path, "nokia_sros", config, "10", F443)[0] == "unknown"


def test_embedding_in_md_cli(tmp_path: Path) -> None:
    body = braces('default-action accept; embed { filter "COMMON" offset 100 { } }').splitlines()
    common = [
        'ip-filter "COMMON" {',
        "scope embedded",
        "entry 5 {",
        "action {",
        "drop",
        "}",
        "}",
        "}",
    ]
    config = "\n".join([*body[:3], *common, *body[3:]])
    assert decided(tmp_path, "nokia_sros", config, "F", F443)[0] == "deny"
    off = config.replace("offset 100 {", "offset 100 {\nadmin-state disable")
    assert (
        decided(tmp_path, "nokia_sros", off, "F", F443)[0] == "unknown"
    )  # no active entry is left


SYSTEM_FILTER = """        ip-filter 30 create
            scope system
            entry 1 create
                match
                    dst-ip 185.166.140.0/22
                exit
                action drop
            exit
            entry 2 create
                match
                    dst-ip 104.192.136.0/21
                exit
                action forward
            exit
        exit
        system-filter
            ip 30
        exit
"""


def test_the_system_filter_comes_first(tmp_path: Path) -> None:
    config = embedding("chain-to-system-filter", SYSTEM_FILTER)
    assert decided(tmp_path, "nokia_sros", config, "10", tcp(22, H2))[0] == "deny"
    assert decided(tmp_path, "nokia_sros", config, "10", F22)[0] == "permit"
    gone = embedding("chain-to-system-filter")
    assert decided(tmp_path, "nokia_sros", gone, "10", F22)[0] == "unknown"


def test_u3_an_applied_filter_that_is_not_in_the_text(tmp_path: Path) -> None:
    config = '/configure router "Base" interface "lan" ingress filter ip "NONE"\n'
    assert decided(tmp_path, "nokia_sros", config, "NONE", F443)[0] == "unknown"
    (binding,) = device_of("nokia_sros", config).bindings
    assert (binding.interface, binding.direction, binding.where) == ("lan", "in", ("r1.cfg", 1))


def test_filters_of_the_router_itself_are_known_and_bound_nowhere() -> None:
    config = """configure {
    system {
        security {
            cpm-filter {
                default-action drop
                ip-filter {
                    admin-state enable
                    entry 10 {
                        match {
                            protocol tcp
                            dst-port {
                                eq 179
                            }
                        }
                        action {
                            accept
                        }
                    }
                }
            }
            management-access-filter {
                ip-filter {
                    default-action accept
                    entry 10 {
                        match {
                            src-ip {
                                address 10.0.0.0/8
                            }
                        }
                        action {
                            drop
                        }
                    }
                }
            }
        }
    }
}
"""
    device = device_of("nokia_sros", config)
    assert set(device.filters) == {("cpm-filter", 4), ("management-access-filter", 4)}
    assert device.filters["cpm-filter", 4].default is Action.DENY
    assert device.filters["management-access-filter", 4].default is Action.PERMIT
    assert device.bindings == ()
    assert device.not_understood == ()


def test_u14_a_text_that_breaks_off(tmp_path: Path) -> None:
    whole = braces(
        "default-action accept; entry 10 { match { protocol tcp; dst-port { eq 22 } } action { drop } }"
    )
    cut = "\n".join(whole.splitlines()[:-5])
    assert decided(tmp_path, "nokia_sros", whole, "F", F22)[0] == "deny"
    assert decided(tmp_path, "nokia_sros", cut, "F", F22)[0] == "unknown"


def test_long_lines_and_many_entries(tmp_path: Path) -> None:
    names = " ".join(f'"L{i}"' for i in range(2_000))
    config = with_lists(
        'port-list "P" { port 22 { } }', ENTRY % f"dst-port {{ port-list [{names}] }}"
    )
    assert decided(tmp_path, "nokia_sros", config, "F", F443)[0] == "unknown"
    many = "\n".join(
        f'/configure filter ip-filter "F" entry {n} match dst-ip address 10.{n >> 8}.{n & 255}.0/24\n'
        f'/configure filter ip-filter "F" entry {n} action drop'
        for n in range(1, 3_000)
    )
    config = f'{many}\n/configure filter ip-filter "F" default-action accept\n'
    assert decided(tmp_path, "nokia_sros", config, "F", tcp(443, "10.7.9.1"))[0] == "deny"
    assert decided(tmp_path, "nokia_sros", config, "F", F443)[0] == "permit"


def test_entries_that_say_a_thing_twice(tmp_path: Path) -> None:
    config = (
        '/configure filter ip-filter "F" entry 10 match protocol tcp\n'
        '/configure filter ip-filter "F" entry 10 match dst-port eq 22\n'
        '/configure filter ip-filter "F" entry 10 match dst-port eq 443\n'
        '/configure filter ip-filter "F" entry 10 action accept\n'
        '/configure filter ip-filter "F" entry 10 action drop\n'
        '/configure filter ip-filter "F" default-action accept\n'
    )
    assert decided(tmp_path, "nokia_sros", config, "F", F443)[0] == "deny"
    assert decided(tmp_path, "nokia_sros", config, "F", F22)[0] == "permit"


def test_an_entry_from_a_group_gives_way_to_the_text(tmp_path: Path) -> None:
    config = """configure {
    filter {
        ip-filter "F" {
            apply-groups ["G"]
            default-action accept
            entry 10 {
                match {
                    dst-port {
                        eq 443
                    }
                }
                action {
                    drop
                }
            }
        }
    }
    groups {
        group "G" {
            filter {
                ip-filter "<.*>" {
                    entry 10 {
                        match {
                            protocol tcp
                            dst-port {
                                eq 22
                            }
                        }
                        action {
                            accept
                        }
                    }
                    entry 20 {
                        match {
                            protocol tcp
                            dst-port {
                                eq 80
                            }
                        }
                        action {
                            drop
                        }
                    }
                }
            }
        }
    }
}
"""
    answers = [decided(tmp_path, "nokia_sros", config, "F", p)[0] for p in (F443, F22, F80)]
    assert answers == ["deny", "permit", "deny"]
