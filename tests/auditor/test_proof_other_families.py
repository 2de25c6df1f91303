"""Remedies for MTU, load balancing and routes: proved where they can be carried out, refused with a reason elsewhere."""

from __future__ import annotations

import re

import pytest

from auditor.remedies.proof import LED_BACK, proof
from parsers.platform import Inputs
from parsers.registry import platform
from rules.finding import Outcome
from rules.rule import check_all
from rules.view import View
from tests.auditor.test_proof import SERVICE, device_texts
from tests.fixture_cases import Case, cases

BY_HAND = "there is no command to carry out: "
REFUSED = {
    # the state of forwarding says it, and no configuration does
    "cisco_ios/lb001_fires_state_without_statement": "the device would print anew",
    # one finding for each interface: the other one is found in its place
    "cisco_ios/lb001_latent_one_default": "there is a new one: LB001 LATENT",
    # adaptive routing has no switch of its own in CONFIG_DB but the objects that it is made of
    "dell_sonic/lb001_fires_ars_per_packet": "still there",
    "dell_sonic/rt001_fires_blackhole": "not of a form",
    "f5_tmsh/mtu004_fires_icmp_rate": "not of a form",
    # these systems count or name their routes, and the finding does not hold the name
    "f5_tmsh/rt001_fires_blackhole": "not of a form|no command",
    "fortinet/rt001_fires_blackhole": BY_HAND,
    "paloalto_panos/rt001_fires_discard_route": BY_HAND,
    "paloalto_panos/mtu001_fires_needfrag_suppressed": "still there",
    # which policies or terms has to be chosen
    "fortinet/mtu005_fires_df_ignored": BY_HAND,
    "juniper_junos/lb001_fires_random_exported": BY_HAND,
    "mikrotik_routeros/lb001_fires_packets_counted": BY_HAND,
    # the kernel itself spreads packets: settings of it are no text of the device
    "linux/lb001_fires_kernel_3_10": "no configuration to type",
    "linux/lb001_fires_marks_by_count": "no configuration to type",
    "ubiquiti_edgerouter/lb001_fires_two_defaults_kernel_3_10": BY_HAND,
}
"""Where there is no proof, and the reason that must be given."""

FAMILIES = ("mtu", "lb", "rt")
CASES = [case for case in cases() if case.folder.name.startswith(FAMILIES)]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_remedies_are_proved_or_say_why_not(case: Case) -> None:
    chosen = platform(case.platform)
    inputs = device_texts(case)
    view = View(chosen.parse(Inputs(case.folder.name, case.platform, inputs)), SERVICE)
    found = check_all(view)
    refused = []
    for finding in found:
        own = finding.code.lower().startswith(FAMILIES)
        if finding.outcome is not Outcome.FAIL or not own:
            continue
        part = proof(view, chosen, inputs, found, finding)
        if part is None:
            continue  # nothing is proposed
        if part.holds:
            assert part.words.endswith(LED_BACK), f"{finding.code}: {part.words}"
            continue
        assert case.name in REFUSED, f"{finding.code}: {part}"
        assert re.search(REFUSED[case.name], part.words), f"{finding.code}: {part}"
        refused.append(finding.code)
    assert bool(refused) == (case.name in REFUSED)
