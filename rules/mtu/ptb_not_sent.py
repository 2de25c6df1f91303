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

from parsers.model.interfaces import Interface, MssClamp, Ptb
from parsers.platform import Remedy
from rules import pmtud
from rules.finding import Finding, Outcome, Severity, Witness
from rules.meetings import PTB_IN, PTB_OUT
from rules.own_messages import own_filter
from rules.pmtud import Size, Telling
from rules.rule import Rule
from rules.view import Crossing, View

RULE = Rule(
    "MTU001",
    "too-big-not-told",
    "The device drops big packets without telling the sender",
    Severity.CRITICAL,
    ("RFC 1191", "RFC 8201", "RFC 1812 section 5.2.7.1", "RFC 4443 section 3.2", "RFC 2923"),
)


class Case(NamedTuple):
    """One direction through the device: packets of up to `arriving` bytes leave through `narrow`."""

    crossing: Crossing
    upload: bool
    inside: Interface | None
    outside: Interface
    narrow: Interface
    size: Size
    arriving: int
    telling: Telling
    flags: tuple[Ptb, ...]
    clamps: tuple[MssClamp, ...]


def check(view: View) -> Iterator[Finding]:
    """The worst case per narrow interface, direction and family."""
    for crossing in view.crossings:
        best: dict[tuple[str, bool], Finding] = {}
        for case in _cases(view, crossing):
            finding = _judge(view, case)
            if finding is None:
                continue
            key = (case.narrow.name, case.upload)
            known = best.get(key)
            if known is None or finding.severity.rank < known.severity.rank:
                best[key] = finding
        yield from best.values()


def _cases(view: View, crossing: Crossing) -> Iterator[Case]:
    if crossing.known:
        pairs = [(i, o) for o in crossing.outside for i in (crossing.inside or (None,))]
    else:
        narrow = [i for i in crossing.inside if pmtud.is_narrow(view, i, crossing.family)]
        pairs = [(next((i for i in crossing.inside if i.name != o.name), None), o) for o in narrow]
    family = crossing.family
    for inside, outside in pairs:
        out_size = pmtud.effective_mtu(view, outside, family)
        in_size = None if inside is None else pmtud.effective_mtu(view, inside, family)
        # the service's MSS is that of IPv4; over IPv6 it is 20 less, so the packets are as large
        arriving = view.service.mss + pmtud.HEADERS[4]
        if in_size is not None:
            arriving = min(arriving, in_size.value)
        if arriving > out_size.value:
            yield _case(view, crossing, True, inside, outside, outside, out_size, arriving)
        if inside is not None and in_size is not None:
            down = min(out_size.value, pmtud.ETHERNET)
            if down > in_size.value:
                yield _case(view, crossing, False, inside, outside, inside, in_size, down)


def _case(
    view: View,
    crossing: Crossing,
    upload: bool,
    inside: Interface | None,
    outside: Interface,
    narrow: Interface,
    size: Size,
    arriving: int,
) -> Case:
    told, flags = pmtud.telling(inside, outside, crossing.family)
    own = own_filter(view, crossing, PTB_IN if upload else PTB_OUT) if told is Telling.ON else None
    if own is not None:
        told, flags = (Telling.UNKNOWN if own.sends is None else Telling.OFF), [own]
    clamps = pmtud.clamps_between(view, inside, outside, crossing.family, upload)
    return Case(
        crossing, upload, inside, outside, narrow, size, arriving, told, tuple(flags), tuple(clamps)
    )


def _judge(view: View, case: Case) -> Finding | None:
    if case.telling is Telling.ON:
        return None
    enough = pmtud.adequate(case.clamps, case.size.value, case.crossing.family)
    if enough is not None:
        return _finding(view, case, Severity.INFO, Outcome.FAIL, "MITIGATED", enough)
    if case.telling is Telling.UNKNOWN:
        return _finding(view, case, Severity.CRITICAL, Outcome.UNKNOWN, "UNKNOWN", None)
    if not case.crossing.known:
        return _finding(view, case, Severity.CRITICAL, Outcome.UNKNOWN, "UNKNOWN", None)
    if case.size.value >= pmtud.DOCUMENTED_LIMIT and case.upload:
        return _finding(view, case, Severity.MEDIUM, Outcome.FAIL, "WARN", None)
    # clearing DF on the encrypted packet may let it be fragmented underneath (not documented for a tunnel
    # that checks the inner packet first), so the break is likely and not certain
    if case.telling is Telling.PERHAPS or _clears_df(view):
        return _finding(view, case, Severity.HIGH, Outcome.FAIL, "HIGH", None)
    return _finding(view, case, Severity.CRITICAL, Outcome.FAIL, "CRITICAL", None)


def _clears_df(view: View) -> bool:
    return any(f.value == "df-bit" and "clear" in f.note for f in view.device.recognised)


def _finding(
    view: View,
    case: Case,
    severity: Severity,
    outcome: Outcome,
    verdict: str,
    clamp: MssClamp | None,
) -> Finding:
    family = case.crossing.family
    message = "Packet Too Big" if family == 6 else "Frag-Needed"
    need = case.size.value - pmtud.HEADERS[family]
    direction = "uploads" if case.upload else "downloads"
    target = "clients" if case.upload else "the service"
    text = (
        f"{verdict}: IPv{family} {direction} of up to {case.arriving} bytes leave through "
        f"{case.narrow.name} ({case.size.why}), and {_state(case, message)} to {target}."
    )
    if clamp is not None:
        said = "the path MTU" if clamp.value is None else str(clamp.value)
        text += f" The MSS clamp {said} keeps segments within {need}."
    else:
        text += _clamp_text(case, need)
    if not case.crossing.known:
        text += " Whether sessions to the service use this interface is not known."
    evidence = [w for w in (f.where for f in case.flags) if w is not None]
    evidence += [w for w in (case.size.where, *(c.where for c in case.clamps)) if w is not None]
    evidence += [i.where for i in (case.narrow,) if i.where is not None]
    return Finding(
        code=RULE.code,
        title=RULE.title,
        severity=severity,
        outcome=outcome,
        subject=f"IPv{family} {'up' if case.upload else 'down'} {case.narrow.name}"
        f" vrf {case.crossing.vrf}",
        message=text,
        evidence=tuple(dict.fromkeys(evidence)),
        witness=_witness(view, case) if severity is not Severity.INFO else None,
        remedies=_remedies(case, need) if severity is not Severity.INFO else (),
        references=RULE.references,
        settle=("the routing table towards the service would settle which interfaces it uses",)
        if not case.crossing.known
        else (),
    )


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


def _clamp_text(case: Case, need: int) -> str:
    if not case.clamps:
        return f" No MSS clamp of {need} or less helps."
    found = ", ".join(str(clamp.value) for clamp in case.clamps)
    return f" The MSS clamp {found} is larger than the {need} that fits."


def _witness(view: View, case: Case) -> Witness | None:
    paths = [path for path in case.crossing.paths if path.leaves] or list(case.crossing.paths)
    if not paths:
        return None
    prefix = paths[0].prefix
    address = str(prefix.network_address + (1 if prefix.num_addresses > 2 else 0))
    port = view.service.ports[0].port
    client = view.example_client(case.crossing.family, case.crossing.vrf)
    if case.upload:
        return Witness(client, address, "tcp", 50000, port, None, None, "outbound", "stall")
    return Witness(address, client, "tcp", port, 50000, None, None, "return", "stall")


def _remedies(case: Case, need: int) -> tuple[Remedy, ...]:
    family = case.crossing.family
    names = [i.name for i in (case.inside, case.outside) if i is not None]
    send = tuple(Remedy("send-ptb", family=family, interface=name) for name in names)
    return (*send, Remedy("clamp-mss", family=family, interface=case.narrow.name, number=need))
