"""ACL_TABLE and ACL_RULE: the rule with the highest PRIORITY that matches decides, and what none matches passes.

Tables of the types L3, L3V6 and L3V4V6, and of types of the user's own, filter what their ports carry; CTRLPLANE
tables guard services of the switch itself, and MIRROR, PFCWD and telemetry tables never drop. `acl-loader` writes a
rule that drops the rest into tables of the ingress stage; a table filled by hand has none. Sources: sonic-utilities
`acl_loader/main.py` (deny_rule, convert_rule_to_db_schema), sonic-swss `orchagent/aclorch.cpp`."""

from __future__ import annotations

from parsers.dell_sonic.draft import Draft, Table, first_line
from parsers.dell_sonic.fields import FIELDS, UNDECIDED, Conditions, number
from parsers.hierarchy.tree import Node
from parsers.model.filters import Action, Entry

ACTIONS = {
    "FORWARD": Action.PERMIT, "ACCEPT": Action.PERMIT, "PERMIT": Action.PERMIT,
    "DROP": Action.DENY, "DENY": Action.DENY,
    "DO_NOT_NAT": Action.PERMIT, "DISABLE_TRIM": Action.PERMIT, "COPY": Action.PERMIT, "LOG": Action.PERMIT,
}  # fmt: skip
"""Packet actions; one that only marks or mirrors still ends the search in its table, and the packet passes."""
BESIDE = frozenset(
    {"MIRROR_ACTION", "MIRROR_INGRESS_ACTION", "MIRROR_EGRESS_ACTION", "DSCP_ACTION", "META_DATA", "POLICER_ACTION",
     "DISABLE_TRIM_ACTION", "COUNTER", "FLOW_OP", "INT_SESSION", "DROP_REPORT_ENABLE", "TAIL_DROP_REPORT_ENABLE",
     "REPORT_ALL_PACKETS", "FLOW_SAMPLE_PERCENT", "TC_ACTION", "INNER_SRC_MAC_REWRITE_ACTION"}
)  # fmt: skip
"""Actions that neither drop nor move a packet."""
QUIET = frozenset({"RULE_DESCRIPTION", "DESCRIPTION", "POLICY_DESC", "RULE_NAME", "OP", "NULL"})
HIGHEST = 1 << 32


def read_tables(draft: Draft, node: Node) -> None:
    """ACL_TABLE."""
    draft.use(node)
    for child in node.children.values():
        table = Table(child.word, draft.where(child.line), doubt=child.doubt)
        draft.use(child)
        for part in child.children.values():
            word = part.word.lower().rstrip("@")
            value = part.only()
            if word == "type" and value is not None:
                draft.use_all(part)
                table.kind = value.word.upper()
            elif (
                word == "stage"
                and value is not None
                and value.word.lower() in ("ingress", "egress")
            ):
                draft.use_all(part)
                table.stage = value.word.lower()
            elif word == "ports":
                draft.use_all(part)
                for port in part.children.values():
                    where = draft.where(port.end or port.line)
                    table.ports += [(name, where) for name in port.word.split(",") if name]
            elif word in ("policy_desc", "services", "description", "op"):
                draft.ignore_all(part)
            else:
                draft.miss(part, "filter", table.name)
                table.doubt = table.doubt or f"'{part.word}' is not understood"
        draft.facts.tables[table.name] = table


def read_types(draft: Draft, node: Node) -> None:
    """ACL_TABLE_TYPE: types of the user's own; what they bind to is used."""
    draft.use_all(node)
    for child in node.children.values():
        points = child.children.get("BIND_POINTS") or child.children.get("bind_points")
        names = (
            [p for c in points.children.values() for p in c.word.upper().split(",")]
            if points
            else []
        )
        draft.facts.types[child.word.upper()] = names


def read_rules(draft: Draft, node: Node) -> None:
    """ACL_RULE: rows are called `TABLE|RULE`."""
    draft.use(node)
    for child in node.children.values():
        table, bar, name = child.word.partition("|")
        if not bar:
            draft.miss(child, "filter", table)
            draft.facts.doubt = draft.facts.doubt or (
                "a rule without a table", draft.where(first_line(child))
            )  # fmt: skip
            continue
        priority, entry = _rule(draft, child, table, name)
        draft.facts.rules.setdefault(table, []).append((priority, entry))
        draft.facts.rule_places.setdefault(table, draft.where(child.line))


class _Draft:
    """What the fields of one rule say so far."""

    def __init__(self) -> None:
        self.found = Conditions()
        self.action: Action | None = None
        self.line = 0
        self.priority = HIGHEST


def _rule(draft: Draft, node: Node, table: str, name: str) -> tuple[int, Entry]:
    draft.use(node)
    rule = _Draft()
    for part in node.children.values():
        if not _part(draft, rule, part, table, name):
            draft.miss(part, "filter", table)
            rule.found.doubt(f"'{part.word}' is not understood")
    if rule.priority == HIGHEST:
        rule.found.doubt("a rule without a priority")
    if rule.action is None:
        rule.found.doubt("a rule without an action")
    for inner in node.walk():
        if inner.doubt is not None:
            rule.found.doubt(inner.doubt)
            rule.action = Action.UNKNOWN
    line = rule.line or first_line(node)
    return rule.priority, entry_of(rule.found, rule.action or Action.UNKNOWN, line, name)


def _part(draft: Draft, rule: _Draft, node: Node, table: str, name: str) -> bool:
    word, value = node.word.upper(), node.only()
    text = value.word if value is not None and len(node.children) == 1 else ""
    if word in QUIET:
        draft.ignore_all(node)
        return True
    if word == "PRIORITY":
        priority = number(text, HIGHEST - 1)
        if priority is None:
            return False
        rule.priority = priority
    elif word == "PACKET_ACTION" and value is not None and text:
        rule.line = value.last
        rule.action = _packet_action(draft, node, text, table)
    elif word == "REDIRECT_ACTION":
        draft.note("policy-route", node, f"acl {table}|{name}: redirect {text}")
        rule.action = rule.action or Action.PERMIT
    elif word in BESIDE:
        rule.action = rule.action or Action.PERMIT
    elif word in UNDECIDED:
        rule.found.doubt(f"{word} cannot be decided from a packet alone")
    elif word not in FIELDS or not text or not FIELDS[word](rule.found, text):
        return False
    draft.use_all(node)
    return True


def _packet_action(draft: Draft, node: Node, text: str, table: str) -> Action:
    word = text.upper()
    if word.startswith("REDIRECT"):
        draft.note("policy-route", node, f"acl {table}: {text}")
        return Action.PERMIT
    return ACTIONS.get(word, Action.UNKNOWN)


def entry_of(found: Conditions, action: Action, line: int, name: str) -> Entry:
    """The entry of a rule, for both families; `build` narrows it. One that no IP packet matches has no match."""
    matches = found.matches(0)
    if action is Action.UNKNOWN:
        found.doubt("an action that is not known")
    return Entry(line, action, matches, "; ".join(found.doubts) or None, label=name)
