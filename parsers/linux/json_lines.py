"""JSON that a device printed, with the line on which each element of a list begins."""

from __future__ import annotations

import json
from bisect import bisect_right
from typing import Any

_DECODER = json.JSONDecoder()
_SPACE = " \t\r\n"


def listed(lines: list[str], key: str | None = None) -> list[tuple[Any, int, int]] | None:
    """The elements of the list that the text is, or that stands under `key`, each with its first
    and last line. None where the text is not that: cut off, or no JSON.
    """
    text = "\n".join(lines)
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)
    position = text.find("[") if key is None else text.find("[", text.find(f'"{key}"') + 1)
    if position < 0:
        return None
    out: list[tuple[Any, int, int]] = []
    position += 1
    try:
        while True:
            while text[position] in _SPACE or text[position] == ",":
                position += 1
            if text[position] == "]":
                return out
            value, end = _DECODER.raw_decode(text, position)
            out.append((value, bisect_right(starts, position), bisect_right(starts, end - 1)))
            position = end
    except (ValueError, IndexError, RecursionError):
        return None


def whole(lines: list[str]) -> Any:
    """The value the text holds, None if it is no JSON."""
    try:
        return json.loads("\n".join(lines))
    except (ValueError, RecursionError):
        return None
