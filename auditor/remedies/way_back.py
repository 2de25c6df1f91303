"""Whether the way back of a remedy leads back: carried out on the mended texts, all is judged as it was before."""

from __future__ import annotations

from collections.abc import Sequence

from auditor.remedies.apply import carried_out
from auditor.remedies.changed_packets import content
from auditor.remedies.errors import NotCarriedOut
from auditor.remedies.rollback import rollback
from parsers.model.device import Device
from parsers.model.source import Frozen
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
    back = rollback(platform.name, commands, texts)
    if not back:
        return None
    try:
        undone = tuple(texts) if back == EARLIER else carried_out(platform.name, changed, back)
    except NotCarriedOut as error:
        return str(error)
    device = platform.parse(Inputs(view.device.name, platform.name, undone))
    if device.lines.not_understood > view.device.lines.not_understood:
        return "it cannot be read back"
    if other := _other(view.device, device) or _fact(view.device, device):
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
        if after is None or content(before) != content(after):
            return before.key
    return ""


_FIELDS = (
    "global_clamps", "ptb_limits", "mss_raises", "df_cleared", "path_choices", "recognised"
)  # fmt: skip
_PLACES = frozenset(("where", "line", "reason", "settle", "statement", "not_understood"))
"""Fields that say where something was read, and how it is worded."""


def _fact(old: Device, new: Device) -> str:
    """An interface, a size, a limit, a route or a choice among paths that is not what it was."""
    ports = {port.name: port for port in new.interfaces}
    for port in old.interfaces:
        if port.name not in ports or _bare(port) != _bare(ports[port.name]):
            return port.name
    for field in _FIELDS:
        if _sorted(getattr(old, field)) != _sorted(getattr(new, field)):
            return field.replace("_", " ")
    names = {name for name, _ in old.filters}
    kept = [bound for bound in new.bindings if bound.key in names]
    if _sorted(old.bindings) != _sorted(kept):
        return "where filters act"
    return "a route" if _routes(old) != _routes(new) else ""


def _routes(device: Device) -> list[str]:
    tables = [device.static_routes] if device.static_routes is not None else []
    return _sorted([route for table in (*tables, *device.tables) for route in table.routes])


def _sorted(values: Sequence[object]) -> list[str]:
    return sorted(repr(_bare(value)) for value in values)


def _bare(value: object) -> object:
    """A fact without the places that it was read from."""
    if isinstance(value, Frozen):
        value = dict(value)
    if isinstance(value, dict):
        return {key: _bare(held) for key, held in value.items() if key not in _PLACES}
    if hasattr(value, "_asdict"):
        return _bare(value._asdict())
    if isinstance(value, tuple | list):
        return [_bare(held) for held in value]
    return value
