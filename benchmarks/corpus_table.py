"""What is read of the shared corpus: platform right, lines not understood, tracebacks; and the labs' routes.

Run: python -m benchmarks.corpus_table [--lines]. `--lines` prints every line that is not understood.
Relevant lines stand in filters, object groups, interfaces and static routes; their share is taken of the
lines that were used, which is fewer than all lines of those places, so the true share is smaller.
`filters` counts the lines of filters, groups and policies among them.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from typing import NamedTuple

from parsers.detection import detect
from parsers.errors import ParserError
from parsers.model.device import Device
from parsers.platform import CONFIGURATION, Inputs, Text
from parsers.registry import PLATFORMS, platform
from parsers.text import lines_of

CORPUS = Path(__file__).resolve().parent.parent.parent / "shared" / "corpus"
LABELS = {"linux_iptables": "linux"}
SAME = {"cisco_xe": "cisco_ios"}
"""The corpus keeps IOS-XE under IOS."""
NO_CONFIGURATION = frozenset({"BUILD.bazel"})


class Row(NamedTuple):
    """The figures of one folder."""

    files: int
    right: int
    lines: int
    used: int
    unread: int
    relevant: int
    filters: int
    failed: int


def parsed(path: Path, name: str) -> Device:
    """The device of one file, read as `name`."""
    lines = lines_of(path.read_bytes())
    text = Text(path.name, CONFIGURATION, lines)
    return platform(name).parse(Inputs(path.stem, name, (text,)))


def row_of(folder: Path, name: str, show: bool) -> Row:
    """The figures of one folder of configurations."""
    counts: Counter[str] = Counter()
    for path in sorted(folder.iterdir()):
        if not path.is_file() or path.name in NO_CONFIGURATION:
            continue
        counts["files"] += 1
        try:
            found = detect(lines_of(path.read_bytes())).platform
            counts["right"] += SAME.get(found or "", found) == name
            device = parsed(path, name)
        except ParserError:
            continue
        except Exception as error:
            counts["failed"] += 1
            print(f"{path.name}: {type(error).__name__}: {error}")
            continue
        counts["lines"] += device.lines.total
        counts["used"] += device.lines.used
        counts["unread"] += device.lines.not_understood
        for unread in device.not_understood:
            counts["relevant"] += unread.topic != "other"
            counts["filters"] += unread.topic == "filter"
            if show:
                print(f"    {path.name}:{unread.where.line} [{unread.topic}] {unread.text.strip()}")
    return Row(*(counts[field] for field in Row._fields))


def table(show: bool = False) -> dict[str, Row]:
    """The figures of all folders of the platforms there are."""
    found = {}
    for folder in sorted((CORPUS / "configs").iterdir()):
        if folder.name == "cumulus_nclu" and "cumulus_linux" in PLATFORMS:
            found["cumulus (nclu)"] = row_of(folder, "cumulus_linux", show)
            continue
        name = LABELS.get(folder.name, folder.name)
        if name in PLATFORMS:
            found[name] = row_of(folder, name, show)
    return found


def main() -> None:
    """Prints the table."""
    print(
        f"{'platform':16}{'files':>6}{'right':>8}{'lines':>8}{'not und.':>10}{'relevant':>10}"
        f"{'filters':>9}{'failed':>8}"
    )
    total: Counter[str] = Counter()
    for name, row in table("--lines" in sys.argv).items():
        total.update(row._asdict())
        _print(name, row)
    _print("all", Row(*(total[field] for field in Row._fields)))


def _print(name: str, row: Row) -> None:
    right = 100 * row.right / max(1, row.files)
    unread = 100 * row.unread / max(1, row.lines)
    relevant = 100 * row.relevant / max(1, row.used + row.relevant)
    print(
        f"{name:16}{row.files:6}{right:7.1f}%{row.lines:8}{unread:9.2f}%{relevant:9.2f}%{row.filters:9}{row.failed:8}"
    )


if __name__ == "__main__":
    main()
