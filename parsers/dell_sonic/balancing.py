"""Path choice: SWITCH_HASH, and adaptive routing (ARS_* tables).

By default a hash of addresses, protocol and ports chooses. Sources: SONiC doc/hash/hash-design.md;
doc/ARS/Local_ARS_HLD.md (`assign_mode`: per_flowlet_quality by default, or per_packet_quality; an object is in force
where a profile, an interface, a next hop or a bundle names it)."""

from __future__ import annotations

from parsers.dell_sonic.draft import Draft, Facts, first_line, value_of
from parsers.hierarchy.tree import Node
from parsers.model.balancing import HashField, PathChoice, Scope, Spread, Stage
from parsers.model.source import Where

FIELDS = {
    "SRC_IP": HashField.SRC, "DST_IP": HashField.DST, "IP_PROTOCOL": HashField.PROTOCOL,
    "L4_SRC_PORT": HashField.SRC_PORT, "L4_DST_PORT": HashField.DST_PORT,
    "IPV6_FLOW_LABEL": HashField.FLOW_LABEL, "IN_PORT": HashField.INGRESS,
}  # fmt: skip
DEFAULT = frozenset(
    {HashField.SRC, HashField.DST, HashField.PROTOCOL, HashField.SRC_PORT, HashField.DST_PORT}
)
STAGES = {"ecmp": (Stage.ECMP, Scope.DEVICE), "lag": (Stage.BUNDLE, Scope.BUNDLE)}
HASHES = frozenset({"CRC", "XOR", "CRC_32LO", "CRC_32HI", "CRC_CCITT", "CRC_XOR"})
NAMERS = (
    "ARS_PROFILE",
    "ARS_INTERFACES",
    "ARS_INTERFACE",
    "ARS_NEXTHOPS",
    "ARS_NEXTHOP_GROUP",
    "ARS_PORTCHANNELS",
)


def read_hash(draft: Draft, node: Node) -> None:
    """SWITCH_HASH|GLOBAL."""
    draft.use(node)
    for row in node.children.values():
        draft.use(row)
        for stage in STAGES:
            _stage(draft, row, stage)
        known = {
            f"{stage}_hash{end}" for stage in STAGES for end in ("", "_algorithm", "@", "_seed")
        }
        for part in row.children.values():
            if part.word not in known:
                draft.miss(part)
                draft.facts.choices.append(_unknown(f"SWITCH_HASH {part.word}", draft, part))


def _unknown(statement: str, draft: Draft, node: Node) -> PathChoice:
    return PathChoice(
        stage=Stage.ECMP, scope=Scope.DEVICE, spread=Spread.UNKNOWN, statement=statement, in_effect=None,
        reason="no document read says what the statement does", where=draft.where(first_line(node)),
    )  # fmt: skip


def _stage(draft: Draft, row: Node, name: str) -> None:
    stage, scope = STAGES[name]
    listed = row.children.get(f"{name}_hash") or row.children.get(f"{name}_hash@")
    algorithm = row.children.get(f"{name}_hash_algorithm")
    seed = row.children.get(f"{name}_hash_seed")
    for held in (listed, algorithm, seed):
        if held is not None:
            draft.use_all(held)
    fields = DEFAULT
    if listed is not None:
        words = {w for child in listed.children.values() for w in child.word.split(",")}
        fields = frozenset(FIELDS[word] for word in words if word in FIELDS)
    said = algorithm or listed
    if said is None:
        return
    word = (value_of(row, f"{name}_hash_algorithm") or "CRC").upper()
    spread, reason = Spread.FLOW, ""
    if word == "RANDOM":
        # the algorithm's name is SAI's; on NVIDIA's switches it chooses by no field at all
        spread = Spread.PER_PACKET if draft.facts.nvidia else Spread.UNKNOWN
        reason = "what RANDOM does is known for NVIDIA switches only"
    elif word not in HASHES:
        spread, reason = Spread.UNKNOWN, "an algorithm that is not documented"
    draft.facts.choices.append(
        PathChoice(
            stage=stage, scope=scope, spread=spread, reason=reason,
            fields=fields if spread is Spread.FLOW else frozenset(),
            statement=f"SWITCH_HASH {name}_hash_algorithm {word}", where=draft.where(first_line(said)),
        )
    )  # fmt: skip


KNOWN = frozenset(
    {"algorithm", "ars_nhg_path_selector_mode", "ars_lag_path_selector_mode", "default_ars_object", "max_flows",
     "sampling_interval", "past_load_min_value", "past_load_max_value", "past_load_weight", "future_load_min_value",
     "future_load_max_value", "future_load_weight", "current_load_min_value", "current_load_max_value", "ipv4_enable",
     "ipv6_enable", "ars_obj_name", "ars_object_name", "ars_object", "scaling_factor", "role", "profile_name",
     "assign_mode",
     "flowlet_idle_time", "quality_threshold", "primary_path_threshold", "alternative_path_cost", "index",
     "load_past_weight", "load_future_weight", "load_current_weight", "min_value", "max_value", "weight", "NULL"}
)  # fmt: skip
NAMES = ("default_ars_object", "ars_obj_name", "ars_object_name", "ars_object")
MODES = {"per_packet_quality": Spread.PER_PACKET, "per_flowlet_quality": Spread.FLOWLET}


def read_adaptive(draft: Draft, top: Node) -> None:
    """The ARS_* tables together: an object acts where something names it."""
    named: dict[str, tuple[str, Where]] = {}
    for table in NAMERS:
        for row in _rows(draft, top, table):
            for word in NAMES:
                name = value_of(row, word)
                if name is not None:
                    named.setdefault(name, (f"{table} {row.word}", draft.where(first_line(row))))
    seen = set()
    for row in _rows(draft, top, "ARS_OBJECT"):
        seen.add(row.word)
        draft.facts.choices.append(_object(draft, row, named.get(row.word)))
    for name, (holder, where) in named.items():
        if name not in seen:
            draft.facts.choices.append(
                PathChoice(
                    stage=Stage.ECMP, scope=Scope.DEVICE, spread=Spread.UNKNOWN, in_effect=None, where=where,
                    statement=f"{holder} names {name}", reason="ARS_OBJECT has no row of this name",
                )
            )  # fmt: skip


def _rows(draft: Draft, top: Node, table: str) -> list[Node]:
    held = top.children.get(table)
    if held is None:
        return []
    draft.use_all(held)
    for row in held.children.values():
        for part in row.children.values():
            if part.word not in KNOWN:
                draft.miss(part)
                draft.facts.choices.append(_unknown(f"{table} {row.word} {part.word}", draft, part))
    return list(held.children.values())


def _object(draft: Draft, row: Node, holder: tuple[str, Where] | None) -> PathChoice:
    mode = value_of(row, "assign_mode") or "per_flowlet_quality"
    bundle = holder is not None and holder[0].startswith("ARS_PORTCHANNELS")
    stage, scope = (Stage.BUNDLE, Scope.BUNDLE) if bundle else (Stage.ECMP, Scope.DEVICE)
    return PathChoice(
        stage=stage, scope=scope, spread=MODES.get(mode, Spread.UNKNOWN),
        statement=f"ARS_OBJECT {row.word} assign_mode {mode}", in_effect=holder is not None,
        reason="" if holder is not None else "no profile, interface, next hop or bundle names it",
        where=draft.where(first_line(row.children.get("assign_mode") or row)),
    )  # fmt: skip


def choices_of(facts: Facts) -> list[PathChoice]:
    """All choices; the platform's default where nothing says otherwise."""
    found = list(facts.choices)
    if not any(c.stage is Stage.ECMP and c.statement.startswith("SWITCH_HASH") for c in found):
        found.append(
            PathChoice(
                stage=Stage.ECMP, scope=Scope.DEVICE, spread=Spread.FLOW, fields=DEFAULT,
                statement="ECMP hash",
            )
        )  # fmt: skip
    return found
