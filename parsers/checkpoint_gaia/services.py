"""Service objects of the management API as protocols, ports and ICMP types.

Source: Check Point Management API reference (`show-service-tcp`, `-udp`, `-sctp`, `-icmp`, `-icmp6`,
`-other`, `show-service-group`): a port is `443`, `1-5`, `>1023` or `<100`.
"""

from __future__ import annotations

from typing import NamedTuple

from parsers.checkpoint_gaia.objects import Json, Objects, complement
from parsers.model.filters import IcmpTest, Match, Ranges

_WITH_PORTS = {"service-tcp": 6, "service-udp": 17, "service-sctp": 132}
_ICMP = {"service-icmp": (4, 1), "service-icmp6": (6, 58)}


class Services(NamedTuple):
    """What a column of a rule names, as alternatives without addresses; family 0 is both. `open` says
    why it may match more."""

    matches: tuple[Match, ...] = ()
    open: str | None = None


def services(objects: Objects, references: object, negated: bool) -> Services:
    """The services of a column; `Any` is one match without conditions."""
    listed = references if isinstance(references, list) else [references]
    out: list[Match] = []
    doubt: str | None = None
    for reference in listed:
        found = _service(objects, reference, ())
        out += found.matches
        doubt = doubt or found.open
    if not negated:
        return Services(tuple(dict.fromkeys(out)), doubt)
    if doubt is not None:
        return Services((), doubt)
    return _all_but(out)


def _service(objects: Objects, reference: object, above: tuple[str, ...]) -> Services:
    found = objects.find(reference)
    if found is None:
        return Services(open=f"service {reference} is not in this text")
    name, kind = found.get("name"), str(found.get("type", ""))
    if objects.is_any(found):
        return Services((Match(),))
    if kind == "service-group":
        uid = str(found.get("uid", name))
        if uid in above or not isinstance(found.get("members"), list):
            return Services(open=f"the members of service group {name} are not in this text")
        out = Services()
        for member in found["members"]:
            one = _service(objects, member, (*above, uid))
            out = Services(out.matches + one.matches, out.open or one.open)
        return out
    try:
        match = _match(found, kind)
    except (ValueError, TypeError):
        return Services(open=f"service {name} is not understood")
    if match is None:
        return Services(
            open=f"what service {name} ({kind or 'an object'}) matches is not in this text"
        )
    if found.get("match-by-protocol-signature") is True:
        return Services(open=f"service {name} goes by what the packets say")
    return Services((match,))


def _match(found: Json, kind: str) -> Match | None:
    protocol = _WITH_PORTS.get(kind)
    if protocol is not None:
        if "port" not in found:
            return None
        source = found.get("source-port")
        return Match(
            protocols=((protocol, protocol),),
            dst_ports=ports(str(found["port"])),
            src_ports=ports(str(source)) if source else None,
        )
    if kind in _ICMP:
        family, number = _ICMP[kind]
        icmp = found.get("icmp-type")
        if icmp is None:
            return Match(family=family, protocols=((number, number),))
        code = found.get("icmp-code")
        low, high = (int(code), int(code)) if code is not None else (0, 255)
        test = IcmpTest(int(icmp), low, high)
        return Match(family=family, protocols=((number, number),), icmp=(test,))
    if kind == "service-other" and not found.get("match") and "ip-protocol" in found:
        number = int(found["ip-protocol"])
        if not 0 < number <= 255:
            raise ValueError(number)
        return Match(protocols=((number, number),))
    return None


def ports(text: str) -> Ranges:
    """The ranges of `443`, `1-5`, `>1023`, `<100`, or a list of them. Raises ValueError else."""
    out = []
    for part in text.replace(" ", "").split(","):
        if part[:1] in (">", "<"):
            number = int(part[1:])
            low, high = (number + 1, 65535) if part[0] == ">" else (0, number - 1)
        else:
            first, dash, last = part.partition("-")
            low, high = int(first), int(last) if dash else int(first)
        if not 0 <= low <= high <= 65535:
            raise ValueError(part)
        out.append((low, high))
    return tuple(out)


def _all_but(matches: list[Match]) -> Services:
    """The packets that none of `matches` takes, where that can be said with protocols and ports."""
    taken: dict[int, Ranges | None] = {}
    for match in matches:
        if match == Match():
            return Services()
        if match.src_ports is not None or match.icmp is not None or match.protocols is None:
            return Services((), "a negated column with source ports or ICMP types")
        (number, _) = match.protocols[0]
        if match.dst_ports is None:
            taken[number] = None
        elif taken.get(number, ()) is not None:
            taken[number] = (taken.get(number) or ()) + match.dst_ports
    others = complement(tuple((number, number) for number in taken), 255)
    out = [Match(protocols=others)]
    for number, used in taken.items():
        left = complement(used, 65535) if used is not None else ()
        if left:
            out.append(Match(protocols=((number, number),), dst_ports=left))
    return Services(tuple(out))
