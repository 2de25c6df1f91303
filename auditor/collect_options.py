"""The options of `auditor collect` and `auditor inventory`; imports nothing heavy."""

from __future__ import annotations

import argparse

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
    live_options(collect)
    collect.set_defaults(call=_call_collect)
    group = commands.add_parser("inventory", help="look at an inventory")
    kinds = group.add_subparsers(title="questions", metavar="QUESTION")
    check = kinds.add_parser("check", help="who would be contacted and how; sends nothing")
    check.add_argument("inventory", metavar="FILE_OR_DIR", help=_INVENTORY)
    _way_options(check)
    check.set_defaults(call=_call_check)

    def show(_: argparse.Namespace) -> int:
        group.print_help()
        return 2

    group.set_defaults(call=show)


_INVENTORY = "nornir, Ansible, NetBox, CSV, netmiko or router.db inventory (docs/collecting.md)"


def live_options(parser: argparse.ArgumentParser) -> None:
    """Options of a collection, for `collect` and for `audit --inventory`."""
    _way_options(parser)
    parser.add_argument(
        "--workers", type=int, default=20, metavar="N", help="devices at a time (default 20)"
    )
    parser.add_argument(
        "--per-realm", type=int, default=10, metavar="N",
        help="of these with one AAA realm (default 10)",
    )  # fmt: skip
    parser.add_argument(
        "--connect-timeout", type=float, default=20.0, metavar="SECONDS",
        help="for connecting and logging in (default 20)",
    )  # fmt: skip
    parser.add_argument(
        "--command-timeout", type=float, default=60.0, metavar="SECONDS",
        help="for a command to print something more (default 60)",
    )  # fmt: skip
    parser.add_argument(
        "--device-timeout", type=float, default=1800.0, metavar="SECONDS",
        help="for all of a device (default 1800)",
    )  # fmt: skip
    parser.add_argument(
        "--retries", type=int, default=1, metavar="N",
        help="further tries where the network failed (default 1); never after a refused login",
    )  # fmt: skip
    parser.add_argument(
        "--fresh", action="store_true", help="collect again what an earlier run has collected"
    )


def add_live(audit: argparse.ArgumentParser) -> None:
    """Adds to `audit` what collects first."""
    audit.add_argument(
        "--inventory", metavar="FILE_OR_DIR", help="collect from these devices, then audit them"
    )
    audit.add_argument(
        "--snapshot", metavar="DIR", help="with --inventory: keep what was collected there"
    )
    live_options(audit)


def _way_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--limit", action="append", metavar="PATTERN",
        help="only devices, or groups, whose name matches; repeatable",
    )  # fmt: skip
    parser.add_argument("--user", metavar="NAME", help="who logs in, where nothing else says")
    parser.add_argument(
        "--password-from", action="append", metavar="SOURCE",
        help="env, inventory, netrc[:FILE], keyring[:NAME], command:PROGRAM, prompt; repeatable, in this "
        "order (default env, inventory, netrc); keys and agents are always tried first",
    )  # fmt: skip
    parser.add_argument(
        "--connector", choices=("netmiko", "napalm"), metavar="NAME",
        help="netmiko (default) or napalm; the inventory may choose by device",
    )  # fmt: skip
    parser.add_argument(
        "--ssh-config", metavar="FILE", help="instead of ~/.ssh/config; none for none"
    )
    parser.add_argument(
        "--known-hosts", action="append", metavar="FILE",
        help="host keys, instead of the configured files; repeatable",
    )  # fmt: skip


def _call_collect(options: argparse.Namespace) -> int:
    from auditor.commands.collect import collect

    return collect(options)


def _call_check(options: argparse.Namespace) -> int:
    from auditor.commands.inventory import check

    return check(options)
