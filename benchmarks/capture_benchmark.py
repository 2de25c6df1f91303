"""How fast large captures are read, as ratios: `python benchmarks/capture_benchmark.py [MB]`.

Processor time, compared in the same run with reading the file's bytes, with going through its records without looking
into them (our reader of records, and dpkt's), and with tshark reading it with a TCP analysis filter, where installed.
"""

from __future__ import annotations

import os
import random
import resource
import shutil
import struct
import subprocess
import sys
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

import dpkt

from auditor.diagnosis.capture import CaptureReader
from auditor.diagnosis.capture_file import CaptureStream
from auditor.profile import load

ETHERNET = b"\x02\0\0\0\0\x01\x02\0\0\0\0\x02\x08\0"


PAYLOAD = bytes(range(256)) * 6
SIZES = (0, 6, 40, 90, 200, 400, 536, 800, 1200, 1434)
"""Payloads of the mixed capture: packets of 66 to 1,500 bytes."""


class Session:
    """Both sides' numbers and clocks of a session, and what is left of it."""

    def __init__(self, number: int, left: int) -> None:
        self.client, self.port = 0x0A000000 + number // 50, 30000 + number % 50
        self.next = [1, 1]
        self.left, self.down = left, random.random() < 0.8

    def packet(self, up: bool, flags: int, size: int, now: int) -> bytes:
        ends = (
            (self.client, SERVER, self.port, 443) if up else (SERVER, self.client, 443, self.port)
        )
        seq, ack = self.next if up else self.next[::-1]
        self.next[not up] += size + bool(flags & 3)
        head = struct.pack(
            "!BBHHHBBHII", 0x45, 0, 52 + size, seq & 0xFFFF, 0x4000, 64 if up else 55, 6, 0, *ends[:2]
        )  # fmt: skip
        clock = now // 1_000_000 & 0xFFFFFFFF
        stamps = struct.pack("!BBBBII", 1, 1, 8, 10, clock, clock)
        tcp = struct.pack("!HHIIBBHHH", *ends[2:], seq, ack, 0x80, flags, 500, 0, 0)
        return ETHERNET + head + tcp + stamps + PAYLOAD[:size]

    def begin(self, now: int) -> list[bytes]:
        return [
            self.packet(True, 2, 0, now),
            self.packet(False, 18, 0, now),
            self.packet(True, 16, 0, now),
        ]

    def step(self, mixed: bool, now: int) -> list[bytes]:
        """Two segments and their acknowledgment, of full size or mixed with requests and answers."""
        self.left -= 1
        if self.left < 0:
            return [
                self.packet(True, 17, 0, now),
                self.packet(False, 17, 0, now),
                self.packet(True, 16, 0, now),
            ]
        sizes = (random.choice(SIZES), random.choice(SIZES)) if mixed else (1448, 1448)
        up = random.random() < 0.5 if mixed else not self.down
        return [
            *(self.packet(up, 16, size, now) for size in sizes),
            self.packet(not up, 16, 0, now),
        ]


SERVER = 0x68C08D01


def write(file: Path, size: int, mixed: bool, snap: int, new: bool) -> None:
    """60 sessions at a time: transfers of full-size segments, or packets of many sizes. `new`: as pcapng."""
    random.seed(2)
    with file.open("wb") as out:
        if new:
            out.write(struct.pack("<IIIHHqI", 0x0A0D0D0A, 28, 0x1A2B3C4D, 1, 0, -1, 28))
            out.write(struct.pack("<IIHHII", 1, 20, 1, 0, snap, 20))
        else:
            out.write(struct.pack("<IHHiIII", 0xA1B23C4D, 2, 4, 0, 0, snap, 1))
        done, now, count = 0, 1_700_000_000_000_000_000, 0
        live: list[Session] = []
        while done < size:
            if len(live) < 60:
                count += 1
                live.append(Session(count, random.choice((4, 40, 400))))
                rows = live[-1].begin(now)
            else:
                one = random.choice(live)
                rows = one.step(mixed, now)
                if one.left < 0:
                    live.remove(one)
            for row in rows:
                now += 20_000
                record = stored(row[:snap], len(row), now, new)
                out.write(record)
                done += len(record)


def stored(kept: bytes, wire: int, now: int, new: bool) -> bytes:
    if not new:
        return struct.pack("<IIII", now // 10**9, now % 10**9, len(kept), wire) + kept
    stamp, size = now // 1000, 32 + len(kept) + (-len(kept) % 4)
    head = struct.pack("<IIIIIII", 6, size, 0, stamp >> 32, stamp & 0xFFFFFFFF, len(kept), wire)
    return head + kept + bytes(-len(kept) % 4) + struct.pack("<I", size)


def timed(work: Callable[[], object]) -> float:
    """Seconds of processor time, of this process and of those that it waits for."""
    before = os.times()
    work()
    after = os.times()
    return sum(after[:4]) - sum(before[:4])


def bare(file: Path) -> None:
    with file.open("rb") as stream:
        while stream.read(1 << 18):
            pass


def records(file: Path) -> None:
    with file.open("rb") as stream:
        for _ in CaptureStream(stream, file.name):
            pass


def by_dpkt(file: Path) -> None:
    with file.open("rb") as stream:
        for _ in dpkt.pcap.UniversalReader(stream):
            pass


def by_tshark(file: Path) -> None:
    words = [
        "tshark",
        "-n",
        "-r",
        str(file),
        "-Y",
        "tcp.analysis.retransmission or tcp.flags.reset==1",
    ]
    subprocess.run(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)


def ours(file: Path) -> int:
    reader = CaptureReader(load("bitbucket"))
    with file.open("rb") as stream:
        reader.read(stream, file.name)
    return reader.finish().files[0].packets


KINDS = {
    "full-size packets": (False, 262144, False),
    "packets of 66 to 1,500 bytes": (True, 262144, False),
    "the same, pcapng": (True, 262144, True),
    "full-size packets, snap length 96": (False, 96, False),
}


def main() -> None:
    size = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    with tempfile.TemporaryDirectory() as folder:
        for name, (mixed, snap, new) in KINDS.items():
            file = Path(folder, "large.pcap")
            write(file, size * 1_000_000, mixed, snap, new)
            packets = 0

            def count(file: Path = file) -> None:
                nonlocal packets
                packets = ours(file)

            took = timed(count)
            read, scan, dpkts = (timed(partial(work, file)) for work in (bare, records, by_dpkt))
            line = (
                f"{name}: {size} MB, {packets} packets, {took:.2f} s, {took / packets * 1e6:.2f} us a packet; "
                f"{took / read:.0f} x reading the bytes, {took / scan:.1f} x our records alone, "
                f"{took / dpkts:.1f} x dpkt's records alone"
            )
            if shutil.which("tshark"):
                theirs = timed(partial(by_tshark, file))
                line += f"; tshark takes {theirs / took:.1f} times as long"
            print(line, flush=True)
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB")


if __name__ == "__main__":
    main()
