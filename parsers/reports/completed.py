"""Adds to a device what its outputs report about path choice, whichever platform printed them."""

from __future__ import annotations

import re
from collections.abc import Callable

from parsers.model.balancing import PathChoice, Stage
from parsers.model.device import Device
from parsers.platform import CONFIGURATION, Inputs, Text
from parsers.reports.choices import report_choices
from parsers.reports.far_ends import FarEnds, far_ends

RESILIENT = re.compile(
    r"(?!.*\bno )(?:.* )?(?:hardware fib ecmp resilience|hardware profile ecmp resilient"
    r"|resilient-hashing ecmp|ecmp-resilience|ecmp-resilient-hash|resilient-hash(?:-prefix)?"
    r"|resilient_hash_enable = TRUE)\b"
)
"""Statements for a hash that leaves the flows of other members alone: EOS, NX-OS, OS10, Cumulus, Junos, SR Linux."""
SOFTWARE = frozenset({"checkpoint_gaia", "linux", "ubiquiti_edgerouter", "vyos"})
"""Systems whose kernel forwards: on switches with a chip of their own its settings say nothing about packets."""
WAITS = "the change waits for a reload"


def completed(parse: Callable[[Inputs], Device]) -> Callable[[Inputs], Device]:
    """`parse` with the reports of the device's other outputs added."""

    def whole(inputs: Inputs) -> Device:
        device = parse(inputs)
        texts = [
            text
            for text in inputs.texts
            if text.command != CONFIGURATION
            and (inputs.platform in SOFTWARE or "sysctl" not in text.command)
        ]
        if not texts:
            return device
        configuration = inputs.of(CONFIGURATION)
        lines = configuration.lines if configuration is not None else []
        resilient = any("resilien" in line and RESILIENT.match(line) for line in lines)
        return with_reports(device, texts, resilient)

    return whole


def with_reports(device: Device, texts: list[Text], resilient: bool = False) -> Device:
    """The device with choices that outputs report, bundles with what is known of their far ends, and
    statements that wait for a reload. `resilient` says that its hash survives a change of members."""
    read = {choice.where.file for choice in device.path_choices if choice.where is not None}
    added = [choice for text in texts if text.file not in read for choice in report_choices(text)]
    ends = far_ends(texts)
    pending = [line.strip() for text in texts if _is_pending(text) for line in text.lines]
    choices = [
        _with_far_end(device, _waiting(choice, pending), ends)
        for choice in (*device.path_choices, *added)
    ]
    if resilient:
        choices = [
            c.model_copy(update={"keeps": True}) if c.stage is Stage.ECMP else c for c in choices
        ]
    if choices == list(device.path_choices):
        return device
    return device.model_copy(update={"path_choices": tuple(choices)})


def _is_pending(text: Text) -> bool:
    return "reload-pending" in text.command.replace("_", " ")


def _waiting(choice: PathChoice, pending: list[str]) -> PathChoice:
    """A statement that is listed among those that act after a reload (`BLOCK ; LINE` on NX-OS)."""
    block = choice.statement.partition(",")[0]
    if choice.operational or not any(line.partition(" ;")[0] == block for line in pending):
        return choice
    return choice.model_copy(update={"in_effect": False, "reason": WAITS})


def _with_far_end(device: Device, choice: PathChoice, ends: FarEnds) -> PathChoice:
    if choice.stage is not Stage.BUNDLE or choice.interface is None or choice.remerge is not None:
        return choice
    members = [i.name for i in device.interfaces if i.bundle == choice.interface and i.enabled]
    same = ends.one_device(choice.members or members)
    return choice if same is None else choice.model_copy(update={"remerge": same})
