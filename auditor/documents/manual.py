"""The manual page `auditor.1`, made from the parser of the command line (man(7), as groff and mandoc read it)."""

from __future__ import annotations

import argparse
import re
import textwrap
from collections.abc import Iterable, Iterator

from auditor import __version__
from auditor.cli import build_parser
from auditor.exit_codes import ExitCode
from auditor.settings.table import SETTINGS

DATE = "2026-11-25"
"""Of the release, or of the last change of the command line before the first one; written by hand."""
EXITS = {
    ExitCode.CLEAN: "nothing at or above --fail-on",
    ExitCode.FINDINGS: "such findings, undecided ones included",
    ExitCode.USAGE: "wrong usage, or an input that cannot be read",
    ExitCode.INCOMPLETE: "a device could not be collected or audited, and nothing worse was found",
}
FILES = {
    "auditor.toml": "settings, from the current folder upwards",
    "pyproject.toml": "settings, in its table [tool.auditor]",
}
VARIABLES = {
    "AUDITOR_CONFIG": "settings file, as --config",
    "AUDITOR_PASSWORD, AUDITOR_ENABLE": "passwords for devices; with _REALM behind it for those of one AAA realm",
    "NO_COLOR": "set to anything: no colours",
    "FORCE_COLOR": "set to anything: colours even where the output is no terminal",
    "SOURCE_DATE_EPOCH": "today, in seconds since 1970, for waivers and dates in reports",
}


def manual() -> str:
    """The whole page, the same wherever it is made."""
    parser = build_parser()
    lines = [
        '.\\" made by `python -m auditor.documents` from the command line; change that, and make it anew',
        f'.TH AUDITOR 1 "{DATE}" "auditor {__version__}" "User Commands"',
        ".SH NAME",
        "auditor \\- find devices that break sessions to an anycast service",
        ".SH SYNOPSIS",
        ".B auditor",
        ".I COMMAND",
        "[\\fIOPTION\\fR]...",
        ".SH DESCRIPTION",
        text(str(parser.description)),
        ".SH COMMANDS",
    ]
    for name, help_, command in leaves(parser):
        lines += _command(name, help_, command)
    lines += [".SH EXIT STATUS", *_pairs((str(int(code)), said) for code, said in EXITS.items())]
    lines += [".SH ENVIRONMENT", *_pairs(_variables())]
    lines += [".SH FILES", *_pairs(FILES.items())]
    lines += [".SH SEE ALSO", ".BR git (1),", ".BR ssh_config (5)"]
    return "\n".join(lines) + "\n"


def leaves(
    parser: argparse.ArgumentParser, said: str = ""
) -> Iterator[tuple[str, str, argparse.ArgumentParser]]:
    """Each command that does something, with its name, help and parser."""
    groups = [a for a in parser._actions if isinstance(a, argparse._SubParsersAction)]
    if not groups:
        yield parser.prog, said, parser
    for group in groups:
        helps = {choice.dest: choice.help or "" for choice in group._choices_actions}
        for name, below in group.choices.items():
            yield from leaves(below, helps.get(name, ""))


def _command(name: str, said: str, parser: argparse.ArgumentParser) -> Iterator[str]:
    actions = [action for action in parser._actions if not isinstance(action, argparse._HelpAction)]
    operands = " ".join(_operand(action) for action in actions if not action.option_strings)
    yield f".SS {text(f'{name} {operands}'.strip())}"
    whole = parser.description or f"{said[:1].upper()}{said[1:]}."
    yield text(whole)
    for action in actions:
        yield ".TP"
        yield _head(action)
        yield text((action.help or "").replace("%%", "%"))


def _operand(action: argparse.Action) -> str:
    name = str(action.metavar or action.dest)
    if action.nargs in ("+", "*"):
        name += "..."
    return f"[{name}]" if action.nargs in ("?", "*") else name


def _head(action: argparse.Action) -> str:
    if not action.option_strings:
        return f"\\fI{escaped(_operand(action).strip('[]'))}\\fR"
    value = (
        f" \\fI{escaped(str(action.metavar or action.dest.upper()))}\\fR"
        if action.nargs != 0
        else ""
    )
    return ", ".join(f"\\fB{escaped(option)}\\fR{value}" for option in action.option_strings)


def _variables() -> Iterator[tuple[str, str]]:
    yield from VARIABLES.items()
    for row in SETTINGS:
        yield (
            row.variable,
            f"as {row.flag}" + (f" of {', '.join(row.commands)}" if row.section else ""),
        )


def _pairs(pairs: Iterable[tuple[str, str]]) -> Iterator[str]:
    for name, said in pairs:
        yield from (".TP", f"\\fB{escaped(name)}\\fR", text(said))


def text(said: str) -> str:
    """Running text: each sentence begins a line, and no line is taken for a request."""
    sentences = re.split(r"(?<=[a-z)\]`]\.) +(?=[A-Z])", " ".join(said.split()))
    lines = [
        line
        for sentence in sentences
        for line in textwrap.wrap(
            escaped(sentence), 78, break_long_words=False, break_on_hyphens=False
        )
    ]
    return "\n".join(f"\\&{line}" if line.startswith((".", "'")) else line for line in lines)


def escaped(said: str) -> str:
    """Text whose signs mean themselves: hyphens can be copied, and backslashes are printed."""
    signs = {
        "\\": "\\e",
        "-": "\\-",
        "…": "...",
        "`": "\\(ga",
        "'": "\\(aq",
        "^": "\\(ha",
        "~": "\\(ti",
    }
    return "".join(signs.get(sign, sign) for sign in said)
