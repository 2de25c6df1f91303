"""The command line: flags in, one call, a report out, an exit code back.

Modules that are heavy to import (pydantic, rich, the parsers) load inside the commands, so that `--version`
and `--help` answer at once.
"""

from __future__ import annotations

import argparse
import gc
import os
import sys

from auditor import __version__
from auditor.collect_options import add_collect, add_live
from auditor.commands.diagnose_options import add_diagnose, add_doctor, add_hosts
from auditor.commands.explain_options import add_explain_commands
from auditor.commands.help_of import help_of
from auditor.commands.report_options import add_report_commands
from auditor.errors import UsageError
from auditor.exit_codes import ExitCode
from auditor.settings.options import add_settings

SHOW_SETTINGS = "--show-settings"


def run(arguments: list[str]) -> int:
    """Runs the command that `arguments` name."""
    parser = build_parser()
    if SHOW_SETTINGS in arguments:
        _need_nothing(parser)
    try:
        options = parser.parse_args(arguments)
    except SystemExit as stop:
        return int(stop.code or 0) if isinstance(stop.code, int) else int(ExitCode.USAGE)
    if not hasattr(options, "call"):
        parser.print_help()
        return int(ExitCode.USAGE)
    spare_the_collector()
    try:
        if hasattr(options, "settings"):
            from auditor.settings.resolve import resolve

            resolved = resolve(options)
            if options.show_settings:
                from auditor.settings.shown import shown

                sys.stdout.write(shown(resolved))
                return int(ExitCode.CLEAN)
        return int(options.call(options))
    except UsageError as error:
        sys.stderr.write(f"auditor: {error}\n")
        return int(ExitCode.USAGE)


def spare_the_collector() -> None:
    """Models form no cycles and live until the report: looking through all of them again and again
    would make long lists cost more than their lines."""
    gc.freeze()
    gc.set_threshold(200_000, 50, 1000)


def build_parser() -> argparse.ArgumentParser:
    """All commands with their options."""
    parser = argparse.ArgumentParser(
        prog="auditor",
        description="Finds the routers and firewalls that break sessions to an anycast service: blocked "
        "ranges, broken Path MTU Discovery, per-packet load balancing.",
        epilog="Exit codes: 0 clean, 1 findings, 2 wrong usage or unreadable input, 3 incomplete.",
    )
    parser.add_argument("--version", action="version", version=f"auditor {__version__}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")
    _add_audit(commands)
    _add_pre_commit(commands)
    add_collect(commands)
    _add_filter(commands)
    add_diagnose(commands)
    add_hosts(commands)
    add_doctor(commands)
    add_explain_commands(commands)
    add_report_commands(commands)
    if "_ARGCOMPLETE" in os.environ:  # a shell asks what could stand at its cursor
        from auditor.completion import answer

        answer(parser)
    return parser


def _need_nothing(parser: argparse.ArgumentParser) -> None:
    """Whoever asks for settings need not say what to audit."""
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for below in action.choices.values():
                _need_nothing(below)
        elif not action.option_strings:
            action.nargs = "*" if action.nargs in ("+", "*") else "?"
        action.required = False


def _add_audit(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    audit = commands.add_parser(
        "audit",
        help="audit configurations and saved outputs; without PATH the demo inventory",
        description="Audits a configuration file, a folder of them (an Oxidized or RANCID working copy), a "
        "snapshot, a Batfish snapshot, or - for standard input. Without PATH: the demo inventory.",
    )
    audit.add_argument("path", nargs="?", metavar="PATH", help="file, folder, snapshot, or -")
    audit.add_argument(
        "--changed", metavar="LIST",
        help="audit only devices with a file that LIST names, one on each line; - for standard input",
    )  # fmt: skip
    add_live(audit)
    add_settings(audit, "audit")
    audit.set_defaults(call=_call_audit)


def _add_pre_commit(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    hook = commands.add_parser(
        "pre-commit",
        help="audit the devices of changed files, as a pre-commit hook",
        description="Audits the devices that the named files are of, with all their other files, in the folder in "
        "which it is called. Files that belong to no device are passed over.",
    )
    hook.add_argument("files", nargs="*", metavar="FILE", help="a changed file")
    add_settings(hook, "pre-commit")
    hook.set_defaults(call=_call_pre_commit)


def _add_filter(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    group = commands.add_parser("filter", help="ask filters exact questions")
    kinds = group.add_subparsers(title="questions", metavar="QUESTION")
    test = kinds.add_parser("test", help="one verdict per packet of a batch")
    test.add_argument(
        "--batch", required=True, metavar="FILE.jsonl", help="rows of packets, - for stdin"
    )
    test.set_defaults(call=_call_filter_test)
    search = kinds.add_parser(
        "search", help="the permitted, denied and undecided packets of the flow spaces"
    )
    search.add_argument("path", metavar="PATH", help="file, folder, snapshot, or -")
    search.add_argument("--filter", dest="filter_name", metavar="NAME", help="only this filter")
    add_settings(search, "filter search")
    search.set_defaults(call=_call_filter_search)
    group.set_defaults(call=help_of(group))


def _call_audit(options: argparse.Namespace) -> int:
    if options.inventory is not None:
        from auditor.commands.collect import audit_live

        return audit_live(options)
    from auditor.commands.audit import audit

    return audit(options)


def _call_pre_commit(options: argparse.Namespace) -> int:
    from auditor.commands.pre_commit import pre_commit

    return pre_commit(options)


def _call_filter_test(options: argparse.Namespace) -> int:
    from auditor.commands.filter_test import filter_test

    return filter_test(options.batch)


def _call_filter_search(options: argparse.Namespace) -> int:
    from auditor.commands.filter_search import filter_search

    return filter_search(options)
