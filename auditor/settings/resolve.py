"""Which value counts: flags before the environment, that before the settings file, that before the default."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from auditor.settings import values
from auditor.settings.file import Found, SettingsFile, nearest_file, read
from auditor.settings.setting import Kind, Setting, SettingsError, Value
from auditor.settings.table import SETTINGS, of_command

CONFIG = "AUDITOR_CONFIG"
OTHERS = (
    "AUDITOR_PASSWORD",
    "AUDITOR_ENABLE",
    "AUDITOR_HOST",
    "AUDITOR_ADDRESS",
    "AUDITOR_REALM",
    CONFIG,
)
"""Variables with other meanings: credentials, and what a program that gives passwords is told."""
OURS = "AUDITOR_"
DEFAULT, FLAG = "default", "flag"


class Resolved(NamedTuple):
    """What counts for one command."""

    command: str
    file: Path | None
    values: dict[Setting, Found]


def resolve(options: argparse.Namespace, environment: Mapping[str, str] = os.environ) -> Resolved:
    """Completes the options that flags gave, and tells where each came from. Raises SettingsError."""
    rows = of_command(options.settings)
    file = settings_file(options.config, options.no_config, environment)
    flagged = _flagged(options, rows)
    found: dict[Setting, Found] = {}
    for row in rows:
        variable = _from_environment(row, environment)
        if row in flagged:
            found[row] = flagged[row]
        elif variable is not None:
            found[row] = variable
        elif file is not None and row in file.values:
            found[row] = file.values[row]
        else:
            found[row] = Found(row.default, DEFAULT)
    _one_way_for_reports(found, flagged)
    _hand_over(options, found)
    _warn(environment)
    return Resolved(options.settings, file.path if file else None, found)


def settings_file(
    named: str | None, none: bool, environment: Mapping[str, str]
) -> SettingsFile | None:
    """The file that counts: the one that is named, else the nearest one, else none."""
    if none and named:
        raise SettingsError("give either --config or --no-config")
    if none:
        return None
    named = named or environment.get(CONFIG)
    if named:
        return read(Path(named), named=True)
    try:
        path = nearest_file(Path.cwd())
    except OSError:  # the current folder is gone, or is not ours to look at
        return None
    return read(path, named=False) if path else None


def _flagged(options: argparse.Namespace, rows: Iterable[Setting]) -> dict[Setting, Found]:
    """What flags gave, as values of settings."""
    given = vars(options)
    flagged = {}
    for row in rows:
        if row.attribute not in given:
            continue
        value = given[row.attribute]
        if row.attribute == "targets":
            value = tuple(text for option, text in value if option == row.key) or None
            if value is None:
                continue
        elif row.kind is Kind.FLAG and row.negative:
            value = not value
        elif row.kind is Kind.CODES:
            value = tuple(part.strip() for part in value.split(",") if part.strip())
        elif isinstance(value, list):
            value = tuple(value)
        flagged[row] = Found(value, f"{FLAG} {row.flag}")
    return flagged


def _from_environment(row: Setting, environment: Mapping[str, str]) -> Found | None:
    text = environment.get(row.variable, "")
    if not text.strip():
        return None  # set to nothing, as CI systems do with variables that nobody gave
    try:
        return Found(values.from_text(row, text), row.variable)
    except values.BadValue as error:
        raise SettingsError(f"{row.variable}: {row.name} {error}") from None


def _one_way_for_reports(found: dict[Setting, Found], flagged: dict[Setting, Found]) -> None:
    """Formats and files belong together: where the command line gives one of them, the rest of it is not
    taken from elsewhere, and elsewhere their numbers have to be equal."""
    pair = [row for row in found if row.attribute == "targets"]
    if not pair:
        return
    if any(row in flagged for row in pair):
        for row in pair:
            if row not in flagged:
                found[row] = Found(row.default, DEFAULT)
        return
    formats, outputs = (found[row].value or () for row in pair)
    if not isinstance(formats, tuple) or not isinstance(outputs, tuple):
        return
    if outputs and len(outputs) != max(1, len(formats)):
        raise SettingsError(
            f"{found[pair[1]].place}: output names {len(outputs)} files for {max(1, len(formats))} formats; give one "
            "for each, in the same order, - for standard output"
        )
    if len(formats) > 1 and not outputs:
        raise SettingsError(f"{found[pair[0]].place}: several formats need as many files in output")


def _hand_over(options: argparse.Namespace, found: dict[Setting, Found]) -> None:
    """Writes the values to where commands look for them, in the forms that they know from flags."""
    pair = {row.key: found[row] for row in found if row.attribute == "targets"}
    if pair and not hasattr(options, "targets"):
        options.targets = _pairs(pair["format"].value, pair["output"].value)
    for row, (value, _) in found.items():
        if row.attribute == "targets" or hasattr(options, row.attribute):
            continue
        setattr(options, row.attribute, _as_flag(row, value))


def _as_flag(row: Setting, value: Value) -> object:
    if row.kind is Kind.FLAG:
        return value is not row.negative
    if isinstance(value, tuple):
        return ",".join(value) if row.kind is Kind.CODES else list(value)
    return value


def _pairs(formats: Value, outputs: Value) -> list[tuple[str, str]]:
    """Formats, each with its file behind it; - has none."""
    names = formats if isinstance(formats, tuple) and formats else ("terminal",)
    files = outputs if isinstance(outputs, tuple) and outputs else ("-",)
    pairs = []
    for name, file in zip(names, files, strict=True):
        pairs += [("format", name), *([("output", file)] if file != "-" else [])]
    return pairs


def _warn(environment: Mapping[str, str]) -> None:
    """Names variables that look like ours and are not: a misspelt one would silently do nothing."""
    known = {row.variable.removeprefix(OURS).lower(): row.variable for row in SETTINGS}
    for name in sorted(environment):
        word = name.removeprefix(OURS).lower()
        if name.startswith(OURS) and word not in known and not name.startswith(OTHERS):
            near = values.nearest_word(word, tuple(known), 0.8)
            if near:
                sys.stderr.write(f"auditor: {ascii(name)[1:-1]} is no setting; {known[near]} is\n")
