"""Configuration lines per second, parse and judge, as ratios within one run.

Run: python benchmarks/config_benchmark.py [devices]. Peers that are not installed are left out by name
(pip install ciscoconfparse2 hier-config brings them). The fleet is generated: every list is unique, so no
memory of an earlier list can help.
"""

from __future__ import annotations

import gc
import random
import re
import sys
import time
from collections.abc import Callable
from functools import partial

from auditor import profile
from parsers.platform import CONFIGURATION, Inputs, Text
from parsers.registry import platform
from rules.rule import check_all
from rules.view import View

ONE_LINE = re.compile(
    r"^ ?(?:(\d+) )?(permit|deny) (\S+) (any|host \S+|\S+ \S+) (any|host \S+|\S+ \S+)"
    r"(?: (eq|gt|lt|neq|range) (.+))?$|^(interface|ip|router) (\S+)"
)


def config(number: int, entries: int, rng: random.Random) -> str:
    """One IOS-like configuration with four access lists, one of them applied."""
    lines = ["!", "version 15.2", f"hostname r{number}", "!", "ip cef"]
    for i in range(12):
        lines += [
            f"interface GigabitEthernet0/{i}",
            f" description link {i}",
            f" ip address 10.{number % 250}.{i}.1 255.255.255.0",
            " no ip unreachables",
            "!",
        ]
    lines.insert(8, " ip access-group A0 in")
    for name in range(4):
        lines.append(f"ip access-list extended A{name}")
        lines += [_entry(rng) for _ in range(entries // 4)]
        lines.append("!")
    lines += [f"ip route 0.0.0.0 0.0.0.0 10.{number % 250}.11.2", "end"]
    return "\n".join(lines) + "\n"


def _entry(rng: random.Random) -> str:
    octet = rng.randrange
    protocol = rng.choice(["tcp", "udp", "ip"])
    host = f"host 10.{octet(256)}.{octet(256)}.{octet(256)}"
    net = f"172.{octet(256)}.{octet(256)}.0 0.0.0.255"
    src, dst = rng.choice(["any", host, net]), rng.choice([host, net])
    port = "" if protocol == "ip" else f" eq {octet(1, 65535)}"
    return f" {rng.choice(['permit', 'deny'])} {protocol} {src} {dst}{port}"


def best_of(work: Callable[[], object], times: int = 3) -> float:
    """The least seconds of several runs."""
    found = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        found.append(time.perf_counter() - start)
    return min(found)


def scan(texts: list[str]) -> None:
    """The bare line scan that everything is compared with."""
    for text in texts:
        for line in text.splitlines():
            ONE_LINE.match(line)


def ours(texts: list[str], judge: bool) -> None:
    """Lines, ledger, models, and with `judge` all rules."""
    service = profile.load("bitbucket")
    ios = platform("cisco_ios")
    for number, text in enumerate(texts):
        lines = Text("r.cfg", CONFIGURATION, text.splitlines())
        device = ios.parse(Inputs(f"r{number}", "cisco_ios", (lines,)))
        if judge:
            check_all(View(device, service))


def peers() -> dict[str, Callable[[list[str]], None]]:
    """The tools of the field that are installed here, on the same texts."""
    found: dict[str, Callable[[list[str]], None]] = {}
    try:
        from ciscoconfparse2 import CiscoConfParse

        def ccp(texts: list[str]) -> None:
            for text in texts:
                CiscoConfParse(text.splitlines(), syntax="ios").find_objects(r"^interface")

        found["ciscoconfparse2"] = ccp
    except ImportError:
        print("ciscoconfparse2: not installed")
    try:
        from hier_config import Host

        def hier(texts: list[str]) -> None:
            for text in texts:
                Host("r", "ios", {}).load_running_config(text)

        found["hier_config"] = hier
    except ImportError:
        print("hier_config: not installed")
    return found


def main() -> None:
    """Prints the table."""
    gc.set_threshold(200_000, 50, 1000)  # as the command line does
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    rng = random.Random(1)
    texts = [config(number, 600, rng) for number in range(count)]
    lines = sum(text.count("\n") for text in texts)
    base = best_of(lambda: scan(texts))
    rows = [
        ("bare regex per line", base),
        ("auditor: parse", best_of(lambda: ours(texts, judge=False))),
        ("auditor: parse and judge", best_of(lambda: ours(texts, judge=True))),
    ]
    for name, work in peers().items():
        share = texts[: max(1, count // 10)]
        seconds = best_of(partial(work, share), 1)
        rows.append((name, seconds * len(texts) / len(share)))
    print(f"{count} configurations, {lines} lines")
    print(f"{'':28}{'lines/s':>12}{'x regex time':>14}")
    for name, seconds in rows:
        print(f"{name:28}{lines / seconds:12,.0f}{seconds / base:14.2f}")
    _linear(rng)


def _linear(rng: random.Random) -> None:
    """One file with one long list: the time must grow as the lines do."""
    print("one file with one list")
    for size in (100_000, 200_000, 400_000):
        text = config(0, 4 * size, rng)
        seconds = best_of(partial(ours, [text], judge=True), 1)
        lines = text.count("\n")
        print(f"{lines:10,} lines {seconds:8.2f} s {lines / seconds:12,.0f} lines/s")


if __name__ == "__main__":
    main()
