"""`policy-options`: prefix lists for filters, and the policies that set load balancing.

Everything else there decides which routes are announced or accepted. What that does to forwarding shows in
routing tables only, and the routing protocols' mark as a source of routes covers it.
"""

from __future__ import annotations

from typing import NamedTuple

from parsers.hierarchy.tree import Node
from parsers.juniper_junos.draft import Draft, PrefixList
from parsers.juniper_junos.groups import shell_pattern
from parsers.juniper_junos.names import prefix
from parsers.model.addresses import AddressTerm

LARGEST_PATH = 100_000


def read_policy_options(draft: Draft, node: Node) -> None:
    """Prefix lists into the draft; the policies are read by `balancing`."""
    draft.use(node)
    for child in node.children.values():
        if child.word == "prefix-list":
            draft.use(child)
            for found in child.children.values():
                draft.prefix_lists[found.word] = _prefix_list(draft, found)
        elif child.word in _ROUTING_POLICY:
            draft.ignore_all(child)
            if child.word == "policy-statement":
                _check_shape(draft, child)
        elif child.word != "apply-macro":
            draft.miss(child)


_ROUTING_POLICY = frozenset(
    {
        "policy-statement", "community", "as-path", "as-path-group", "condition", "damping",
        "route-filter-list", "application-maps", "route-distinguisher", "tunnel-attribute",
        "defaults", "default-action", "next-hop-attribute", "rtf-prefix-list", "access-list",
        "extcommunity-list", "large-community", "source-address-filter-list", "color",
        "fast-convergence", "bgp-as-path", "hold-time", "mac-list", "resolution-map",
        "vrf-table-label",
    }
)  # fmt: skip
"""Statements about routes, not packets."""


def _check_shape(draft: Draft, node: Node) -> None:
    """A policy holds terms, conditions and actions; another word there may be a name gone wrong."""
    for policy in node.children.values():
        for child in policy.children.values():
            if child.word not in _POLICY_WORDS:
                draft.miss(child)


def _prefix_list(draft: Draft, node: Node) -> PrefixList:
    found = PrefixList(doubt=node.doubt)
    draft.use(node)
    for child in node.children.values():
        if child.word == "apply-path":
            _apply_path(draft, child, found)
            continue
        if child.word == "apply-macro":
            draft.ignore_all(child)
            continue
        term = prefix(child.word)
        if term is None or child.children:
            draft.miss(child, "filter", node.word)
            found.doubt = found.doubt or f"'{child.word}' is no prefix"
        else:
            draft.use(child)
            found.terms.append(term)
    return found


def _apply_path(draft: Draft, node: Node, found: PrefixList) -> None:
    """`apply-path "interfaces <*> unit <*> family inet address <*>"`: the prefixes that stand where the
    path leads in this configuration."""
    draft.use_all(node)
    value = node.only()
    words = value.word.split() if value is not None else []
    if not words:
        found.doubt = "apply-path without a path"
        return
    places = [draft.root]
    for word in words:
        places = [match for place in places for match in _matching(place, word)]
        if len(places) > LARGEST_PATH:
            found.doubt = "apply-path leads to too many statements"
            return
    terms: dict[AddressTerm, None] = {}
    for place in places:
        term = prefix(place.word)
        if term is not None:
            terms[term] = None
    found.terms.extend(terms)


def _matching(place: Node, word: str) -> list[Node]:
    if word[:1] == "<" and word[-1:] == ">":
        pattern = shell_pattern(word)
        return [child for child in place.children.values() if pattern.match(child.word)]
    exact = place.children.get(word)
    return [exact] if exact is not None else []


class BalancingTerm(NamedTuple):
    """A term of a policy that says `then load-balance`, or that ends the policy for every route.

    `prefixes` are those of its route filters, None if it asks for none. `other` names conditions whose
    routes the configuration does not show. `final` is accept or reject.
    """

    policy: str
    name: str
    balance: Node | None
    prefixes: tuple[tuple[int, int, int], ...] | None
    other: str
    final: str


def balancing_terms(draft: Draft, name: str) -> tuple[BalancingTerm, ...] | None:
    """The terms of policy `name` that matter to load balancing, in order; None if it is not defined."""
    policy = draft.root.get("policy-options", "policy-statement", name)
    if policy is None:
        return None
    found = []
    holder = policy.children.get("term")
    terms = list(holder.children.values()) if holder is not None else []
    for term in [*terms, policy]:
        made = _balancing_term(draft, name, term)
        if made is not None:
            found.append(made)
    return tuple(found)


def unknown_actions(draft: Draft, name: str) -> list[Node]:
    """The words after `then` in policy `name` that no policy action has."""
    policy = draft.root.get("policy-options", "policy-statement", name)
    if policy is None:
        return []
    holder = policy.children.get("term")
    terms = list(holder.children.values()) if holder is not None else []
    odd: list[Node] = []
    for term in [*terms, policy]:
        if term is not policy:
            odd += [child for child in term.children.values() if child.word not in _POLICY_WORDS]
        then = term.children.get("then")
        odd += (
            [c for c in then.children.values() if c.word not in _ACTIONS]
            if then is not None
            else []
        )
    return odd


_POLICY_WORDS = frozenset({"term", "from", "to", "then", "apply-macro", "dynamic-db", "defaults"})
_ACTIONS = frozenset(
    {
        "accept", "add-path", "aigp-adjust", "aigp-originate", "analyze", "apply-macro",
        "as-path-expand", "as-path-prepend", "bgp-output-queue-priority", "class", "color",
        "color2", "community", "cos-next-hop-map", "damping", "default-action",
        "destination-class", "dynamic-tunnel-attributes", "external", "forwarding-class",
        "get-route-range", "install-nexthop", "install-to-fib", "label-allocation",
        "limit-bandwidth", "load-balance", "local-preference", "map-to-interface", "metric",
        "metric2", "multipath-resolve", "next", "next-hop", "no-backup",
        "no-entropy-label-capability", "no-install-to-fib", "no-route-localize", "origin",
        "p2mp-lsp-root", "preference", "preference2", "prefix-segment", "priority",
        "redistribute", "reject", "resolution-map", "set-down-bit", "source-class",
        "sr-te-template", "srv6-service", "ssm-source", "tag", "tag2", "trace",
        "tunnel-attribute", "tunnel-end-point-address", "validation-state", "vrf-target",
        "walkup", "mhop", "extended-nexthop", "large-community", "nssa-only", "lsp-template",
        "rib-group",
    }
)  # fmt: skip


def _balancing_term(draft: Draft, policy: str, term: Node) -> BalancingTerm | None:
    then = term.children.get("then")
    if then is None:
        return None
    balance = then.children.get("load-balance")
    final = next((word for word in ("accept", "reject") if word in then.children), "")
    if balance is None and not final:
        return None
    prefixes, other = _routes_of(draft, term.children.get("from"))
    if "to" in term.children:
        other = other or "to"
    return BalancingTerm(policy, term.word, balance, prefixes, other, final)


def _routes_of(
    draft: Draft, start: Node | None
) -> tuple[tuple[tuple[int, int, int], ...] | None, str]:
    if start is None or not start.children:
        return None, ""
    prefixes: list[tuple[int, int, int]] = []
    asked = False
    others = []
    for child in start.children.values():
        if child.word == "route-filter":
            asked = True
            prefixes += _triples(child.children)
        elif child.word in ("prefix-list", "prefix-list-filter"):
            asked = True
            for name in child.children:
                known = draft.prefix_lists.get(name)
                if known is None or known.doubt:
                    others.append(f"prefix list {name}")
                else:
                    prefixes += [(t.family, t.value, t.care.bit_count()) for t in known.terms]
        else:
            others.append(child.word)
    return (tuple(prefixes) if asked else None), ", ".join(others)


def _triples(children: dict[str, Node]) -> list[tuple[int, int, int]]:
    found = []
    for word in children:
        term = prefix(word)
        if term is not None:
            found.append((term.family, term.value, term.care.bit_count()))
    return found
