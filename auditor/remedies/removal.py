"""Takes statements out of a configuration: lines, `set` lines, and blocks in braces."""

from __future__ import annotations

import ipaddress


def removes(lines: list[str], wanted: str) -> bool:
    """Takes out what begins with all words of `wanted`; whether there was anything."""
    words = [
        _word(word) for word in wanted.lower().replace("/configure", "").split() if word != "/"
    ]
    if not words:
        return False
    if _taken(lines, words):
        return True
    span = _braced(lines, words, 0, len(lines))
    if span is None:  # MD-CLI prints one block around all others
        span = _braced(lines, ["configure", *words], 0, len(lines))
    if span is None:
        return False
    del lines[span[0] : span[1]]
    return True


def _taken(lines: list[str], words: list[str]) -> bool:
    """Takes out the lines that begin with the words, what is indented below them, and that they were moved."""
    kept: list[str] = []
    depth = None
    for line in lines:
        own = len(line) - len(line.lstrip())
        if depth is not None and own > depth and line.strip():
            continue
        have = _words(line)
        gone = have[: len(words)] == words
        depth = own if gone else None
        if not gone and not (have[:1] == ["move"] and have[1 : len(words) + 1] == words):
            kept.append(line)
    found = len(kept) != len(lines)
    lines[:] = kept
    return found


def same_words(line: str, wanted: str) -> bool:
    """Whether a line begins with all words of `wanted`."""
    words = _words(wanted)
    return bool(words) and _words(line)[: len(words)] == words


def _words(line: str) -> list[str]:
    """The words of a statement; what opens, ends or introduces it aside."""
    words = [_word(word) for word in line.strip().rstrip(";{ ").lower().split()]
    if words[:1] == ["/configure"]:
        return words[1:]
    if words[:1] == ["access-list"] and words[2:3] == ["line"]:
        return words[:2] + words[4:]  # ASA prints no places, and takes none to remove an entry
    return words[2:] if words[:2] == ["set", "/"] else words[1:] if words[:1] == ["set"] else words


def _word(word: str) -> str:
    """A word, quotes aside; a netmask is its length, so that both ways to write a prefix are one."""
    word = word.strip('"')
    if word.count(".") == 3:
        try:
            length = ipaddress.ip_network(f"0.0.0.0/{word}").prefixlen
        except ValueError:
            return word
        return str(length) if word.startswith(("255.", "128.", "192.", "224.", "240.")) else word
    return word


def _braced(lines: list[str], words: list[str], start: int, end: int) -> tuple[int, int] | None:
    """The lines of the statement that `words` lead to through blocks, first and the one behind the last."""
    at = start
    while at < end:
        have = _words(lines[at])
        opens = lines[at].rstrip().endswith("{")
        behind = _behind(lines, at, end) if opens else at + 1
        if have and have[: len(words)] == words:
            return at, behind
        if opens and have and words[: len(have)] == have:
            found = _braced(lines, words[len(have) :], at + 1, behind - 1)
            if found is not None:
                return found
        at = behind
    return None


def _behind(lines: list[str], at: int, end: int) -> int:
    """The line behind the block that a line opens."""
    depth = 0
    for number in range(at, end):
        depth += lines[number].count("{") - lines[number].count("}")
        if depth <= 0:
            return number + 1
    return end
