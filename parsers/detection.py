"""Which system printed a configuration, and how sure that is.

A text is thinned to lines that tell most (the first of each kind, banners left out), each system's
tells are looked for in it once, and their weights are summed. A system is chosen only if the text
says enough and says it clearly more for this system than for any other; else the answer is None
with the systems that fit. A wrong platform would make every later verdict wrong, an unknown one
costs the user one option.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from typing import NamedTuple

from parsers.platform import Tell
from parsers.tell_index import Lines, Pattern, pattern
from parsers.tells import CISCO_XE, SYSTEMS
from parsers.unsupported import UNSUPPORTED

_HEAD = 20_000
"""Lines at the top that are looked at one by one; of the rest every `_STRIDE`th is."""
_STRIDE = 37
_PER_WORD, _PER_PAIR = 60, 6
"""Lines kept that share their first word, and their first two words."""
_MOST = 4_000
_FLAT = frozenset({"set", "delete", "deactivate", "add", "net", "nv", "/configure", "config"})
"""First words that say nothing: configurations written as one command a line begin all lines so."""

_SETTLED = 100
"""A score at which the text has named its own system, or said as much."""
_LEAST = 8
"""A score below which the text has said nothing: a statement or two that many systems share."""
_LEAST_ALONE = 6
"""The same where nothing at all speaks for any other system."""
_TYPICAL = 4
"""The least distance between two systems that counts as clear."""

_REMEDY = "say --platform"


class Candidate(NamedTuple):
    """A system that fits a text: name, title, and the sum of the weights that speak for it."""

    name: str
    title: str
    score: int
    supported: bool


class Detection(NamedTuple):
    """The platform of a text, or None with the reason.

    `confidence` is 1 where the text names its own system and falls to 0 as less speaks for the
    first candidate, or more for the second. `candidates` are all systems for which anything speaks,
    best first; those that are recognised without being supported are among them.
    """

    platform: str | None
    confidence: float
    reason: str
    candidates: tuple[Candidate, ...]


_KNOWN = (*SYSTEMS, "cisco_xe", *UNSUPPORTED)

TITLES = {
    "arista_eos": "Arista EOS",
    "aruba_aoscx": "ArubaOS-CX",
    "checkpoint_gaia": "Check Point Gaia",
    "cisco_asa": "Cisco ASA, PIX or FWSM",
    "cisco_ios": "Cisco IOS",
    "cisco_nxos": "Cisco NX-OS",
    "cisco_xe": "Cisco IOS XE",
    "cisco_xr": "Cisco IOS XR",
    "cumulus_linux": "NVIDIA Cumulus Linux",
    "dell_os10": "Dell SmartFabric OS10",
    "dell_sonic": "SONiC",
    "f5_tmsh": "F5 BIG-IP",
    "fortinet": "Fortinet FortiOS",
    "hp_comware": "H3C or HPE Comware",
    "huawei_vrp": "Huawei VRP",
    "juniper_junos": "Juniper Junos",
    "linux": "Linux (iptables, nftables, iproute2, FRR)",
    "mikrotik_routeros": "MikroTik RouterOS",
    "nokia_srl": "Nokia SR Linux",
    "nokia_sros": "Nokia SR OS",
    "paloalto_panos": "Palo Alto Networks PAN-OS",
    "ubiquiti_edgerouter": "Ubiquiti EdgeOS",
    "vyos": "VyOS or Vyatta",
}


def detect(lines: list[str]) -> Detection:
    """The system whose configuration (or, on Linux, command output) `lines` are."""
    text = _thinned(lines)
    foreign = _foreign_header(text)
    ordered = Lines(text)
    if foreign is not None:
        return Detection(None, 1.0, f"{foreign}, which is not supported yet", ())
    found = [Candidate(name, TITLES[name], _score(name, ordered), True) for name in SYSTEMS] + [
        Candidate(name, system.title, _score(name, ordered), False)
        for name, system in UNSUPPORTED.items()
    ]
    ranked = tuple(sorted((c for c in found if c.score > 0), key=lambda c: (-c.score, c.name)))
    if not ranked or ranked[0].score < (_LEAST if len(ranked) > 1 else _LEAST_ALONE):
        return _nothing_said(ranked)
    best = ranked[0]
    second = ranked[1] if len(ranked) > 1 else None
    if second is not None and not _clearly_more(best.score, second.score):
        return _ambiguous(ranked)
    confidence = _confidence(best.score, second.score if second else 0)
    if not best.supported:
        reason = f"looks like {best.title}, which is not supported yet"
        return Detection(None, confidence, reason, ranked)
    if best.name == "cisco_ios" and _matches("cisco_xe", ordered):
        best = Candidate("cisco_xe", TITLES["cisco_xe"], best.score, True)
        ranked = (best, *ranked[1:])
    how = "names itself as" if best.score >= _SETTLED else "reads like"
    return Detection(best.name, confidence, f"{how} {best.title}", ranked)


_HEADER = re.compile(r"[!#;:]+ *RANCID-CONTENT-TYPE: *(\S+)")
_HEADER_LINES = 20
_NAMES_A_SYSTEM = 40


def _foreign_header(text: str) -> str | None:
    """The type in a RANCID header that no system here goes by.

    What else the text says is then no help, since many systems speak like IOS.
    """
    for line in text.splitlines()[:_HEADER_LINES]:
        found = _HEADER.match(line)
        if found and not any(_score(name, Lines(line)) >= _NAMES_A_SYSTEM for name in _KNOWN):
            return f"its RANCID header says {found.group(1)}"
    return None


def _clearly_more(best: int, second: int) -> bool:
    """Whether `best` leaves no doubt beside `second`: a third more, and at least `_TYPICAL`.

    Two systems that a text names both are never told apart: it holds two devices.
    """
    return second < _SETTLED and best - second >= max(_TYPICAL, min(best // 3, _SETTLED // 3))


def _confidence(best: int, second: int) -> float:
    strength = min(1.0, best / _SETTLED)
    distance = (best - second) / best
    return round(min(1.0, 0.4 + 0.6 * strength) * min(1.0, 0.5 + distance), 2)


def _nothing_said(ranked: tuple[Candidate, ...]) -> Detection:
    if not ranked:
        return Detection(
            None,
            0.0,
            f"no statement here belongs to a system known to this tool; {_REMEDY}",
            (),
        )
    names = " and ".join(candidate.name for candidate in ranked[:3])
    reason = f"too little is said: it would fit {names}; {_REMEDY}"
    return Detection(None, 0.0, reason, ranked)


def _ambiguous(ranked: tuple[Candidate, ...]) -> Detection:
    best = ranked[0].score
    near = [c for c in ranked if not _clearly_more(best, c.score)][:4]
    names = " and ".join(candidate.name for candidate in near)
    reason = f"fits {names}; {_REMEDY}"
    return Detection(None, 0.0, reason, ranked)


@cache
def _compiled(name: str) -> tuple[tuple[Pattern, int, Pattern | None], ...]:
    tells: tuple[Tell, ...]
    if name == "cisco_xe":
        tells = CISCO_XE
    elif name in SYSTEMS:
        tells = SYSTEMS[name]
    else:
        tells = UNSUPPORTED[name].tells
    return tuple(
        (pattern(tell.pattern), tell.weight, pattern(tell.unless) if tell.unless else None)
        for tell in tells
    )


def _score(name: str, lines: Lines) -> int:
    return sum(
        weight
        for tell, weight, unless in _compiled(name)
        if tell.found(lines) and not (unless is not None and unless.found(lines))
    )


def _matches(name: str, lines: Lines) -> bool:
    return any(tell.found(lines) for tell, _, _ in _compiled(name))


_BANNER = re.compile(
    r"\s*(?:set )?banner (?:motd|login|exec|incoming|slip-ppp|prompt-timeout|config-save)\b ?(.*)"
)
_LONGEST_BANNER = 200


def _thinned(lines: list[str]) -> str:
    """The lines that tell most, in order, as one text: the first few of each beginning."""
    words: Counter[str] = Counter()
    pairs: Counter[str] = Counter()
    full: dict[str, bool] = {}  # first words of which there are enough
    kept: list[str] = []
    skip_to = 0
    total = len(lines)
    numbers = [*range(min(_HEAD, total)), *range(_HEAD, total, _STRIDE)]
    for number in numbers:
        if number < skip_to:
            continue
        line = lines[number]
        word, blank, _ = line.lstrip().partition(" ")
        if blank and full.get(word):
            continue
        beginning = line.split(None, 3)
        if not beginning:
            continue
        first = 2 if beginning[0] in _FLAT else 1
        word = " ".join(beginning[:first])
        if words[word] >= _PER_WORD:
            if first == 1:
                full[word] = True
            continue
        pair = " ".join(beginning[: first + 1])
        if pairs[pair] >= _PER_PAIR:
            continue
        words[word] += 1
        pairs[pair] += 1
        kept.append(line[:400])
        if len(kept) >= _MOST:
            break
        if word == "banner":
            skip_to = _after_banner(lines, number)
    return "\n".join(kept) + "\n"


def _after_banner(lines: list[str], number: int) -> int:
    """The index of the first line after the banner that begins on line index `number`.

    IOS, NX-OS and XR end a banner with the delimiter that begins it, EOS with a line `EOF`.
    """
    found = _BANNER.match(lines[number])
    if found is None:
        return number + 1
    rest = found.group(1).strip()
    if rest[:2] == "^C":
        delimiter, rest = "^C", rest[2:]
    else:
        delimiter, rest = rest[:1] or "EOF", rest[1:]
    if delimiter in rest:
        return number + 1
    for index in range(number + 1, min(len(lines), number + _LONGEST_BANNER)):
        if delimiter == "EOF" and lines[index].strip() == "EOF":
            return index  # this line tells of EOS
        if delimiter != "EOF" and delimiter in lines[index]:
            return index + 1
    return number + 1
