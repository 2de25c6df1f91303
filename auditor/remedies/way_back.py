"""Whether the way back of a remedy leads back: carried out on the mended texts, all is judged as it was before."""

from __future__ import annotations

from collections.abc import Sequence

from auditor.remedies.apply import carried_out
from auditor.remedies.changed_packets import bare
from auditor.remedies.errors import NotCarriedOut
from auditor.remedies.rollback import rollback
from parsers.model.device import Device
from parsers.model.filters import Filter
from parsers.platform import Inputs, Platform, Text
from rules.finding import Finding
from rules.rule import check_all
from rules.view import View

EARLIER = ("rollback 1", "commit")
"""The device itself keeps the configuration before the last commit."""


def not_led_back(
    view: View,
    platform: Platform,
    texts: Sequence[Text],
    changed: Sequence[Text],
    before: Sequence[Finding],
    commands: Sequence[str],
) -> str | None:
    """Why the rollback of commands does not give back what was; empty where it does, None where there is none."""
    back = rollback(platform.name, commands)
    if not back:
        return None
    try:
        undone = tuple(texts) if back == EARLIER else carried_out(platform.name, changed, back)
    except NotCarriedOut as error:
        return str(error)
    device = platform.parse(Inputs(view.device.name, platform.name, undone))
    if device.lines.not_understood > view.device.lines.not_understood:
        return "it cannot be read back"
    if other := _other(view.device, device):
        return f"{other} is not what it was"
    after = check_all(View(device, view.service, view.options))
    was = {(f.code, f.subject, f.outcome) for f in before}
    now = {(f.code, f.subject, f.outcome) for f in after}
    found = sorted(f"{code} {subject}" for code, subject, _ in was ^ now)
    return f"{found[0]} differs" if found else ""


def _other(old: Device, new: Device) -> str:
    """A filter of the device that is not what it was."""
    for key, before in old.filters.items():
        after = new.filters.get(key)
        if after is None or _content(before) != _content(after):
            return before.key
    return ""


def _content(found: Filter) -> tuple[object, ...]:
    return tuple(bare(entry) for entry in found.entries), found.default, found.uncertain
