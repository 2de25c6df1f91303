"""From what a terminal receives to the lines that the device meant."""

from __future__ import annotations

import re
from collections.abc import Iterator

from auditor.connectors import terminal
from auditor.connectors.errors import Strange

MOST_LINE = 4_000_000
"""Characters of one line; a configuration in one line of JSON may be long."""

_TO_CLEAN = re.compile(r"[\x00\x07\x08\x0b\x0c\x0e\x0f\x1b\r]")


def clean(text: str) -> str:
    """Text of whole lines without control sequences, with backspaces and returns carried out."""
    if not _TO_CLEAN.search(text):
        return text
    text = text.replace("\r\r\n", "\n").replace("\r\n", "\n")
    if "\x1b" in text or "\x00" in text or "\x07" in text:
        text = terminal.ESCAPES.sub("", text)
    if "\r" not in text and "\x08" not in text:
        return text
    return "\n".join(_overwritten(line) for line in text.split("\n"))


def _overwritten(line: str) -> str:
    """A line as the terminal shows it at last: what a return or backspaces let be overwritten."""
    if "\r" in line:
        # a pager wipes its own words with a return, blanks and a return
        line = line.rstrip("\r").rpartition("\r")[2]
    if "\x08" not in line:
        return line
    out: list[str] = []
    for char in line:
        if char != "\x08":
            out.append(char)
        elif out:
            out.pop()
    return "".join(out)


def without_header(blocks: Iterator[str], header: re.Pattern[str] | None) -> Iterator[str]:
    """The blocks without the lines of a two-line prompt at their end."""
    if header is None:
        yield from blocks
        return
    held: list[str] = []
    for block in blocks:
        lines = held + block.splitlines(keepends=True)
        held = lines[-terminal.MOST_HEADER :]
        if len(lines) > len(held):
            yield "".join(lines[: -len(held)])
    at = next((i for i, line in enumerate(held) if header.fullmatch(line.strip())), None)
    if at is not None:
        # an empty line parts it from the output
        held = held[: at - 1 if at and not held[at - 1].strip() else at]
    if held:
        yield "".join(held)


class Reader:
    """Follows one command's output: drops the echo, keeps the last line back until it is known not
    to be the prompt. Holds one line, never the output."""

    def __init__(self, command: str, prompt: str) -> None:
        self.prompt = prompt
        self._command = "".join(command.split())
        self._drawn = "".join(prompt.split())
        self._echoed = not command
        self._rest = ""

    def feed(self, text: str) -> str:
        """Takes what came, gives the whole lines in it."""
        self._rest += text
        if len(self._rest) > MOST_LINE and "\n" not in self._rest[-MOST_LINE:]:
            raise Strange(f"a line of more than {MOST_LINE} characters")
        head, newline, rest = self._rest.rpartition("\n")
        if not newline:
            return ""
        self._rest = rest
        lines = clean(head + "\n")
        return lines if self._echoed else self._without_echo(lines)

    def _without_echo(self, lines: str) -> str:
        """Without the command itself, which the terminal shows, and may break over lines."""
        while lines:
            first, newline, after = lines.partition("\n")
            plain = "".join(first.split())
            # some terminals draw the prompt once more before it
            if plain in (self._command, self._drawn + self._command):
                self._echoed = True
                return after
            if plain and self._command.startswith(plain):
                self._command = self._command[len(plain) :]  # broken at the edge of the screen
                lines = after
                continue
            if not plain:
                lines = after
                continue
            # no echo: the device does not show what it is sent
            self._echoed = True
            return first + newline + after
        return ""

    @property
    def tail(self) -> str:
        """The last line, which has not ended."""
        return clean(self._rest)

    @property
    def raw_tail(self) -> str:
        """The same as it came, for what pagers show."""
        return terminal.ESCAPES.sub("", self._rest)

    def at_prompt(self) -> bool:
        """Whether the last line is the device's prompt, and nothing else."""
        if len(self._rest) > 1000:
            return False
        tail = self.tail.strip()
        # SR OS marks unsaved changes with a star that may come and go
        return bool(tail) and tail.lstrip("*!") == self.prompt.lstrip("*!")

    def forget_pager(self) -> None:
        """Drops the pager's words; the device may wipe them, or go on in the same line."""
        self._rest = ""
