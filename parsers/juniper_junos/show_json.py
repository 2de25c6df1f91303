"""The JSON that `| display json` prints: every value is a list, every leaf an object with `data`."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

Json = dict[str, Any]

_TRAILING_COMMA = re.compile(r",(\s*[}\]])")
"""Releases before 19 print a comma after the last member of some objects."""


def documents(lines: list[str]) -> list[Json] | None:
    """The JSON objects of a text, one after the other; None if it holds something else."""
    text = "\n".join(lines)
    for attempt in (text, _TRAILING_COMMA.sub(r"\1", text)):
        found = _documents(attempt)
        if found is not None:
            return found
    return None


def _documents(text: str) -> list[Json] | None:
    decoder = json.JSONDecoder()
    found: list[Json] = []
    position = _skip(text, 0)
    while position < len(text):
        try:
            value, position = decoder.raw_decode(text, position)
        except (ValueError, RecursionError):
            return None
        if not isinstance(value, dict):
            return None
        found.append(value)
        position = _skip(text, position)
    return found or None


def _skip(text: str, position: int) -> int:
    while position < len(text) and text[position].isspace():
        position += 1
    return position


def members(value: Any, key: str) -> list[Json]:
    """The objects under `key`, an empty list if there are none."""
    inner = value.get(key) if isinstance(value, dict) else None
    if isinstance(inner, dict):
        inner = [inner]
    if not isinstance(inner, list):
        return []
    return [item for item in inner if isinstance(item, dict)]


def leaf(value: Any, key: str) -> str | None:
    """The text of the leaf `key`; None if it is missing or has none."""
    for item in members(value, key):
        data = item.get("data")
        if isinstance(data, str):
            return data
    return None


def everywhere(value: Any, key: str) -> Iterator[Json]:
    """All objects under `key` at any depth, in the order of the text."""
    waiting = [value]
    while waiting:
        item = waiting.pop()
        if isinstance(item, list):
            waiting.extend(reversed(item))
        elif isinstance(item, dict):
            found = members(item, key)
            if found:
                yield from found
            waiting.extend(reversed([v for k, v in item.items() if k != key]))


def lines_with(lines: list[str], key: str) -> list[int]:
    """The line of every occurrence of the member `key`, in the order of the text."""
    word = f'"{key}"'
    return [
        number
        for number, line in enumerate(lines, 1)
        if word in line
        for _ in range(line.count(word))
    ]
