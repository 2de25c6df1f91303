"""What a setting is, and what it gives where it is set; imports nothing heavy."""

from __future__ import annotations

import enum
from typing import NamedTuple

from auditor.errors import UsageError

Value = str | int | float | bool | tuple[str, ...] | None


class Kind(enum.Enum):
    """What a value may be."""

    TEXT = "text"
    WHOLE = "whole number"
    NUMBER = "number"
    FLAG = "true or false"
    CHOICE = "one of the choices"
    TEXTS = "list of texts"  # on the command line: the option repeated
    CHOICES = "list of choices"
    CODES = "list of codes"  # on the command line: separated by commas


class Place(enum.Enum):
    """How a value names a file; `NOT` names none."""

    NOT = "no file"
    FILE = "file"
    PROFILE = "built-in name, or file"
    FILE_OR_NONE = "file, or none"
    FILE_OR_STDOUT = "file, or - for standard output"
    NETRC = "netrc:FILE"


class Setting(NamedTuple):
    """One row of the table. `least` is the smallest number allowed, `above` a number that it must exceed.

    `guarded`: what a settings file that was merely found (not named with --config) may not set, because it
    runs programs, sends credentials elsewhere or decides whom to trust. `negative`: the option that the command
    line had first turns the setting off.
    """

    key: str
    kind: Kind
    commands: tuple[str, ...]
    help: str
    default: Value = None
    default_words: str = ""
    metavar: str = ""
    section: str = ""
    choices: tuple[str, ...] = ()
    least: int | None = None
    above: float | None = None
    place: Place = Place.NOT
    guarded: bool = False
    negative: bool = False
    dest: str = ""
    option_help: str = ""

    @property
    def name(self) -> str:
        """As messages and the documentation call it: `diff.format`."""
        return f"{self.section}.{self.key}" if self.section else self.key

    @property
    def variable(self) -> str:
        """Its environment variable."""
        return f"AUDITOR_{self.name}".upper().replace("-", "_").replace(".", "_")

    @property
    def flag(self) -> str:
        """Its option on the command line."""
        return f"--{self.key}"

    @property
    def attribute(self) -> str:
        """Where commands find its value among their options."""
        return self.dest or self.key.replace("-", "_")

    @property
    def many(self) -> bool:
        """Whether its value is a list."""
        return self.kind in (Kind.TEXTS, Kind.CHOICES, Kind.CODES)


class SettingsError(UsageError):
    """A settings file, a variable or a value that cannot be used; says where, what, and what to do."""
