"""The one adapter to ntc-templates, the field's TextFSM templates, which ships no types."""

from __future__ import annotations

import importlib
import importlib.util
from pathlib import Path
from typing import Any, cast

INSTALLED = importlib.util.find_spec("ntc_templates") is not None
"""Whether the comparison can run (`pip install ntc-templates`)."""

Records = list[dict[str, Any]]


def records(platform: str, command: str, body: str) -> Records | None:
    """What `parse_output` finds in `body`; None if no template fits or one rejects the text."""
    parse = importlib.import_module("ntc_templates.parse")
    fsm = importlib.import_module("textfsm")
    try:
        found = parse.parse_output(platform, command, body)
    except (parse.ParsingException, fsm.TextFSMError):
        return None
    return cast(Records, found)


def bare_textfsm(template: str, body: str) -> int:
    """The number of records that TextFSM alone finds with a template of ntc-templates."""
    package = importlib.import_module("ntc_templates")
    fsm = importlib.import_module("textfsm")
    path = Path(str(package.__file__)).parent / "templates" / f"{template}.textfsm"
    with path.open() as lines:
        return len(fsm.TextFSM(lines).ParseText(body))
