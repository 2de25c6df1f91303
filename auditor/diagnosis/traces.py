"""What path tools saw, whichever tool it was: probes and answers."""

from __future__ import annotations

from typing import Literal, NamedTuple

Flows = Literal["same", "varies", "known"]
"""Whether a tool keeps the fields that routers hash the same for all probes of a trace (`same`), changes them with
every probe (`varies`), or says for each probe which flow it belonged to (`known`)."""


class Answer(NamedTuple):
    """An answer to a probe with that TTL. `address` None is silence. `mark` is what the answer says beyond
    time exceeded: `X` administratively prohibited, `N`, `H`, `P`, `F` as traceroute prints them, `U` unreachable or
    prohibited, which the tool cannot tell apart, `R` a reset, `D` the destination. `mtu` in bytes, where the answer or
    the tool tells one."""

    ttl: int
    address: str | None
    flow: str = ""
    mark: str = ""
    mtu: int | None = None
    name: str = ""


class Trace(NamedTuple):
    """One run of a path tool. `probe` says with what; answers stand in the order of the probes."""

    tool: str
    probe: str
    target: str | None
    flows: Flows
    answers: tuple[Answer, ...]


class TraceFile(NamedTuple):
    """The traces of a file. `notes` say what could not be read."""

    file: str
    traces: tuple[Trace, ...]
    notes: tuple[str, ...]
