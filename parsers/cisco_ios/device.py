"""From the draft of an IOS configuration to the device: defaults of the platform live here only."""

from __future__ import annotations

from collections.abc import Iterator

from parsers.cisco_ios.filters import DIALECT, implicit, not_an_entry
from parsers.cisco_ios.policies import Policies
from parsers.cisco_ios.route_maps import AFTER_LISTS, Filters, nowhere
from parsers.cisco_ios.top import TABLE
from parsers.cisco_ios.zones import zone_filters
from parsers.cisco_style.assemble import Semantics, assemble, bindings_of
from parsers.cisco_style.banners import skip_banners
from parsers.cisco_style.build import build_filters
from parsers.cisco_style.draft import Draft, InterfaceDraft
from parsers.cisco_style.tunnels import tunnel_of
from parsers.ledger import Ledger
from parsers.model.balancing import HashField, PathChoice, Scope, Spread, Stage
from parsers.model.device import Device, PtbLimit
from parsers.model.filters import Action, Binding, Filter, LaterFragments
from parsers.model.interfaces import Ptb
from parsers.model.source import TextFact
from parsers.platform import CONFIGURATION, Inputs
from parsers.reader import read

DEFAULT_PTB = "IOS sends unreachables unless 'no ip unreachables' is set"
DEFAULT_PTB6 = "Packet Too Big is not under the control of 'ipv6 unreachables'"


def parse(inputs: Inputs) -> Device:
    """The device that IOS or IOS-XE texts describe."""
    text = inputs.of(CONFIGURATION)
    if text is None:
        return assemble(inputs, None, {}, (), SEMANTICS)
    ledger = Ledger(len(text.lines))
    draft = Draft(text.file, text.lines, ledger)
    skip_banners(text.lines, ledger)
    read(text.lines, TABLE, draft, ledger)
    lists = build_filters(
        draft, DIALECT, not_an_entry, LaterFragments.CISCO, implicit, Action.PERMIT
    )
    held = draft.group if isinstance(draft.group, Policies) else Policies()
    filters: dict[tuple[str, int], Filter] = {**lists, **zone_filters(draft, held, lists)}
    _qos_drops(draft, held)
    _port_filters(draft)
    draft.choices.extend(_choices(draft, inputs.platform))
    draft.limits.extend(_limits(draft))
    bindings: tuple[Binding, ...] = bindings_of(draft, filters, Action.PERMIT)
    bindings += tuple(_policy_routing(draft, held, lists, filters))
    return assemble(inputs, draft, filters, bindings, SEMANTICS)


def _policy_routing(
    draft: Draft, held: Policies, lists: Filters, filters: dict[tuple[str, int], Filter]
) -> Iterator[Binding]:
    """Route maps that drop, bound where an interface uses them; RT003 tells of all others."""
    for interface in draft.interfaces.values():
        used = interface.policy_route
        if used is None:
            continue
        clauses = held.route_maps.maps.get(used.value, {})
        for made in nowhere(used.value, clauses, lists, draft.file):
            filters[made.key, made.family] = made
            if made.default is not None:
                yield Binding(
                    made.key, made.family, interface.name, "in", used.where, order=AFTER_LISTS
                )


_SENDS4 = Ptb(family=4, sends=True, reason=DEFAULT_PTB)
_SENDS6 = Ptb(family=6, sends=True, reason=DEFAULT_PTB6)


def _ptb(draft: InterfaceDraft) -> tuple[Ptb, ...]:
    explicit = draft.unreachables.get(4)
    if explicit is None:
        return (_SENDS4, _SENDS6)
    return (Ptb(family=4, sends=explicit.value, where=explicit.where), _SENDS6)


SEMANTICS = Semantics(
    vendor="Cisco", ptb=_ptb, tunnel=tunnel_of, default_mtu=1500, switchports_need_no=False
)


def _port_filters(draft: Draft) -> None:
    """An access list on a switchport filters what the port receives; which VLAN's sessions that are is not
    modelled, so it is recognised only."""
    for interface in draft.interfaces.values():
        if interface.routed is False:
            for applied in interface.applied:
                note = f"{interface.name}: access list {applied.names[0]} on a switchport"
                where = draft.where(applied.line)
                draft.recognised.append(TextFact(value="l2-filter", where=where, note=note))


def _qos_drops(draft: Draft, held: Policies) -> None:
    """A class with `drop` in a policy of an interface filters; which packets it matches is not
    modelled, so the interface's filters are not known completely."""
    for key, (name, line) in list(draft.globals.items()):
        if not key.startswith("service-policy "):
            continue
        drops = [
            drop
            for found in held.policy_maps.get(name, ())
            for text, drop in found.actions
            if text.split()[0] == "drop"
        ]
        note = f"{key.split()[1]}: policy map {name} drops"
        for place in (line, *drops) if drops else ():
            fact = TextFact(value="qos-drop", where=draft.where(place), note=note)
            draft.recognised.append(fact)


def _choices(draft: Draft, platform: str) -> list[PathChoice]:
    """Per-packet statements of interfaces, `no ip cef`, and the default hash."""
    choices: list[PathChoice] = []
    for interface in draft.interfaces.values():
        for choice in interface.choices:
            if platform == "cisco_xe" and choice.scope is Scope.EGRESS:
                choice = choice.model_copy(
                    update={
                        "in_effect": None,
                        "reason": "which IOS-XE hardware honours the statement is not documented: "
                        "'show cef interface' tells",
                        "settle": "show cef interface",
                    }
                )
            if choice.scope is Scope.INGRESS and _has_no_fast_switching(draft, platform):
                choice = choice.model_copy(update={"in_effect": True, "reason": BY_PROCESS})
            choices.append(choice)
    cef = draft.globals.get("ip cef")
    if cef is not None and cef[0].startswith("no "):
        choices.append(_no_cef(draft, cef, platform))
    algorithm = draft.globals.get("cef algorithm")
    fields = {HashField.SRC, HashField.DST}
    if algorithm is not None and "include-ports" in algorithm[0]:
        fields |= {HashField.SRC_PORT, HashField.DST_PORT}
    choices.append(
        PathChoice(
            stage=Stage.ECMP,
            scope=Scope.DEVICE,
            spread=Spread.FLOW,
            statement="ip cef load-sharing" if algorithm is None else algorithm[0],
            fields=frozenset(fields),
            where=None if algorithm is None else draft.where(algorithm[1]),
            reason="CEF hashes per source and destination by default",
        )
    )
    return choices


BY_PROCESS = "without CEF, releases from 15.0 on switch by process, which alternates per packet"


def _has_no_fast_switching(draft: Draft, platform: str) -> bool:
    major = (draft.version or "0").split(".")[0]
    return platform == "cisco_ios" and major.isdigit() and int(major) >= 15


def _no_cef(draft: Draft, cef: tuple[str, int], platform: str) -> PathChoice:
    known = _has_no_fast_switching(draft, platform)
    return PathChoice(
        stage=Stage.ECMP,
        scope=Scope.DEVICE,
        spread=Spread.PER_PACKET,
        statement=cef[0],
        family=4,
        in_effect=True if known else None,
        settle="" if known else "show ip interface",
        reason=BY_PROCESS
        if known
        else "without CEF the outbound interface's mode decides, and this release may have fast "
        "switching: 'show ip interface' tells",
        where=draft.where(cef[1]),
    )


def _limits(draft: Draft) -> list[PtbLimit]:
    """`ip icmp rate-limit unreachable [df] MS`: one message per MS milliseconds, 500 by default; `df`
    has a timer of its own for code 4."""
    chosen = draft.globals.get("icmp limit df") or draft.globals.get("icmp limit")
    if chosen is None:
        return []
    text, line = chosen
    number = text.split()[-1]
    per_second = None
    if not text.startswith("no ") and number.isdigit() and int(number):
        per_second = 1000 / int(number)
    return [PtbLimit(family=4, per_second=per_second, where=draft.where(line), reason=text)]
