"""Policies and lists that are built beside what stands there, and when they are not."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from auditor.remedies.apply import carried_out
from auditor.remedies.proof import LED_BACK, proof
from auditor.remedies.proposed import proposed
from auditor.remedies.rollback import rollback
from auditor.reports.model import ProofPart
from parsers.platform import Inputs, Platform, Text
from parsers.registry import platform
from rules.rule import check_all
from rules.view import View
from tests.auditor.test_proof import SERVICE, device_texts
from tests.fixture_cases import cases


def changed(case: str, edit: Callable[[list[str]], list[str]]) -> tuple[Platform, tuple[Text, ...]]:
    """The texts of a case with an edited configuration."""
    found = next(one for one in cases() if one.name == case)
    texts = tuple(t._replace(lines=edit(t.lines)) for t in device_texts(found))
    return platform(found.platform), texts


def proved(
    case: str, edit: Callable[[list[str]], list[str]], also: str = "", about: str = ""
) -> tuple[list[str], ProofPart]:
    """The commands and the proof of the first ACL001 about a filter; `also` is a command more."""
    chosen, texts = changed(case, edit)
    view = View(chosen.parse(Inputs("r", chosen.name, texts)), SERVICE)
    found = check_all(view)
    finding = next(f for f in found if f.code == "ACL001" and about in (f.remedies[0].filter or ""))
    commands = proposed(chosen, finding, texts)
    if also:
        chosen = chosen._replace(remedy=lambda _: (also, *commands))
    part = proof(view, chosen, texts, found, finding)
    assert part is not None
    return commands, part


def with_lines(before: str, *lines: str) -> Callable[[list[str]], list[str]]:
    """Puts lines in before one that begins like this."""

    def edit(old: list[str]) -> list[str]:
        at = next(n for n, line in enumerate(old) if line.startswith(before))
        return [*old[:at], *lines, *old[at:]]

    return edit


ASA = "cisco_asa/acl001_fires_security_level"
THIRD = ("interface GigabitEthernet1/4", " nameif guests", " security-level {}",
         " ip address 10.30.1.1 255.255.255.0", "!")  # fmt: skip


def test_a_first_list_that_permits_more_is_refused() -> None:
    commands, part = proved(
        ASA, lambda lines: lines, "access-list inside_access_in extended permit udp any any"
    )
    assert commands[-1] == "access-group inside_access_in in interface inside"
    assert not part.holds
    assert "not the service's" in part.words
    assert any("UDP" in one for one in part.opened)


def test_a_first_list_where_a_higher_neighbour_stands_aside() -> None:
    third = [line.format(60) for line in THIRD]
    commands, part = proved(ASA, with_lines("ftp mode", *third))
    assert part.holds, part
    assert part.words.endswith(LED_BACK)
    assert "guests" not in " ".join(commands)


@pytest.mark.parametrize(
    "edit",
    [
        with_lines("ftp mode", *(line.format(5) for line in THIRD)),
        with_lines("ftp mode", *(line.format(10) for line in THIRD), "same-security-traffic permit inter-interface"),
    ],
)  # fmt: skip
def test_no_first_list_where_it_would_end_what_levels_permit(
    edit: Callable[[list[str]], list[str]],
) -> None:
    commands, part = proved(ASA, edit, about=":inside:outside")
    assert all(command.startswith("!") for command in commands)
    assert not part.holds
    assert "by hand" in part.words


VRP = "huawei_vrp/acl001_fires_deny_rule_beside_permit_behavior"


def pair(words: str) -> Callable[[list[str]], list[str]]:
    return lambda old: [words if line == " classifier C behavior B" else line for line in old]


def test_a_list_that_serves_another_class_is_left_alone() -> None:
    shared = ("traffic classifier OTHER operator or", " if-match acl 3001", "#")
    commands, part = proved(VRP, with_lines("traffic behavior", *shared))
    assert not part.holds
    assert "by hand" in part.words
    commands, part = proved(
        VRP,
        lambda old: with_lines("traffic behavior", *shared)(pair(" classifier C behavior B precedence 5")(old)),
    )  # fmt: skip
    assert commands[-1] == " classifier ALLOW-SERVICE behavior ALLOW-SERVICE precedence 4"
    assert part.holds, part
    assert part.words.endswith(LED_BACK)


def test_the_way_back_of_a_list_that_was_there_takes_the_rule_only() -> None:
    chosen, texts = changed(VRP, lambda lines: lines)
    commands = ["acl 3001", " rule 4 permit tcp destination-port eq 443"]
    assert rollback(chosen.name, commands, texts) == ("acl 3001", " undo rule 4")
    assert rollback(chosen.name, ["acl 3002", *commands[1:]], texts) == ("undo acl 3002",)


EOS = "arista_eos/acl001_fires_traffic_policy"


def test_a_policy_is_copied_whole_and_both_interfaces_take_the_copy() -> None:
    bound = (
        "interface Ethernet3",
        "   no switchport",
        "   traffic-policy output CLIENTS physical",
        "!",
    )
    commands, part = proved(EOS, with_lines("ip routing", *bound))
    assert part.holds, part
    chosen, texts = changed(EOS, with_lines("ip routing", *bound))
    after = carried_out(chosen.name, texts, commands)[0].lines
    assert not any(
        line.strip() in ("traffic-policy input CLIENTS", bound[2].strip()) for line in after
    )
    assert commands[-1] == "   traffic-policy output CLIENTS-SERVICE physical"
    back = rollback(chosen.name, commands, texts)
    assert [x.strip() for x in back[:4]] == ["interface Ethernet3", bound[2].strip(), "interface Ethernet2",
                                            "traffic-policy input CLIENTS"]  # fmt: skip
    assert back[4:] == ("traffic-policies", "   no traffic-policy CLIENTS-SERVICE")


def test_a_copy_that_lets_more_pass_is_refused() -> None:
    commands, part = proved(EOS, lambda lines: lines)
    chosen, texts = changed(EOS, lambda lines: lines)
    more = [line for line in commands if line.strip() != "protocol tcp destination port 443"]
    view = View(chosen.parse(Inputs("r", chosen.name, texts)), SERVICE)
    found = check_all(view)
    told = chosen._replace(remedy=lambda _: tuple(more))
    part_of_more = proof(view, told, texts, found, next(f for f in found if f.code == "ACL001"))
    assert part.holds
    assert part_of_more is not None
    assert not part_of_more.holds
    assert any("destination port 80" in one for one in part_of_more.opened), part_of_more


def test_a_class_of_its_own_goes_in_front_of_the_one_that_drops() -> None:
    case = "hp_comware/acl001_fires_qos_policy"
    chosen, texts = changed(case, lambda lines: lines)
    commands, _ = proved(case, lambda lines: lines)
    after = carried_out(chosen.name, texts, commands)[0].lines
    at = after.index("qos policy P")
    assert after[at + 1 : at + 3] == [
        " classifier ALLOW-SERVICE behavior ALLOW-SERVICE",
        " classifier C behavior B",
    ]
