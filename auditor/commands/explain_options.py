"""The commands that explain, on the command line; what they do loads when they run."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from auditor.commands.help_of import help_of
from auditor.exit_codes import ExitCode

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]

SHELLS = ("bash", "zsh", "fish")


def add_explain_commands(commands: Commands) -> None:
    """`auditor rules`, `rule`, `platforms`, `platform`, `schema`, `service` and `completion`."""
    rules = commands.add_parser("rules", help="list all rules")
    rules.set_defaults(call=_call_rules)
    rule = commands.add_parser("rule", help="explain one rule")
    rule.add_argument("code", metavar="CODE", help="a rule's code, such as ACL001")
    rule.set_defaults(call=_call_rule)
    platforms = commands.add_parser("platforms", help="what is read on which platform")
    platforms.set_defaults(call=_call_platforms)
    platform = commands.add_parser(
        "platform", help="one platform: commands to collect, what is read, how it is recognised"
    )
    platform.add_argument("name", metavar="NAME", help="a platform's name, such as cisco_ios")
    platform.set_defaults(call=_call_platform)
    _add_schema(commands)
    _add_service(commands)
    completion = commands.add_parser(
        "completion",
        help="print the script that makes a shell complete options",
        description="Prints a script for a shell. bash: `source <(auditor completion bash)` in ~/.bashrc; zsh: the "
        "same in ~/.zshrc, behind compinit; fish: `auditor completion fish | source` in config.fish.",
    )
    completion.add_argument(
        "shell", choices=SHELLS, metavar="SHELL", help=f"{', '.join(SHELLS[:-1])} or {SHELLS[-1]}"
    )
    completion.set_defaults(call=_call_completion)


def _add_schema(commands: Commands) -> None:
    schema = commands.add_parser("schema", help="the JSON Schema of a report or of settings files")
    schema.add_argument(
        "of", nargs="?", choices=tuple(_SCHEMAS), default="report", metavar="OF",
        help="report (default), diagnosis or settings",
    )  # fmt: skip
    schema.set_defaults(call=_call_schema)


def _add_service(commands: Commands) -> None:
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
    service.set_defaults(call=help_of(service))


def _call_rules(_: argparse.Namespace) -> int:
    from auditor.commands.explain import rules_table

    return _show(rules_table())


def _call_rule(options: argparse.Namespace) -> int:
    from auditor.commands.explain import rule_text

    return _show(rule_text(options.code))


def _call_platforms(_: argparse.Namespace) -> int:
    from auditor.commands.explain import platforms_table

    return _show(platforms_table())


def _call_platform(options: argparse.Namespace) -> int:
    from auditor.commands.platform import platform_text

    return _show(platform_text(options.name))


def _schema_of_report() -> str:
    from auditor.reports.json_report import schema

    return schema()


def _schema_of_diagnosis() -> str:
    from auditor.diagnosis.report import schema

    return schema()


def _schema_of_settings() -> str:
    from auditor.settings.schema import schema

    return schema()


_SCHEMAS: dict[str, Callable[[], str]] = {
    "report": _schema_of_report,
    "diagnosis": _schema_of_diagnosis,
    "settings": _schema_of_settings,
}


def _call_schema(options: argparse.Namespace) -> int:
    return _show(_SCHEMAS[options.of]())


def _call_service_show(options: argparse.Namespace) -> int:
    from auditor.commands.explain import service_text

    return _show(service_text(options.name))


def _call_service_list(_: argparse.Namespace) -> int:
    from auditor.profile import built_in

    return _show("\n".join(built_in()) + "\n")


def _call_completion(options: argparse.Namespace) -> int:
    from auditor.completion import script

    return _show(script(options.shell))


def _show(text: str) -> int:
    sys.stdout.write(text)
    return int(ExitCode.CLEAN)
