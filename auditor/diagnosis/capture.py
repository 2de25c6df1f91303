"""Reads captures: one pass over the packets, a few numbers for every session, constant memory."""

from __future__ import annotations

import ipaddress
from collections import Counter
from functools import partial
from typing import NamedTuple

from auditor.diagnosis.addresses import Place, place_of
from auditor.diagnosis.capture_file import CaptureStream, Interface
from auditor.diagnosis.flow import SERVER, Flow, Side
from auditor.diagnosis.links import Budget, Prints, Sharing, compare
from auditor.diagnosis.packets import (
    ACK,
    COOKED_2,
    LINKS,
    SYN,
    IcmpError,
    Segment,
    decode,
    joined,
    parted,
    turned,
)  # fmt: skip
from auditor.diagnosis.sweep import Table, sweep
from auditor.diagnosis.text_input import Bytes
from auditor.diagnosis.verdict import KINDS, Facts, Verdict, address_text, judge
from rules.service import Service

SESSIONS = 30_000
"""Sessions that are followed at once; beyond, the ones that have been quiet longest are judged and dropped."""
_PRINTS = 3_000_000
"""Packets that are remembered for the comparison of links, over all sessions."""
_LINKS = 500
"""Links that are told apart."""
_KEPT = 2_000
"""Judged sessions that are kept in full, faults before clean ones."""

Key = tuple[bytes, bytes, int, int]


class FileSeen(NamedTuple):
    """What a capture file held. Times are nanoseconds since 1970; `links` the names of its interfaces."""

    file: str
    packets: int
    segments: int
    first: int
    last: int
    links: tuple[str, ...]
    skipped: dict[str, int]
    broken: str | None


class Judged(NamedTuple):
    """A session with its verdict. `link` is the file, with the interface where it has several."""

    flow: Flow
    link: str
    place: Place
    verdict: Verdict


class Shared(NamedTuple):
    """A session whose packets of one direction went over two links."""

    key: Key
    from_client: bool
    links: tuple[str, str]
    sharing: Sharing


class CaptureReading(NamedTuple):
    """What captures show. `counts` are all sessions by kind, the service's first; `errors` the ICMP errors
    by sender, type and code that no followed session explains."""

    files: tuple[FileSeen, ...]
    sessions: tuple[Judged, ...]
    counts: dict[str, int]
    others: dict[str, int]
    shared: tuple[Shared, ...]
    errors: dict[tuple[str, int, int, int], int]


class _OneCapture:
    """A capture while it is read: `links` are the numbers of its interfaces, `used` of those with segments."""

    def __init__(self, stream: CaptureStream, name: str) -> None:
        self.stream, self.name = stream, name
        self.links: dict[tuple[int, int], int] = {}
        self.used: dict[int, None] = {}
        self.skipped: Counter[str] = Counter()
        self.segments = self.first = 0


class CaptureReader:
    """Reads captures one after the other, then judges. `several`: there are more than one."""

    def __init__(self, service: Service, several: bool = False) -> None:
        self._service = service
        self._ports = frozenset(service.port_numbers())
        self._tables: list[Table] = []
        self._order: dict[Flow, None] = {}
        self._prints: dict[bytes, dict[int, Prints]] = {}
        self._several, self._budget = several, Budget(_PRINTS)
        self._links: list[str] = []
        self._files: list[FileSeen] = []
        self._places: dict[bytes, Place] = {}
        self._ttls: dict[bytes, set[int]] = {}
        self._ends: Counter[tuple[bytes, int, int]] = Counter()
        self._judged: list[Judged] = []
        self._counts: Counter[str] = Counter()
        self._others: Counter[str] = Counter()
        self._errors: Counter[tuple[str, int, int, int]] = Counter()
        self._end = 0

    def read(self, stream: Bytes, name: str) -> None:
        """Reads one capture. Raises UnreadableInput if it is none."""
        one = _OneCapture(CaptureStream(stream, name), name)
        plain, latest = sweep(
            one.stream, lambda i: self._tables[self._link(one, i, -1)], partial(self._slow, one)
        )
        self._end = max(self._end, latest)
        names = tuple(self._links[number] for number in one.used)
        self._files.append(
            FileSeen(
                name, one.stream.records, one.segments + plain, one.first, latest, names,
                dict(one.skipped), one.stream.broken,
            )
        )  # fmt: skip

    def _slow(
        self, one: _OneCapture, time: int, interface: Interface, buffer: bytes, start: int, end: int, wire: int
    ) -> None:  # fmt: skip
        """Takes a packet of any kind."""
        if not one.first:
            one.first = time
        seen = decode(interface.link, buffer, start, end, wire)
        if isinstance(seen, Segment):
            one.segments += 1
            number = self._link(one, interface, seen.link)
            one.used[number] = None
            key = joined(seen.source, seen.target, seen.source_port, seen.target_port)
            table = self._tables[number]
            me = table.get(key)
            if me is None or (seen.flags & (SYN | ACK) == SYN and me.flow.closed()):
                me = self._new(seen, key, number, time)
            me.flow.add(seen, time, me.way)
            if self._several or one.stream.interfaces > 1 or interface.link == COOKED_2:
                self._print(key, number, me, seen, time)
        elif isinstance(seen, IcmpError):
            self._error(seen, time)
        else:
            one.skipped[seen] += 1

    def _link(self, one: _OneCapture, interface: Interface, link: int) -> int:
        """The number of a link; beyond any sensible count all are one."""
        number = one.links.get((interface.number, link))
        if number is None:
            number = len(self._links)
            if number >= _LINKS:
                return _LINKS - 1
            one.links[interface.number, link] = number
            self._links.append(_link_name(one.name, one.stream, interface.number, link))
            self._tables.append({})
        return number

    def _new(self, segment: Segment, key: bytes, link: int, time: int) -> Side:
        if len(self._order) >= SESSIONS:
            self._make_room()
        flow = Flow(segment, link, time, self._ports)
        self._order[flow] = None
        me = flow.sides[flow.direction(segment)]
        self._tables[link][turned(key)] = me.other
        self._tables[link][key] = me
        return me

    def _print(self, key: bytes, link: int, me: Side, segment: Segment, time: int) -> None:
        by_link = self._prints.setdefault(key, {})
        prints = by_link.get(link)
        if prints is None:
            prints = by_link[link] = Prints(self._budget)
        room = prints.add(
            time, segment.seq, segment.ack, segment.size, segment.flags, segment.identity, segment.options
        )  # fmt: skip
        me.prints = prints if room else None

    def _error(self, error: IcmpError, time: int) -> None:
        matched = False
        key = joined(*error.quoted)
        for table in self._tables:
            me = table.get(key)
            if me is not None:
                matched, flow = True, me.flow
                about = (error.source, error.kind, error.code)
                count, kept = flow.icmp.get(about, (0, error))
                smaller = kept if kept.mtu and kept.mtu <= (error.mtu or kept.mtu) else error
                flow.icmp[about] = (count + 1, smaller)
                flow.noted = max(flow.noted, time)
        if not matched and len(self._errors) < _KEPT:
            self._errors[address_text(error.source), error.kind, error.code, error.mtu] += 1

    def _make_room(self) -> None:
        """Judges and drops a quarter of the sessions, the closed and the quiet ones first."""
        flows = sorted(self._order, key=lambda flow: (not flow.closed(), flow.last))
        self._settle(flows[: SESSIONS // 4])

    def _settle(self, flows: list[Flow]) -> None:
        for flow in flows:
            flow.settle()
            self._learn(flow)
        for flow in flows:
            self._judge(flow)
            del self._order[flow]
            table = self._tables[flow.link]
            key = joined(flow.client, flow.server, flow.client_port, flow.server_port)
            for ends in (key, turned(key)):
                if ends in table and table[ends].flow is flow:
                    del table[ends]

    def _learn(self, flow: Flow) -> None:
        """Keeps what tells something of other sessions with the same server."""
        server = flow.sides[SERVER]
        if len(self._ttls) < SESSIONS and flow.answered:
            self._ttls.setdefault(flow.server, set()).update(server.ttls)
        if server.reset is not None and server.reset.received and len(self._ends) < SESSIONS:
            self._ends[flow.server, server.reset.received, server.reset.sent] += 1

    def _judge(self, flow: Flow) -> None:
        place = self._place(flow.server)
        reset = flow.sides[SERVER].reset
        repeated = reset is not None and self._ends[flow.server, reset.received, reset.sent] > 2
        facts = Facts(
            self._end or flow.last,
            place == "anycast",
            place in ("anycast", "regional"),
            frozenset(self._ttls.get(flow.server, ())),
            repeated,
        )
        verdict = judge(flow, facts)
        counts = self._counts if facts.service else self._others
        counts[verdict.kind] += 1
        if verdict.kind not in ("clean", "unfinished") or len(self._judged) < _KEPT // 2:
            self._judged.append(Judged(flow, self._links[flow.link], place, verdict))
        if len(self._judged) > 2 * _KEPT:
            self._judged = sorted(self._judged, key=urgency)[:_KEPT]

    def _place(self, address: bytes) -> Place:
        place = self._places.get(address)
        if place is None:
            place = place_of(ipaddress.ip_address(address), self._service)
            if len(self._places) < SESSIONS:
                self._places[address] = place
        return place

    def finish(self) -> CaptureReading:
        """Judges what is left, compares the links, and gives all that was found."""
        self._settle(list(self._order))
        return CaptureReading(
            tuple(self._files),
            tuple(sorted(self._judged, key=urgency)[:_KEPT]),
            dict(self._counts),
            dict(self._others),
            self._shared(),
            dict(self._errors),
        )

    def _shared(self) -> tuple[Shared, ...]:
        found = []
        for ends, by_link in self._prints.items():
            key = parted(ends)
            numbers = sorted(by_link)
            for place, one in enumerate(numbers):
                for two in numbers[place + 1 :]:
                    sharing = compare(by_link[one], by_link[two])
                    if sharing is not None and sharing.switches:
                        client = self._client_sends(key)
                        links = (self._links[one], self._links[two])
                        found.append(Shared(key, client, links, sharing))
        return tuple(sorted(found, key=lambda s: (not s.from_client, -s.sharing.switches)))

    def _client_sends(self, key: Key) -> bool:
        _, _, source_port, target_port = key
        if (target_port in self._ports) != (source_port in self._ports):
            return target_port in self._ports
        return target_port <= source_port


def urgency(judged: Judged) -> tuple[bool, int, int]:
    """The order in which sessions are shown: the service's first, the worst first."""
    foreign = judged.place not in ("anycast", "regional")
    return foreign, list(KINDS).index(judged.verdict.kind), judged.flow.first


def link_types() -> str:
    """The link types that are read, for messages."""
    return ", ".join(f"{number} {name}" for number, name in LINKS.items())


def _link_name(file: str, capture: CaptureStream, interface: int, link: int) -> str:
    if link >= 0:
        return f"{file}#{link}"
    known = capture.names.get(interface)
    if known:
        return f"{file}#{known}"
    return f"{file}#{interface}" if interface else file
