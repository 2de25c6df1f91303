"""Reads captures: one pass over the packets, a few numbers for every session, constant memory."""

from __future__ import annotations

import ipaddress
from collections import Counter
from typing import NamedTuple

from auditor.diagnosis.addresses import Place, place_of
from auditor.diagnosis.capture_file import CaptureStream
from auditor.diagnosis.flow import SERVER, Flow
from auditor.diagnosis.links import Prints, Sharing, compare
from auditor.diagnosis.packets import ACK, COOKED_2, LINKS, SYN, IcmpError, Segment, decode
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


class CaptureReader:
    """Reads captures one after the other, then judges. `several`: there are more than one."""

    def __init__(self, service: Service, several: bool = False) -> None:
        self._service = service
        self._ports = frozenset(service.port_numbers())
        self._flows: dict[tuple[int, bytes, bytes, int, int], tuple[Flow, int]] = {}
        self._order: dict[Flow, None] = {}
        self._prints: dict[tuple[bytes, bytes, int, int], dict[int, Prints]] = {}
        self._several, self._printed = several, 0
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
        capture = CaptureStream(stream, name)
        skipped: Counter[str] = Counter()
        links: dict[tuple[int, int], int] = {}
        segments = first = last = 0
        comparing = True
        flows, find = self._flows, self._flows.get
        for time, interface, kind, buffer, start, end, wire in capture:
            if not first:
                first = time
                comparing = self._several or capture.several or kind == COOKED_2
            if time > last:
                last = time
            seen = decode(kind, buffer, start, end, wire)
            if isinstance(seen, Segment):
                segments += 1
                number = links.get((interface, seen.link))
                if number is None:
                    number = self._link(name, capture, links, interface, seen.link)
                key = (number, seen.source, seen.target, seen.source_port, seen.target_port)
                found = find(key)
                if found is None or (seen.flags & (SYN | ACK) == SYN and found[0].closed()):
                    found = self._new(seen, number, time)
                    flows[key] = found
                found[0].add(seen, time, found[1])
                if comparing and self._printed < _PRINTS:
                    self._print(key, seen, time)
            elif isinstance(seen, IcmpError):
                self._error(seen, time)
            else:
                skipped[seen] += 1
        self._end = max(self._end, last)
        names = tuple(self._links[number] for number in links.values())
        self._files.append(
            FileSeen(
                name, capture.records, segments, first, last, names, dict(skipped), capture.broken
            )
        )

    def _link(
        self, name: str, capture: CaptureStream, links: dict[tuple[int, int], int], interface: int, link: int
    ) -> int:  # fmt: skip
        """The number of a link that is new; beyond any sensible count all are one."""
        if len(self._links) >= _LINKS:
            return _LINKS - 1
        links[interface, link] = len(self._links)
        self._links.append(_link_name(name, capture, interface, link))
        return len(self._links) - 1

    def _new(self, segment: Segment, link: int, time: int) -> tuple[Flow, int]:
        if len(self._order) >= SESSIONS:
            self._make_room()
        flow = Flow(segment, link, time, self._ports)
        self._order[flow] = None
        way = flow.direction(segment)
        other = (
            link, segment.target, segment.source, segment.target_port, segment.source_port
        )  # fmt: skip
        self._flows[other] = (flow, 1 - way)
        return flow, way

    def _print(self, key: tuple[int, bytes, bytes, int, int], segment: Segment, time: int) -> None:
        by_link = self._prints.setdefault(key[1:], {})
        prints = by_link.get(key[0])
        if prints is None:
            prints = by_link[key[0]] = Prints()
        prints.add(segment, time)
        self._printed += 1

    def _error(self, error: IcmpError, time: int) -> None:
        matched = False
        for link in range(len(self._links)):
            found = self._flows.get((link, *error.quoted))
            if found is not None:
                matched = True
                about = (error.source, error.kind, error.code)
                count, kept = found[0].icmp.get(about, (0, error))
                smaller = kept if kept.mtu and kept.mtu <= (error.mtu or kept.mtu) else error
                found[0].icmp[about] = (count + 1, smaller)
                found[0].last = max(found[0].last, time)
        if not matched and len(self._errors) < _KEPT:
            self._errors[address_text(error.source), error.kind, error.code, error.mtu] += 1

    def _make_room(self) -> None:
        """Judges and drops a quarter of the sessions, the closed and the quiet ones first."""
        flows = sorted(self._order, key=lambda flow: (not flow.closed(), flow.last))
        self._settle(flows[: SESSIONS // 4])

    def _settle(self, flows: list[Flow]) -> None:
        for flow in flows:
            self._learn(flow)
        for flow in flows:
            self._judge(flow)
            del self._order[flow]
            one = (flow.link, flow.client, flow.server, flow.client_port, flow.server_port)
            two = (flow.link, flow.server, flow.client, flow.server_port, flow.client_port)
            for key in (one, two):
                if key in self._flows and self._flows[key][0] is flow:
                    del self._flows[key]

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
        for key, by_link in self._prints.items():
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
