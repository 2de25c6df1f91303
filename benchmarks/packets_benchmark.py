"""Prints how long it takes to judge filters of 10,000 entries, beside a bare scan over the entries.

    python benchmarks/packets_benchmark.py [ENTRIES]

clean   the service is permitted, a few hundred entries touch it
denied  one /29 of one prefix of the service is denied in the middle
frag    thousands of entries deny small parts of the space: hosts, port ranges, wildcards with holes
tiles   permit and deny alternate in tiles of sources and destinations

`first` includes the translation, `again` is the filter judged once more. The scan compares the
destination of each entry with one prefix: no judge in plain Python that reads the entries can be
faster. Small results are checked: permitted and denied packets must make up the space. `boxes` is
how many boxes without holes the result comes to when it is cut up altogether.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from parsers.model.addresses import AddressSpec, AddressTerm, prefix_term, wildcard_term
from parsers.model.filters import Action, Entry, Filter, LaterFragments, Match
from rules.packets.evaluate import decide, evaluate
from rules.packets.packet import Packet, packet
from rules.packets.sets import PacketSet
from rules.packets.spaces import outbound
from rules.packets.verdicts import Verdicts

SERVICE = ("104.192.136.0/21", "185.166.140.0/22", "18.205.93.0/25")
INSIDE = ("10.20.0.0/16",)
PORTS = (22, 443)
ANY = None

Table = dict[tuple[str, int], Filter]

Row = tuple[Action, AddressTerm | None, AddressTerm | None, tuple[int, int] | None]


def entry(line: int, row: Row) -> Entry:
    action, src, dst, ports = row
    match = Match(
        family=4,
        protocols=((6, 6),),
        src=None if src is None else AddressSpec((src,)),
        dst=None if dst is None else AddressSpec((dst,)),
        dst_ports=None if ports is None else (ports,),
    )
    return Entry(line, action, (match,))


def noise(rng: random.Random) -> Row:
    """An entry that has nothing to do with the service."""
    src = AddressTerm(4, 10 << 24 | rng.getrandbits(24), (1 << 32) - 1)
    dst = AddressTerm(4, (172 << 24 | 16 << 16 | rng.getrandbits(20)) & ~255, (1 << 32) - 256)
    return (
        rng.choice((Action.PERMIT, Action.DENY)),
        src,
        dst,
        (port := rng.randrange(1, 9000), port),
    )


def inside_of(rng: random.Random, text: str, length: int) -> AddressTerm:
    outer = prefix_term(text)
    care = (1 << 32) - (1 << 32 - length)
    return AddressTerm(4, (outer.value | rng.getrandbits(32) & ~outer.care) & care, care)


def clean(rng: random.Random, size: int) -> list[Row]:
    rows = [noise(rng) for _ in range(size - 301)]
    for _ in range(300):
        dst = inside_of(rng, rng.choice(SERVICE), 28)
        rows.insert(
            rng.randrange(len(rows)), (Action.PERMIT, prefix_term(INSIDE[0]), dst, (443, 443))
        )
    return [*rows, (Action.PERMIT, ANY, ANY, ANY)]


def denied(rng: random.Random, size: int) -> list[Row]:
    rows = clean(rng, size - 1)
    rows.insert(size // 2, (Action.DENY, ANY, prefix_term("104.192.141.0/29"), ANY))
    return rows


def frag(rng: random.Random, size: int) -> list[Row]:
    rows = [noise(rng) for _ in range(size - 3001)]
    for number in range(3000):
        src = inside_of(rng, INSIDE[0], rng.randrange(24, 33))
        dst = inside_of(rng, rng.choice(SERVICE), rng.randrange(26, 33))
        if number % 3 == 0:
            dst = wildcard_term("104.192.136.0", f"0.0.{rng.randrange(8)}.{rng.randrange(256)}")
        rows.insert(rng.randrange(len(rows)), (Action.DENY, src, dst, (443, 443)))
    return [*rows, (Action.PERMIT, ANY, ANY, ANY)]


def tiles(rng: random.Random, size: int) -> list[Row]:
    rows = [noise(rng) for _ in range(size - 2049)]
    for number in range(2048):
        src = AddressTerm(4, 10 << 24 | 20 << 16 | (number % 64) << 10, (1 << 32) - 1024)
        dst = AddressTerm(4, prefix_term(SERVICE[0]).value | (number // 64) << 6, (1 << 32) - 64)
        action = Action.PERMIT if (number + number // 64) % 2 else Action.DENY
        rows.insert(rng.randrange(len(rows)), (action, src, dst, ANY))
    return [*rows, (Action.PERMIT, ANY, ANY, ANY)]


def scan(filters: Table) -> int:
    """How many entries meet the first prefix of the service, found in the plainest way."""
    target = prefix_term(SERVICE[0])
    value, care = target.value, target.care
    met = 0
    for item in filters["F", 4].entries:
        spec = item.matches[0].dst
        if spec is None:
            met += 1
            continue
        term = spec.terms[0]
        if not (term.value ^ value) & term.care & care:
            met += 1
    return met


def seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def table(rows: Iterable[Row]) -> Table:
    entries = tuple(entry(line, row) for line, row in enumerate(rows, start=1))
    made = Filter("F", 4, "r1.cfg", 1, entries, Action.DENY, later_fragments=LaterFragments.CISCO)
    return {("F", 4): made}


def main() -> None:
    size = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    space = outbound([prefix_term(t) for t in INSIDE], [prefix_term(t) for t in SERVICE], PORTS)
    one = packet("10.20.1.5", "104.192.141.1")
    print(
        f"{'list':8}{'entries':>8}{'scan ms':>9}{'first ms':>10}{'again ms':>10}"
        f"{'first/scan':>12}{'again/scan':>12}{'boxes':>8}{'µs a packet':>13}"
    )
    for make in (clean, denied, frag, tiles):
        print(row(make.__name__, table(make(random.Random(7), size)), space, one))


def row(name: str, filters: Table, space: PacketSet, one: Packet) -> str:
    """One line of the table."""

    def judge() -> Verdicts:
        return evaluate(filters, "F", 4, space)

    bare = min(seconds(lambda: scan(filters)) for _ in range(5))
    first = seconds(judge)
    again = min(seconds(judge) for _ in range(3))
    verdicts = judge()
    boxes = sum(len(piece.packets.boxes) for piece in verdicts.pieces)
    if boxes < 500:
        assert verdicts.permitted | verdicts.denied == space
    single = min(seconds(lambda: decide(filters, "F", 4, one)) for _ in range(20))
    return (
        f"{name:8}{len(filters['F', 4].entries):8}{bare * 1e3:9.2f}{first * 1e3:10.2f}"
        f"{again * 1e3:10.2f}{first / bare:12.1f}{again / bare:12.1f}{boxes:8}{single * 1e6:13.1f}"
    )


if __name__ == "__main__":
    main()
