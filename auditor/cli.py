"""The command line: flags in, one call, a report out, an exit code back.

Modules that are heavy to import (pydantic, rich, the parsers) load inside the commands, so that `--version`
and `--help` answer at once.
"""

from __future__ import annotations

import argparse
import gc
import sys
from collections.abc import Callable

from auditor import __version__
from auditor.collect_options import add_collect, add_live
from auditor.commands.diagnose_options import add_diagnose, add_doctor, add_hosts
from auditor.commands.report_options import add_report_commands
from auditor.errors import UsageError
from auditor.exit_codes import ExitCode
from auditor.reports.formats import FORMATS

SEVERITIES = ("critical", "high", "medium", "low", "info")
SEARCH_FORMATS = ("terminal", "json")


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
        given = list(getattr(namespace, self.dest) or [])
        given.append((self.option_strings[0].lstrip("-"), values))
        setattr(namespace, self.dest, given)


def run(arguments: list[str]) -> int:
    """Runs the command that `arguments` name."""
    parser = build_parser()
    try:
        options = parser.parse_args(arguments)
    except SystemExit as stop:
        return int(stop.code or 0) if isinstance(stop.code, int) else int(ExitCode.USAGE)
    if not hasattr(options, "call"):
        parser.print_help()
        return int(ExitCode.USAGE)
    spare_the_collector()
    try:
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
    add_collect(commands)
    _add_filter(commands)
    add_diagnose(commands)
    add_hosts(commands)
    add_doctor(commands)
    _add_explain(commands)
    add_report_commands(commands)
    return parser


def _add_audit(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    audit = commands.add_parser(
        "audit",
        help="audit configurations and saved outputs; without PATH the demo inventory",
        description="Audits a configuration file, a folder of them (an Oxidized or RANCID working copy), a "
        "snapshot, a Batfish snapshot, or - for standard input. Without PATH: the demo inventory.",
    )
    audit.add_argument("path", nargs="?", metavar="PATH", help="file, folder, snapshot, or -")
    audit.add_argument(
        "--format", action=InOrder, choices=FORMATS, dest="targets", metavar="FORMAT",
        help=f"{', '.join(FORMATS)} (default terminal); repeatable, each with its --output",
    )  # fmt: skip
    audit.add_argument(
        "--output", action=InOrder, dest="targets", metavar="FILE",
        help="write the report of the --format before it to FILE; one format may go to stdout",
    )  # fmt: skip
    _common(audit)
    audit.add_argument("--select", metavar="CODES", help="only these rules: ACL,MTU001")
    audit.add_argument("--ignore", metavar="CODES", help="all but these rules")
    audit.add_argument(
        "--fail-on", choices=SEVERITIES, default="high", metavar="SEVERITY",
        help="exit 1 for findings at or above it (default high)",
    )  # fmt: skip
    audit.add_argument(
        "--baseline", metavar="REPORT.json", help="leave out findings that this report has already"
    )
    audit.add_argument(
        "--prove", action="store_true",
        help="carry each remedy out on the text, judge it again, and say what it opens",
    )  # fmt: skip
    audit.add_argument(
        "--waivers", metavar="FILE.yaml",
        help="accepted findings, each with reason, owner, ticket and last day",
    )  # fmt: skip
    audit.add_argument(
        "--no-inline-waivers", action="store_true",
        help="take no notice of `! auditor: ignore[CODE] until=… reason=…` in configurations",
    )  # fmt: skip
    audit.add_argument("--jobs", type=int, default=1, metavar="N", help="processes (default 1)")
    audit.add_argument("--no-cache", action="store_true", help="accepted; nothing is cached yet")
    audit.add_argument("--quiet", action="store_true", help="no progress, no terminal report")
    audit.add_argument("--verbose", action="store_true", help="notes in full")
    add_live(audit)
    audit.set_defaults(call=_call_audit)


def _common(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--service",
        default="bitbucket",
        metavar="NAME_OR_FILE",
        help="service profile (default bitbucket)",
    )
    parser.add_argument("--platform", metavar="TYPE", help="platform of all inputs (else detected)")
    parser.add_argument(
        "--from", action="append", dest="sources", metavar="PREFIX",
        help="where clients are; repeatable (else from the interfaces)",
    )  # fmt: skip


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
    search.add_argument(
        "--format",
        choices=SEARCH_FORMATS,
        default="terminal",
        metavar="FORMAT",
        help=f"{' or '.join(SEARCH_FORMATS)} (default terminal)",
    )
    _common(search)
    search.set_defaults(call=_call_filter_search)
    group.set_defaults(call=_help_of(group))


def _add_explain(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    rules = commands.add_parser("rules", help="list all rules")
    rules.set_defaults(call=_call_rules)
    rule = commands.add_parser("rule", help="explain one rule")
    rule.add_argument("code", metavar="CODE", help="a rule's code, such as ACL001")
    rule.set_defaults(call=_call_rule)
    platforms = commands.add_parser("platforms", help="what is read on which platform")
    platforms.set_defaults(call=_call_platforms)
    schema = commands.add_parser("schema", help="the JSON Schema of the JSON report")
    schema.add_argument(
        "of", nargs="?", choices=("report", "diagnosis"), default="report", metavar="OF",
        help="report (default) or diagnosis",
    )  # fmt: skip
    schema.set_defaults(call=_call_schema)
    service = commands.add_parser("service", help="service profiles")
    kinds = service.add_subparsers(title="questions", metavar="QUESTION")
    show = kinds.add_parser("show", help="prefixes, ports and date of a profile")
    show.add_argument(
        "name",
        nargs="?",
        default="bitbucket",
        metavar="NAME_OR_FILE",
        help="profile (default bitbucket)",
    )
    show.set_defaults(call=_call_service_show)
    names = kinds.add_parser("list", help="the profiles that ship with the project")
    names.set_defaults(call=_call_service_list)
    service.set_defaults(call=_help_of(service))


def _help_of(parser: argparse.ArgumentParser) -> Callable[[argparse.Namespace], int]:
    def show(_: argparse.Namespace) -> int:
        parser.print_help()
        return int(ExitCode.USAGE)

    return show


def _call_audit(options: argparse.Namespace) -> int:
    if options.inventory is not None:
        from auditor.commands.collect import audit_live

        return audit_live(options)
    from auditor.commands.audit import audit

    return audit(options)


def _call_filter_test(options: argparse.Namespace) -> int:
    from auditor.commands.filter_test import filter_test

    return filter_test(options.batch)


def _call_filter_search(options: argparse.Namespace) -> int:
    from auditor.commands.filter_search import filter_search

    return filter_search(options)


def _call_rules(options: argparse.Namespace) -> int:
    from auditor.commands.explain import rules_table

    return _show(rules_table())


def _call_rule(options: argparse.Namespace) -> int:
    from auditor.commands.explain import rule_text

    return _show(rule_text(options.code))


def _call_platforms(options: argparse.Namespace) -> int:
    from auditor.commands.explain import platforms_table

    return _show(platforms_table())


def _call_schema(options: argparse.Namespace) -> int:
    if options.of == "diagnosis":
        from auditor.diagnosis.report import schema
    else:
        from auditor.reports.json_report import schema

    return _show(schema())


def _call_service_show(options: argparse.Namespace) -> int:
    from auditor.commands.explain import service_text

    return _show(service_text(options.name))


def _call_service_list(options: argparse.Namespace) -> int:
    from auditor.profile import built_in

    return _show("\n".join(built_in()) + "\n")


def _show(text: str) -> int:
    sys.stdout.write(text)
    return int(ExitCode.CLEAN)
