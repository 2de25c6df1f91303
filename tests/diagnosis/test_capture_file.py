"""Capture files: both forms, both byte orders, several interfaces, every way to be broken."""

from __future__ import annotations

import io
import struct

import dpkt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.diagnosis import capture_file
from auditor.diagnosis.capture_file import CaptureStream
from auditor.diagnosis.errors import UnreadableInput
from tests.diagnosis.wire import block, enhanced, interface, pcap, section


class Slow(io.BytesIO):
    """Gives a few bytes at a time, as a pipe does."""

    def read(self, size: int | None = -1, /) -> bytes:
        return super().read(7 if size is None or size < 0 or size > 7 else size)


def records(
    data: bytes, slow: bool = False
) -> tuple[list[tuple[int, int, int, bytes, int]], str | None]:
    stream = CaptureStream(Slow(data) if slow else io.BytesIO(data), "f.pcap")
    found = [(t, i.number, i.link, b[s:e], w) for t, i, b, s, e, w in stream]
    return found, stream.broken


PACKETS = [(1000.25, b"one"), (1000.5, b"two, longer"), (1001.0, b"")]


@pytest.mark.parametrize("order", "<>")
@pytest.mark.parametrize("nano", [False, True])
@pytest.mark.parametrize("slow", [False, True])
def test_pcap(order: str, nano: bool, slow: bool) -> None:
    found, broken = records(pcap(PACKETS, link=113, order=order, nano=nano), slow)
    assert broken is None
    assert found == [(round(t * 1e9), 0, 113, data, len(data)) for t, data in PACKETS]


def test_pcap_that_was_cut_to_a_snap_length() -> None:
    found, _ = records(pcap([(1.0, b"x" * 100)], snap=64))
    assert found == [(10**9, 0, 101, b"x" * 64, 100)]


@pytest.mark.parametrize("order", "<>")
def test_pcapng_with_interfaces_of_different_kinds(order: str) -> None:
    data = section(order) + interface(1, "eth0", order) + interface(101, "tun0", order, 9)
    data += enhanced(1, 2.5, b"raw", order, 10**9) + enhanced(0, 3.0, b"ether", order)
    data += block(5, b"statistics..", order) + block(
        3, struct.pack(order + "I", 4) + b"abcd", order
    )
    stream = CaptureStream(io.BytesIO(data), "f.pcapng")
    found = [(t, i.number, i.link, b[s:e]) for t, i, b, s, e, w in stream]
    assert found == [
        (2_500_000_000, 1, 101, b"raw"), (3_000_000_000, 0, 1, b"ether"), (0, 0, 1, b"abcd"),
    ]  # fmt: skip
    assert stream.names == {0: "eth0", 1: "tun0"}
    assert stream.broken is None


def test_pcapng_sections_follow_each_other() -> None:
    data = (
        section() + interface(1) + enhanced(0, 1.0, b"a") + section(">") + interface(101, "", ">")
    )
    data += enhanced(0, 2.0, b"b", ">")
    found, broken = records(data, slow=True)
    assert [(f[1], f[2], f[3]) for f in found] == [(0, 1, b"a"), (1, 101, b"b")]
    assert broken is None


@pytest.mark.parametrize(
    ("data", "packets", "said"),
    [
        (pcap(PACKETS)[:-1][:60], 1, "ends within a packet"),
        (pcap(PACKETS)[:30], 0, "ends within the head of a packet"),
        (pcap(PACKETS)[:20], 0, "ends within its header"),
        (pcap(PACKETS[:1]) + struct.pack("<IIII", 1, 1, 0xFFFFFFFF, 60) + b"x" * 9, 1, "claims 4294967295 bytes"),
        (section() + interface(1) + enhanced(0, 1.0, b"a") + enhanced(0, 1.0, b"b")[:-5], 1, "ends within a block"),
        (section() + enhanced(0, 1.0, b"a"), 0, "fits neither its block nor an interface"),
        (section() + struct.pack("<II", 6, 7) + b"x" * 20, 0, "a block of 7 bytes"),
        (section() + interface(1) + struct.pack("<II", 6, 0x7FFFFFF0) + b"x" * 20, 0, "a block of 2147483632 bytes"),
        (section()[:8] + b"\1\2\3\4" + section()[12:], 0, "a section without a byte order"),
        (section() + interface(1) + block(6, struct.pack("<IIIII", 0, 0, 0, 999, 999) + b"ab"), 0, "fits neither"),
    ],
)  # fmt: skip
def test_broken_files_keep_what_came_before(data: bytes, packets: int, said: str) -> None:
    for slow in (False, True):
        found, broken = records(data, slow)
        assert len(found) == packets
        assert broken is not None
        assert said in broken
        assert "at offset" in broken


@pytest.mark.parametrize("data", [b"", b"GIF89a....", b"\0" * 40])
def test_what_is_no_capture(data: bytes) -> None:
    with pytest.raises(UnreadableInput, match=r"f\.pcap"):
        records(data)


@given(st.binary(max_size=300), st.integers(0, 3))
def test_no_bytes_raise_anything_else(data: bytes, kind: int) -> None:
    head = (b"", pcap([]), section() + interface(1), pcap(PACKETS))[kind]
    try:
        records(head + data)
    except UnreadableInput as error:
        assert "f.pcap" in str(error)


@settings(max_examples=30)
@given(
    st.lists(st.tuples(st.integers(0, 2**31), st.binary(max_size=80)), max_size=12), st.booleans()
)
def test_dpkt_reads_the_same(packets: list[tuple[int, bytes]], new: bool) -> None:
    written = io.BytesIO()
    writer = dpkt.pcapng.Writer(written) if new else dpkt.pcap.Writer(written)
    for time, data in packets:
        writer.writepkt(data, time)
    found, broken = records(written.getvalue())
    read = list(dpkt.pcap.UniversalReader(io.BytesIO(written.getvalue())))
    assert broken is None
    assert [(f[0] // 10**9, f[3]) for f in found] == [
        (round(float(time)), data) for time, data in read
    ]


def test_blocks_that_span_reads(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(capture_file, "BUFFER", 100)
    many = [(float(n), bytes([n]) * n) for n in range(1, 120)]
    found, broken = records(pcap(many))
    assert broken is None
    assert [f[3] for f in found] == [data for _, data in many]
