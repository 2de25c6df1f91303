"""Route maps, class maps, policy maps and zone pairs of IOS, as far as they move or drop transit."""

from __future__ import annotations

import re
from typing import NamedTuple

from parsers.cisco_ios.route_maps import RouteMaps
from parsers.cisco_style.draft import Draft
from parsers.model.source import TextFact
from parsers.reader import Statement, Table, irrelevant

Found = re.Match[str]


class ClassMap(NamedTuple):
    """A class map: `conditions` are (kind, value, line), `every` means match-all."""

    every: bool
    conditions: list[tuple[str, str, int]]
    line: int


class PolicyClass(NamedTuple):
    """One class in a policy map, with its actions (word, line)."""

    name: str
    line: int
    actions: list[tuple[str, int]]


class ZonePair(NamedTuple):
    """A zone pair and the policy that stands on it."""

    source: str
    destination: str
    line: int
    policies: list[tuple[str, int]]


class Policies:
    """What policy statements have said; it lives in the draft's `group` slot between lines."""

    def __init__(self) -> None:
        self.class_maps: dict[str, ClassMap] = {}
        self.policy_maps: dict[str, list[PolicyClass]] = {}
        self.pairs: list[ZonePair] = []
        self.route_maps = RouteMaps()
        self.open_class: ClassMap | None = None
        self.open_policy: list[PolicyClass] | None = None


def policies(state: Draft) -> Policies:
    """The policies of this configuration, made on first use."""
    if not isinstance(state.group, Policies):
        state.group = Policies()
    return state.group


# -- route maps ------------------------------------------------------------------------------------


def route_map(state: Draft, match: Found, line: int) -> None:
    """`route-map R [permit|deny] [N]`; permit, and 10 for the first clause, are what is left out."""
    state.globals["route-map"] = (match["name"], line)
    number = int(match["number"] or 10)
    policies(state).route_maps.clause(match["name"], match["action"] != "deny", number, line)


def clear_df(state: Draft, match: Found, line: int) -> None:
    """`set ip df 0`: clears DF where an interface uses the map for policy routing."""
    name = state.globals["route-map"][0]
    state.df_cleared.append(TextFact(value=f"route-map {name}", where=state.where(line), note=name))


def route_map_lists(state: Draft, match: Found, line: int) -> None:
    """`match ip|ipv6 address A B …`."""
    clause = policies(state).route_maps.current
    if clause is not None:
        family = 6 if match["family"] == "ipv6" else 4
        clause.addresses(family, match["names"].split(), line)


def route_map_interface(state: Draft, match: Found, line: int) -> None:
    """`set interface I …`."""
    clause = policies(state).route_maps.current
    if clause is not None:
        clause.out_of(match["names"], line)


def route_map_condition(state: Draft, match: Found, line: int) -> None:
    """A condition besides access lists."""
    clause = policies(state).route_maps.current
    if clause is not None:
        clause.conditions.append(f"'{match[0]}'")


def route_map_way(state: Draft, match: Found, line: int) -> None:
    """A way that Null0 may have to stand behind."""
    clause = policies(state).route_maps.current
    if clause is not None:
        clause.ways.append(f"'{match[0]}'")


ROUTE_MAP: Table[Draft] = Table(
    (
        Statement(r"set ip df 0", clear_df, topic="df"),
        Statement(r"match (?P<family>ip|ipv6) address (?P<names>\S.*)", route_map_lists),
        Statement(r"match (?:length|tag|interface|source-protocol|any) .*", route_map_condition),
        Statement(r"set interface (?P<names>\S.*)", route_map_interface),
        Statement(r"set (?:ip|ipv6) (?:next-hop|vrf|global|default next-hop) .*", route_map_way),
        Statement(r"set (?:vrf|global|default interface) .*", route_map_way),
        *irrelevant(
            "a route map decides routes, or the policy routing that its interface names", r"\w\S*"
        ),
    )
)  # fmt: skip


# -- class and policy maps -----------------------------------------------------------------------------


def class_map(state: Draft, match: Found, line: int) -> None:
    """`class-map [type inspect] [match-any|match-all] C`; match-all is the default."""
    found = ClassMap(match["mode"] != "match-any", [], line)
    held = policies(state)
    held.class_maps[match["name"]] = found
    held.open_class = found


def condition(state: Draft, match: Found, line: int) -> None:
    """`match access-group name A`, `match protocol P`, anything else is kept as it stands."""
    held = policies(state)
    if held.open_class is not None:
        held.open_class.conditions.append((match["kind"], match["value"].strip(), line))


CLASS_MAP: Table[Draft] = Table(
    (
        Statement(r"match (?P<kind>access-group)(?: name)? (?P<value>\S+)", condition),
        Statement(r"match (?P<kind>protocol) (?P<value>\S+)", condition),
        Statement(r"match (?P<kind>class-map) (?P<value>\S+)", condition),
        Statement(r"match (?P<kind>\S+)(?P<value>.*)", condition),
        *irrelevant("text", "description"),
    )
)


def policy_map(state: Draft, match: Found, line: int) -> None:
    """`policy-map [type inspect] P`."""
    held = policies(state)
    held.open_policy = held.policy_maps.setdefault(match["name"], [])
    state.globals[f"policy-map {match['name']}"] = (match["type"] or "qos", line)


def policy_class(state: Draft, match: Found, line: int) -> None:
    """`class [type inspect] C`."""
    held = policies(state)
    if held.open_policy is not None:
        held.open_policy.append(PolicyClass(match["name"], line, []))


def action(state: Draft, match: Found, line: int) -> None:
    """`inspect`, `pass`, `drop`, `police …` of the open class."""
    held = policies(state)
    if held.open_policy:
        held.open_policy[-1].actions.append((match[0], line))


POLICY_MAP: Table[Draft] = Table(())
_CLASS: Table[Draft] = Table(
    (
        Statement(r"(?:inspect|pass|drop|reset)(?: .*)?", action),
        Statement(r"police(?: .*)?", action, table=Table(irrelevant("rate", r"\S+"))),
        *irrelevant(
            "marks and queues, drops nothing that is not congested",
            "set", "bandwidth", "priority", "shape", "fair-queue", "queue-limit", "random-detect", "queue-buffers",
            "service-policy", "description", "trust", "estimate", "compression", "netflow-sampler", "log",
        ),
    )
)  # fmt: skip
POLICY_MAP = Table(
    (
        Statement(r"class (?:type \S+ )?(?P<name>\S+)(?: .*)?", policy_class, table=_CLASS),
        *irrelevant("text and parameters", "description", "parameter", "parameters", "event", "sequence-interval"),
    )
)  # fmt: skip


# -- zone pairs --------------------------------------------------------------------------------------


def zone_pair(state: Draft, match: Found, line: int) -> None:
    """`zone-pair security P source A destination B`."""
    policies(state).pairs.append(ZonePair(match["source"], match["destination"], line, []))


def zone_pair_policy(state: Draft, match: Found, line: int) -> None:
    """`service-policy type inspect PM`."""
    pairs = policies(state).pairs
    if pairs:
        pairs[-1].policies.append((match["name"], line))
