"""Captures as they come: packed, cut, tunnelled, of unknown kinds. What can be read is read, the rest is said."""

from __future__ import annotations

import gzip
import json
import struct
from pathlib import Path
from typing import Any

import pytest

from auditor.__main__ import main
from tests.diagnosis.test_capture import END, Packets, talk
from tests.diagnosis.wire import (
    ACK,
    RST,
    enhanced,
    ethernet,
    handshake,
    interface,
    ip4,
    pcap,
    section,
    segment,
)

WHOLE: Packets = [*handshake(), *talk(), *END]
NEARER: Packets = [
    *handshake(),
    *talk(),
    (1000.1, segment(True, 501, 1501, ACK, 300)),
    (1000.12, segment(False, 1501, 0, RST, ttl=62)),
]
"""A session that a device between resets."""


def run(capsys: pytest.CaptureFixture[str], folder: Path, data: bytes, name: str = "a.pcap") -> Any:
    """Exit code, and the report or the error."""
    file = folder / name
    file.write_bytes(data)
    code = main(["diagnose", "capture", str(file), "--format", "json"])
    captured = capsys.readouterr()
    return code, json.loads(captured.out) if captured.out else captured.err


def wrapped(packets: Packets, around: Any) -> Packets:
    return [(time, around(packet)) for time, packet in packets]


def gre(packet: bytes) -> bytes:
    return ethernet(ip4("198.51.100.1", "198.51.100.2", 47, b"\0\0\x08\0" + packet))


def pppoe(packet: bytes) -> bytes:
    head = struct.pack("!BBHHH", 0x11, 0, 9, len(packet) + 2, 0x21)
    return ethernet(head + packet, 0x8864)


AROUND = {
    "VLAN": (lambda p: ethernet(b"\0\5\x08\0" + p, 0x8100), 128),
    "QinQ": (lambda p: ethernet(b"\0\5\x81\0\0\6\x08\0" + p, 0x88A8), 128),
    "MPLS": (lambda p: ethernet(struct.pack("!II", 16 << 12 | 64, 17 << 12 | 1 << 8 | 64) + p, 0x8847), 128),
    "GRE": (gre, 128),
    "PPPoE": (pppoe, 128),
    "Ethernet, snap length 64": (ethernet, 64),
    "VLAN, snap length 64": (lambda p: ethernet(b"\0\5\x08\0" + p, 0x8100), 64),
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(AROUND))
def test_the_verdict_is_the_same_inside_of_anything(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    around, snap = AROUND[name]
    for packets, expected in ((WHOLE, "clean"), (NEARER, "reset-between")):
        code, bare = run(capsys, tmp_path, pcap(packets))
        assert bare["capture"]["sessions"][0]["kind"] == expected
        found = run(capsys, tmp_path, pcap(wrapped(packets, around), 1, snap))
        assert found[0] == code
        assert found[1]["capture"]["sessions"] == bare["capture"]["sessions"]


@pytest.mark.parametrize(
    ("start", "said"),
    [(b"\x28\xb5\x2f\xfd", "zstd"), (b"\xfd7zXZ\0", "xz"), (b"BZh9", "bzip2"), (b"PK\x03\x04", "zip")],
)  # fmt: skip
def test_what_is_packed_otherwise_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], start: bytes, said: str
) -> None:
    code, error = run(capsys, tmp_path, start + bytes(60), "a.pcap.zst")
    assert code == 2
    assert f"a.pcap.zst: is packed with {said}; unpack it first" in " ".join(error.split())


def test_gzip_is_unpacked_and_may_be_cut(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    many = [(1001.0 + n, segment(True, 501, 1501, ACK)) for n in range(400)]
    packed = gzip.compress(pcap([*NEARER, *many]))
    code, report = run(capsys, tmp_path, packed, "a.pcap.gz")
    assert (code, report["capture"]["sessions"][0]["kind"]) == (1, "reset-between")
    code, cut = run(capsys, tmp_path, packed[: len(packed) * 3 // 4], "a.pcap.gz")
    assert (code, cut["capture"]["sessions"][0]["kind"]) == (1, "reset-between")
    assert not cut["complete"]
    assert "what came before was read" in cut["notes"][0]
    assert 6 < cut["capture"]["files"][0]["packets"] < 406


def test_interfaces_that_are_not_read_do_not_hide_those_that_are(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = section() + interface(1, "eth0") + interface(105, "wlan0") + interface(101, "tun0")
    for time, packet in NEARER:
        data += enhanced(1, time, b"radio" * 12) + enhanced(2, time, packet)
    code, report = run(capsys, tmp_path, data, "a.pcapng")
    (session,) = report["capture"]["sessions"]
    assert (code, session["kind"]) == (1, "reset-between")
    assert session["link"].endswith("a.pcapng#tun0")
    assert any("8 packets of link type 105" in note for note in report["notes"])


def test_a_capture_without_packets_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for data in (pcap([]), section() + interface(1)):
        code, report = run(capsys, tmp_path, data)
        assert code == 3
        assert "holds no TCP packet" in report["notes"][0]
    code, error = run(capsys, tmp_path, b"")
    assert code == 2
    assert "is empty" in error


def test_a_capture_that_is_cut_anywhere_keeps_what_came_before(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = pcap(NEARER)
    for end in (len(data) - 1, len(data) - 50, len(data) - 62, 100):
        code, report = run(capsys, tmp_path, data[:end])
        assert code in (1, 3)
        assert report["capture"]["files"][0]["packets"] > 0
        assert "what came before was read" in " ".join(report["notes"])
