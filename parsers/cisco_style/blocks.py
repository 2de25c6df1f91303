"""Where a block of an indented configuration ends, comments at the margin notwithstanding."""

from __future__ import annotations

from collections.abc import Callable


def block_last(
    lines: list[str], first: int, last: int, belongs: Callable[[str], bool] | None = None
) -> int:
    """The last line of the block that line `first` opens, at least `last`.

    A comment or a blank line at the margin does not end it as long as deeper lines follow.
    `belongs` tells lines without indentation that can only stand in such a block: a text that has
    lost its indentation reads the same.
    """
    head = lines[first - 1]
    indent = len(head) - len(head.lstrip())
    end = last
    for number in range(last + 1, len(lines) + 1):
        raw = lines[number - 1]
        text = raw.strip()
        if not text or text[0] == "!":
            continue
        deeper = len(raw) - len(raw.lstrip()) > indent
        if not deeper and (belongs is None or not belongs(text)):
            break
        end = number
    return end
