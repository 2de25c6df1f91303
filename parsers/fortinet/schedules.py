"""Schedules: which of them hold at every time.

Sources: Fortinet, CLI reference, `firewall schedule recurring` (`start` and `end` equal is the whole day), `onetime`,
`group`. A schedule that holds at some times only is not decided by a packet.
"""

from __future__ import annotations

from parsers.fortinet.draft import Draft
from parsers.fortinet.scopes import Scope

RECURRING = "firewall schedule recurring"
_KNOWN = ("day", "start", "end", "member", "start-utc", "end-utc", "expiration-days")
_IGNORED = {
    "color": "a picture", "fabric-object": "shared with other devices", "uuid": "a name", "label-day": "a name",
}  # fmt: skip
_WEEK = frozenset(("sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"))


def schedules_always(draft: Draft, scope: Scope) -> frozenset[str]:
    """The schedules that hold at every time. `always` is there without a statement."""
    found = {"always"}
    for name in (RECURRING, "firewall schedule onetime", "firewall schedule group"):
        table = scope.table(name)
        for entry in draft.rows(table, "filter", "schedules") if table is not None else ():
            values = draft.take(entry, _KNOWN, _IGNORED, "filter", f"schedule {entry.name}")
            whole_day = values.get("start").text in ("", "00:00") and values.get("end").text in (
                "",
                "00:00",
            )
            days = frozenset(values.get("day").values)
            if name == RECURRING and whole_day and days >= _WEEK and not values.unknown:
                found.add(entry.name)
            else:
                found.discard(entry.name)
    return frozenset(found)
