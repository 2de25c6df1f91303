"""All cases of the lab, by name."""

from __future__ import annotations

from tests.lab import balancing_cases, iptables_cases, pmtud_cases

CASES = {
    case.name: case
    for case in (
        *balancing_cases.BALANCING, *pmtud_cases.cases_of(4), *pmtud_cases.cases_of(6),
        *iptables_cases.IPTABLES,
    )
}  # fmt: skip
