"""The words of a FortiOS command line: quotes, escapes, and strings over several lines.

Fortinet, CLI reference, "Entering spaces and special characters": a string in double quotes may hold blanks and
line ends, a backslash takes the next character as it is; in single quotes nothing is special.
"""

from __future__ import annotations

import re

_WORDS = re.compile(r"(?:[^\s\"]+|\"[^\"]*\")+")
_OPEN_ENDED = frozenset(
    {
        "buffer", "comment", "comments", "description", "certificate", "private-key", "ca", "crl", "csr", "script",
        "content", "body", "http-body", "header", "headers", "text", "message", "signature", "pattern", "banner",
        "sys-location", "location", "contact-info", "image-base64", "signature-name", "saml-metadata", "value",
        "accprofile-script", "regex", "web-body", "default-body", "ssh-public-key1", "ssh-public-key2",
        "ssh-public-key3", "public-key", "ssh-public-key", "source", "email-body", "css", "html",
    }
)  # fmt: skip
"""What may hold a string over several lines. Elsewhere a quote without its partner is damage: the rest of the
text must not vanish into it."""
_FREE = frozenset(
    {"buffer", "script", "certificate", "private-key", "ca", "crl", "csr", "content", "body", "http-body",
     "source", "css", "html", "image-base64", "email-body"}
)  # fmt: skip
"""Of those, strings that may hold lines which read like commands."""
_CLOSERS = re.compile(r"\s*(?:next|end|edit \S.*|config \S.*)$")


def simple_words(text: str) -> list[str] | None:
    """The words of one line; None where quotes or escapes need the long way."""
    if '"' not in text:
        if "\\" in text or "'" in text:
            return None
        return text.split()
    if "\\" in text or "'" in text or text.count('"') & 1:
        return None
    words = _WORDS.findall(text)
    return [word.replace('"', "") for word in words]


def words_at(lines: list[str], index: int) -> tuple[list[str], int] | None:
    """The words of the statement that begins on `lines[index]`, and the index of its last line.

    None if a quote is never closed where it must be.
    """
    reading = _Reading()
    position = index
    while True:
        reading.take(lines[position])
        if not reading.is_open:
            return reading.words, position
        position += 1
        if position >= len(lines) or not _may_continue(reading, lines[position]):
            return None


def _may_continue(reading: _Reading, following: str) -> bool:
    """Whether the string that is open may go on with the line `following`."""
    key = reading.words[1] if len(reading.words) > 1 else ""
    if not reading.quote:
        return True  # a backslash before the line's end
    if not reading.words or reading.words[0] != "set" or key not in _OPEN_ENDED:
        return False
    return key in _FREE or not _CLOSERS.match(following)


class _Reading:
    """The words so far; `quote` is the open quotation mark, `word` the word in the making."""

    def __init__(self) -> None:
        self.words: list[str] = []
        self.word: list[str] | None = None
        self.quote = ""
        self.escaped_end = False

    @property
    def is_open(self) -> bool:
        """Whether the statement goes on with the next line."""
        return bool(self.quote) or self.escaped_end

    def take(self, line: str) -> None:
        """Reads one line."""
        self.escaped_end = False
        position, end = 0, len(line)
        while position < end:
            sign = line[position]
            position += 1
            if sign == "\\" and self.quote != "'":
                position = self._escape(line, position)
            elif self.quote:
                if sign == self.quote:
                    self.quote = ""
                else:
                    self._add(sign)
            elif sign in "\"'":
                self.quote = sign
                self._add("")
            elif sign.isspace():
                self._close()
            else:
                self._add(sign)
        if self.quote:
            self._add("\n")
        elif not self.escaped_end:
            self._close()

    def _escape(self, line: str, position: int) -> int:
        if position >= len(line):
            self.escaped_end = not self.quote
            if self.quote:
                self._add("\\")
            return position
        sign = line[position]
        if self.quote and sign not in "\"\\'":
            self._add("\\")
        self._add(sign)
        return position + 1

    def _add(self, text: str) -> None:
        if self.word is None:
            self.word = []
        self.word.append(text)

    def _close(self) -> None:
        if self.word is not None:
            self.words.append("".join(self.word))
            self.word = None
