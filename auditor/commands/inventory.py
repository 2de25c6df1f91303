"""`auditor inventory check`: who would be contacted and how; nothing is sent to a device."""

from __future__ import annotations

import argparse
import io
import sys
from pathlib import Path

from rich.console import Console
from rich.table import Table

from auditor.collect_credentials import Credentials, NoSecret
from auditor.collect_inventory import read_hosts
from auditor.collect_plan import Plan, plan_of, wanted
from auditor.collect_ssh import SshOptions
from auditor.errors import UsageError
from auditor.exit_codes import ExitCode
from inventory.errors import InventoryError


def check(options: argparse.Namespace) -> int:
    """Prints the table; 3 where a device could not be collected as it stands."""
    try:
        found = read_hosts(Path(options.inventory))
    except InventoryError as error:
        raise UsageError(str(error)) from None
    credentials = Credentials(options.password_from, options.user)
    ssh = SshOptions(options.ssh_config, tuple(options.known_hosts or ()))
    hosts = wanted(found.hosts, options.limit)
    plans = [plan_of(host, credentials, ssh, options.connector) for host in hosts]
    sys.stdout.write(table(plans))
    for skipped in found.skipped:
        sys.stdout.write(f"not used: {skipped.label}: {skipped.reason}\n")
    bad = sum(bool(plan.problem) for plan in plans)
    sys.stdout.write(
        f"{len(plans)} devices: {len(plans) - bad} ready, {bad} not; nothing was sent\n"
    )
    return int(ExitCode.INCOMPLETE if bad else ExitCode.CLEAN)


def table(plans: list[Plan]) -> str:
    """One row for each device, and below what is wrong or odd."""
    rows = Table(box=None, pad_edge=False, padding=(0, 1))
    for heading in ("device", "address", "platform", "by", "user", "via", "password", "commands"):
        rows.add_column(heading, no_wrap=True)
    for plan in plans:
        rows.add_row(
            plan.host.name,
            f"{plan.way.address}:{plan.way.port}",
            plan.host.platform or "?",
            plan.connector,
            plan.user,
            plan.way.via or "-",
            _source(plan),
            str(len(plan.commands)) if not plan.problem else "-",
        )
    buffer = io.StringIO()
    Console(file=buffer, width=200, highlight=False, markup=False, force_terminal=False).print(rows)
    lines = [line.rstrip() for line in buffer.getvalue().splitlines()]
    lines += [f"{plan.host.name}: {plan.problem}" for plan in plans if plan.problem]
    lines += [f"{plan.host.name}: note: {note}" for plan in plans for note in plan.host.notes]
    return "\n".join(lines) + "\n"


def _source(plan: Plan) -> str:
    try:
        return plan.credentials.source_of(plan.host)
    except NoSecret as error:
        return str(error)
