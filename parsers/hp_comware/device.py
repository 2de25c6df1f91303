"""From the draft of a Comware configuration to the device: defaults of the platform live here only."""

from __future__ import annotations

from collections.abc import Callable

from parsers.hp_comware.security import ComwareDraft, join_zones
from parsers.hp_comware.top import TABLE
from parsers.hp_comware.words import DIALECT
from parsers.hp_comware.zones import zone_filters
from parsers.ledger import Ledger
from parsers.model.balancing import HashField, PathChoice, Scope, Spread, Stage
from parsers.model.device import Device
from parsers.model.filters import Action, Filter
from parsers.model.interfaces import Ptb
from parsers.platform import CONFIGURATION, Inputs
from parsers.vrp_style import acls, traffic_policies
from parsers.vrp_style.assemble import Judged, assemble, without_configuration
from parsers.vrp_style.banners import skip_banners
from parsers.vrp_style.bindings import Semantics, bindings
from parsers.vrp_style.draft import InterfaceDraft, RawAcl
from parsers.vrp_style.groups import Groups, expand
from parsers.vrp_style.rules import Rules
from parsers.vrp_style.walk import read

VENDOR = "HPE"
MODE = traffic_policies.Mode(deny_rule=None, operator="and")
DEFAULT_PTB = (
    "Comware sends no unreachables, Frag-Needed among them, without 'ip unreachables enable'"
)
DEFAULT_PTB6 = "Packet Too Big is not under the control of 'ipv6 unreachables enable'"
NO_ENABLE = "the firewall is off without 'firewall enable'"
UNKNOWN_MODE = "the default of 'ip load-sharing mode' depends on the model, and no line sets it"

Default = tuple[Action, int | None]


def parse(inputs: Inputs) -> Device:
    """The device that Comware texts describe."""
    text = inputs.of(CONFIGURATION)
    if text is None:
        return without_configuration(inputs, VENDOR)
    draft = ComwareDraft(text.file, text.lines, Ledger(len(text.lines)))
    skip_banners(text.lines, draft.ledger)
    read(text.lines, TABLE, draft, draft.ledger)
    join_zones(draft)
    _join_aggregations(draft)
    _firewall(draft)
    groups = Groups(
        expand(draft.networks), expand(draft.ports), expand(draft.services), key=str.lower
    )
    filters = _filters(draft, groups)
    bound = bindings(draft, filters, _semantics(draft, groups))
    draft.choices.extend(_choices(draft))
    _bundle_defaults(draft)
    return assemble(inputs, draft, VENDOR, Judged(filters, bound, _ptb(draft)))


def _default(draft: ComwareDraft) -> Default:
    """Permit, unless `packet-filter default deny` (V7) or `firewall default deny` (V5)."""
    found = draft.settings.get("default")
    return (Action.PERMIT, None) if found is None else (Action.DENY, found[1])


def _filters(draft: ComwareDraft, groups: Groups) -> dict[tuple[str, int], Filter]:
    readers = {family: Rules(DIALECT, family, groups) for family in (4, 6)}
    lists = acls.filters(draft, DIALECT, readers, _default(draft))
    by_name = {(n, f): made for (_, f), made in lists.items() for n in made.names}
    for rules in (*draft.rules.values(), *draft.object_policies.values()):
        for rule in rules:
            rule.resolve(groups)
            rule.settle_zones(draft.zone_names)
    policies = traffic_policies.filters(draft, by_name, MODE)
    return {**lists, **policies, **zone_filters(draft, by_name)}


def _semantics(draft: ComwareDraft, groups: Groups) -> Semantics:
    def in_vrf(acl: RawAcl, vrf: str) -> Filter:
        rules = Rules(DIALECT, acl.family, groups, vrf)
        return acls.make(draft, acl, DIALECT, rules, _default(draft))

    return Semantics(undefined=Action.UNKNOWN, in_vrf=in_vrf, vlan_interface="Vlan-interface")


def _join_aggregations(draft: ComwareDraft) -> None:
    """`port link-aggregation group N` names the aggregation interface that the text has."""
    known = {name.lower(): name for name in draft.interfaces}
    for interface in draft.interfaces.values():
        if interface.bundle is not None and interface.bundle.startswith("aggregation "):
            number = interface.bundle.split()[1]
            for kind in ("Bridge-Aggregation", "Route-Aggregation"):
                name = known.get(f"{kind}{number}".lower())
                if name is not None:
                    interface.bundle = name


def _firewall(draft: ComwareDraft) -> None:
    """`firewall packet-filter` of V5 does nothing until `firewall enable` stands."""
    reason = None if "enable" in draft.settings else NO_ENABLE
    for interface in draft.interfaces.values():
        interface.applied = [
            one._replace(inactive=reason) if one.inactive == "firewall" else one
            for one in interface.applied
        ]


def _ptb(draft: ComwareDraft) -> Callable[[InterfaceDraft], tuple[Ptb, ...]]:
    """What interfaces send: the switch is one for the whole device, and off by default."""
    found = draft.settings.get("unreachables")
    sends4 = Ptb(family=4, sends=False, reason=DEFAULT_PTB)
    if found is not None:
        sends4 = Ptb(family=4, sends=True, where=draft.where(found[1]), reason=found[0])
    both = (sends4, Ptb(family=6, sends=True, reason=DEFAULT_PTB6))
    return lambda interface: both


_FIELDS = {
    "src-ip": HashField.SRC, "dest-ip": HashField.DST, "src-port": HashField.SRC_PORT,
    "dest-port": HashField.DST_PORT, "ip-pro": HashField.PROTOCOL, "ingress-port": HashField.INGRESS,
}  # fmt: skip


def _choices(draft: ComwareDraft) -> list[PathChoice]:
    """`ip load-sharing mode`, or its default, which depends on the model; `bandwidth-based-sharing`."""
    choices = []
    per_packet, per_flow = draft.settings.get("per-packet"), draft.settings.get("per-flow")
    if per_packet is not None:
        choices.append(_ecmp(draft, Spread.PER_PACKET, *per_packet))
    if per_flow is not None:
        choices.append(_ecmp(draft, Spread.FLOW, *per_flow))
    if per_packet is None and per_flow is None:
        choices.append(
            PathChoice(
                stage=Stage.ECMP,
                scope=Scope.DEVICE,
                spread=Spread.UNKNOWN,
                statement="ip load-sharing mode",
                reason=UNKNOWN_MODE,
            )
        )
    shared = draft.settings.get("bandwidth-based-sharing")
    if shared is not None:
        reason = "it counts packets; whether a flow keeps its way is not documented"
        choices.append(_ecmp(draft, Spread.ADAPTIVE, *shared).model_copy(update={"reason": reason}))
    return choices


def _ecmp(draft: ComwareDraft, spread: Spread, statement: str, line: int) -> PathChoice:
    fields = frozenset(_FIELDS[word] for word in statement.split() if word in _FIELDS)
    if spread is Spread.FLOW and not fields:
        fields = frozenset({HashField.SRC, HashField.DST})
    return PathChoice(
        stage=Stage.ECMP,
        scope=Scope.DEVICE,
        spread=spread,
        statement=statement,
        fields=fields if spread is Spread.FLOW else frozenset(),
        where=draft.where(line),
    )


def _bundle_defaults(draft: ComwareDraft) -> None:
    """An HDLC bundle spreads per packet unless told otherwise (HP HSR6800 layer 2 WAN command reference); its
    members end on one device. Aggregations follow the system view where they have no mode of their own."""
    sharing = draft.settings.get("load-sharing")
    if sharing is not None and "per-packet" in sharing[0]:
        _spray_aggregations(draft, *sharing)
    for interface in draft.interfaces.values():
        bundle = interface.name.lower().startswith("hdlc-bundle") and "." not in interface.name
        if bundle and not any(c.stage is Stage.BUNDLE for c in interface.choices):
            interface.choices.append(
                PathChoice(
                    stage=Stage.BUNDLE,
                    scope=Scope.BUNDLE,
                    spread=Spread.PER_PACKET,
                    statement="bundle load-balance per-packet",
                    interface=interface.name,
                    remerge=True,
                    reason="the default of an HDLC bundle",
                    where=interface.where,
                )
            )


def _spray_aggregations(draft: ComwareDraft, statement: str, line: int) -> None:
    for interface in draft.interfaces.values():
        named = interface.name.lower().startswith(("bridge-aggregation", "route-aggregation"))
        if named and not any(c.stage is Stage.BUNDLE for c in interface.choices):
            interface.choices.append(
                PathChoice(
                    stage=Stage.BUNDLE,
                    scope=Scope.BUNDLE,
                    spread=Spread.PER_PACKET,
                    statement=statement,
                    interface=interface.name,
                    where=draft.where(line),
                )
            )
