"""Answers about single packets: finds the configuration, the filter, and asks the algebra."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from auditor.errors import BatchError, UsageError
from auditor.scrub import scrub
from auditor.sources import platform_name
from parsers.detection import detect
from parsers.errors import ParserError
from parsers.model.device import Device
from parsers.model.filters import Filter, LaterFragments, State, TcpFlag
from parsers.platform import CONFIGURATION, Inputs, Text
from parsers.registry import platform
from parsers.text import lines_of
from rules.packets.evaluate import decide
from rules.packets.packet import Packet, packet
from rules.packets.verdicts import Decision, Outcome

PROTOCOLS = {"tcp": 6, "udp": 17, "icmp": 1, "icmpv6": 58, "icmp6": 58, "gre": 47, "esp": 50,
             "ah": 51, "sctp": 132, "igmp": 2, "ospf": 89, "ip": 0}  # fmt: skip
ICMP_ERRORS = {4: {3, 4, 5, 11, 12}, 6: {1, 2, 3, 4}}
"""Messages about another packet (RFC 1122 section 3.2.2, RFC 4443 section 2.1)."""


class Answer(NamedTuple):
    """The verdict on one packet with the deciding line, None for an implicit last action."""

    action: str
    line: int | None
    text: str | None


class _Config(NamedTuple):
    device: Device
    lines: list[str]


class FilterAnswers:
    """Answers rows of a batch; a configuration that several rows name is parsed once."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._configs: dict[tuple[str, str | None], _Config | str] = {}

    def answer(self, row: Mapping[str, object]) -> Answer:
        """The verdict on one row. Raises ValueError with what is wrong with it."""
        config = self._config(_text(row, "config"), _optional_text(row, "platform"))
        fields = row.get("packet")
        if not isinstance(fields, Mapping):
            raise BatchError("'packet' is missing; give src, dst and protocol")
        name = _text(row, "filter")
        direction = _optional_text(row, "direction")
        if direction not in (None, "in", "out", "forward"):
            raise BatchError(f"direction {direction!r} is none of in, out, forward")
        probe = packet_of(fields)
        found = filters_called(config.device, name, probe.family, direction)
        if not found:
            known = sorted({n for f in config.device.filters.values() for n in f.names})
            raise BatchError(
                f"no filter for IPv{probe.family} is called {name!r}; there are "
                f"{', '.join(known[:20]) or 'none'}"
            )
        decision = _decide(config.device, found, probe)
        line = decision.line
        text = None
        if decision.outcome is Outcome.UNKNOWN and decision.because is not None:
            entry = decision.because.entry
            line = entry.line if entry is not None else line
        if line is not None and 0 < line <= len(config.lines):
            text = scrub(config.lines[line - 1].strip())
        return Answer(decision.outcome.value, line, text)

    def _config(self, name: str, kind: str | None) -> _Config:
        key = (name, kind)
        if key not in self._configs:
            try:
                self._configs[key] = self._load(name, kind)
            except (UsageError, ParserError) as error:
                self._configs[key] = str(error)
        found = self._configs[key]
        if isinstance(found, str):
            raise BatchError(found)
        return found

    def _load(self, name: str, kind: str | None) -> _Config:
        chosen = platform_name(kind)
        path = Path(name)
        if not path.is_file():
            path = self.folder / name
        try:
            lines = lines_of(path.read_bytes())
        except OSError as error:
            raise BatchError(f"config {name}: cannot be read: {error.strerror or error}") from None
        except ParserError as error:
            raise BatchError(f"config {name} {error}") from None
        if chosen is None:
            found = detect(lines)
            if found.platform is None:
                raise BatchError(f"config {name}: {found.reason}")
            chosen = found.platform
        text = Text(name, CONFIGURATION, lines)
        device = platform(chosen).parse(Inputs(path.stem, chosen, (text,)))
        return _Config(device, lines)


def filters_called(device: Device, name: str, family: int, direction: str | None) -> list[Filter]:
    """The filters a user means by `name`: for the family of the packet, and in the order in which a
    packet meets them where several base chains share a name."""
    found = [
        f
        for (key, filter_family), f in device.filters.items()
        if filter_family in (0, family) and (key == name or name in f.names)
    ]
    exact = [f for f in found if f.family == family]
    found = exact or found
    if len(found) > 1:
        order = {
            b.key: b.order for b in device.bindings if direction is None or b.direction == direction
        }
        bound = [f for f in found if f.key in order]
        found = sorted(bound or found, key=lambda f: order.get(f.key, 0))
    return found


def _decide(device: Device, found: list[Filter], probe: Packet) -> Decision:
    decision = None
    for one in found:
        judged = probe._replace(state=_state(one, probe))
        if one.later_fragments is LaterFragments.WHOLE:
            judged = judged._replace(later_fragment=False)  # it sees the packet put together again
        seen = decide(device.filters, one.key, one.family or probe.family, judged)
        if seen.outcome is Outcome.DENY:
            return seen
        if decision is None or decision.outcome is Outcome.PERMIT:
            decision = seen
    if decision is None:
        raise BatchError("no filter decides")
    return decision


def _state(found: Filter, probe: Packet) -> State:
    """A packet is the first of its flow; on a stateful filter answers and ICMP errors belong to a session
    that it permitted (CONTRACT: filter test)."""
    if not found.stateful:
        return State.NEW
    syn, ack = int(TcpFlag.SYN), int(TcpFlag.ACK)
    if probe.protocol == 6 and not probe.later_fragment and probe.flags & (syn | ack) != syn:
        return State.ESTABLISHED
    if probe.protocol in (1, 58) and probe.icmp_type in ICMP_ERRORS[probe.family]:
        return State.RELATED
    return State.NEW


def packet_of(fields: Mapping[str, object]) -> Packet:
    """The packet of a row. Raises BatchError naming the field that is wrong."""
    protocol = _protocol(fields.get("protocol", "tcp"))
    flags = _flags(fields.get("tcp_flags"))
    icmp = (_number(fields, "icmp_type", 255, 0), _number(fields, "icmp_code", 255, 0))
    try:
        return packet(
            str(fields.get("src")),
            str(fields.get("dst")),
            protocol,
            _number(fields, "src_port" if "src_port" in fields else "sport", 65535, 50000),
            _number(fields, "dst_port" if "dst_port" in fields else "dport", 65535, 0),
            icmp=icmp,
            flags=flags if protocol == 6 else 0,
            later_fragment=fields.get("fragment") is True,
        )
    except ValueError as error:
        raise BatchError(f"packet: {error}") from None


def _protocol(value: object) -> int:
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= 255:
        return value
    if isinstance(value, str):
        if value.lower() in PROTOCOLS:
            return PROTOCOLS[value.lower()]
        if value.isdigit() and int(value) <= 255:
            return int(value)
    raise BatchError(f"packet: protocol {value!r} is neither a name we know nor a number to 255")


def _flags(value: object) -> int:
    if value is None:
        return int(TcpFlag.SYN)
    if not isinstance(value, list | tuple):
        raise BatchError("packet: tcp_flags is a list of names, such as ['syn', 'ack']")
    total = 0
    for name in value:
        flag = TcpFlag.__members__.get(str(name).upper())
        if flag is None:
            raise BatchError(f"packet: {name!r} is no TCP flag")
        total |= int(flag)
    return total


def _number(fields: Mapping[str, object], key: str, top: int, default: int) -> int:
    value = fields.get(key)
    if value is None:
        return default
    if isinstance(value, str) and value.isdigit():
        value = int(value)
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= top:
        raise BatchError(f"packet: {key} {value!r} is not a number from 0 to {top}")
    return value


def _text(row: Mapping[str, object], key: str) -> str:
    value = row.get(key)
    if not isinstance(value, str) or not value:
        raise BatchError(f"{key!r} is missing")
    return value


def _optional_text(row: Mapping[str, object], key: str) -> str | None:
    value = row.get(key)
    if value is not None and not isinstance(value, str):
        raise BatchError(f"{key!r} must be text or null")
    return value or None
