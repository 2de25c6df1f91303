"""Classifier policies of AOS-CX: what they drop, as filters.

Source: AOS-CX, "ACLs and Classifier Policies Guide": the entries of a policy are tried in the order of their numbers;
the first class that matches decides, and a packet that no class takes is forwarded as if there were no policy. A packet
that an `ignore` entry takes out of a class is either asked by the next one or forwarded at once: no document read says.
"""

from __future__ import annotations

import re

from parsers.aruba_aoscx.access_lists import DIALECT, not_an_entry
from parsers.aruba_aoscx.state import ClassUse, aoscx
from parsers.cisco_style.blocks import block_last
from parsers.cisco_style.build import groups_of, read_entries
from parsers.cisco_style.draft import Draft
from parsers.cisco_style.entries import Reader
from parsers.cisco_style.filter_lines import block_lines
from parsers.model.filters import Action, Binding, Entry, Filter, LaterFragments, Match
from parsers.model.source import TextFact

Found = re.Match[str]
Filters = dict[tuple[str, int], Filter]
IGNORED = "whether the next class is asked about an ignored packet is not documented"
ORDER = 5
"""Policies beside access lists (order 0): both must let a packet pass, so the order decides nothing."""
_USE = re.compile(
    r"(?:(?P<number>\d+) )?class (?P<family>ip|ipv6|mac|gbp-ip|gbp-ipv6|gbp-mac) (?P<name>\S+)(?P<rest>.*)"
)
_ACTION = re.compile(r"action (?:\d+ )?(?P<what>\S+)(?P<values>(?: (?!action )\S+)*)")
_FORWARDING = frozenset(
    {
        "dscp",
        "pcp",
        "local-priority",
        "ip-precedence",
        "mirror",
        "cir",
        "kbps",
        "pps",
        "exceed",
        "redirect-cpu",
    }
)


def policy_key(name: str) -> str:
    """The key of a policy's filters, apart from those of access lists."""
    return f"policy {name}"


def policy_block(state: Draft, match: Found, first: int, last: int) -> None:
    """`policy P` with `SEQ class ip C [action …]` below it."""
    held = aoscx(state)
    name = match["name"]
    uses = held.policies.setdefault(name, [])
    held.policy_lines.setdefault(name, first)
    state.ledger.use(first)
    end = block_last(state.lines, first, last, lambda text: _USE.fullmatch(text) is not None)
    number = max((use.sequence for use in uses), default=0)
    for line, text in block_lines(state, first, end):
        found = _USE.fullmatch(text)
        if re.match(r"(?:\d+ )?comment ", text):
            state.ledger.ignore(line)
            continue
        if found is None:
            state.ledger.miss(line, "filter", name)
            held.policy_doubts[name] = f"{text!r} is not understood"
            continue
        number = int(found["number"]) if found["number"] else number + 10
        state.ledger.use(line)
        action, doubt = _action(found["rest"])
        if found["family"] not in ("ip", "ipv6"):
            if action != "other":
                held.policy_doubts[name] = f"class {found['family']} {found['name']} is not judged"
            continue
        family = 6 if found["family"] == "ipv6" else 4
        uses.append(ClassUse(number, line, family, found["name"], action, doubt))


def _action(rest: str) -> tuple[str, str | None]:
    """What a class is used for: drop wins over marks and rates, which forward."""
    words = {found["what"] for found in _ACTION.finditer(rest)}
    if "drop" in words:
        return "drop", None
    if "pbr" in words:
        return "pbr", None
    strange = words - _FORWARDING
    return "other", f"action {', '.join(sorted(strange))}" if strange else None


def policy_filters(draft: Draft) -> Filters:
    """A filter for each policy and family, and a chain for each class that a policy uses."""
    held = aoscx(draft)
    filters: Filters = {}
    groups = groups_of(draft)
    readers = {family: Reader(DIALECT, family, groups) for family in (4, 6)}
    classes: dict[tuple[str, int], tuple[Entry, ...]] = {}
    for (name, family), raw in held.classes.items():
        classes[name, family] = read_entries(draft, raw, readers[family], name, not_an_entry)
    for name, uses in held.policies.items():
        for family in (4, 6):
            steps = [
                _step(draft, filters, classes, name, use)
                for use in sorted(uses, key=lambda use: use.sequence)
                if use.family == family
            ]
            filters[policy_key(name), family] = Filter(
                key=policy_key(name),
                family=family,
                file=draft.file,
                line=held.policy_lines[name],
                entries=tuple(steps),
                default=Action.PERMIT,
                names=(name, policy_key(name)),
                kind="policy",
                later_fragments=LaterFragments.UNKNOWN,
                uncertain=held.policy_doubts.get(name),
            )
    return filters


def _step(
    draft: Draft,
    filters: Filters,
    classes: dict[tuple[str, int], tuple[Entry, ...]],
    policy: str,
    use: ClassUse,
) -> Entry:
    label = str(use.sequence)
    every = (Match(use.family),)
    entries = classes.get((use.name, use.family))
    action = Action.DENY if use.action == "drop" else Action.PERMIT
    if entries is None:
        return Entry(use.line, action, every, f"class {use.name} is not defined", label=label)
    chain: list[Entry] = []
    for entry in entries:
        if entry.action is Action.DENY:
            why = entry.uncertain or IGNORED
            chain.append(entry._replace(action=Action.PERMIT, uncertain=why))
            chain.append(entry._replace(action=Action.RETURN))
        else:
            taken = action if entry.action is Action.PERMIT else Action.UNKNOWN
            chain.append(entry._replace(action=taken, uncertain=entry.uncertain or use.doubt))
    key = f"{policy_key(policy)} {use.sequence} {use.name}"
    filters[key, use.family] = Filter(
        key=key,
        family=use.family,
        file=draft.file,
        line=use.line,
        entries=tuple(chain),
        default=None,
        kind="policy",
        later_fragments=LaterFragments.UNKNOWN,
    )
    return Entry(use.line, Action.JUMP, every, None, key, label=label)


def policy_bindings(draft: Draft, filters: Filters) -> list[Binding]:
    """Policies on interfaces and VLANs, and on the whole switch; those that neither drop nor steer do nothing."""
    held = aoscx(draft)
    bindings = []
    for use in held.policy_uses:
        where = draft.where(use.line)
        uses = held.policies.get(use.name, [])
        if any(one.action == "pbr" for one in uses):
            steer(draft, use.place, use.name, use.line)
        for family in (4, 6):
            key = policy_key(use.name)
            if use.name not in held.policies:
                filters.setdefault(
                    (key, family),
                    Filter(
                        key=key,
                        family=family,
                        file=draft.file,
                        line=None,
                        entries=(),
                        default=Action.UNKNOWN,
                        names=(use.name,),
                        kind="policy",
                        defined=False,
                        uncertain=f"policy {use.name} is applied and not defined",
                    ),
                )
            if use.place:
                bindings.append(Binding(key, family, use.place, use.direction, where, ORDER))
            else:
                bindings.extend(
                    Binding(key, family, name, use.direction, where, ORDER)
                    for name, interface in draft.interfaces.items()
                    if interface.addresses or interface.dynamic_address
                )
    return bindings


def steer(draft: Draft, place: str, name: str, line: int) -> None:
    """A policy with `action pbr` sends packets another way than the routes."""
    fact = TextFact(value=f"policy {name}", where=draft.where(line))
    interface = draft.interfaces.get(place)
    if interface is not None:
        interface.policy_route = fact
    else:
        note = f"policy {name}"
        draft.recognised.append(TextFact(value="policy-route", where=draft.where(line), note=note))
