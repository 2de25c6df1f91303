"""Where a block of an EOS configuration ends, comments at the margin notwithstanding."""

from __future__ import annotations


def block_last(lines: list[str], first: int, last: int) -> int:
    """The last line of the block that line `first` opens, at least `last`: a comment or a blank
    line at the margin does not end it as long as deeper lines follow.
    """
    head = lines[first - 1]
    indent = len(head) - len(head.lstrip())
    end = last
    for number in range(last + 1, len(lines) + 1):
        raw = lines[number - 1]
        text = raw.lstrip()
        if not text or text[0] == "!":
            continue
        if len(raw) - len(text) <= indent:
            break
        end = number
    return end
