"""Security levels: what passes between two interfaces where no access list decides.

Sources: Cisco ASA firewall guide, "Access Rules" (implicit permits from higher to lower levels), "Permitting
communication between interfaces on the same security level"; Cisco FWSM guide (no implicit permit); command
reference, `no forward interface`.
"""

from __future__ import annotations

from collections.abc import Mapping

from parsers.cisco_asa.draft import AsaDraft, AsaInterface
from parsers.cisco_asa.filters import INSPECTED, RELATED_ERRORS, Filters, resets
from parsers.cisco_asa.policies import held
from parsers.cisco_asa.sizes import DEFAULT_MSS, clamp_of
from parsers.model.filters import (
    Action,
    Binding,
    Entry,
    Filter,
    InterfaceSpec,
    LaterFragments,
    Match,
    State,
    Symptom,
)
from parsers.model.interfaces import InterfaceKind

IPV6_HEADERS = 60
"""Bytes of an IPv6 and a TCP header without options."""

SESSION = Entry(
    None,
    Action.PERMIT,
    (Match(states=frozenset({State.ESTABLISHED, State.RELATED})),),
    label="session",
)
BOTH = frozenset({4, 6})
MANY = 100
"""Interfaces, above which pairs are counted."""
Covered = Mapping[str, frozenset[int]]
"""By interface, the families for which an access list decides what comes in."""


def named(draft: AsaDraft) -> list[AsaInterface]:
    """The interfaces that forward packets."""
    return [i for i in draft.asa_interfaces() if i.nameif and not i.management and i.enabled]


def pair_filters(draft: AsaDraft, covered: Covered) -> Filters:
    """A filter for every ordered pair of named interfaces, and for one interface with itself; among very
    many interfaces pairs that let everything pass are left out, which means the same."""
    found: Filters = {}
    interfaces = named(draft)
    few = len(interfaces) <= MANY
    for source in interfaces:
        for destination in interfaces:
            made = _pair(draft, source, destination, covered)
            if few or made.default is not Action.PERMIT or len(made.entries) > 1:
                found[made.key, 0] = made
    return found


def _pair(
    draft: AsaDraft, source: AsaInterface, destination: AsaInterface, covered: Covered
) -> Filter:
    name = f"{source.nameif}:{destination.nameif}"
    entries = [SESSION]
    for hardware, line in source.not_towards:
        if hardware == destination.name:
            entries.append(Entry(line, Action.DENY, (Match(),), label="no forward interface"))
    passes = _permits(draft, source, destination)
    lists = covered.get(source.nameif or "", frozenset())
    if lists and not _same_level_barred(draft, source, destination):
        if lists == BOTH:
            passes = True
        else:
            entries.extend(
                Entry(None, Action.PERMIT, (Match(family),), label="the access list decides")
                for family in lists
            )
    return Filter(
        key=f"security-level:{name}",
        family=0,
        file=draft.file,
        line=source.level_line or source.nameif_line,
        entries=tuple(entries),
        default=Action.PERMIT if passes else Action.DENY,
        names=(name,),
        kind="zone-policy",
        default_line=None if passes else source.level_line,
        default_symptom=_symptom(draft, source, destination),
        later_fragments=LaterFragments.WHOLE,
        stateful=True,
    )


def _permits(draft: AsaDraft, source: AsaInterface, destination: AsaInterface) -> bool:
    """Whether sessions may begin without any access list."""
    if draft.system == "FWSM":
        return False
    if (source.level or 0) != (destination.level or 0):
        return (source.level or 0) > (destination.level or 0)
    return not _same_level_barred(draft, source, destination)


def _same_level_barred(draft: AsaDraft, source: AsaInterface, destination: AsaInterface) -> bool:
    """Whether equal levels keep two interfaces apart whatever a list permits; FTD knows no levels."""
    if draft.system == "FTD" or (source.level or 0) != (destination.level or 0):
        return False
    what = "intra-interface" if source is destination else "inter-interface"
    return what not in draft.same_security


def _symptom(draft: AsaDraft, source: AsaInterface, destination: AsaInterface) -> Symptom:
    inward = (source.level or 0) < (destination.level or 0)
    name = source.nameif or ""
    outbound = not inward and resets(draft, "resetoutbound", name)
    inbound = (source.level or 0) <= (destination.level or 0) and resets(
        draft, "resetinbound", name
    )
    return Symptom.RESET if outbound or inbound else Symptom.TIMEOUT


def error_filters(draft: AsaDraft, covered: Covered, filters: Filters) -> list[Binding]:
    """Filters of the ICMP errors that come in without a list: a connection does not let them pass to a
    higher level (Cisco, "Handling ICMP with the PIX Firewall"). On interfaces where every other one is
    higher the filter stands on the interface, else it is part of one that looks at both. Where the default
    clamp acts, which is the vendor's remedy for this, nothing is made."""
    bindings: list[Binding] = []
    if _clamped(draft):
        return bindings
    mixed: list[Entry] = []
    for source in named(draft):
        free = BOTH - covered.get(source.nameif or "", frozenset())
        errors = tuple(match for match in RELATED_ERRORS if match.family in free)
        others = [i for i in named(draft) if i is not source]
        barred = [i for i in others if not _permits(draft, source, i)]
        if not errors or not barred:
            continue
        action, doubt = Action.DENY, None
        if held(draft).icmp_error(source.nameif or "") is not None:
            action, doubt = Action.UNKNOWN, INSPECTED
        line = source.level_line
        if len(barred) == len(others):
            made = _error_filter(draft, f"no access list on {source.nameif}", source, (
                Entry(line, action, errors, doubt, label="implicit deny"),
            ))  # fmt: skip
            filters[made.key, 0] = made
            where = draft.where(line or source.nameif_line)
            bindings.append(Binding(made.key, 0, source.nameif, "in", where))
            continue
        towards = InterfaceSpec(tuple(i.nameif or "" for i in barred))
        matches = tuple(
            m._replace(in_interfaces=InterfaceSpec((source.nameif or "",)), out_interfaces=towards)
            for m in errors
        )
        mixed.append(Entry(line, action, matches, doubt, label="implicit deny"))
    if mixed:
        made = _error_filter(draft, "security levels", named(draft)[0], tuple(mixed))
        filters[made.key, 0] = made
        bindings.append(Binding(made.key, 0, None, "forward", None, order=-1))
    return bindings


def _clamped(draft: AsaDraft) -> bool:
    """Whether the MSS clamp is as low as the default one, and fits all interfaces of either family."""
    value = clamp_of(draft)[0]
    sizes = [i.mtu.value for i in named(draft) if i.mtu is not None]
    tunnels = any(i.kind is InterfaceKind.TUNNEL for i in named(draft))
    return (
        0 < value <= DEFAULT_MSS
        and value + IPV6_HEADERS <= min(sizes, default=1500)
        and not tunnels
    )


def _error_filter(
    draft: AsaDraft, key: str, interface: AsaInterface, entries: tuple[Entry, ...]
) -> Filter:
    return Filter(
        key=key,
        family=0,
        file=draft.file,
        line=interface.level_line or interface.nameif_line,
        entries=entries,
        default=Action.PERMIT,
        later_fragments=LaterFragments.WHOLE,
        stateful=True,
    )
