"""Access layers become filters: the JSON that the management API prints for `show-access-rulebase`.

A packet has to be accepted by every ordered layer in turn; in a layer the first rule that matches
decides. A rule whose action is an inline layer hands the packet over for good: what no rule there
matches meets that layer's cleanup. Source: Check Point R81 and R82 administration guides, Ordered
Layers and Inline Layers; Management API reference.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from parsers.checkpoint_gaia.objects import Addresses, Json, Objects
from parsers.checkpoint_gaia.services import services
from parsers.model.addresses import AddressSpec, int_range_terms
from parsers.model.filters import (
    Action,
    Binding,
    Entry,
    Filter,
    LaterFragments,
    Match,
    State,
    Symptom,
)
from parsers.model.source import Where

SESSION = Entry(
    None,
    Action.PERMIT,
    (Match(states=frozenset({State.ESTABLISHED, State.RELATED})),),
    label="session",
)
"""Packets of a session that the policy accepted are not asked again, nor ICMP errors that quote one."""

_ACTIONS = {
    "accept": (Action.PERMIT, Symptom.TIMEOUT), "drop": (Action.DENY, Symptom.TIMEOUT),
    "reject": (Action.DENY, Symptom.RESET),
}  # fmt: skip
_COLUMNS = frozenset(
    ("uid", "name", "type", "domain", "enabled", "comments", "rule-number", "track", "layer",
     "source", "source-negate", "destination", "destination-negate", "service", "service-negate",
     "service-resource", "vpn", "action", "action-settings", "content", "content-negate",
     "content-direction", "time", "custom-fields", "meta-info", "install-on", "user-check",
     "inline-layer", "hits", "tags", "color", "icon", "read-only", "available-actions", "comment",
     "access-role")
)  # fmt: skip
"""What rules have, as the Management API reference lists it; a rule with more is not decided."""


class Layer(NamedTuple):
    """One layer with its rules, flattened; `file` and `lines` are where they stand."""

    uid: str
    name: str
    rules: tuple[Json, ...]
    complete: bool
    file: str


class Policy:
    """The layers and objects of all exported texts."""

    def __init__(self) -> None:
        self.objects = Objects()
        self.layers: dict[str, Layer] = {}
        self.ordered: list[str] = []
        self.lines: dict[str, tuple[str, int]] = {}

    def read(self, document: object, file: str) -> bool:
        """Takes a document of the API, or a list of pages; gives whether it held anything known."""
        if isinstance(document, list):
            known = [self.read(page, file) for page in document]
            return any(known)
        if not isinstance(document, dict):
            return False
        for key in ("objects-dictionary", "objects"):
            listed = document.get(key)
            for item in listed if isinstance(listed, list) else []:
                self.objects.learn(item)
        found = "objects" in document or "objects-dictionary" in document
        layers = document.get("access-layers")
        for layer in layers if isinstance(layers, list) else []:
            if isinstance(layer, dict) and "name" in layer:
                self.objects.learn({**layer, "type": "access-layer"})
                self.ordered.append(str(layer.get("uid", layer["name"])))
                found = True
        if isinstance(document.get("rulebase"), list) and _is_access(document["rulebase"]):
            self._layer(document, file)
            found = True
        return found

    def place(self, uid: str, file: str, line: int) -> None:
        """Notes where an object stands; its first place counts."""
        self.lines.setdefault(uid, (file, line))

    def line(self, uid: object, file: str) -> int | None:
        """The line of an object in `file`."""
        found = self.lines.get(str(uid))
        return found[1] if found is not None and found[0] == file else None

    def _layer(self, document: Json, file: str) -> None:
        uid = str(document.get("uid") or document.get("name") or "access rulebase")
        rules = tuple(self._rules(document["rulebase"]))
        total, last = document.get("total"), document.get("to")
        complete = not isinstance(total, int) or not isinstance(last, int) or last >= total
        old = self.layers.get(uid)
        if old is not None:  # the next page of the same layer
            rules = (*old.rules, *rules)
        name = str(document.get("name") or uid)
        self.layers[uid] = Layer(uid, name, rules, complete, file)

    def _rules(self, items: list[Any]) -> Iterator[Json]:
        for item in items:
            if not isinstance(item, dict):
                yield {}
            elif isinstance(item.get("rulebase"), list):
                yield from self._rules(item["rulebase"])
            elif item.get("type") != "access-section":
                yield item


def _is_access(items: list[Any]) -> bool:
    """Whether a rulebase is of access rules; NAT and threat rulebases look alike."""
    kinds = {item.get("type") for item in items if isinstance(item, dict)}
    return not kinds & {"nat-rule", "nat-section", "threat-rule", "threat-section", "https-rule"}


def filters_of(policy: Policy, gateway: str) -> tuple[list[Filter], list[Binding]]:
    """All layers as filters, and the ordered ones bound to forwarded packets."""
    inline = {
        str(found.get("uid", found.get("name")))
        for layer in policy.layers.values()
        for rule in layer.rules
        if (found := _inline(policy, rule)) is not None
    }
    order = [_layer_key(policy, uid) for uid in policy.ordered]
    order = [uid for uid in order if uid not in inline]
    order += [uid for uid in policy.layers if uid not in inline and uid not in order]
    filters = []
    for uid, layer in policy.layers.items():
        first = uid in inline or (order and uid == order[0])
        filters += [_filter(policy, layer, family, bool(first), gateway) for family in (4, 6)]
    bindings = []
    for place, key in enumerate(dict.fromkeys(order)):
        known = policy.layers.get(key)
        where = Where(known.file, _line(policy, known)) if known is not None else None
        for family in (4, 6):
            if known is None:
                filters.append(_absent(policy, key, family))
            bindings.append(Binding(_key(key), family, None, "forward", where, 10 + place))
    return filters, bindings


def _key(uid: str) -> str:
    return f"access/{uid}"


def _layer_key(policy: Policy, uid: str) -> str:
    if uid in policy.layers:
        return uid
    found = policy.objects.find(uid)
    name = found.get("name") if found is not None else uid
    return next((key for key, layer in policy.layers.items() if layer.name == name), uid)


def _line(policy: Policy, layer: Layer) -> int:
    return policy.line(layer.uid, layer.file) or 1


def _absent(policy: Policy, uid: str, family: int) -> Filter:
    """An ordered layer that the package names and whose rules were not exported."""
    name = policy.objects.name(uid)
    return Filter(
        _key(uid), family, "", None, (), Action.UNKNOWN, (name,), "access-layer", defined=False,
        stateful=True, uncertain=f"the rules of layer {name} were not exported",
    )  # fmt: skip


def _filter(policy: Policy, layer: Layer, family: int, first: bool, gateway: str) -> Filter:
    entries = [SESSION]
    for rule in layer.rules:
        line = policy.line(rule.get("uid"), layer.file)
        entries += _entries(policy, rule, family, gateway, line)
    default = _cleanup(policy, layer, first)
    doubt = None if layer.complete else f"not all rules of layer {layer.name} were exported"
    return Filter(
        _key(layer.uid), family, layer.file, _line(policy, layer), tuple(entries), default,
        (layer.name,), "access-layer", later_fragments=LaterFragments.WHOLE, stateful=True,
        uncertain=doubt,
    )  # fmt: skip


def _cleanup(policy: Policy, layer: Layer, first: bool) -> Action:
    """The implicit cleanup: what the layer object says, else drop for an inline layer and the first
    ordered one; others may be application layers that accept."""
    found = policy.objects.find(layer.uid) or policy.objects.find(layer.name) or {}
    said = str(found.get("implicit-cleanup-action", "")).lower()
    if said in ("drop", "accept"):
        return Action.DENY if said == "drop" else Action.PERMIT
    return Action.DENY if first else Action.UNKNOWN


def _inline(policy: Policy, rule: Json) -> Json | None:
    """The inline layer that a rule hands over to."""
    reference = rule.get("inline-layer")
    if reference is not None:
        found = policy.objects.find(reference)
        return found if found is not None else {"uid": str(reference), "name": str(reference)}
    found = policy.objects.find(rule.get("action"))
    if found is not None and str(found.get("type", "")) == "access-layer":
        return found
    return None


def _entries(
    policy: Policy, rule: Json, family: int, gateway: str, line: int | None
) -> list[Entry]:
    if rule.get("enabled") is False:
        return []
    if "action" not in rule or "source" not in rule or "destination" not in rule:
        reason = "a rule that is not understood"
        return [Entry(line, Action.UNKNOWN, (Match(family=family),), reason)]
    label = str(rule.get("name") or rule.get("rule-number") or "") or None
    doubts = _doubts(policy, rule, gateway)
    sure, may = _matches(policy, rule, family, doubts)
    action, symptom, target = _action(policy, rule)
    if action is Action.UNKNOWN:
        doubts.append(f"action {policy.objects.name(rule['action'])}")
    out = []
    if sure and (not doubts or sure != may) and action is not Action.UNKNOWN:
        certain = [d for d in doubts if d not in _column_doubts(policy, rule)]
        if not certain:
            out.append(Entry(line, action, sure, None, target, symptom, label))
    if doubts and may:
        out.append(Entry(line, action, may, "; ".join(doubts), target, symptom, label))
    return out


def _doubts(policy: Policy, rule: Json, gateway: str) -> list[str]:
    """Columns beside source, destination and service that the text does not decide."""
    objects = policy.objects
    out = []
    for column in ("vpn", "content", "time", "access-role", "service-resource"):
        value = rule.get(column)
        if value and not objects.is_any(value):
            listed = value if isinstance(value, list) else [value]
            out.append(f"{column} {', '.join(objects.name(one) for one in listed)}")
    out += [f"column {column}" for column in rule if column not in _COLUMNS]
    targets = [objects.find(one) or one for one in _list(rule.get("install-on"))]
    names = {str(t.get("name")) if isinstance(t, dict) else str(t) for t in targets}
    if names and not names & {"Policy Targets", "Any", gateway}:
        out.append(f"install-on {', '.join(sorted(names))}")
    return out


def _list(value: object) -> list[Any]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _column_doubts(policy: Policy, rule: Json) -> set[str]:
    """The doubts about the three main columns, for which something is certain nevertheless."""
    out = set()
    for column in ("source", "destination"):
        found = policy.objects.addresses(rule[column])
        if found.open is not None and not rule.get(f"{column}-negate"):
            out.add(found.open)
    found_services = services(policy.objects, rule.get("service"), bool(rule.get("service-negate")))
    if found_services.open is not None and not rule.get("service-negate"):
        out.add(found_services.open)
    return out


def _matches(
    policy: Policy, rule: Json, family: int, doubts: list[str]
) -> tuple[tuple[Match, ...], tuple[Match, ...]]:
    """What a rule matches for certain, and what it may match."""
    sides: list[tuple[AddressSpec | None, AddressSpec | None, bool]] = []
    for column in ("source", "destination"):
        found = policy.objects.addresses(rule[column])
        negated = bool(rule.get(f"{column}-negate"))
        if found.open is not None:
            doubts.append(found.open)
        sides.append(_side(found, family, negated))
    wanted = services(
        policy.objects, rule.get("service", ["Any"]), bool(rule.get("service-negate"))
    )
    if "service" not in rule:
        wanted = wanted._replace(matches=(Match(),), open=None)
    if wanted.open is not None:
        doubts.append(wanted.open)
    (source, wide_source, ok_source), (target, wide_target, ok_target) = sides
    sure = tuple(
        _placed(match, family, source, target)
        for match in wanted.matches
        if match.family in (0, family) and ok_source and ok_target
    )
    pool = (Match(),) if wanted.open is not None else wanted.matches
    may = tuple(
        _placed(match, family, wide_source, wide_target)
        for match in pool
        if match.family in (0, family)
    )
    if _nothing(wide_source) or _nothing(wide_target):
        may = ()
    return sure, may


def _nothing(spec: AddressSpec | None) -> bool:
    return spec is not None and not spec.terms and not spec.negated


def _placed(
    match: Match, family: int, source: AddressSpec | None, target: AddressSpec | None
) -> Match:
    return match._replace(family=family, src=source, dst=target)


def _side(
    found: Addresses, family: int, negated: bool
) -> tuple[AddressSpec | None, AddressSpec | None, bool]:
    """The certain and the possible addresses of a column, and whether anything is certain."""
    if found.any:
        empty = AddressSpec(())
        return (empty, empty, False) if negated else (None, None, True)
    ranges = found.of(family)
    terms = tuple(term for low, high in ranges for term in int_range_terms(family, low, high))
    exact = AddressSpec(terms, (), negated)
    if found.open is None:
        return exact, exact, bool(terms) or negated
    if negated:
        return None, exact if terms else None, False
    return exact, None, bool(terms)


def _action(policy: Policy, rule: Json) -> tuple[Action, Symptom, str | None]:
    inline = _inline(policy, rule)
    if inline is not None:
        uid = _layer_key(policy, str(inline.get("uid", inline.get("name"))))
        if uid not in policy.layers:
            return Action.UNKNOWN, Symptom.TIMEOUT, None
        return Action.JUMP, Symptom.TIMEOUT, _key(uid)
    name = policy.objects.name(rule["action"]).lower()
    action, symptom = _ACTIONS.get(name, (Action.UNKNOWN, Symptom.TIMEOUT))
    return action, symptom, None
