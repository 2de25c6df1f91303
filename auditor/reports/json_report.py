"""The JSON report and its schema."""

from __future__ import annotations

import json

from auditor.reports.model import Report


def render(report: Report) -> str:
    """The report as JSON, keys in the contract's order."""
    return json.dumps(report.model_dump(mode="json"), indent=2, ensure_ascii=False) + "\n"


def schema() -> str:
    """The JSON Schema of the report."""
    return json.dumps(Report.model_json_schema(), indent=2) + "\n"
