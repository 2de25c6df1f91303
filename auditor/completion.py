"""Completion in shells: argcomplete asks the parser itself, so that nothing is listed twice."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable

import argcomplete
from argcomplete.shell_integration import shellcode

Names = Callable[[], Iterable[str]]


def script(shell: str) -> str:
    """What `shell` (bash, zsh, fish) has to read."""
    return shellcode(["auditor"], shell=shell).strip("\n") + "\n"


def answer(parser: argparse.ArgumentParser) -> None:
    """Prints what could stand at the shell's cursor, and ends the program."""
    _attach(parser)
    argcomplete.autocomplete(parser, always_complete_options=False)


def _attach(parser: argparse.ArgumentParser) -> None:
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for below in action.choices.values():
                _attach(below)
        elif (
            names := NAMES.get((parser.prog, action.dest)) or NAMES.get(("", action.dest))
        ) is not None:
            # argcomplete looks for this attribute, which argparse does not know
            vars(action)["completer"] = _completer(names, action.dest in ("select", "ignore"))
        elif action.metavar in NO_FILES:
            vars(action)["completer"] = argcomplete.completers.SuppressCompleter()


NO_FILES = (
    "N",
    "SECONDS",
    "PREFIX",
    "PATTERN",
    "NAME",
    "ADDRESS",
    "FINDING-ID",
    "FINDING",
    "REV",
    "WHERE",
)


def _completer(names: Names, several: bool) -> Callable[..., list[str]]:
    def complete(prefix: str, **_: object) -> list[str]:
        before = prefix[: prefix.rfind(",") + 1] if several else ""
        return [before + name for name in names()]

    return complete


def _codes() -> list[str]:
    from rules.rule import registry

    return [found.rule.code for found in registry()]


def _codes_and_families() -> list[str]:
    codes = _codes()
    return [*sorted({code.rstrip("0123456789") for code in codes}), *codes]


def _platforms() -> list[str]:
    from parsers.registry import PLATFORMS

    return sorted(PLATFORMS)


def _services() -> list[str]:
    """The built-in ones; files are not offered beside them."""
    from auditor.profile import built_in

    return list(built_in())


def _sources() -> list[str]:
    from auditor.collect_credentials import KINDS

    return list(KINDS)


NAMES: dict[tuple[str, str], Names] = {
    ("auditor rule", "code"): _codes,
    ("auditor platform", "name"): _platforms,
    ("", "select"): _codes_and_families,
    ("", "ignore"): _codes_and_families,
    ("", "platform"): _platforms,
    ("", "password_from"): _sources,
    ("auditor service show", "name"): _services,
}
"""By command and attribute, or by attribute alone."""
