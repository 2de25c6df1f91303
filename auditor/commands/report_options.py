"""The commands about reports on the command line; what they do loads when they run."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from auditor.settings.options import add_settings

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]


def add_report_commands(commands: Commands) -> None:
    """`auditor diff`, `explain`, `fix` and `blame`."""
    _add_diff(commands)
    _add_explain(commands)
    _add_fix(commands)
    _add_blame(commands)


def _add_diff(commands: Commands) -> None:
    diff = commands.add_parser(
        "diff",
        help="what appeared, is gone or changed between two JSON reports",
        description="Compares two JSON reports. Exit code 1: findings at or above --fail-on are new or got "
        "worse; 3: devices of the old report were not audited for the new one.",
    )
    diff.add_argument("old", metavar="OLD.json", help="the earlier report")
    diff.add_argument("new", metavar="NEW.json", help="the later report")
    add_settings(diff, "diff")
    diff.set_defaults(call=_call_diff)


def _call_diff(options: argparse.Namespace) -> int:
    from auditor.commands.diff import diff

    return diff(options)


def _add_explain(commands: Commands) -> None:
    explain = commands.add_parser(
        "explain",
        help="all about one finding of a JSON report: reasoning, witness, how to check by hand",
    )
    explain.add_argument("finding", metavar="FINDING-ID", help="the id, or its first digits")
    explain.add_argument("report", metavar="REPORT.json", help="a JSON report")
    explain.set_defaults(call=_call_explain)


def _call_explain(options: argparse.Namespace) -> int:
    from auditor.commands.remedies import explain

    return explain(options)


def _add_fix(commands: Commands) -> None:
    fix = commands.add_parser(
        "fix",
        help="print the remedies of a JSON report with their proofs; touches no device",
        description="Prints the commands that mend the findings of a report, with what their proof says "
        "(audit with --prove), and how to take them back. It never touches a device. Exit code 1: a remedy "
        "failed its proof.",
    )
    fix.add_argument("report", metavar="REPORT.json", help="a JSON report")
    fix.add_argument(
        "--device",
        action="append",
        dest="devices",
        metavar="NAME",
        help="only this device; repeatable",
    )
    fix.set_defaults(call=_call_fix)


def _call_fix(options: argparse.Namespace) -> int:
    from auditor.commands.remedies import fix

    return fix(options)


def _add_blame(commands: Commands) -> None:
    blame = commands.add_parser(
        "blame",
        help="the first commit of a git repository of configurations in which a finding holds",
        description="Searches the history of a git repository of configurations (Oxidized, RANCID) for the "
        "commit that brought a finding. It reads the repository only.",
    )
    blame.add_argument("repository", metavar="REPO", help="a git working copy or a bare repository")
    blame.add_argument(
        "finding",
        metavar="FINDING",
        help="the id of a finding that holds in the newest commit, or its first digits",
    )
    blame.add_argument(
        "--revision", default="HEAD", metavar="REV", help="newest commit (default HEAD)"
    )
    blame.add_argument(
        "--linear",
        action="store_true",
        help="look at every commit instead of halving: slow, finds each return",
    )
    add_settings(blame, "blame")
    blame.set_defaults(call=_call_blame)


def _call_blame(options: argparse.Namespace) -> int:
    from auditor.commands.blame import blame

    return blame(options)
