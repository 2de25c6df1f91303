"""Conditions that some packets of a TCP session meet and others do not: flags, states, rates, bytes so far."""

from __future__ import annotations

from parsers.linux.chains import Rule
from parsers.model.filters import Entry, FlagTest, State

SYN, ACK = 2, 16
_SESSION = ((SYN, State.NEW), (ACK, State.ESTABLISHED), (ACK | 8, State.ESTABLISHED))
"""The flags and states of what a client sends: SYN, ACK, and data."""
_RATES = (
    "limit", "hashlimit", "quota", "connbytes", "ct bytes", "ct packets", "ct avgpkt",
    "ct expiration", "random", "time", "recent",
)  # fmt: skip
"""Conditions whose answer for a session changes with time or volume, as the readers name them in doubts."""


def splits_session(rule: Rule) -> bool:
    """Whether flags or states make the rule act on some packets of a session, and not on all."""
    acts = [any(_meets(entry, flags, state) for entry in rule.entries) for flags, state in _SESSION]
    return any(acts) and not all(acts)


def changes_with_time(rule: Rule) -> str | None:
    """The condition whose answer changes while a session lives; None without one."""
    for entry in rule.entries:
        for doubt in (entry.uncertain or "").split("; "):
            name = (
                doubt.removeprefix("-m ").replace("ct original ", "ct ").replace("ct reply ", "ct ")
            )
            if name in _RATES:
                return doubt
    return None


def _meets(entry: Entry, flags: int, state: State) -> bool:
    return any(
        _takes(match.flags, flags) and (match.states is None or state in match.states)
        for match in entry.matches
    )


def _takes(tests: tuple[FlagTest, ...] | None, flags: int) -> bool:
    return tests is None or any(flags & test.mask == test.value for test in tests)
