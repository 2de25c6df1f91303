"""The JSON report and its schema."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Protocol, runtime_checkable

from pydantic import ValidationError

from auditor.errors import UsageError
from auditor.reports.clean import clean
from auditor.reports.formats import Style
from auditor.reports.model import Part, Report


@runtime_checkable
class Written(Protocol):
    """Parts that are written already, each as it stands in a list of this report."""

    def texts(self) -> Iterator[str]:
        """The texts."""
        ...


def write(report: Report, style: Style | None = None) -> Iterator[str]:
    """The report as JSON, keys in the contract's order, piece by piece."""
    lists: dict[str, Sequence[Part]] = {"devices": report.devices, "findings": report.findings}
    rest = report.model_dump(mode="json", exclude={"devices", "findings"})
    head = "{"
    for key in Report.model_fields:
        yield f"{head}\n  {json.dumps(key)}: "
        if key in lists:
            yield from items(lists[key])
        else:
            yield indented(rest[key], 1)
        head = ","
    yield "\n}\n"


def render(report: Report) -> str:
    """The report as JSON in one text."""
    return "".join(write(report))


def items(parts: Iterable[Part]) -> Iterator[str]:
    """A list of parts, written as `json.dumps(…, indent=2)` would one level down."""
    head = "["
    texts = parts.texts() if isinstance(parts, Written) else map(_text, parts)
    for text in texts:
        yield f"{head}\n    {text}"
        head = ","
    yield "[]" if head == "[" else "\n  ]"


def _text(part: Part) -> str:
    return part.model_dump_json(indent=2).replace("\n", "\n    ")


def indented(value: object, depth: int) -> str:
    """A value as it stands `depth` levels down in a text indented by 2."""
    text = json.dumps(value, indent=2, ensure_ascii=False)
    return text.replace("\n", "\n" + "  " * depth)


def schema() -> str:
    """The JSON Schema of the report."""
    return json.dumps(Report.model_json_schema(), indent=2) + "\n"


def load(file: str) -> Report:
    """The report in a file, its texts made harmless. Raises UsageError with file and reason."""
    try:
        return clean(Report.model_validate_json(Path(file).read_bytes()))
    except OSError as error:
        raise UsageError(f"{file}: cannot be read: {error.strerror or error}") from None
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(step) for step in first["loc"]) or "the whole text"
        raise UsageError(
            f"{file}: not a JSON report of the auditor: {place}: {first['msg']}; write one with "
            "`auditor audit … --format json --output FILE`"
        ) from None
