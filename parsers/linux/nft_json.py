"""nft's JSON form (libnftables-json(5)) as the same objects that the text gives."""

from __future__ import annotations

from typing import Any

from parsers.ledger import Ledger
from parsers.linux.json_lines import listed
from parsers.linux.nft_text import Item

_KINDS = frozenset({"table", "chain", "rule", "set", "map", "element"})
_IRRELEVANT = frozenset(
    {"metainfo", "flowtable", "counter", "quota", "limit", "ct helper", "ct timeout",
     "ct expectation", "secmark", "synproxy"}
)  # fmt: skip
_VERBS = {"add": "add", "create": "add", "insert": "insert", "delete": "delete", "flush": "flush"}


def read_json(lines: list[str], ledger: Ledger) -> list[Item]:
    """The objects of `nft -j list ruleset`, or of a file for `nft -j -f`."""
    found = listed(lines, "nftables")
    if found is None:
        for number in range(1, len(lines) + 1):
            ledger.miss(number, "filter", None)
        return [Item("doubt", "ruleset", {}, 1, max(1, len(lines)))]
    ledger.use_range(1, len(lines))
    items = []
    for value, first, last in found:
        item = _item(value, first, last)
        if item is not None:
            items.append(item)
            if item.verb == "doubt":
                ledger.miss(first, "filter", None)
    return items


def _item(value: Any, first: int, last: int) -> Item | None:
    doubt = Item("doubt", "ruleset", {}, first, last)
    if not isinstance(value, dict) or len(value) != 1:
        return doubt
    ((kind, body),) = value.items()
    verb = "add"
    if kind in _VERBS and isinstance(body, dict) and len(body) == 1:
        verb = _VERBS[kind]
        ((kind, body),) = body.items()
    if kind in _IRRELEVANT:
        return None
    if kind == "ruleset" and verb == "flush":
        return Item("flush", "ruleset", {}, first, last)
    if kind not in _KINDS or not isinstance(body, dict):
        return doubt
    if kind == "rule" and (verb not in ("add", "insert") or "index" in body):
        return doubt
    if kind == "table" and "dormant" in _flags(body):
        return Item("dormant", "table", body, first, last)
    return Item(verb, kind, body, first, last)


def _flags(body: dict[str, Any]) -> list[Any]:
    flags = body.get("flags", [])
    return flags if isinstance(flags, list) else [flags]
