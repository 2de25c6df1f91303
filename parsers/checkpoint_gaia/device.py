"""The clish commands of a gateway, and its policy if it was exported, become a `Device`."""

from __future__ import annotations

from parsers.checkpoint_gaia.draft import Bond, Draft, Link
from parsers.checkpoint_gaia.policy_text import PolicyText, is_policy, read_policies
from parsers.checkpoint_gaia.routes import final_routes
from parsers.checkpoint_gaia.rulebase import filters_of
from parsers.checkpoint_gaia.top import read_line
from parsers.ledger import Ledger
from parsers.model.balancing import HashField, PathChoice, Scope, Spread, Stage
from parsers.model.device import Device, LineCount, Missing, UnreadLine
from parsers.model.filters import Binding, Filter
from parsers.model.interfaces import Interface, InterfaceKind, Ptb
from parsers.model.routes import RouteTable
from parsers.model.source import Where
from parsers.platform import CONFIGURATION, Inputs, Text
from parsers.tables.readers import read_tables

TOPICS = frozenset(
    (
        "bindings", "bundles", "filters", "filters v6", "groups", "identity", "interfaces",
        "load sharing", "mtu", "policy routing", "remedies", "static routes", "static routes v6",
        "tunnels",
    )
)  # fmt: skip
_PTB = "Gaia answers packets that do not fit; no setting of clish stops it"
_COMMAND = "mgmt_cli show access-rulebase name LAYER details-level full --format json"
_L3 = frozenset({HashField.SRC, HashField.DST})
_POLICIES = {
    "layer2": frozenset[HashField](), "layer2+3": _L3,
    "layer3+4": _L3 | {HashField.SRC_PORT, HashField.DST_PORT},
}  # fmt: skip
_CARRIES_ALONE = frozenset(("active-backup",))


def parse(inputs: Inputs) -> Device:
    """The device that the texts describe."""
    text = next((t for t in inputs.texts if _is_configuration(t)), None)
    draft = Draft(text.file if text else "", Ledger(len(text.lines) if text else 0))
    for number, line in enumerate(text.lines if text else (), 1):
        read_line(draft, line, number)
    name = draft.name or inputs.name
    policies = read_policies([t for t in inputs.texts if is_policy(t)])
    filters, bindings = _filters(policies, name)
    unread = _unread(draft, text) if text is not None else []
    used, irrelevant, missed = draft.ledger.counts()
    routes = final_routes(draft)
    return Device(
        name=inputs.name or draft.name,
        platform=inputs.platform,
        vendor="Check Point",
        files=tuple(t.file for t in inputs.texts),
        interfaces=tuple(_interface(draft, link) for link in draft.links.values()),
        filters={(one.key, one.family): one for one in filters},
        bindings=tuple(bindings),
        static_routes=RouteTable(
            source="config", file=draft.file, vrf=None, family=None, routes=routes,
            complete=not draft.odd_routes, not_understood=tuple(draft.odd_routes),
        ) if text is not None else None,
        tables=read_tables(inputs),
        routing_sources=tuple(draft.sources),
        path_choices=tuple(_choices(draft, text is not None)),
        recognised=tuple(draft.recognised),
        missing=_missing(policies),
        has_configuration=text is not None,
        lines=LineCount(
            total=used + irrelevant + missed + policies.lines,
            used=used + policies.used,
            irrelevant=irrelevant,
            not_understood=missed + policies.lines - policies.used,
        ),
        not_understood=(*unread, *policies.unread),
    )  # fmt: skip


def _is_configuration(text: Text) -> bool:
    return text.command in (CONFIGURATION, "show configuration") and not is_policy(text)


def _unread(draft: Draft, text: Text) -> list[UnreadLine]:
    out = []
    for number in draft.ledger.unread():
        topic, subject = draft.ledger.topics.get(number, ("other", None))
        line = text.lines[number - 1].strip()
        out.append(UnreadLine(where=draft.where(number), text=line, topic=topic, subject=subject))
    return out


def _filters(policies: PolicyText, name: str) -> tuple[list[Filter], list[Binding]]:
    if policies.doubt is None:
        return filters_of(policies.policy, name)
    filters, bindings = filters_of(policies.policy, name)
    return [one._replace(uncertain=one.uncertain or policies.doubt) for one in filters], bindings


def _missing(policies: PolicyText) -> tuple[Missing, ...]:
    """The policy is in the management: without its export nothing is known about transit."""
    if policies.policy.layers and policies.doubt is None:
        return ()
    return (Missing(topic="filters", command=_COMMAND),)


def _interface(draft: Draft, link: Link) -> Interface:
    addresses = link.addresses
    if draft.ipv6 is False:
        addresses = [a for a in addresses if a.family == 4]
    parent = draft.links.get(link.parent or "")
    kind = link.kind
    if kind is InterfaceKind.SUBINTERFACE and parent is not None and link.mtu is None:
        link.mtu = parent.mtu
    return Interface(
        name=link.name,
        kind=kind,
        where=link.where,
        enabled=link.enabled,
        routed=link.bundle is None and link.bridge is None,
        vrf=link.vrf,
        description=link.description,
        addresses=tuple(addresses),
        dynamic_address=link.dynamic,
        mtu=link.mtu,
        ptb=(Ptb(family=4, sends=True, reason=_PTB), Ptb(family=6, sends=True, reason=_PTB)),
        tunnel=link.tunnel,
        bundle=link.bundle,
        parent=link.parent,
        not_understood=tuple(link.not_understood),
    )


def _choices(draft: Draft, configured: bool) -> list[PathChoice]:
    out = []
    if configured:
        out.append(
            PathChoice(
                stage=Stage.ECMP, scope=Scope.DEVICE, spread=Spread.UNKNOWN, in_effect=None,
                statement="equal-cost routes", settle="sysctl net.ipv4.fib_multipath_hash_policy",
                reason="the hash depends on what Check Point added to its Linux kernel 3.10 or 4.18",
            )
        )  # fmt: skip
    return out + [c for bond in draft.bonds.values() if (c := _bond(draft, bond)) is not None]


def _bond(draft: Draft, bond: Bond) -> PathChoice | None:
    """The choice among the members of a bond; None where one member carries all."""
    mode = bond.mode.value if bond.mode is not None else "round-robin"
    members = [link for link in draft.links.values() if link.bundle == bond.name]
    if mode in _CARRIES_ALONE or len(members) == 1:
        return None
    spread, fields = Spread.UNKNOWN, frozenset[HashField]()
    said = f"mode {mode}"
    if mode == "round-robin":
        spread = Spread.PER_PACKET
        said = said if bond.mode is not None else f"{said} (default)"
    elif mode.lower() in ("8023ad", "xor"):
        policy = bond.policy or "layer2"
        said += f" xmit-hash-policy {policy}" + ("" if bond.policy else " (default)")
        if policy in _POLICIES:
            spread, fields = Spread.FLOW, _POLICIES[policy]
    where = bond.mode.where if bond.mode is not None else bond.where
    return PathChoice(
        stage=Stage.BUNDLE, scope=Scope.BUNDLE, interface=bond.name, spread=spread, fields=fields,
        in_effect=None if spread is Spread.UNKNOWN else True, statement=f"{bond.name} {said}",
        where=where if where is not None else Where(draft.file, 1),
        reason="" if spread is not Spread.UNKNOWN else "a mode that the guide does not have",
    )  # fmt: skip
