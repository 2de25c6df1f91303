"""SD-WAN, formerly virtual WAN link: its members, their zones, and the rules that steer sessions among them.

Sources: Fortinet, CLI reference, `system sdwan` (6.4 and later) and `system virtual-wan-link` (5.2 to 6.2): without
`status enable` nothing of it acts; a member without a zone is in `virtual-wan-link`. Knowledge, load balancing, 13.1.
"""

from __future__ import annotations

from typing import NamedTuple

from parsers.fortinet.blocks import Block
from parsers.fortinet.draft import Draft
from parsers.fortinet.scopes import Scope
from parsers.fortinet.zones import Zone, Zones
from parsers.model.balancing import HashField, PathChoice, Spread, Stage
from parsers.model.balancing import Scope as Reach

TABLES = ("system sdwan", "system virtual-wan-link")
DEFAULT_ZONE = "virtual-wan-link"
MODES = {
    "": frozenset({HashField.SRC}),
    "source-ip-based": frozenset({HashField.SRC}),
    "source-dest-ip-based": frozenset({HashField.SRC, HashField.DST}),
    "weight-based": frozenset[HashField](),
    "usage-based": frozenset[HashField](),
    "measured-volume-based": frozenset[HashField](),
}
"""What a session's way depends on; with no field the session table keeps it."""
_KNOWN = ("status", "load-balance-mode")
_TIMERS = "timers and how many probes run"
_IGNORED = {
    "neighbor-*": _TIMERS, "duplication-max-num": _TIMERS, "duplication-max-discrepancy": _TIMERS,
    "fail-detect": _TIMERS,
    "fail-alert-interfaces": _TIMERS, "app-perf-log-period": _TIMERS, "speedtest-bypass-routing": _TIMERS,
    "health-check-fortiguard": _TIMERS, "health-check": "probes; `update-static-route` is in the routes",
    "neighbor": "BGP neighbours that members stand for",
}  # fmt: skip
_MEMBER = ("interface", "zone", "gateway", "gateway6", "status", "priority", "cost", "weight")
_MEMBER_IGNORED = {
    "source": "the source of probes", "source6": "the source of probes", "comment": "text for people",
    "spillover-threshold": _TIMERS, "ingress-spillover-threshold": _TIMERS, "volume-ratio": _TIMERS,
    "priority6": _TIMERS, "preferred-source": _TIMERS, "transport-group": _TIMERS, "priority-in-sla": _TIMERS,
    "priority-out-sla": _TIMERS, "description": "text for people", "detect-*": _TIMERS,
}  # fmt: skip
_MOVING = frozenset({"sla", "priority", "auto", "load-balance", ""})


class Member(NamedTuple):
    """A way out of the SD-WAN; addresses are as printed, empty where the link gives them."""

    interface: str
    zone: str
    gateway: str
    gateway6: str
    line: int


class Sdwan(NamedTuple):
    """The SD-WAN of a virtual domain; `enabled` is False where nothing of it acts."""

    enabled: bool
    members: tuple[Member, ...] = ()
    probed: bool = False
    doubt: bool = False


OFF = Sdwan(False)


def read_sdwan(draft: Draft, scope: Scope, zones: Zones) -> Sdwan:
    """The members, with their zones added to `zones`."""
    for name in TABLES:
        table = scope.table(name)
        if table is not None:
            return _read(draft, scope, table, zones)
    return OFF


def _read(draft: Draft, scope: Scope, table: Block, zones: Zones) -> Sdwan:
    inner = ("zone", "members", "service", "duplication")
    values = draft.take(table, _KNOWN, _IGNORED, "route", "sdwan", tables=inner)
    enabled = values.on("status")
    zone_table = table.tables.get("zone")
    named: dict[str, int] = {}
    if zone_table is not None:
        draft.use_all(zone_table)
        named = {name: block.line for name, block in zone_table.entries.items()}
    members, doubt = _members(draft, table.tables.get("members"))
    if not enabled:
        for word in ("service", "duplication"):
            if word in table.tables:
                draft.ignore_all(table.tables[word])
        return OFF
    for zone in dict.fromkeys([DEFAULT_ZONE, *named, *(m.zone for m in members)]):
        inside = [member.interface for member in members if member.zone == zone]
        zones.add(Zone(zone, named.get(zone, table.line), inside))
    mode = values.get("load-balance-mode")
    fields = MODES.get(mode.text)
    draft.choices.append(
        PathChoice(
            stage=Stage.ECMP,
            scope=Reach.DEVICE,
            spread=Spread.UNKNOWN if fields is None else Spread.FLOW,
            statement=f"load-balance-mode {mode.text or 'source-ip-based'}",
            fields=fields or frozenset(),
            keeps=fields is not None,
            reason="" if fields is not None else "this mode is not known",
            where=draft.where(mode.line) if mode.line else None,
        )
    )
    _rules(draft, table, [member.interface for member in members])
    doubt = doubt or bool(values.unknown) or table.doubt is not None
    return Sdwan(True, tuple(members), "health-check" in table.tables, doubt)


def _members(draft: Draft, table: Block | None) -> tuple[list[Member], bool]:
    found: list[Member] = []
    doubt = False
    for entry in draft.rows(table, "route", "sdwan") if table is not None else ():
        values = draft.take(entry, _MEMBER, _MEMBER_IGNORED, "route", "sdwan")
        doubt = doubt or bool(values.unknown) or entry.doubt is not None
        if values.get("status").text == "disable":
            continue
        name = values.get("interface").text
        if not name:
            draft.miss(entry, "route", "sdwan")
            doubt = True
            continue
        gateways = [values.get(key).text for key in ("gateway", "gateway6")]
        four, six = ("" if text in ("0.0.0.0", "::") else text for text in gateways)  # noqa: S104
        found.append(Member(name, values.get("zone").text or DEFAULT_ZONE, four, six, entry.line))
    return found, doubt or (table is not None and table.doubt is not None)


def _rules(draft: Draft, table: Block, members: list[str]) -> None:
    """Rules steer sessions by destination, user or application before routes are asked; a session that is not
    translated moves when the measured quality changes, unless its interface keeps it."""
    services = table.tables.get("service")
    if services is not None:
        draft.use_all(services)
        for rule in services.entries.values():
            values = rule.settings()
            status = values.get("status")
            if status is not None and status.text == "disable":
                continue
            mode = values.get("mode")
            note = f"SD-WAN rule {rule.name} chooses among {', '.join(members) or 'the members'}"
            draft.recognise("policy-route", rule.line, note)
            text = mode.text if mode is not None else ""
            if text in _MOVING - {""}:
                draft.steering.append((rule.line, text))
    copies = table.tables.get("duplication")
    if copies is not None:
        draft.use_all(copies)
        for rule in copies.entries.values():
            said = rule.settings().get("packet-duplication")
            if said is not None and said.text in ("force", "on-demand"):
                draft.choices.append(
                    PathChoice(
                        stage=Stage.ECMP,
                        scope=Reach.DEVICE,
                        spread=Spread.ADAPTIVE,
                        statement=f"packet-duplication {said.text}",
                        reason="copies of a packet take two ways, and both may arrive",
                        where=draft.where(said.line),
                    )
                )
