"""All formats of reports by name, and what they need to know besides the report.

Names load nothing: the command line asks for them before it knows which format is wanted.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from auditor.reports.model import Report


class Style(NamedTuple):
    """How a report is written: columns and colours for people at a terminal, notes in full (`verbose`), and the
    folder that file names are relative to, as seen from where the program was called (`base`)."""

    width: int = 100
    color: bool = False
    verbose: bool = False
    base: str = ""


_MODULES = {
    "terminal": "terminal",
    "json": "json_report",
    "html": "html_report",
    "markdown": "markdown",
    "csv": "csv_report",
    "sarif": "sarif",
    "junit": "junit",
}
FORMATS = tuple(_MODULES)


def written(report: Report, name: str, style: Style) -> Iterator[str]:
    """The report in one format, piece by piece, so that a large one is never in memory as a whole."""
    module = importlib.import_module(f"auditor.reports.{_MODULES[name]}")
    write: Callable[[Report, Style], Iterator[str]] = module.write
    return write(report, style)
