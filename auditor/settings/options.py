"""The options of commands, made from the table. A value stays away from the namespace unless a flag gave it."""

from __future__ import annotations

import argparse
from collections.abc import Callable

from auditor.settings.setting import Kind, Setting
from auditor.settings.table import of_command
from auditor.settings.values import BadValue, option


class InOrder(argparse.Action):
    """Keeps several options in one list, in the order in which they were given."""

    def __call__(
        self,
        parser: argparse.ArgumentParser,
        namespace: argparse.Namespace,
        values: object,
        option_string: str | None = None,
    ) -> None:
        """Appends (`format`, value) for `--format`."""
        given = list(getattr(namespace, self.dest, None) or [])
        given.append((self.option_strings[0].lstrip("-"), values))
        setattr(namespace, self.dest, given)


class OnOff(argparse.Action):
    """`--prove` and `--no-prove`. With `no_means` the attribute is true where the setting is off."""

    def __init__(self, option_strings: list[str], dest: str, help: str, no_means: bool) -> None:
        super().__init__(option_strings, dest, nargs=0, default=argparse.SUPPRESS, help=help)
        self.no_means = no_means

    def __call__(
        self,
        parser: argparse.ArgumentParser,
        namespace: argparse.Namespace,
        values: object,
        option_string: str | None = None,
    ) -> None:
        """Sets the attribute; a shortened option counts for what it begins."""
        off = (option_string or "").startswith("--no")
        setattr(namespace, self.dest, off if self.no_means else not off)


def add_settings(parser: argparse.ArgumentParser, command: str) -> None:
    """Adds the options of all settings that `command` has, and those that say which file counts."""
    parser.set_defaults(settings=command)
    for row in of_command(command):
        _add(parser, row)
    group = parser.add_argument_group("settings")
    group.add_argument(
        "--config", metavar="FILE",
        help="settings file (default: the nearest auditor.toml, or pyproject.toml with [tool.auditor])",
    )  # fmt: skip
    group.add_argument("--no-config", action="store_true", help="read no settings file")
    group.add_argument(
        "--show-settings", action="store_true",
        help="print each setting, its value and where it came from, and do nothing else",
    )  # fmt: skip


def _add(parser: argparse.ArgumentParser, row: Setting) -> None:
    told = option_help(row).replace("%", "%%")
    if row.kind is Kind.FLAG:
        parser.add_argument(
            row.flag, f"--no-{row.key}",
            action=OnOff, dest=row.attribute, help=told, no_means=row.negative,
        )  # fmt: skip
        return
    action: str | type[argparse.Action] = (
        "append" if row.many and row.kind is not Kind.CODES else "store"
    )
    if row.attribute == "targets":
        action = InOrder
    parser.add_argument(
        row.flag, action=action, dest=row.attribute, metavar=row.metavar, help=told,
        default=argparse.SUPPRESS, type=_checked(row), choices=row.choices or None,
    )  # fmt: skip


def _checked(row: Setting) -> Callable[[str], object]:
    def check(text: str) -> object:
        if row.kind is Kind.CODES:
            return text
        try:
            return option(row, text)
        except BadValue as error:
            raise argparse.ArgumentTypeError(str(error)) from None

    return check


def option_help(row: Setting) -> str:
    """What `--help` says about a setting."""
    if row.option_help:
        return row.option_help
    notes = "; repeatable" if row.many and row.kind is not Kind.CODES else ""
    choices = (
        f": {', '.join(row.choices)}" if row.choices and row.choices[0] not in row.help else ""
    )
    default = default_of(row)
    if row.kind is Kind.FLAG:
        default = "on" if row.default else "off"
    return f"{row.help}{choices}{notes} (default {default})"


def default_of(row: Setting) -> str:
    """The default in words."""
    if row.default is None:
        return row.default_words
    if isinstance(row.default, bool):
        return "true" if row.default else "false"
    return f"{row.default:g}" if isinstance(row.default, float) else str(row.default)
