"""The device meets packets too big for its way out and does not tell the sender.

What it finds
    The smallest MTU on a path through this device is smaller than the packets that arrive, and the
    statements or defaults of the interfaces keep the device from sending Frag-Needed (ICMP 3/4) or Packet
    Too Big (ICMPv6 2). A clamp of the MSS in the needed direction that is small enough makes it moot.

Why it matters
    Handshake, login and small replies work, then the first full-size segment vanishes for ever: `git push` or
    `git clone` stalls (RFC 2923).

When it is unknown
    When no document says whether the platform sends the message, or when the path to the service is not
    known and a narrow interface could carry it.

Examples
    mtu001_fires_tunnel_unreachables_off, mtu001_mitigated_clamp, mtu001_silent_equal_mtu

Remedy
    Send unreachables (rate-limited if a hardening guide worries), or clamp the MSS to the path MTU less 40.

References
    RFC 1191, RFC 8201, RFC 1812 section 5.2.7.1, RFC 4443 section 3.2, RFC 2923
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from parsers.model.interfaces import MssClamp, Ptb
from parsers.model.source import Where
from parsers.platform import Remedy
from rules import budget, narrow, pmtud
from rules.finding import Finding, Outcome, Severity, Witness
from rules.narrow import Narrow
from rules.pmtud import Telling
from rules.rule import Rule
from rules.view import View

RULE = Rule(
    "MTU001",
    "too-big-not-told",
    "The device drops big packets without telling the sender",
    Severity.CRITICAL,
    ("RFC 1191", "RFC 8201", "RFC 1812 section 5.2.7.1", "RFC 4443 section 3.2", "RFC 2923"),
)


class Verdict(NamedTuple):
    """How a case is judged, and the clamp that covers it, if one does."""

    word: str
    severity: Severity
    outcome: Outcome
    clamp: MssClamp | None = None


class Case(NamedTuple):
    """One direction through the device, with whether its senders are told and the clamps on it."""

    way: Narrow
    telling: Telling
    flags: tuple[Ptb, ...]
    clamps: tuple[MssClamp, ...]


def check(view: View) -> Iterator[Finding]:
    """The worst case per narrow interface, direction and family."""
    for crossing in view.crossings:
        best: dict[tuple[str, bool], tuple[Verdict, Case]] = {}
        for way in narrow.narrows(view, crossing):
            told, flags = narrow.told(view, way)
            case = Case(way, told, flags, tuple(narrow.clamps(view, way)))
            verdict = _judge(view, case)
            if verdict is None:
                continue
            key = (way.way_out.name, way.upload)
            known = best.get(key)
            if known is None or verdict.severity.rank < known[0].severity.rank:
                best[key] = (verdict, case)
        for verdict, case in best.values():
            yield _finding(view, case, verdict)


def _judge(view: View, case: Case) -> Verdict | None:
    """The steps 3 to 5 of the procedure in docs/pmtud.md."""
    way = case.way
    if case.telling is Telling.ON or narrow.df_cleared(view, way) is not None:
        return None  # told, or fragmented instead of dropped, which MTU005 reports
    enough = pmtud.adequate(case.clamps, way.size.value, way.crossing.family)
    if enough is not None:
        return Verdict("MITIGATED", Severity.INFO, Outcome.FAIL, enough)
    documented = way.upload and way.size.value >= view.service.takes
    worst = Severity.MEDIUM if documented else Severity.CRITICAL
    if case.telling is Telling.UNKNOWN or not way.crossing.known:
        return Verdict("UNKNOWN", worst, Outcome.UNKNOWN)
    if documented:
        return Verdict("WARN", Severity.MEDIUM, Outcome.FAIL)
    # clearing DF on the encrypted packet may let it be fragmented underneath (not documented for a tunnel
    # that checks the inner packet first), so the break is likely and not certain
    if case.telling is Telling.PERHAPS or _clears_df(view):
        return Verdict("HIGH", Severity.HIGH, Outcome.FAIL)
    return Verdict("CRITICAL", Severity.CRITICAL, Outcome.FAIL)


def _clears_df(view: View) -> bool:
    return any(f.value == "df-bit" and "clear" in f.note for f in view.device.recognised)


def _finding(view: View, case: Case, verdict: Verdict) -> Finding:
    way = case.way
    family = way.crossing.family
    message = budget.MESSAGE[family]
    direction, target = ("uploads", "clients") if way.upload else ("downloads", "the service")
    state = f"{_state(case, message)} to {target}"
    text = (
        f"{verdict.word}: IPv{family} {direction} of up to {way.arriving} bytes leave through "
        f"{way.way_out.name} ({way.size.why}), and {state}.{_clamp_text(case, verdict)}"
    )
    if not way.crossing.known:
        text += " Whether sessions to the service use this interface is not known."
    mitigated = verdict.severity is Severity.INFO
    words = budget.clamp_words(case.clamps, way.needed)
    return Finding(
        code=RULE.code,
        title=RULE.title,
        severity=verdict.severity,
        outcome=verdict.outcome,
        subject=f"IPv{family} {'up' if way.upload else 'down'} {way.way_out.name}"
        f" vrf {way.crossing.vrf}",
        message=text,
        evidence=_evidence(case),
        witness=None if mitigated else _witness(view, way),
        remedies=() if mitigated else _remedies(case),
        references=RULE.references,
        settle=()
        if way.crossing.known
        else ("the routing table towards the service would settle which interfaces it uses",),
        budget=budget.of_narrow(view, way, f"drops the big ones: {state}", words),
    )


def _evidence(case: Case) -> tuple[Where, ...]:
    way = case.way
    places = [flag.where for flag in case.flags]
    places += [way.size.where, *(clamp.where for clamp in case.clamps), way.way_out.where]
    return tuple(dict.fromkeys(where for where in places if where is not None))


def _state(case: Case, message: str) -> str:
    defaults = sorted({flag.reason for flag in case.flags if flag.where is None and flag.reason})
    why = f" ({'; '.join(defaults)})" if defaults and case.telling is not Telling.ON else ""
    if case.telling is Telling.UNKNOWN:
        return f"it is not known whether the device sends {message}{why}"
    if case.telling is Telling.PERHAPS:
        return f"one of the two interfaces is told not to send {message}{why}"
    if any(flag.where is not None for flag in case.flags):
        return f"the device is told not to send {message}{why}"
    return f"the device does not send {message}{why}"


def _clamp_text(case: Case, verdict: Verdict) -> str:
    need = case.way.needed
    if verdict.clamp is not None:
        said = "the path MTU" if verdict.clamp.value is None else str(verdict.clamp.value)
        return f" The MSS clamp {said} keeps segments within {need}."
    if not case.clamps:
        return f" No MSS clamp of {need} or less helps."
    found = ", ".join(str(clamp.value) for clamp in case.clamps)
    return f" The MSS clamp {found} is larger than the {need} that fits."


def _witness(view: View, way: Narrow) -> Witness | None:
    paths = [path for path in way.crossing.paths if path.leaves] or list(way.crossing.paths)
    if not paths:
        return None
    prefix = paths[0].prefix
    address = str(prefix.network_address + (1 if prefix.num_addresses > 2 else 0))
    port = view.service.ports[0].port
    client = view.example_client(way.crossing.family, way.crossing.vrf)
    if way.upload:
        return Witness(client, address, "tcp", 50000, port, None, None, "outbound", "stall")
    return Witness(address, client, "tcp", port, 50000, None, None, "return", "stall")


def _remedies(case: Case) -> tuple[Remedy, ...]:
    """Send the message; or clamp; and where a line says not to send, how to keep what asked for it."""
    way = case.way
    family = way.crossing.family
    names = [i.name for i in (way.inside, way.outside) if i is not None]
    send = tuple(Remedy("send-ptb", family=family, interface=name) for name in names)
    told = any(flag.where is not None for flag in case.flags)
    hardened = (Remedy("harden-ptb", family=family, interface=names[-1]),) if told else ()
    clamp = Remedy("clamp-mss", family=family, interface=way.way_out.name, number=way.needed)
    return (*send, clamp, *hardened)
