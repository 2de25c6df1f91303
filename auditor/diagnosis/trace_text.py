"""The text that traceroute, tracert, paris-traceroute and mtr print.

Forms: traceroute(8) of Linux and BSD (`host (address)`, several hosts in a line, `!X` and the like, `F=` with --mtu);
tracert of Windows (times before the host, in any language); paris-traceroute (a head in brackets that names the
algorithm); mtr --report (`1.|-- host`, more hosts below, in older versions with a bar); tracepath; the
text of scamper. What names several hosts of a hop without the flows of the probes, as multipath tools print it, is
refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from auditor.diagnosis.trace_json import address_and_name
from auditor.diagnosis.traces import Answer, Flows, Trace

_HEAD = re.compile(
    r"^(?:traceroute|traceroute6|tcptraceroute)\s+to\s+(\S+)\s*\(([^)\s]+)\)", re.IGNORECASE
)
_PARIS = re.compile(
    r"^traceroute \[\((\S+?):\d+\) -> \((\S+?):\d+\)\], protocol (\S+), algo ([\w-]+)"
)
_WINDOWS = re.compile(r"^\s*(\d{1,3})((?:\s+(?:<?\d+\s*ms|\*)){3})\s+(\S.*)$")
_WINDOWS_HEAD = re.compile(r"\[([0-9A-Fa-f:.]+)\]")
_MTR = re.compile(r"^\s*(\d{1,3})[.:]\s?(?:AS\S+\s+)?\|--\s+(\S+(?:\s\([0-9A-Fa-f:.]+\))?)")
_MTR_MORE = re.compile(r"^\s*(?:\|\s+[`|]\|?--\s+|\s{7})(\S+(?:\s\([0-9A-Fa-f:.]+\))?)\s*$")
_HOP = re.compile(r"^\s*(\d{1,3})\s+(?=\S)(.*)$")
_WORD = re.compile(
    r"(?P<silent>\*)|(?P<time><?\d+(?:[.,]\d+)?\s*ms\b)|!(?P<mark>[A-Z]|\d+)(?:-(?P<size>\d+))?|(?P<other>!)"
    r"|F=(?P<mtu>\d+)|\[(?P<note>[^\]]*)\]"
    r"|(?P<name>[^\s()\[\]!]+)\s+\((?P<in>[0-9A-Fa-f:.]+)\)|\((?P<asn>[^)]*)\)|(?P<lone>[^\s!]+)"
)
_SCAMPER = re.compile(r"^traceroute from \S+ to (\S+)$")
_TRACEPATH = re.compile(
    r"^\s*(?P<ttl>\d{1,3})(?P<guess>\?)?:\s+(?:(?P<local>\[LOCALHOST\])|(?P<silent>no reply)|send failed"
    r"|(?P<host>\S+(?:\s\([0-9A-Fa-f:.]+\))?)\s+[\d.]+ms)\s*(?P<rest>.*)$"
)
_PMTU = re.compile(r"\bpmtu (\d{2,6})\b")
_MULTIPATH = re.compile(
    r"^tracelb from |^traceroute \[.*\], protocol \S+, algo (?:mda|exh)|^Lattice:"
)
_MPLS = re.compile(r"^\s+(?:MPLS|\[MPLS)", re.IGNORECASE)


class TextTraces(NamedTuple):
    """The traces in text, the lines within them that were not understood, and the heads of multipath traces, which
    are not read; lines with their numbers."""

    traces: tuple[Trace, ...]
    strange: tuple[tuple[int, str], ...]
    refused: tuple[tuple[int, str], ...]


def traces_in(lines: Iterable[str]) -> TextTraces:
    """What is in text."""
    reader = _Reader()
    for number, line in enumerate(lines, 1):
        if line.strip():
            reader.line(number, line.rstrip())
    reader.end()
    return TextTraces(tuple(reader.traces), tuple(reader.strange), tuple(reader.refused))


class _Reader:
    def __init__(self) -> None:
        self.traces: list[Trace] = []
        self.strange: list[tuple[int, str]] = []
        self.refused: list[tuple[int, str]] = []
        self._start("traceroute", "udp or as asked", None, "varies")

    def _start(self, tool: str, probe: str, target: str | None, flows: Flows) -> None:
        self._tool, self._probe, self._target, self._flows = tool, probe, target, flows
        self._answers: list[Answer] = []
        self._last = 0
        self._skip = False
        self._mtu: int | None = None

    def end(self) -> None:
        if self._answers:
            answers = tuple(self._answers)
            self.traces.append(Trace(self._tool, self._probe, self._target, self._flows, answers))
        self._answers = []

    def line(self, number: int, line: str) -> None:
        if _MULTIPATH.match(line):
            self.end()
            self._skip = True
            self.refused.append((number, line))
            return
        paris = _PARIS.match(line)
        if paris:
            self.end()
            self._start("paris-traceroute", paris[3], paris[2], "same")  # `hopbyhop`, `concurrent`
            return
        scamper = _SCAMPER.match(line)
        if scamper:
            self.end()
            self._start("scamper trace", "udp-paris or as asked", scamper[1], "varies")
            return
        head = _HEAD.match(line)
        if head:
            self.end()
            self._start("traceroute", "udp or as asked", head[2].split("%")[0], "varies")
            return
        if self._skip or self._mtr(line) or self._windows(line) or self._tracepath(line):
            return
        hop = _HOP.match(line)
        if hop and self._hop(int(hop[1]), hop[2]):
            return
        self._else(number, line)

    def _mtr(self, line: str) -> bool:
        found = _MTR.match(line)
        if found:
            self._next(int(found[1]), "mtr", "icmp or as asked")
            address, name = address_and_name(found[2])
            self._answers.append(
                Answer(self._last, None if address == "???" else address, name=name)
            )
            return True
        more = _MTR_MORE.match(line)
        if more and self._tool == "mtr":
            address, name = address_and_name(more[1])
            self._answers.append(Answer(self._last, address, name=name))
        return bool(more)

    def _windows(self, line: str) -> bool:
        found = _WINDOWS.match(line)
        if not found or "." in found[2]:
            return False
        self._next(int(found[1]), "tracert", "icmp")
        host = found[3].strip().rstrip(".")
        known = re.fullmatch(r"(?:(\S+) )?\[?([0-9A-Fa-f:.]+)\]?", host)
        if "*" in found[2] and "ms" not in found[2] and not known:
            self._answers.append(Answer(self._last, None))
        elif known and re.search(r"[.:]", known[2]):
            self._answers.append(Answer(self._last, known[2], name=known[1] or ""))
        else:
            self._answers.append(Answer(self._last, host.split()[0]))
        return True

    def _tracepath(self, line: str) -> bool:
        found = _TRACEPATH.match(line)
        if found is None:
            if self._tool != "tracepath":
                return False
            return line.strip().startswith(("Resume:", "Too many hops:"))
        told = _PMTU.search(found["rest"])
        if found["local"]:
            self.end()
            self._start("tracepath", "udp", None, "varies")
        else:
            if self._tool != "tracepath":
                self.end()
                self._start("tracepath", "udp", None, "varies")
            self._last = int(found["ttl"])  # the first hop is asked twice
        self._mtu = int(told[1]) if told else self._mtu
        if found["silent"]:
            self._answers.append(Answer(self._last, None))
        elif found["host"]:
            address, name = address_and_name(found["host"])
            self._answers.append(
                Answer(self._last, address, "", _tracepath_mark(found["rest"]), self._mtu, name)
            )
        return True

    def _next(self, ttl: int, tool: str, probe: str) -> None:
        if ttl <= self._last and ttl == 1:
            self.end()
            self._last = 0
            self._target = None
        if not self._answers:
            self._tool, self._probe, self._flows = tool, probe, "varies"
        self._last = ttl

    def _hop(self, ttl: int, rest: str) -> bool:
        words = list(_WORD.finditer(rest))
        timed = any(word["time"] for word in words)
        if not timed and not all(word["silent"] or word["other"] or word["mark"] for word in words):
            return False
        if ttl == 1 and self._last > 1:
            target, flows = self._target, self._flows
            self.end()
            self._start(self._tool, self._probe, target, flows)
        self._last = ttl
        self._answers += _answers(ttl, words)
        return True

    def _else(self, number: int, line: str) -> None:
        inside = _WINDOWS_HEAD.search(line)
        if inside and not self._answers and self._target is None:
            self._target = inside[1]
        elif (
            self._answers
            and line[:1].isspace()
            and not _MPLS.match(line)
            and re.match(r"\s*\d", line)
        ):
            self.strange.append((number, line))


def _answers(ttl: int, words: list[re.Match[str]]) -> list[Answer]:
    """The answers of a hop's line: a host stands before its times, marks behind them."""
    found: list[Answer] = []
    address: str | None = None
    name, mtu = "", None
    for word in words:
        if word["silent"]:
            found.append(Answer(ttl, None))
        elif word["in"]:
            address, name = word["in"], word["name"]
        elif word["lone"] and _is_host(word["lone"], not found and address is None):
            address, name = word["lone"], ""
        elif word["mtu"]:
            mtu = int(word["mtu"][:6])
        elif word["time"] and address is not None:
            found.append(Answer(ttl, address, mtu=mtu, name="" if name == address else name))
        elif word["mark"] and found and found[-1].address is not None:
            mark = "X" if word["mark"] in ("10", "13", "9", "A") else word["mark"]
            size = int(word["size"][:6]) if word["size"] else found[-1].mtu
            found[-1] = found[-1]._replace(mark=mark, mtu=size)
    return found


def _tracepath_mark(rest: str) -> str:
    """`reached` is the destination. The kernel tells tracepath no codes: what a filter forbids is `!H` there, as a
    host without a route is (icmp(7), net/ipv4/icmp.c: `icmp_err_convert`)."""
    if "reached" in rest:
        return "D"
    told = re.search(r"!([NHPA])\b", rest)
    return {"H": "U", "A": "X"}.get(told[1], told[1]) if told else ""


def _is_host(word: str, first: bool) -> bool:
    """Whether a lone word names a host: what has a dot or colon, or stands first in its line."""
    return first or (bool(re.search(r"[.:]", word)) and not word.startswith("<"))
