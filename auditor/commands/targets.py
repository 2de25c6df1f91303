"""Which report goes where: `--format` and `--output` in the order in which they were given."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from auditor.errors import UsageError


class Target(NamedTuple):
    """A format and the file it goes to; None is standard output."""

    format: str
    file: str | None


def targets(given: Sequence[tuple[str, str]]) -> list[Target]:
    """The targets that (`format` or `output`, value) pairs mean, in the order of the formats.

    With as many outputs as formats they belong together by their numbers. With one output less, an output
    belongs to the format right before it, and the format that has none goes to standard output.
    Raises UsageError for anything else, and for two reports in one file.
    """
    formats = [value for option, value in given if option == "format"] or ["terminal"]
    outputs = [value for option, value in given if option == "output"]
    for file in outputs:
        if outputs.count(file) > 1:
            raise UsageError(f"--output {file}: given twice; each report needs a file of its own")
    if len(outputs) == len(formats):
        return [Target(*pair) for pair in zip(formats, outputs, strict=True)]
    pairs = zip(given, [*given[1:], ("", "")], strict=False)
    found = [
        Target(value, after if option == "output" else None)
        for (kind, value), (option, after) in pairs
        if kind == "format"
    ] or [Target("terminal", None)]
    silent = [target for target in found if target.file is None]
    if len(silent) != 1 or len(found) - 1 != len(outputs):
        raise UsageError(
            "give one --output FILE for each --format, right behind it; one format may go to stdout"
        )
    return found
