"""The options of `auditor collect` and `auditor inventory`; imports nothing heavy."""

from __future__ import annotations

import argparse

from auditor.commands.help_of import help_of
from auditor.settings.options import add_settings

Commands = argparse._SubParsersAction  # argparse names the type of `add_subparsers` only so


def add_collect(commands: Commands[argparse.ArgumentParser]) -> None:
    """Adds `collect` and `inventory check`."""
    collect = commands.add_parser(
        "collect",
        help="collect read-only outputs from live devices into a snapshot",
        description="Logs in to the devices of an inventory by SSH, sends the read-only commands of their "
        "platforms and nothing else, and writes a snapshot without secrets. A run that was interrupted "
        "goes on where it stopped when it is started again with the same --output.",
    )
    collect.add_argument("--inventory", required=True, metavar="FILE_OR_DIR", help=_INVENTORY)
    collect.add_argument("--output", required=True, metavar="DIR", help="folder of the snapshot")
    add_settings(collect, "collect")
    collect.set_defaults(call=_call_collect)
    group = commands.add_parser("inventory", help="look at an inventory")
    kinds = group.add_subparsers(title="questions", metavar="QUESTION")
    check = kinds.add_parser("check", help="who would be contacted and how; sends nothing")
    check.add_argument("inventory", metavar="FILE_OR_DIR", help=_INVENTORY)
    add_settings(check, "inventory check")
    check.set_defaults(call=_call_check)
    group.set_defaults(call=help_of(group))


_INVENTORY = "nornir, Ansible, NetBox, CSV, netmiko or router.db inventory (docs/collecting.md)"


def add_live(audit: argparse.ArgumentParser) -> None:
    """Adds to `audit` what collects first."""
    audit.add_argument(
        "--inventory", metavar="FILE_OR_DIR", help="collect from these devices, then audit them"
    )
    audit.add_argument(
        "--snapshot", metavar="DIR", help="with --inventory: keep what was collected there"
    )


def _call_collect(options: argparse.Namespace) -> int:
    from auditor.commands.collect import collect

    return collect(options)


def _call_check(options: argparse.Namespace) -> int:
    from auditor.commands.inventory import check

    return check(options)
