"""How fast a large capture is read, as ratios: `python benchmarks/capture_benchmark.py [MB] [FILE]`.

Compared with reading the file's bytes, with dpkt going through its records without looking into them, and with tshark
reading it with a TCP analysis filter, where that is installed.
"""

from __future__ import annotations

import random
import resource
import shutil
import struct
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import dpkt

from auditor.diagnosis.capture import CaptureReader
from auditor.profile import load

ETHERNET = b"\x02\0\0\0\0\x01\x02\0\0\0\0\x02\x08\0"


def packet(up: bool, session: int, seq: int, ack: int, flags: int, size: int) -> bytes:
    client, port = 0x0A000000 + session // 50, 30000 + session % 50
    ends = (client, 0x68C08D01, port, 443) if up else (0x68C08D01, client, 443, port)
    head = struct.pack(
        "!BBHHHBBHII", 0x45, 0, 52 + size, seq & 0xFFFF, 0x4000, 64 if up else 55, 6, 0, *ends[:2]
    )
    stamps = struct.pack("!BBBBII", 1, 1, 8, 10, seq & 0xFFFF, ack & 0xFFFF)
    tcp = struct.pack(
        "!HHIIBBHHH", *ends[2:], seq & 0xFFFFFFFF, ack & 0xFFFFFFFF, 0x80, flags, 500, 0, 0
    )
    return ETHERNET + head + tcp + stamps + PAYLOAD[:size]


PAYLOAD = bytes(range(256)) * 6


def write(file: Path, size: int) -> None:
    """Downloads and uploads, 60 sessions at a time, two segments for one acknowledgment."""
    random.seed(2)
    with file.open("wb") as out:
        out.write(struct.pack("<IHHiIII", 0xA1B23C4D, 2, 4, 0, 0, 262144, 1))
        done = now = session = 0
        live: list[list[int]] = []
        while done < size:
            while len(live) < 60:
                session += 1
                live.append([session, 1, 1, random.choice((4, 40, 400)), random.random() < 0.8])
                rows = [packet(True, session, 0, 0, 2, 0), packet(False, session, 0, 1, 18, 0)]
                done, now = store(out, rows, done, now)
            one = random.choice(live)
            number, up_seq, down_seq, left, down = one
            if not left:
                live.remove(one)
                rows = [
                    packet(True, number, up_seq, down_seq, 17, 0),
                    packet(False, number, down_seq, up_seq + 1, 17, 0),
                ]
            elif down:
                rows = [
                    packet(False, number, down_seq + n * 1448, up_seq, 16, 1448) for n in (0, 1)
                ]
                rows.append(packet(True, number, up_seq, down_seq + 2896, 16, 0))
                one[2] += 2896
                one[3] -= 1
            else:
                rows = [packet(True, number, up_seq + n * 1448, down_seq, 16, 1448) for n in (0, 1)]
                rows.append(packet(False, number, down_seq, up_seq + 2896, 16, 0))
                one[1] += 2896
                one[3] -= 1
            done, now = store(out, rows, done, now)


def store(out: object, rows: list[bytes], done: int, now: int) -> tuple[int, int]:
    for row in rows:
        now += 20_000
        out.write(struct.pack("<IIII", now // 10**9, now % 10**9, len(row), len(row)) + row)
        done += len(row) + 16
    return done, now


def timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def bare(file: Path) -> None:
    with file.open("rb") as stream:
        while stream.read(1 << 22):
            pass


def by_dpkt(file: Path) -> None:
    with file.open("rb") as stream:
        for _ in dpkt.pcap.Reader(stream):
            pass


def ours(file: Path) -> None:
    reader = CaptureReader(load("bitbucket"))
    with file.open("rb") as stream:
        reader.read(stream, file.name)
    found = reader.finish()
    print(f"{found.files[0].packets} packets, sessions {found.counts}")


def main() -> None:
    size = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "large.pcap")
        write(file, size * 1_000_000)
        read, records, took = (timed(lambda w=work: w(file)) for work in (bare, by_dpkt, ours))
        print(
            f"{size} MB: {took:.2f} s; {took / read:.0f} x reading the bytes ({read:.2f} s), "
            f"{took / records:.2f} x dpkt going through the records ({records:.2f} s)"
        )
        print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB")
        if shutil.which("tshark"):
            words = [
                "tshark",
                "-n",
                "-r",
                str(file),
                "-Y",
                "tcp.analysis.retransmission or tcp.flags.reset==1",
            ]
            theirs = timed(lambda: subprocess.run(words, stdout=subprocess.DEVNULL, check=True))
            print(f"tshark: {theirs:.2f} s, {theirs / took:.1f} x ours")


if __name__ == "__main__":
    main()
