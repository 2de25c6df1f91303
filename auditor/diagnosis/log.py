"""Reads client logs: which messages of the table occur, where, how often, and what nobody knows."""

from __future__ import annotations

import re
from typing import NamedTuple

from auditor.diagnosis.patterns import Pattern, Table
from auditor.diagnosis.secrets import clean
from auditor.diagnosis.shapes import shape, shapes_of
from auditor.diagnosis.text_input import Block, Bytes, TruncatedText, blocks

NEAR = 30
"""Lines within which a general message belongs to the specific one beside it."""
LONG = 4000
"""Bytes of a line that are looked at whole; of a longer one, what surrounds the words that count."""
KEPT = 5
"""Lines that are kept as examples of each kind of message."""
_CACHE = 20_000
FIRST, REST = 1, 32
"""Blocks in which words are looked for, at the beginning and after a block whose lines are not like others."""
NEW = 6
"""One line in so many that is like none before it: comparing lines then takes longer than looking for words."""

_STAMP = re.compile(
    r"^\s*[\[(]?(?P<time>\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d+)?(?: ?(?:Z|UTC|[+-]\d\d:?\d\d))?"
    r"|\d\d-[A-Z][a-z]{2}-\d{4} \d\d:\d\d:\d\d|[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d|\d\d:\d\d:\d\d(?:[.,]\d+)?)"
    r"[\])]?[:|]?\s*"
)


class Line(NamedTuple):
    """A line that says something, cleaned, with its time as printed."""

    number: int
    text: str
    time: str | None


class Seen(NamedTuple):
    """A kind of message in a log. `follows`: a general message that always stood beside a specific one.
    `hosts` are the names and addresses in it."""

    pattern: Pattern
    symptom: str
    causes: tuple[str, ...]
    times: int
    follows: bool
    last: int
    examples: tuple[Line, ...]
    hosts: tuple[str, ...]


class LogReading(NamedTuple):
    """What a log says. `unknown` looks like failures of network programs and is in no table."""

    lines: int
    seen: tuple[Seen, ...]
    unknown: tuple[Line, ...]
    unknown_count: int
    languages: tuple[str, ...]
    truncated: str | None


class _Tally:
    """Counts of one kind of message, in one symptom class."""

    __slots__ = ("alone", "causes", "count", "examples", "hosts", "last", "secondary")

    def __init__(self, causes: tuple[str, ...], secondary: bool) -> None:
        self.secondary = secondary
        self.causes, self.count, self.alone, self.last = causes, 0, 0, 0
        self.examples: list[Line] = []
        self.hosts: dict[str, None] = {}


class _Hit(NamedTuple):
    pattern: Pattern
    symptom: str
    causes: tuple[str, ...]
    host: str | None


class LogReader:
    """Reads one log from beginning to end."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self._tallies: dict[tuple[str, str, tuple[str, ...]], tuple[Pattern, _Tally]] = {}
        self._known: dict[str, _Hit | None] = {}
        self._unknown: dict[str, Line] = {}
        self._unknown_count = 0
        self._languages: dict[str, None] = {}
        self._primary = -NEAR - 1
        self._waiting: list[tuple[int, _Tally]] = []
        self._shapes = shapes_of(table)
        self._plans: dict[bytes, _Tally | None] = {b"": None}
        self._rest = FIRST
        self._foreign = [(n, w.encode()) for n, ws in table.languages.items() for w in ws]

    def read(self, stream: Bytes, name: str) -> LogReading:
        """What the log says. Raises UnreadableInput if it is empty or no text."""
        lines, truncated = 0, None
        try:
            for block in blocks(stream, name):
                self._block(block)
                ends = block.text.count(b"\n")
                lines = block.line - 1 + ends + (not block.text.endswith(b"\n"))
        except TruncatedText as error:
            truncated = str(error)
        self._settle(lines + NEAR + 1)
        return LogReading(
            lines,
            self._seen(),
            tuple(self._unknown.values()),
            self._unknown_count,
            tuple(self._languages),
            truncated,
        )

    def _block(self, block: Block) -> None:
        text = block.text
        if self._rest:
            self._rest -= 1
            self._by_word(block.line, text)
        elif self._by_shape(block.line, text) * NEW > text.count(b"\n"):
            self._rest = REST
        if not text.isascii():
            for language, word in self._foreign:
                if language not in self._languages and word in text:
                    self._languages[language] = None

    def _by_shape(self, number: int, text: bytes) -> int:
        """Looks at each line, at those that differ only in digits once; the number of lines looked at.

        The result is that of `_by_word`, which every line goes to that is not known to be like another one.
        """
        at = looked = 0
        plans, waiting = self._plans, self._waiting
        for line in shape(text).split(b"\n"):
            if line in plans:
                tally = plans[line]
                if tally is not None:
                    tally.count += 1
                    tally.last = number
                    if waiting:
                        self._settle(number)
                    if not tally.secondary:
                        self._primary = number
                        waiting.clear()
                    elif number - self._primary > NEAR:
                        waiting.append((number, tally))
            else:
                original = text[at : at + len(line)]
                looked += 1
                self._by_word(number, original)
                if len(plans) < _CACHE and len(line) < LONG:
                    self._learn(line, original)
            at += len(line) + 1
            number += 1
        return looked

    def _learn(self, line: bytes, original: bytes) -> None:
        """Keeps what is counted for lines of this shape, if that is the same for all of them, whatever their
        digits are; and if no more examples are wanted."""
        if self._shapes.silent(line):
            self._plans[line] = None
            return
        parts = [part for part in original.decode("utf-8", "replace").split("\r") if part.strip()]
        if len(parts) != 1:
            return
        text, _ = without_stamp(parts[0])
        if self._shapes.open(text):
            return
        hit = self._match(text)
        if hit is None:
            if not self._shapes.suspicion and not self._table.suspicious.search(text):
                self._plans[line] = None
            return
        if "HOST" in hit.causes or self._shapes.named(hit.pattern, text):
            return
        tally = self._tallies[hit.pattern.id, hit.symptom, hit.causes][1]
        if len(tally.examples) >= KEPT:
            self._plans[line] = tally

    def _by_word(self, number: int, text: bytes) -> None:
        """Looks at the lines that hold a word of the table."""
        lowered = text.lower()
        hits: dict[int, tuple[int, int]] = {}
        for token in self._table.tokens:
            at = lowered.find(token)
            while at >= 0:
                start = lowered.rfind(b"\n", 0, at) + 1
                end = lowered.find(b"\n", at)
                end = len(lowered) if end < 0 else end
                key = start if end - start <= LONG else max(start, at - LONG // 4)
                hits[key] = (start, min(end, key + LONG))
                at = lowered.find(token, end)
        counted = 0
        for key in sorted(hits):
            start, end = hits[key]
            number += text.count(b"\n", counted, start)
            counted = start
            for part in text[key:end].decode("utf-8", "replace").split("\r"):
                if part.strip():
                    self._line(number, part)

    def _line(self, number: int, text: str) -> None:
        text, time = without_stamp(text)
        hit = self._known.get(text, _NOT_YET)
        if hit is _NOT_YET:
            hit = self._match(text)
            if len(self._known) < _CACHE and len(text) < 500:
                self._known[text] = hit
        if hit is None:
            self._strange(number, text, time)
            return
        causes = hit.causes
        if "HOST" in causes and time is not None and time[:1] == "2" and time[:10] < "2026-11-12":
            causes = tuple(code for code in causes if code != "HOST")  # before the announced day
        key = (hit.pattern.id, hit.symptom, causes)
        tally = self._tallies.setdefault(key, (hit.pattern, _Tally(causes, hit.pattern.secondary)))[
            1
        ]
        tally.count += 1
        tally.last = number
        if len(tally.examples) < KEPT:
            tally.examples.append(Line(number, clean(text), time))
        if hit.host is not None and len(tally.hosts) < KEPT:
            tally.hosts[hit.host] = None
        self._settle(number)
        if hit.pattern.secondary:
            if number - self._primary > NEAR:
                self._waiting.append((number, tally))
        else:
            self._primary = number
            self._waiting.clear()

    def _settle(self, number: int) -> None:
        """General messages that nothing specific followed count for themselves."""
        while self._waiting and number - self._waiting[0][0] > NEAR:
            self._waiting.pop(0)[1].alone += 1

    def _match(self, text: str) -> _Hit | None:
        lowered = text.lower()
        for pattern in self._table.patterns:
            for word in pattern.literals:
                if word in lowered:
                    break
            else:
                continue
            found = pattern.regex.search(text)
            if found is None:
                continue
            groups = found.groupdict()
            host = (groups.get("host") or "").strip("'\"[]").lower() or None
            causes = pattern.causes
            for where in pattern.where:
                if (groups.get(where.group) or "").lower() in where.values:
                    causes = where.causes
            symptom = pattern.symptom
            if pattern.split is not None:
                passed = int(groups["ms"][:9])
                if passed < pattern.split.below:
                    symptom = pattern.split.then
                elif passed >= pattern.split.start:
                    symptom = pattern.split.otherwise
            return _Hit(pattern, symptom, causes, host)
        return None

    def _strange(self, number: int, text: str, time: str | None) -> None:
        if not self._table.suspicious.search(text):
            return
        if any(pattern.search(text) for pattern in self._table.wrappers):
            return
        self._unknown_count += 1
        if len(self._unknown) < 2 * KEPT:
            self._unknown.setdefault(text, Line(number, clean(text), time))

    def _seen(self) -> tuple[Seen, ...]:
        found = []
        for (_, symptom, _), (pattern, tally) in self._tallies.items():
            follows = pattern.secondary and not tally.alone
            count = tally.alone if pattern.secondary and tally.alone else tally.count
            found.append(
                Seen(
                    pattern, symptom, tally.causes, count, follows,
                    tally.last, tuple(tally.examples), tuple(tally.hosts),
                )
            )  # fmt: skip
        return tuple(sorted(found, key=lambda s: (s.follows, -s.times, s.examples[0].number)))


_NOT_YET = _Hit(Pattern("", re.compile(""), (), "", (), "", "", False, None, ()), "", (), None)


def without_stamp(text: str) -> tuple[str, str | None]:
    """A line without the times that loggers put before it, and the first of them."""
    time = None
    for _ in range(2):
        found = _STAMP.match(text)
        if found is None:
            break
        time = time or found["time"]
        text = text[found.end() :]
    return text, time
