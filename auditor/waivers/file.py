"""The waivers file: YAML, each waiver with its scope, reason, owner, ticket and last day.

`waivers:` holds a list; each waiver has `id` (a finding's), or `code`, `device` and `subject` (the latter two may
hold `*` and `?`), and always `reason`, `owner`, `ticket` and `expires`, the last day on which it holds.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from pathlib import Path

import yaml

from auditor.errors import WaiverError
from auditor.reports.clean import visible
from auditor.waivers.waiver import Waiver
from rules.rule import registry

MUST = ("reason", "owner", "ticket", "expires")
SCOPE = ("id", "code", "device", "subject")


def load(file: str) -> tuple[Waiver, ...]:
    """The waivers of a file. Raises WaiverError with file, line, what is wrong and what to do."""
    try:
        text = Path(file).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise WaiverError(f"--waivers {file}: cannot be read: {error}") from None
    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise WaiverError(f"{file}:{line}: not YAML: {error.problem}") from None
    except yaml.YAMLError as error:
        raise WaiverError(f"{file}: not YAML: {error}") from None
    if root is None:
        return ()
    rows = dict(_pairs(root, file, ("waivers",))).get("waivers")
    if not isinstance(rows, yaml.SequenceNode):
        raise WaiverError(f"{file}:1: has no list called waivers; begin it with `waivers:`")
    return tuple(_waiver(node, file) for node in rows.value)


def _pairs(node: yaml.Node, file: str, known: tuple[str, ...]) -> Iterator[tuple[str, yaml.Node]]:
    """The keys of a mapping with their values, in a mapping that knows only these keys."""
    if not isinstance(node, yaml.MappingNode):
        raise WaiverError(
            f"{_place(file, node)}: give a mapping with {', '.join(known)}, nothing else"
        )
    seen = set()
    for key, value in node.value:
        name = str(key.value)
        if name not in known:
            raise WaiverError(f"{_place(file, key)}: no key {name!r}; there are {', '.join(known)}")
        if name in seen:
            raise WaiverError(f"{_place(file, key)}: {name!r} is given twice")
        seen.add(name)
        yield name, value


def _place(file: str, node: yaml.Node) -> str:
    return f"{file}:{node.start_mark.line + 1}"


def _waiver(node: yaml.Node, file: str) -> Waiver:
    place = _place(file, node)
    fields: dict[str, str] = {}
    for name, value in _pairs(node, file, SCOPE + MUST):
        if not isinstance(value, yaml.ScalarNode) or not value.value.strip():
            raise WaiverError(f"{_place(file, value)}: {name} must be a text that is not empty")
        fields[name] = visible(value.value.strip())
    missing = [name for name in MUST if name not in fields]
    if missing:
        raise WaiverError(f"{place}: a waiver needs {', '.join(MUST)}; add {', '.join(missing)}")
    if not set(fields) & {"id", "code", "device"}:
        raise WaiverError(f"{place}: a waiver needs a scope: id, or code, device and subject")
    return Waiver(
        source=place,
        reason=fields["reason"],
        owner=fields["owner"],
        ticket=fields["ticket"],
        until=_date(fields["expires"], place),
        id=_identity(fields.get("id"), place),
        codes=_codes(fields.get("code"), place),
        device=fields.get("device"),
        subject=fields.get("subject"),
    )


def _date(text: str, place: str) -> datetime.date:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        raise WaiverError(f"{place}: expires: {text!r} is no date such as 2027-03-31") from None


def _identity(text: str | None, place: str) -> str | None:
    if text is not None and not re.fullmatch(r"[0-9a-f]{16}", text):
        raise WaiverError(f"{place}: id: {text!r} is no id of a finding: 16 hexadecimal digits")
    return text


def _codes(text: str | None, place: str) -> tuple[str, ...]:
    if text is None:
        return ()
    codes = tuple(code.strip().upper() for code in text.split(","))
    known = {found.rule.code for found in registry()}
    for code in codes:
        if code not in known:
            raise WaiverError(f"{place}: code: no rule is called {code!r}; see `auditor rules`")
    return codes
