"""Plain packets are counted on the spot: the result is that of looking at each packet."""

from __future__ import annotations

import dataclasses
import io
import struct
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.diagnosis import capture, sweep
from auditor.diagnosis.capture import CaptureReader, CaptureReading
from auditor.diagnosis.flow import Flow, Side
from auditor.profile import load
from tests.diagnosis.wire import (
    ACK,
    CLIENT,
    FIN,
    PSH,
    RST,
    SERVER,
    SYN,
    enhanced,
    ethernet,
    interface,
    ip4,
    ip6,
    mss,
    pcap,
    section,
    tcp,
)  # fmt: skip

SERVICE = load("bitbucket")
SIX = ("2001:db8::1", "2401:1d80:32fd::1")


@dataclasses.dataclass(frozen=True)
class Step:
    """What one packet does: `skip` bytes of data are left out before it (negative: sent again)."""

    up: bool
    port: int
    size: int
    skip: int
    flags: int
    ttl: int
    stamps: int
    late: bool
    identity: int
    lags: int


STEPS = st.builds(
    Step, st.booleans(), st.integers(40000, 40001), st.sampled_from([0, 0, 1, 300, 1400]),
    st.sampled_from([0] * 12 + [-1400, -1, 100, 0x80000000]),
    st.sampled_from([ACK] * 12 + [ACK | PSH, SYN, SYN | ACK, FIN | ACK, RST, RST | ACK, 0]),
    st.sampled_from([64] * 12 + [55, 60]), st.sampled_from([1] * 8 + [0, 2, -1]), st.booleans(),
    st.sampled_from([0, 7, 9]), st.sampled_from([0, 0, 0, 1, 1400, -5, 0x7FFFFFFF]),
)  # fmt: skip


def packets(steps: list[Step], six: bool, first: int) -> list[bytes]:
    """IP packets; both sides' numbers begin shortly before they wrap, if `first` says so."""
    after: dict[tuple[bool, int], int] = {}
    found = []
    for turn, step in enumerate(steps):
        seq = (after.get((step.up, step.port), first) + step.skip) & 0xFFFFFFFF
        ack = (after.get((not step.up, step.port), first) - step.lags) & 0xFFFFFFFF
        options = b""
        if step.stamps == 1:
            options = struct.pack(
                "!IIII", 0x0101080A, turn + 10 - 9000 * (step.lags == 1) & 0xFFFFFFFF, 5, 0
            )[:12]
        elif step.stamps == 2:
            options = b"\x01\x01\x05\x0a" + bytes(8)
        elif step.stamps < 0:
            options = mss(1400)
        ports = (step.port, 443) if step.up else (443, step.port)
        inner = tcp(*ports, seq, ack, step.flags, step.size, options)
        ends = SIX if six else (CLIENT, SERVER)
        ends = ends if step.up else ends[::-1]
        found.append(
            ip6(*ends, 6, inner, step.ttl) if six else ip4(*ends, 6, inner, step.ttl, step.identity)
        )
        grown = seq + step.size + bool(step.flags & (SYN | FIN))
        if not step.late and not step.flags & RST:
            after[step.up, step.port] = grown & 0xFFFFFFFF
    return found


def shown(value: Any) -> Any:
    """A reading as plain values; what only serves the plain packets is left out."""
    if isinstance(value, (Flow, Side)):
        hidden = {"flow", "other", "hop", "shape", "plain", "prints"}
        return {n: shown(getattr(value, n)) for n in type(value).__slots__ if n not in hidden}
    if isinstance(value, tuple):
        return tuple(shown(item) for item in value)
    return value


def reading(files: list[bytes], fast: bool) -> tuple[CaptureReading, int]:
    with pytest.MonkeyPatch.context() as patch:
        slow = 0
        original = CaptureReader._slow

        def counting(self: CaptureReader, *values: Any) -> None:
            nonlocal slow
            slow += 1
            original(self, *values)

        patch.setattr(CaptureReader, "_slow", counting)
        if not fast:
            patch.setattr(sweep, "_SHIFT", {})
        reader = CaptureReader(SERVICE, len(files) > 1)
        for number, data in enumerate(files):
            reader.read(io.BytesIO(data), f"{number}.pcap")
        return reader.finish(), slow


def same(*files: bytes) -> None:
    fast, slow = reading(list(files), True)[0], reading(list(files), False)[0]
    assert shown(fast) == shown(slow)


WRAPS: dict[str, tuple[int, Callable[[bytes], bytes]]] = {
    "Ethernet": (1, ethernet), "raw": (101, bytes), "cooked": (113, lambda p: bytes(14) + (b"\x08\0" if p[0] >> 4 == 4 else b"\x86\xdd") + p),
    "VLAN": (1, lambda p: ethernet(b"\0\5\x08\0" + p, 0x8100)), "cooked v2": (276, lambda p: b"\x08\0" + bytes(18) + p),
}  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(
    st.lists(STEPS, max_size=40), st.booleans(), st.sampled_from([1000, 0xFFFFFF00]), st.sampled_from(sorted(WRAPS)),
    st.sampled_from([262144, 54, 64, 66, 96]), st.booleans(),
)  # fmt: skip
def test_the_result_is_that_of_looking_at_each_packet(
    steps: list[Step], six: bool, first: int, wrap: str, snap: int, begun: bool
) -> None:
    link, around = WRAPS[wrap]
    if begun:
        steps = [Step(True, 40000, 0, 0, SYN, 64, 1, False, 0, 0), Step(False, 40000, 0, 0, SYN | ACK, 64, 1, False, 0, 0), *steps]  # fmt: skip
    if wrap == "Ethernet" and six:
        around = lambda p: ethernet(p, 0x86DD)  # noqa: E731
    rows = [(1000 + n / 100, around(p)) for n, p in enumerate(packets(steps, six, first))]
    same(pcap(rows, link, snap))
    half = len(rows) // 2
    same(pcap(rows[:half], link, snap), pcap(rows[half:], link, snap))
    same(pcap(rows[::2], link, snap), pcap(rows[1::2], link, snap))


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(STEPS, st.integers(0, 2)), max_size=30),
    st.sampled_from("<>"),
    st.sampled_from([None, 9, 3, 0x8A]),
)
def test_several_interfaces(
    steps: list[tuple[Step, int]], order: str, resolution: int | None
) -> None:
    units = {None: 10**6, 9: 10**9, 3: 1000, 0x8A: 1024}[resolution]
    data = section(order) + b"".join(interface(link, "", order, resolution) for link in (1, 101, 1))
    made = packets([step for step, _ in steps], False, 1000)
    for turn, (packet, (_, number)) in enumerate(zip(made, steps, strict=True)):
        data += enhanced(
            number, 1000 + turn / 8, packet if number == 1 else ethernet(packet), order, units
        )
    same(data)


def bulk(count: int) -> list[Step]:
    step = Step(True, 40000, 0, 0, ACK, 64, 1, False, 7, 0)
    return [
        dataclasses.replace(step, flags=SYN), dataclasses.replace(step, up=False, flags=SYN | ACK), step,
        *(dataclasses.replace(step, up=n % 3 == 2, size=1400 * (n % 3 != 2)) for n in range(count)),
    ]  # fmt: skip


@pytest.mark.parametrize("wrap", sorted(set(WRAPS) - {"cooked v2"}))
@pytest.mark.parametrize("snap", [96, 262144])
def test_a_plain_session_is_counted_on_the_spot(wrap: str, snap: int) -> None:
    link, around = WRAPS[wrap]
    rows = [(1000 + n / 1000, around(p)) for n, p in enumerate(packets(bulk(3000), False, 1000))]
    found, slow = reading([pcap(rows, link, snap)], True)
    assert slow < 10
    assert found.files[0].segments == found.sessions[0].flow.packets == 3003
    assert found.sessions[0].verdict.kind == "clean"
    same(pcap(rows, link, snap))


def test_a_plain_session_of_ipv6_is_counted_on_the_spot() -> None:
    rows = [
        (1000 + n / 1000, ethernet(p, 0x86DD)) for n, p in enumerate(packets(bulk(300), True, 1000))
    ]
    assert reading([pcap(rows, 1)], True)[1] < 10
    same(pcap(rows, 1))


def test_room_for_sessions_and_for_comparisons_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(capture, "SESSIONS", 1)
    monkeypatch.setattr(capture, "_PRINTS", 50)
    steps = [dataclasses.replace(s, port=40000 + n // 7 % 2) for n, s in enumerate(bulk(100))]
    rows = [(1000 + n / 1000, ethernet(p)) for n, p in enumerate(packets(steps, False, 1000))]
    same(pcap(rows[::2], 1), pcap(rows[1::2], 1))
