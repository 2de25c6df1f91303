"""From the lines of a configuration to the statement tree: XML, curly and set form, in any mixture."""

from __future__ import annotations

import re
from typing import NamedTuple

from parsers.hierarchy.tree import NO_CHILDREN, Node, add
from parsers.ledger import Ledger
from parsers.paloalto_panos.curly_form import LONGEST_QUOTE, CurlyReader
from parsers.paloalto_panos.set_form import VERBS, command
from parsers.paloalto_panos.words import FREE_TEXT, closes_quote, open_quote
from parsers.paloalto_panos.xml_form import XmlReader

_SESSION = re.compile(
    r"(?:[\w.-]+@)?[\w.-]+(?:\([\w-]+\))?[>#](?:\s.*)?|\[edit[^\]]*\]|[#!].*|lines \d+.*|-+\(?more.*|Entering .*"
    r"|(?:exit|quit|configure|show|commit|request|run|top)\b[^{;]*"
)
"""What a session prints around a configuration."""
VSYS_PARTS = frozenset(
    {
        "address", "address-group", "application", "application-filter", "application-group",
        "application-status", "application-tag", "authentication-profile", "authentication-sequence",
        "captive-portal", "certificate", "certificate-profile", "device-object", "dns-proxy",
        "dynamic-user-group", "external-list", "global-protect", "group-mapping", "import",
        "local-user-database", "log-settings", "ocsp-responder", "pre-rulebase", "post-rulebase",
        "profile-group", "profiles", "region", "reports", "report-group", "rulebase", "schedule",
        "sdwan-interface-profile", "server-profile", "service", "service-group", "setting",
        "ssl-tls-service-profile", "tag", "threats", "ts-agent", "url-admin-override",
        "user-id-agent", "user-id-collector", "user-id-ssl-auth", "zone",
    }
)  # fmt: skip
"""Words that a firewall with one virtual system prints without `vsys vsys1` before them."""
ONLY_VSYS = "vsys1"


class Tree(NamedTuple):
    """The statements, and whether any of them is in doubt."""

    root: Node
    doubtful: bool


def read_tree(lines: list[str], ledger: Ledger) -> Tree:
    """The tree of `lines`, each statement where a multi-system firewall has it. Lines that are no statement are
    marked in `ledger`; statements are left unread there until an interpreter takes them."""
    root = Node("", 1)
    curly = CurlyReader(root, lines, ledger)
    doubtful = False
    number = 0
    while number < len(lines):
        number += 1
        raw = lines[number - 1]
        if not raw:
            ledger.ignore(number)
        elif raw[:4] == "set " and '"' not in raw and "[" not in raw and not curly.open:
            words = raw.split()
            del words[0]
            if words:
                add(root, words, number)
            else:
                ledger.ignore(number)
        elif _is_command(raw, curly.open):
            if curly.open:
                curly.finish()
            number = _command(root, lines, number, ledger)
        elif curly.open:
            number = curly.read(number)
        elif raw.lstrip()[:1] == "<":
            document = XmlReader(root, lines, ledger)
            number = document.read(number)
            doubtful = doubtful or document.doubtful
        else:
            number = _top(curly, raw, number, ledger)
    curly.finish()
    doubtful = doubtful or curly.doubtful or bool(ledger.topics)
    _settle(root)
    if doubtful:
        _spread(root)
    return Tree(root, doubtful)


def _is_command(raw: str, inside: bool) -> bool:
    first = raw.split(None, 1)
    if not first or first[0] not in VERBS:
        return False
    return not inside or (raw[0] != " " and raw.rstrip()[-1] not in ";{")


def _command(root: Node, lines: list[str], number: int, ledger: Ledger) -> int:
    """A command, with the lines over which its quoted string goes on; gives the last of them."""
    text = lines[number - 1].strip()
    last = number
    if open_quote(text) or _goes_on(text, lines[number] if number < len(lines) else ""):
        parts = [text]
        for following in range(number + 1, min(len(lines), number + LONGEST_QUOTE) + 1):
            line = lines[following - 1]
            if line.split(None, 1)[:1] and line.split(None, 1)[0] in VERBS:
                break
            parts.append(line)
            if closes_quote(line):
                text, last = "\n".join(parts), following
                break
    nodes = command(root, text, number, ledger)
    for line_number in range(number + 1, last + 1):
        for node in nodes:
            node.ended(line_number)
    return last


def _goes_on(text: str, following: str) -> bool:
    """Whether a text for people, with a stray quote in it, goes on in the next line."""
    if '"' not in text or text[-1] == '"' or not any(f" {word} " in text for word in FREE_TEXT):
        return False
    return following.rstrip()[-1:] == '"' and following.split(None, 1)[0] not in VERBS


def _top(curly: CurlyReader, raw: str, number: int, ledger: Ledger) -> int:
    """A line outside all blocks. One that neither ends nor opens a statement is no configuration."""
    text = raw.strip()
    if not text or _SESSION.fullmatch(text):
        ledger.ignore(number)
        return number
    if "{" not in text and ";" not in text and text != "}":
        ledger.miss(number, "other")
        return number
    return curly.read(number)


def merge(target: Node, other: Node) -> None:
    """Adds what stands below `other` to `target`."""
    for line in (other.end, *(other.more or ())):
        if line:
            target.ended(line)
    if other.doubt:
        target.doubted(other.doubt, other.doubt_line)
    for word, child in other.children.items():
        if word in target.children:
            merge(target.children[word], child)
        else:
            if target.children is NO_CHILDREN:
                target.children = {}
            target.children[word] = child


def _settle(root: Node) -> None:
    """Takes away the levels that one form writes and another leaves out."""
    hoist(root)
    found = [word for word in root.children if word in VSYS_PARTS]
    for holder in (root.children.get("template"), root.children.get("template-stack")):
        for template in holder.children.values() if holder is not None else ():
            inner = template.children.get("config")
            if inner is not None:
                hoist(inner)
                _adopt(inner, [word for word in inner.children if word in VSYS_PARTS])
    _adopt(root, found)


def _adopt(root: Node, words: list[str]) -> None:
    if not words:
        return
    first = root.children[words[0]]
    vsys = root.child("vsys", first.line).child(ONLY_VSYS, first.line)
    for word in words:
        moved = root.children.pop(word)
        if word in vsys.children:
            merge(vsys.children[word], moved)
        else:
            if vsys.children is NO_CHILDREN:
                vsys.children = {}
            vsys.children[word] = moved


def hoist(root: Node) -> None:
    """`config devices localhost.localdomain` is the root of a device; commands leave it out."""
    for _ in range(3):
        config = root.children.pop("config", None)
        if config is not None:
            merge(root, config)
        devices = root.children.pop("devices", None)
        if devices is not None:
            if devices.doubt:
                root.doubted(devices.doubt, devices.doubt_line)
            if devices.end:
                root.ended(devices.end)
            for device in devices.children.values():
                merge(root, device)


def _spread(root: Node) -> None:
    """What stands below a doubtful statement is in doubt too."""
    waiting = [root]
    while waiting:
        node = waiting.pop()
        for child in node.children.values():
            if node.doubt:
                child.doubted(node.doubt, node.doubt_line)
            waiting.append(child)
