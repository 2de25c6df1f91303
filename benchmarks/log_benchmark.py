"""How fast a large log is read, as a ratio to the bare scan of it: `python benchmarks/log_benchmark.py [MB]`."""

from __future__ import annotations

import io
import random
import resource
import sys
import time

from auditor.diagnosis.log import LogReader
from auditor.diagnosis.patterns import table

LINES = (
    "2026-11-20T10:11:{s:02}.{n:06}Z [INFO] [build] step {n}: compiling module-{n}/src/main.c with -O2, done in {s} ms",
    "2026-11-20T10:11:{s:02}.{n:06}Z \x1b[32m+ npm ci --prefer-offline\x1b[0m added {n} packages in {s}s",
    "remote: Compressing objects:  {s}% ({n}/99999), done.",
    "[INFO] Downloading from central: repo/maven2/org/example/artifact-{n}.jar ({s} kB at 1.2 MB/s)",
    "Nov 20 10:11:{s:02} runner-{s} agent[{n}]: heartbeat ok, queue length {s}",
)
FAILURES = (
    "10:11:{s:02}.{n:06} fatal: unable to access 'https://bitbucket.org/r{n}/': Recv failure: Connection reset by peer",
    "2026-11-20T10:11:{s:02}.{n:06}Z fatal: the remote end hung up unexpectedly",
    "ssh: connect to host ssh.bitbucket.org port 22: Connection timed out",
)


def text(size: int, failing: float, words: bool) -> bytes:
    """Lines of a build. `words`: each ends in letters of its own, so that no two differ only in digits."""
    random.seed(1)
    lines, done = [], 0
    while done < size:
        form = random.choice(FAILURES if random.random() < failing else LINES)
        lines.append(form.format(n=random.randrange(100_000), s=random.randrange(60)))
        if words:
            lines[-1] += f" {random.getrandbits(64):x}"
        done += len(lines[-1]) + 1
    return "\n".join(lines).encode()


def main() -> None:
    megabytes = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    for failing, words in ((0.0001, False), (0.01, False), (1.0, False), (0.01, True), (1.0, True)):
        data = text(megabytes * 1_000_000, failing, words)
        start = time.process_time()
        lines = sum(1 for line in io.BytesIO(data) if b"onnection reset" in line)
        bare = time.process_time() - start
        start = time.process_time()
        reading = LogReader(table()).read(io.BytesIO(data), "log")
        took = time.process_time() - start
        kind = f"{failing:.2%} failing{', all different' if words else ''}"
        print(
            f"{megabytes} MB, {reading.lines} lines, {kind}: {took:.2f} s, "
            f"{took / bare:.1f} x a bare scan for one phrase ({bare:.2f} s, {lines} lines)"
        )
    print(
        f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB, data included"
    )


if __name__ == "__main__":
    main()
