"""Policy maps, bridging and templates of IOS-XR, as far as they drop or move transit packets."""

from __future__ import annotations

import re

from parsers.cisco_style.draft import Draft
from parsers.cisco_style.filter_lines import block_lines
from parsers.cisco_xr.state import PolicyMap, PolicyUse, XrState, xr
from parsers.model.source import TextFact

Found = re.Match[str]

_CLASS = re.compile(r"class (?:type \S+ )?\S+(?: (?P<rest>.+))?")
_QUIET = re.compile(
    r"(?:no )?(?:set|police|priority|bandwidth|shape|queue-limit|random-detect|end-policy-map|description"
    r"|exceed-action|violate-action|conform-color|exceed-color|child-conform-aware|compress|transmit"
    r"|encap-sequence|monitor|peak-rate|account|activate|fair-queue|wred|admission)(?: .*)?|conform-action (?!drop).*"
)
_TOUCHES = re.compile(
    r"\b(?:interface|access-list|access-group|router static|policy-map|object-group|flowspec|ipv4|ipv6|mtu"
    r"|cef|load-balanc\S*|hw-module)\b"
)


def policy_map(state: Draft, match: Found, first: int, last: int) -> None:
    """`policy-map [type T] P` with its classes, or one of its lines after the name."""
    found = xr(state).policies.setdefault(match["name"], PolicyMap())
    state.ledger.use(first)
    if match["rest"]:
        _action(state, found, first, match["rest"])
    for line, text in block_lines(state, first, last):
        state.ledger.use(line)
        _action(state, found, line, text)


def _action(state: Draft, found: PolicyMap, line: int, text: str) -> None:
    inside = _CLASS.fullmatch(text)
    if inside is not None:
        if not inside["rest"]:
            return
        text = inside["rest"]
    if text == "drop" or text.endswith("conform-action drop"):
        found.drops.append(line)
    elif text.startswith("redirect "):
        found.redirects.append(line)
    elif text.startswith("service-policy "):
        found.children.append(text.split()[-1])
    elif _QUIET.fullmatch(text) is None:
        found.doubts.append(line)
        state.ledger.miss(line, "other")


def judge_policies(draft: Draft) -> None:
    """What the policies do that interfaces name: drops and redirections are recognised, a policy that is
    not known completely may do either."""
    held = xr(draft)
    for use in held.policy_uses:
        if use.kind in ("control", "subscriber"):
            continue
        found = _closure(held, use.name)
        if found is None:
            _recognise(draft, use, "qos-drop", f"policy map {use.name} is not defined here")
            continue
        if found.drops:
            _recognise(draft, use, "qos-drop", f"a class of policy map {use.name} drops")
        elif found.doubts:
            _recognise(
                draft, use, "qos-drop", f"policy map {use.name} is not understood completely"
            )
        if found.redirects:
            _recognise(draft, use, "policy-route", f"policy map {use.name} redirects")


def _recognise(draft: Draft, use: PolicyUse, what: str, why: str) -> None:
    draft.recognised.append(
        TextFact(value=what, where=draft.where(use.line), note=f"{use.interface}: {why}")
    )


def _closure(held: XrState, name: str) -> PolicyMap | None:
    """A policy map with all that are nested in it; None if one of them is not defined."""
    whole = PolicyMap()
    seen: set[str] = set()
    waiting = [name]
    while waiting:
        current = waiting.pop()
        if current in seen:
            continue
        seen.add(current)
        found = held.policies.get(current)
        if found is None:
            return None
        whole.drops += found.drops
        whole.redirects += found.redirects
        whole.doubts += found.doubts
        waiting += found.children
    return whole


def bridging(state: Draft, match: Found, first: int, last: int) -> None:
    """`l2vpn …`: bridging carries no address of a session, but source guard and ARP inspection drop."""
    state.ledger.ignore(first)
    for line, text in [(first, match[0]), *block_lines(state, first, last)]:
        if "ip-source-guard" in text or "dynamic-arp-inspection" in text:
            state.ledger.use(line)
            state.recognised.append(TextFact(value="l2-filter", where=state.where(line), note=text))
        else:
            state.ledger.ignore(line)


def subscriber_template(state: Draft, match: Found, first: int, last: int) -> None:
    """`dynamic-template …`: what subscriber sessions get; their filters act on transit packets."""
    state.ledger.ignore(first)
    for line, text in [(first, match[0]), *block_lines(state, first, last)]:
        if re.search(r"\b(?:access-group|service-policy|verify unicast|mtu|tcp-mss-adjust) ", text):
            state.ledger.use(line)
            note = f"subscriber template, {text}"
            state.recognised.append(
                TextFact(value="inspection", where=state.where(line), note=note)
            )
        else:
            state.ledger.ignore(line)


def vrf(state: Draft, match: Found, first: int, last: int) -> None:
    """`vrf V`: names a VRF, whose routes are read elsewhere; `fallback-vrf` sends what has no route there
    to another table."""
    state.ledger.ignore(first)
    for line, text in [(first, match[0]), *block_lines(state, first, last)]:
        if "fallback-vrf " in text:
            state.ledger.use(line)
            state.recognised.append(
                TextFact(value="vrf-selection", where=state.where(line), note=text)
            )
        else:
            state.ledger.ignore(line)


def configuration_group(state: Draft, match: Found, first: int, last: int) -> None:
    """`group G … end-group`: does nothing until `apply-group` names it."""
    touches = False
    state.ledger.ignore(first)
    for line, text in block_lines(state, first, last):
        state.ledger.ignore(line)
        touches = touches or _TOUCHES.search(text) is not None
    xr(state).groups[match["name"]] = touches


def apply_group(state: Draft, match: Found, line: int) -> bool:
    """`apply-group G …` outside of blocks: harmless where the groups touch nothing of ours; otherwise
    every interface and route may have more to it."""
    held = xr(state)
    if all(held.groups.get(name) is False for name in match["names"].split()):
        return True
    held.applied_everywhere.append(line)
    state.missed(line, "route")
    return False
