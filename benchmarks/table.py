"""Prints one Markdown table of all that is measured, the field's tools beside it: `benchmarks/run [--quick | --full]`.

Rates are of CPU seconds in this process, with the garbage collector set as the command line sets it; whole runs are of
the clock, on all processors. Every peer gets the same input in the same run, a part of it where it is slow. The bound
is one regular expression on each line. A peer that is not installed is named without a figure.
"""

from __future__ import annotations

import argparse
import datetime
import platform as machine
import random
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import NamedTuple

from auditor import profile
from auditor.cli import spare_the_collector
from benchmarks import filter_peers, fleet, ntc, packets_benchmark, peers, routes_benchmark, whole
from benchmarks.peers import seconds
from parsers.detection import detect
from parsers.platform import Text
from parsers.registry import platform
from rules.rule import check_all
from rules.view import View

ROOT = Path(__file__).resolve().parent.parent


class Size(NamedTuple):
    """How much is measured."""

    texts: int
    routes: int
    entries: int
    fleets: tuple[int, ...]


QUICK = Size(10, 20_000, 10_000, (100, 1_000))
USUAL = Size(30, 100_000, 10_000, (100, 1_000, 10_000))
FULL = Size(30, 1_000_000, 10_000, (100, 1_000, 10_000, 50_000))


class Row(NamedTuple):
    """A line of the table."""

    what: str
    ours: str
    beside: str = ""
    bound: str = ""


def configurations(size: Size) -> Iterator[Row]:
    """Detected, parsed and judged, for each platform, one thousand lines each."""
    service = profile.load("bitbucket")
    for name in fleet.WRITERS:
        made = list(fleet.fleet(1, size.texts, 1000, platforms=(name,)))
        texts = [one.lines for one in made]
        lines = sum(map(len, texts))

        def audit(made: list[fleet.Generated] = made, name: str = name) -> None:
            for one in made:
                check_all(View(platform(fleet.system(name)).parse(fleet.inputs(one)), service))

        audit(made[:2])
        base = seconds(partial(peers.scan, texts), 3)
        whole_of = seconds(audit, 2)
        told = seconds(partial(_told, texts), 2)
        rate = lines / (whole_of + told)
        beside = ", ".join(
            f"{peer} not installed"
            if other is None
            else f"{peer} {other:,.0f} ({rate / other:.1f} x)"
            for peer, other in peers.rates(name, texts)
        )
        yield Row(
            f"{name}: lines/s, detected, parsed and judged",
            f"{rate:,.0f} ({1e6 / rate:.1f} us/line)",
            beside or "no peer reads it",
            f"{lines / base:,.0f} ({(whole_of + told) / base:.1f} x its time)",
        )


def _told(texts: peers.Texts) -> None:
    for lines in texts:
        detect(lines)


def routes(size: Size) -> Iterator[Row]:
    """Printed tables, and those of which ntc-templates has a template."""
    templates = {form: rest for form, *rest in routes_benchmark.PEERS}
    for form, (generate, reader) in routes_benchmark.FORMS.items():
        lines = generate(size.routes // 10 if form == "eos json" else size.routes)
        text = Text("full.txt", form, lines)
        spent = seconds(partial(reader, text, "default"))
        base = seconds(partial(peers.scan, [lines]))
        rate = len(lines) / spent
        yield Row(
            f"{form} table: lines/s",
            f"{rate:,.0f}",
            _field(templates[form], lines, rate) if form in templates else "no template there",
            f"{len(lines) / base:,.0f} ({spent / base:.1f} x its time)",
        )


def _field(template: list[str], lines: list[str], rate: float) -> str:
    if not ntc.INSTALLED:
        return "ntc-templates not installed"
    system, command, file = template
    some = lines[:5_000]
    body = "\n".join(some)
    bare = len(some) / seconds(partial(ntc.bare_textfsm, file, body))
    full = len(some) / seconds(partial(ntc.records, system, command, body))
    return f"TextFSM {bare:,.0f} ({rate / bare:.0f} x), ntc-templates {full:,.0f} ({rate / full:.0f} x)"


def filters(size: Size) -> Iterator[Row]:
    """The exact verdict on lists that are there already."""
    for make in (packets_benchmark.clean, packets_benchmark.denied, packets_benchmark.frag):
        rows = make(random.Random(7), size.entries)
        filter_peers.ours(rows)
        spent = min(filter_peers.ours(rows) for _ in range(3))
        try:
            other = filter_peers.aclcheck_engine(rows)
            beside = f"aerleon aclcheck, one packet: {other * 1000:,.0f} ms ({other / spent:.1f} x)"
        except ImportError:
            beside = "aerleon not installed"
        bare = seconds(partial(_bare, rows), 3)
        yield Row(
            f"list `{make.__name__}`, {size.entries:,} entries: exact verdict",
            f"{spent * 1000:.1f} ms ({size.entries / spent:,.0f} entries/s)",
            beside,
            f"{bare * 1000:.1f} ms ({spent / bare:.1f} x its time)",
        )


def _bare(rows: list[packets_benchmark.Row]) -> int:
    """Each entry's destination compared with one prefix."""
    return sum(1 for row in rows if row[2] is not None and not (row[2].value ^ 1) & row[2].care)


def fleets(size: Size, folder: Path) -> Iterator[Row]:
    """The command line on generated fleets of one thousand lines a device."""
    first: tuple[int, float] | None = None
    for count in size.fleets:
        place, cache = folder / f"fleet{count}", folder / f"cache{count}"
        place.mkdir()
        for made in fleet.fleet(1, count, 1000):
            fleet.write(made, place, 1)
        cold = whole.audit(place, "--cache-dir", str(cache))
        warm = whole.audit(place, "--cache-dir", str(cache))
        each = cold.cpu / count * 1000
        first = first or (count, each)
        grown = "" if first[0] == count else f"; {each / first[1]:.2f} x a device of {first[0]:,}"
        yield Row(
            f"{count:,} devices, cold",
            f"{cold.clock:.1f} s, {count / cold.clock:,.0f} devices/s, {cold.cpu:.1f} s of CPU",
            f"{each:.1f} ms of CPU a device{grown}",
            f"{cold.memory:,.0f} MiB in all processes",
        )
        yield Row(
            f"{count:,} devices, warm",
            f"{warm.clock:.1f} s, {count / warm.clock:,.0f} devices/s, {warm.cpu:.1f} s of CPU",
            f"cold: {cold.clock / warm.clock:.1f} x its time",
            f"{warm.memory:,.0f} MiB in all processes",
        )


def start_up() -> Iterator[Row]:
    """Commands without network, beside the bare interpreter."""
    bare = min(whole.cost([sys.executable, "-c", "pass"]).clock for _ in range(5))
    for words in (["--version"], ["--help"], ["rules"]):
        spent = min(whole.cost([sys.executable, "-m", "auditor", *words]).clock for _ in range(5))
        yield Row(
            f"start-up: `auditor {words[0]}`",
            f"{spent:.3f} s",
            "",
            f"{bare:.3f} s (python -c pass)",
        )


def _commit() -> str:
    command = ["git", "-c", "safe.directory=*", "log", "-1", "--format=%h"]
    try:
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return "no git here"
    return done.stdout.strip()


def _processor() -> str:
    try:
        for line in Path("/proc/cpuinfo").read_text().splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    except OSError:
        pass
    return machine.processor() or machine.machine()


def main() -> None:
    """Prints the table, a line as soon as it is measured."""
    parser = argparse.ArgumentParser(prog="benchmarks/run", description="All figures in one table.")
    kinds = parser.add_mutually_exclusive_group()
    kinds.add_argument("--quick", action="store_true", help="small inputs: some minutes")
    kinds.add_argument("--full", action="store_true", help="a million routes, 50,000 devices")
    options = parser.parse_args()
    size = QUICK if options.quick else FULL if options.full else USUAL
    from auditor.executors.limits import processors

    now = datetime.datetime.now(datetime.UTC).strftime("%Y-%m-%d %H:%M UTC")
    print(
        f"{_processor()}, {processors()} processors, {machine.system()} {machine.release()}, ",
        end="",
    )
    print(f"Python {machine.python_version()}, {now}, commit {_commit()}\n")
    print("| what | ours | beside it | bound, memory |\n| --- | --- | --- | --- |")
    spare_the_collector()  # as the command line does
    with tempfile.TemporaryDirectory() as folder:
        for rows in (
            start_up(), configurations(size), routes(size), filters(size), fleets(size, Path(folder)),
        ):  # fmt: skip
            for row in rows:
                print(f"| {row.what} | {row.ours} | {row.beside} | {row.bound} |", flush=True)


if __name__ == "__main__":
    main()
