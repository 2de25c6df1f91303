"""The JSON Schema of a settings file, for editors and for tests."""

from __future__ import annotations

import json

from auditor.settings.options import default_of
from auditor.settings.setting import Kind, Setting
from auditor.settings.table import SECTIONS, SETTINGS

TEXT: dict[str, object] = {"type": "string", "minLength": 1}


def schema() -> str:
    """The schema of `auditor.toml`, which is that of `[tool.auditor]` as well, as JSON."""
    properties = _properties("")
    for section in SECTIONS:
        properties[section] = {
            "type": "object",
            "additionalProperties": False,
            "properties": _properties(section),
        }
    document = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Settings of auditor: auditor.toml, or [tool.auditor] in pyproject.toml",
        "type": "object",
        "additionalProperties": False,
        "properties": properties,
    }
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def _properties(section: str) -> dict[str, object]:
    return {row.key: _property(row) for row in SETTINGS if row.section == section}


def _property(row: Setting) -> dict[str, object]:
    said = {**_type(row), "description": f"{row.help} (default: {default_of(row)})"}
    if row.default is not None:
        said["default"] = row.default
    return said


def _type(row: Setting) -> dict[str, object]:
    if row.kind is Kind.FLAG:
        return {"type": "boolean"}
    if row.kind in (Kind.WHOLE, Kind.NUMBER):
        number: dict[str, object] = {"type": "integer" if row.kind is Kind.WHOLE else "number"}
        if row.least is not None:
            number["minimum"] = row.least
        if row.above is not None:
            number["exclusiveMinimum"] = row.above
        return number
    one = {"enum": list(row.choices)} if row.choices else TEXT
    if row.many:
        return {"anyOf": [one, {"type": "array", "items": one}]}
    return dict(one)
