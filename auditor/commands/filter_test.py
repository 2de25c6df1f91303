"""`auditor filter test`: one verdict per packet, in the order of the rows."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TextIO

from auditor.errors import BatchError
from auditor.exit_codes import ExitCode
from auditor.filters import FilterAnswers


def filter_test(batch: str) -> int:
    """Answers every row of the batch file on standard output."""
    if batch == "-":
        return _answer(sys.stdin, Path.cwd())
    path = Path(batch)
    try:
        with path.open(encoding="utf-8") as rows:
            return _answer(rows, path.parent)
    except (OSError, UnicodeDecodeError) as error:
        raise BatchError(f"--batch {batch}: cannot be read: {error}") from None


def _answer(rows: TextIO, folder: Path) -> int:
    answers = FilterAnswers(folder)
    for number, text in enumerate(rows, 1):
        if text.strip():
            sys.stdout.write(json.dumps(_row(answers, text, number), ensure_ascii=False) + "\n")
    return int(ExitCode.CLEAN)


def _row(answers: FilterAnswers, text: str, number: int) -> dict[str, object]:
    try:
        row = json.loads(text)
    except ValueError as error:
        return {"id": None, "error": f"row {number} is not JSON: {error}"}
    if not isinstance(row, dict):
        return {"id": None, "error": f"row {number} is not an object"}
    identity = row.get("id")
    try:
        answer = answers.answer(row)
    except ValueError as error:
        return {"id": identity, "error": str(error)}
    return {"id": identity, "action": answer.action, "line": answer.line, "text": answer.text}
