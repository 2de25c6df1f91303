"""What a device reports about its path choices against what its configuration says: state wins.

A report speaks of a statement where both are about the same stage, interface and family. A statement that
the report confirms is in effect, one that it contradicts is not, and a default gives way.
"""

from __future__ import annotations

from typing import NamedTuple

from parsers.model.balancing import HashField, PathChoice, Scope, Spread, Stage
from parsers.model.device import Device
from rules.view import short_name


class Disagreement(NamedTuple):
    """A statement and the report that contradicts it; `said` None where no statement asks for what the
    device reports."""

    said: PathChoice | None
    state: PathChoice


def settled(device: Device, changing: frozenset[HashField]) -> tuple[PathChoice, ...]:
    """The choices of a device with `in_effect` as its reports show it."""
    reports = [c for c in device.path_choices if c.operational and c.spread is not Spread.UNKNOWN]
    found = []
    for choice in device.path_choices:
        spoken = [] if choice.operational else [r for r in reports if _speaks_of(r, choice)]
        if not spoken:
            found.append(choice)
        elif any(_alike(report, choice, changing) for report in spoken):
            found.append(choice.model_copy(update={"in_effect": True}))
        elif choice.where is not None and choice.spread is not Spread.UNKNOWN:
            reason = f"the device reports '{spoken[0].statement}'"
            found.append(choice.model_copy(update={"in_effect": False, "reason": reason}))
    return tuple(found)


def disagreements(device: Device, changing: frozenset[HashField]) -> list[Disagreement]:
    """Statements that the device does not follow, and splitting that no statement asks for."""
    found = []
    for state in device.path_choices:
        if not state.operational or state.spread is Spread.UNKNOWN:
            continue
        said = [
            choice
            for choice in device.path_choices
            if not choice.operational and _speaks_of(state, choice)
        ]
        alike = [choice for choice in said if _alike(state, choice, changing)]
        against = [
            choice
            for choice in said
            if choice not in alike
            and choice.where is not None
            and choice.in_effect
            and choice.spread is not Spread.UNKNOWN
        ]
        found += [Disagreement(choice, state) for choice in against]
        silent = not against and not alike and _configurable(device, state)
        if silent and state.spread is Spread.PER_PACKET:
            found.append(Disagreement(None, state))
    return found


def _configurable(device: Device, state: PathChoice) -> bool:
    """Whether the texts hold statements of the kind that would have to ask for what is reported."""
    said = [
        choice
        for choice in device.path_choices
        if not choice.operational and choice.stage is state.stage and _families_meet(choice, state)
    ]
    asked = any(c.spread is Spread.PER_PACKET and c.scope is Scope.DEVICE for c in said)
    return device.has_configuration and bool(said) and not asked


def _families_meet(one: PathChoice, other: PathChoice) -> bool:
    return 0 in (one.family, other.family) or one.family == other.family


def _speaks_of(report: PathChoice, choice: PathChoice) -> bool:
    if report.stage is not choice.stage or not _families_meet(report, choice):
        return False
    if report.prefixes is not None:
        return False  # a report about one route is weighed where that route is judged
    if report.interface is not None:
        return (
            choice.interface is not None
            and report.scope is choice.scope
            and short_name(report.interface) == short_name(choice.interface)
        )
    if report.stage is Stage.POLICY:
        return True
    if choice.interface is not None or choice.prefixes is not None:
        return False
    if report.scope is not Scope.DEVICE:
        return False
    # the fields of a hash say nothing about a policy that asks for spraying
    plain = choice.where is None or choice.spread in (Spread.FLOW, Spread.UNKNOWN)
    return report.spread is not Spread.FLOW or (plain and not choice.trap)


def _alike(report: PathChoice, choice: PathChoice, changing: frozenset[HashField]) -> bool:
    if report.spread is not choice.spread:
        return False
    if not report.fields or not choice.fields:
        return True
    return report.fields & changing == choice.fields & changing
