"""The words of one PAN-OS statement: quotes, bracket lists, and free text that has quotes of its own."""

from __future__ import annotations

import re

_WORD = re.compile(
    r'"((?:[^"\\]|\\.|"(?![\s\]};]|$))*)"(?=[\s\]};]|$)|([\[\]])|([^\s\[\]"](?:[^\s\]"]|\](?!\s|$))*(?=[\s\]]|$))|(\S+)'
)
FREE_TEXT = ("description", "comment", "comments")
"""Statements whose value is text for people, which may hold stray quotes."""


def words_of(text: str) -> list[str]:
    """The words of a statement; a quoted string is one word without its quotes, a bracket is a word."""
    if '"' not in text and "[" not in text and "]" not in text:
        return text.split()
    found = []
    for match in _WORD.finditer(text):
        quoted, bracket, plain, other = match.groups()
        if other is not None:
            return _with_free_text(text)
        found.append(quoted if quoted is not None else bracket or plain)
    return found


def open_quote(text: str) -> bool:
    """Whether a quoted string begins on the line and does not end there."""
    if '"' not in text:
        return False
    position = 0
    while (start := _opening(text, position)) >= 0:
        close = _closing(text, start + 1)
        if close < 0:
            return True
        position = close + 1
    return False


def _opening(text: str, position: int) -> int:
    while (start := text.find('"', position)) >= 0:
        if start == 0 or text[start - 1] in " \t[":
            return start
        position = start + 1
    return -1


def _closing(text: str, position: int) -> int:
    while (end := text.find('"', position)) >= 0:
        after = text[end + 1 : end + 2]
        if text[end - 1] != "\\" and (not after or after in " \t]};"):
            return end
        position = end + 1
    return -1


def closes_quote(text: str) -> bool:
    """Whether a line ends a quoted string that an earlier line opened."""
    return _closing(text, 0) >= 0


def _with_free_text(text: str) -> list[str]:
    """The words where a stray quote stands: what follows `description` is one word, else quotes are letters."""
    plain = text.split()
    for keyword in FREE_TEXT:
        if keyword in plain:
            at = plain.index(keyword)
            before = " ".join(plain[: at + 1])
            head = words_of(before) if before.count('"') % 2 == 0 else plain[: at + 1]
            return [*head, " ".join(plain[at + 1 :]).strip('"')]
    return [word.strip('"') or '"' for word in plain]
