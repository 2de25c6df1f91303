"""From the draft of a VRP configuration to the device: defaults of the platform live here only."""

from __future__ import annotations

from collections.abc import Callable

from parsers.huawei_vrp.interzones import join_zones, zone_filters
from parsers.huawei_vrp.security import VrpDraft
from parsers.huawei_vrp.top import TABLE
from parsers.huawei_vrp.words import DIALECT
from parsers.ledger import Ledger
from parsers.model.balancing import HashField, PathChoice, Scope, Spread, Stage
from parsers.model.device import Device
from parsers.model.filters import Action, Filter
from parsers.model.interfaces import MssClamp, Ptb
from parsers.platform import CONFIGURATION, Inputs
from parsers.vrp_style import acls, traffic_policies
from parsers.vrp_style.assemble import Judged, assemble, without_configuration
from parsers.vrp_style.banners import skip_banners
from parsers.vrp_style.bindings import Semantics, bindings
from parsers.vrp_style.draft import InterfaceDraft, RawAcl
from parsers.vrp_style.groups import Groups, expand
from parsers.vrp_style.rules import Rules
from parsers.vrp_style.walk import read

VENDOR = "Huawei"
NO_MATCH = (Action.PERMIT, None)
"""What no rule decides is forwarded (S and AR series: `traffic-filter`)."""
MODE = traffic_policies.Mode(deny_rule=Action.DENY, operator="")
DEFAULT_PTB = "VRP sends Frag-Needed unless 'icmp unreachable drop' is set"
DEFAULT_PTB6 = "Packet Too Big has no statement that turns it off"


def parse(inputs: Inputs) -> Device:
    """The device that VRP texts describe."""
    text = inputs.of(CONFIGURATION)
    if text is None:
        return without_configuration(inputs, VENDOR)
    draft = VrpDraft(text.file, text.lines, Ledger(len(text.lines)))
    skip_banners(text.lines, draft.ledger)
    read(text.lines, TABLE, draft, draft.ledger)
    join_zones(draft)
    groups = Groups(expand(draft.networks), expand(draft.ports), expand(draft.services))
    filters = _filters(draft, groups)
    bound = bindings(draft, filters, _semantics(draft, groups))
    draft.choices.extend(_choices(draft))
    return _with_clamps(assemble(inputs, draft, VENDOR, Judged(filters, bound, _ptb(draft))), draft)


def _filters(draft: VrpDraft, groups: Groups) -> dict[tuple[str, int], Filter]:
    """Access lists, traffic policies and zones. In a traffic policy the VPN of a rule plays no part
    (CloudEngine: `rule (advanced ACL view)`, vpn-instance)."""
    readers = {family: Rules(DIALECT, family, groups) for family in (4, 6)}
    lists = acls.filters(draft, DIALECT, readers, NO_MATCH)
    blind = {family: Rules(DIALECT, family, groups, blind=True) for family in (4, 6)}
    named = {}
    if draft.policies.policies:
        for acl in acls.all_acls(draft):
            if acl.kind != "other":
                made = acls.make(draft, acl, DIALECT, blind[acl.family], NO_MATCH)
                named.update({(name, acl.family): made for name in acl.names})
    by_name = {(n, f): made for (_, f), made in lists.items() for n in made.names}
    return {
        **lists,
        **traffic_policies.filters(draft, named, MODE),
        **zone_filters(draft, by_name, groups),
    }


def _semantics(draft: VrpDraft, groups: Groups) -> Semantics:
    def in_vrf(acl: RawAcl, vrf: str) -> Filter:
        rules = Rules(DIALECT, acl.family, groups, vrf)
        return acls.make(draft, acl, DIALECT, rules, NO_MATCH)

    return Semantics(undefined=Action.PERMIT, in_vrf=in_vrf, vlan_interface="Vlanif")


def _ptb(draft: VrpDraft) -> Callable[[InterfaceDraft], tuple[Ptb, ...]]:
    """What interfaces send: the switches are those of the whole device."""
    found = draft.settings.get("unreachable") or draft.settings.get("fragmentneed-dfset")
    sends4 = Ptb(family=4, sends=True, reason=DEFAULT_PTB)
    if found is not None:
        sends4 = Ptb(family=4, sends=False, where=draft.where(found[1]), reason=found[0])
    both = (sends4, Ptb(family=6, sends=True, reason=DEFAULT_PTB6))
    return lambda interface: both


def _with_clamps(device: Device, draft: VrpDraft) -> Device:
    """`firewall tcp-mss N` acts on all SYN and SYN-ACK that a firewall forwards (USG command reference);
    1460 is the default and clamps nothing."""
    found = draft.settings.get("tcp-mss")
    if found is None:
        return device
    value = int(found[0].split()[-1])
    clamp = MssClamp(family=4, value=value, where=draft.where(found[1]))
    return device.model_copy(update={"global_clamps": (clamp,)})


def _choices(draft: VrpDraft) -> list[PathChoice]:
    """The hash of equal-cost routes, and the system view's `load-balance packet`."""
    fields = frozenset(
        {HashField.SRC, HashField.DST, HashField.PROTOCOL, HashField.SRC_PORT, HashField.DST_PORT}
    )
    choices = [
        PathChoice(
            stage=Stage.ECMP,
            scope=Scope.DEVICE,
            spread=Spread.FLOW,
            statement="load-balance flow",
            fields=fields,
            reason="VRP hashes per flow by default",
        )
    ]
    found = draft.settings.get("packet")
    if found is not None:
        choices.append(_packet(draft, *found))
    return choices


def _packet(draft: VrpDraft, statement: str, line: int) -> PathChoice:
    """`load-balance packet`: on NetEngine 8000 it acts on MPLS packets of P nodes, on S switches on packets
    that the CPU forwards; for one slot, older NetEngines printed it as the default (knowledge 6)."""
    slot = " slot " in statement
    return PathChoice(
        stage=Stage.ECMP,
        scope=Scope.DEVICE,
        spread=Spread.PER_PACKET if slot else Spread.FLOW,
        statement=statement,
        in_effect=None if slot else True,
        trap=not slot,
        reason="which boards spread IP packets by it is not documented"
        if slot
        else "it acts on packets of the CPU, or of MPLS on P nodes",
        where=draft.where(line),
    )
