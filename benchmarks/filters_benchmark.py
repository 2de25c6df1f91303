"""One access list, from its text to the exact verdict for the whole service: seconds, memory, and peers.

    python -m benchmarks.filters_benchmark [ENTRIES …]        default: 10000 15000 100000
    python -m benchmarks.filters_benchmark --peers            the same question to aclcheck, z3 and dd (10,000 entries)

clean, denied, frag and tiles are the lists of packets_benchmark, written as an IOS configuration. The question: which
packets of sessions to every prefix that Bitbucket publishes, from 10.20.0.0/16, and of their answers, are
permitted and denied. Each row runs in a process of its own; `MiB` is what that process had at most, the
interpreter and its imports (about 45 MiB) included. `x scan` is the time over that of a bare regular expression
on each line of the text.
"""

from __future__ import annotations

import random
import re
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from typing import NamedTuple

from auditor import profile
from auditor.cli import spare_the_collector
from benchmarks import packets_benchmark as lists
from parsers.model.addresses import AddressTerm, prefix_term
from parsers.platform import CONFIGURATION, Inputs, Text
from parsers.registry import platform
from rules.packets.evaluate import evaluate
from rules.packets.packet import address_text
from rules.packets.spaces import outbound, return_
from rules.packets.verdicts import Verdicts
from rules.service import Service

INSIDE = (prefix_term(lists.INSIDE[0]),)
KINDS = {"clean": lists.clean, "denied": lists.denied, "frag": lists.frag, "tiles": lists.tiles}
ONE_LINE = re.compile(
    r" (\d+) (permit|deny) (\S+) (any|host \S+|\S+ \S+) (any|host \S+|\S+ \S+)(?: eq (\d+))?$"
)


class Figures(NamedTuple):
    """CPU seconds for the bare scan, for parsing and for judging, and the most memory in MiB."""

    scan: float
    parse: float
    judge: float
    memory: float
    denied: str


def text_of(kind: str, size: int) -> str:
    """The list as IOS would show it, bound to an interface."""
    rows = KINDS[kind](random.Random(7), size)
    lines = [
        "interface GigabitEthernet0/0",
        " ip address 10.20.0.1 255.255.0.0",
        " ip access-group F in",
    ]
    lines.append("ip access-list extended F")
    for number, (action, src, dst, ports) in enumerate(rows, 1):
        port = f" eq {ports[0]}" if ports else ""
        protocol = "ip" if not ports else "tcp"
        lines.append(f" {number * 10} {action.value} {protocol} {_side(src)} {_side(dst)}{port}")
    return "\n".join([*lines, "end", ""])


def _side(term: AddressTerm | None) -> str:
    if term is None:
        return "any"
    free = (1 << 32) - 1 - term.care
    if not free:
        return f"host {address_text(4, term.value)}"
    return f"{address_text(4, term.value)} {address_text(4, free)}"


def measure(kind: str, size: int) -> Figures:
    """One list in this process."""
    service = profile.load("bitbucket")
    text = text_of(kind, size)
    spare_the_collector()  # as the command line does
    # modules are loaded and patterns compiled, as for every list but the first of a run
    _judge(text_of("clean", 400), service)
    started = time.process_time()
    for line in text.splitlines():
        ONE_LINE.match(line)
    scanned = time.process_time()
    parsed, verdicts = _judge(text, service)
    judged = time.process_time()
    blocked = verdicts[0].denied.addresses("dst")
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    shown = f"{len(blocked)} prefixes denied" if blocked else "nothing denied"
    return Figures(scanned - started, parsed - scanned, judged - parsed, memory, shown)


def _judge(text: str, service: Service) -> tuple[float, list[Verdicts]]:
    """When parsing was done, and the verdicts outbound and on the answers."""
    config = Text("r1.cfg", CONFIGURATION, text.splitlines())
    device = platform("cisco_ios").parse(Inputs("r1", "cisco_ios", (config,)))
    parsed = time.process_time()
    prefixes, ports = service.terms(4), service.port_numbers()
    spaces = (outbound(INSIDE, prefixes, ports), return_(INSIDE, prefixes, ports))
    return parsed, [evaluate(device.filters, "F", 4, space) for space in spaces]


def seconds(work: Callable[[], object]) -> float:
    """How long `work` takes."""
    started = time.process_time()
    work()
    return time.process_time() - started


def main() -> None:
    """Prints the table."""
    words = sys.argv[1:]
    if words[:1] == ["--one"]:
        print(" ".join(str(value) for value in measure(words[1], int(words[2]))))
        return
    if words == ["--peers"]:
        from benchmarks.filter_peers import main as peers

        peers()
        return
    print(
        f"{'list':8}{'entries':>8}{'parse s':>9}{'judge s':>9}{'both s':>8}{'MiB':>6}{'x scan':>8}  outbound"
    )
    for size in [int(word) for word in words] or [10_000, 15_000, 100_000]:
        for kind in KINDS:
            command = [
                sys.executable,
                "-m",
                "benchmarks.filters_benchmark",
                "--one",
                kind,
                str(size),
            ]
            done = subprocess.run(command, capture_output=True, text=True, check=True)
            scan, parse, judge, memory, *denied = done.stdout.split()
            both = float(parse) + float(judge)
            print(
                f"{kind:8}{size:8}{float(parse):9.3f}{float(judge):9.3f}{both:8.3f}{float(memory):6.0f}"
                f"{both / float(scan):8.1f}  {' '.join(denied)}"
            )


if __name__ == "__main__":
    main()
