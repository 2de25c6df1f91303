"""Statements of a tree, in braces or as `set` lines, each as the whole path that a command sets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence


def leaves(lines: Sequence[str], path: Sequence[str]) -> Iterator[str]:
    """The statements at and below a path, as they were printed. A block without statements is one itself."""
    bare = [word.strip('"') for word in path]
    stack: list[list[str]] = []
    empty = False
    for line in lines:
        text = line.strip().rstrip(";")
        if text.startswith("set "):
            words = text.split()[2:] if text.startswith("set / ") else text.split()[1:]
            whole = [words]
        elif text.endswith("{"):
            stack.append(text[:-1].split())
            empty = True
            continue
        elif text == "}" and stack:
            whole = list(stack) if empty else []
            stack.pop()
            empty = False
        else:
            whole = [*stack, text.split()] if stack and text[:1] not in ("", "#") else []
            empty = empty and not whole
        words = [word for words in whole for word in words]
        if words and [word.strip('"') for word in words[: len(bare)]] == bare:
            yield " ".join(words)
