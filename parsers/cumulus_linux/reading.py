"""From the lines of one text to a draft, whichever form it has: NVUE commands, YAML or JSON, NCLU, or flat files."""

from __future__ import annotations

import re

from parsers.cumulus_linux import irrelevant
from parsers.cumulus_linux.acls import read_acls
from parsers.cumulus_linux.balancing import read_forwarding
from parsers.cumulus_linux.commands import read_commands
from parsers.cumulus_linux.draft import Draft, Facts, Handler, Statements, first_line
from parsers.cumulus_linux.flat import (
    FRR,
    INTERFACES,
    NAME,
    NOTHING,
    POLICY,
    PORT_LINE,
    PORTS,
    zones_of,
)
from parsers.cumulus_linux.ifupdown import read_interfaces_file
from parsers.cumulus_linux.interfaces import OFF, read_interfaces, value_of
from parsers.cumulus_linux.nclu import read_nclu
from parsers.cumulus_linux.policies import Policy
from parsers.cumulus_linux.routing import read_router, read_vrfs
from parsers.cumulus_linux.yaml_tree import read_yaml
from parsers.frr_style.frr import FrrInterface, read_frr
from parsers.hierarchy.interpret import read
from parsers.hierarchy.json_tree import read_json
from parsers.hierarchy.tree import Node
from parsers.ledger import Ledger
from parsers.platform import Text

_PROMPT = r"(?:\S+@\S+[$#]\s*)?"
_NVUE = re.compile(rf"{_PROMPT}nv (?:set|unset|config)\b")
_NCLU = re.compile(rf"{_PROMPT}net (?:add|del|commit)\b")
_YAML = re.compile(
    r"- \S+:.*|(?:acl|interface|system|vrf|router|bridge|set|header|nve|evpn|mlag|qos|service):(?: \{\})?"
)
_JSON = re.compile(r"\{|\[\s*(?:$|[\[{\"])")


def read_text(facts: Facts, text: Text) -> Draft:
    """Reads one configuration text into the facts; gives its draft, whose ledger is settled."""
    root = Node("", 0)
    draft = Draft(text.file, text.lines, Ledger(len(text.lines)), root, facts=facts)
    stripped = [line.strip() for line in text.lines]
    first = next((line for line in stripped if line and line[0] != "#"), "")
    if _JSON.match(first):
        last = read_json(root, text.lines, draft.ledger)
        if any(line.strip() for line in text.lines[last:]):
            root.doubted("something follows the JSON text", last)
        facts.nvue = True
    elif any(_NVUE.match(line) for line in stripped):
        read_commands(root, text.lines, draft.ledger)
        facts.nvue = True
    elif any(_NCLU.match(line) for line in stripped):
        read_nclu(draft, root)
    elif first == "---" or _YAML.fullmatch(first):
        read_yaml(root, text.lines, draft.ledger)
        facts.nvue = True
    else:
        _flat(draft, root)
    _interpret(draft, _gathered(root))
    for line, topic, subject in draft.missed:
        draft.ledger.miss(line, topic, subject)
    return draft


def _gathered(root: Node) -> Node:
    """The statements of all documents (`- header:`, `- set:`, or none) as one tree."""
    top = Node("", 0)
    if root.doubt is not None:
        top.doubted(root.doubt, root.doubt_line)
    waiting = list(root.children.values())
    for child in waiting:
        if child.word.startswith("#") and child.word[1:].isdigit():
            waiting += child.children.values()
        elif child.word == "set":
            waiting += child.children.values()
            if child.doubt is not None:
                top.doubted(child.doubt, child.doubt_line)
        elif child.word == "unset" and child.children:
            top.doubted("'unset' takes away what the text does not show", first_line(child))
        elif child.word != "unset":
            _join(top, child)
    return top


def _join(top: Node, child: Node) -> None:
    found = top.child(child.word, child.line)
    for line in (child.end, *(child.more or ())):
        if line:
            found.ended(line)
    if child.doubt is not None:
        found.doubted(child.doubt, child.doubt_line)
    if not found.children:
        found.children = child.children
        return
    for below in child.children.values():
        known = found.children.get(below.word)
        if known is None:
            found.children[below.word] = below
        else:
            _join(found, below)


def _interpret(draft: Draft, top: Node) -> None:
    if top.doubt is not None:
        line = top.doubt_line or 1
        draft.facts.doubt = draft.facts.doubt or (top.doubt, draft.where(line))
        draft.missed.append((line, "other", None))
    read(draft, top, TOP)


def _hostname(draft: Draft, node: Node) -> None:
    draft.use_all(node)
    draft.facts.name = value_of(node)


def _nat(draft: Draft, node: Node) -> None:
    if value_of(node.children.get("enable", Node("", 0))) in OFF:
        draft.ignore_all(node)
    else:
        draft.note("nat", node, "system nat")


def _system(draft: Draft, node: Node) -> None:
    table: Statements = {
        **irrelevant.SYSTEM,
        "hostname": _hostname,
        "forwarding": read_forwarding,
        "nat": _nat,
    }
    read(draft, node, table)


TOP: dict[str, Handler | str] = {
    **irrelevant.TOP,
    "acl": read_acls(),
    "acl-ipv4": read_acls("ipv4"),
    "acl-ipv6": read_acls("ipv6"),
    "acl-mac": read_acls("mac"),
    "interface": read_interfaces,
    "vrf": read_vrfs,
    "router": read_router,
    "system": _system,
}
"""The parts of the configuration."""


def _flat(draft: Draft, root: Node) -> None:
    zones = zones_of(draft.lines)
    for number in zones.comments:
        draft.ledger.ignore(number)
    for number in zones.lines[PORTS]:
        if PORT_LINE.fullmatch(draft.lines[number - 1].strip()):
            draft.ledger.ignore(number)
        else:
            draft.missed.append((number, "other", None))
    for number in zones.lines[NAME]:
        draft.ledger.use(number)
        draft.facts.name = draft.lines[number - 1].strip()
    for number in zones.lines[NOTHING]:
        draft.missed.append((number, "other", None))
    read_interfaces_file(draft, root, zones.lines[INTERFACES])
    if zones.lines[POLICY]:
        policy = Policy(draft)
        policy.read(zones.lines[POLICY])
        policy.finish()
    if zones.lines[FRR]:
        _frr(draft, zones.lines[FRR])


def _frr(draft: Draft, numbers: list[int]) -> None:
    """Reads the lines of `frr.conf`, with all others blanked so that line numbers stay."""
    wanted = set(numbers)
    lines = [line if number in wanted else "" for number, line in enumerate(draft.lines, 1)]
    ledger = Ledger(len(lines))
    state = read_frr(draft.file, lines, ledger)
    for number in numbers:
        draft.ledger.status[number] = ledger.status[number]
        if number in ledger.topics:
            draft.missed.append((number, *ledger.topics[number]))
    facts = draft.facts
    facts.name = facts.name or state.hostname
    facts.version = facts.version or (f"FRR {state.version}" if state.version else None)
    facts.routes += state.routes
    facts.routes_doubt += state.missed_routes
    facts.sources += state.sources
    facts.recognised += state.notes
    for found in state.interfaces.values():
        _merged(facts, found)


def _merged(facts: Facts, found: FrrInterface) -> None:
    port = facts.port(found.name, found.where)
    port.description = port.description or found.description
    port.vrf = found.vrf or port.vrf
    port.enabled = port.enabled and not found.shutdown
    port.not_understood += found.not_understood
    known = {address[:3] for address in port.addresses}
    port.addresses += [address for address in found.addresses if address[:3] not in known]


def is_configuration(text: Text) -> bool:
    """Whether a text that no command names is one of the forms that are read here."""
    return not text.command.startswith(
        ("nv show", "net show", "show ", "vtysh -c 'show", "vtysh show", "ip ", "cl-")
    )
