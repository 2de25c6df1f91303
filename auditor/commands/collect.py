"""`auditor collect`: from an inventory to a snapshot."""

from __future__ import annotations

import argparse
import logging
import sys
import time
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from auditor.collect_credentials import Credentials
from auditor.collect_inventory import read_hosts
from auditor.collect_plan import plan_of, wanted
from auditor.collect_progress import progress
from auditor.collect_ssh import SshOptions
from auditor.collect_store import COLLECTED, FAILED, PARTIAL, Store, tally
from auditor.connectors.protocol import Limits
from auditor.errors import UsageError
from auditor.exit_codes import ExitCode
from inventory.errors import InventoryError
from inventory.host import Host

INTERRUPTED = 130
DEVICE_SECONDS = 1800.0
"""For collecting all of a device, where nobody says otherwise."""


def collect(options: argparse.Namespace) -> int:
    """Collects, says how it went, gives the exit code: 3 where a device is missing something."""
    store = Store(Path(options.output))
    stopped = not collect_into(store, options)
    counts = tally(store.hosts.values())
    sys.stderr.write(_summary(store, options.output))
    if stopped:
        sys.stderr.write("interrupted; the same command goes on where this one stopped\n")
        return INTERRUPTED
    complete = counts[COLLECTED] == len(store.hosts)
    return int(ExitCode.CLEAN if complete else ExitCode.INCOMPLETE)


def audit_live(options: argparse.Namespace) -> int:
    """Collects what `--inventory` names, then audits it; 3 where a device is missing something and
    nothing worse was found."""
    from auditor.commands.audit import audit

    if options.path is not None:
        raise UsageError("give either PATH or --inventory")
    with ExitStack() as stack:
        place = options.snapshot or stack.enter_context(TemporaryDirectory(prefix="auditor-"))
        store = Store(Path(place))
        if not collect_into(store, options):
            return INTERRUPTED
        sys.stderr.write(_summary(store, options.snapshot or "collected"))
        options.path = place
        code = audit(options)
        if code == ExitCode.USAGE:
            return int(ExitCode.INCOMPLETE)  # the one device there is could not be audited
        complete = tally(store.hosts.values())[COLLECTED] == len(store.hosts)
        return code if code or complete else int(ExitCode.INCOMPLETE)


def collect_into(store: Store, options: argparse.Namespace) -> bool:
    """Collects what the options name into `store`; False if the user has stopped it."""
    try:
        found = read_hosts(Path(options.inventory))
    except InventoryError as error:
        raise UsageError(str(error)) from None
    for name in ("workers", "per_realm", "connect_timeout", "command_timeout", "device_timeout"):
        if (given := getattr(options, name)) is not None and given <= 0:
            raise UsageError(f"--{name.replace('_', '-')} takes a number above 0")
    for skipped in found.skipped:
        sys.stderr.write(f"auditor: not used: {skipped.label}: {skipped.reason}\n")
    hosts = wanted(found.hosts, options.limit)
    credentials = Credentials(options.password_from, options.user)
    if options.executor == "local":
        credentials.ask()
    store.open(options.fresh)
    if store.hosts and not options.fresh:
        sys.stderr.write(
            f"auditor: going on with the snapshot of {store.created} (--fresh begins anew)\n"
        )
    # a name that is no folder's has no row in the list of the snapshot under another name either
    store.begin({host.name: host.platform for host in hosts if _is_folder(host)}, options.fresh)
    _quiet_libraries()
    return _run(hosts, credentials, store, options)


def _is_folder(host: Host) -> bool:
    return "/" not in host.name and "\\" not in host.name and host.name.strip(". ") != ""


def _run(
    hosts: tuple[Host, ...], credentials: Credentials, store: Store, options: argparse.Namespace
) -> bool:
    from auditor.collect_run import run

    ssh = SshOptions(options.ssh_config, tuple(options.known_hosts or ()))
    started = time.monotonic()
    usable = [host for host in hosts if _is_folder(host)]
    for host in hosts:
        if not _is_folder(host):
            sys.stderr.write(f"auditor: not collected: {host.name!r}: {host.problem}\n")
    limits = Limits(
        options.connect_timeout, options.command_timeout, options.device_timeout or DEVICE_SECONDS
    )
    with progress(len(usable)) as state:
        if options.executor != "local":
            from auditor.executors import collect_cluster
            from auditor.executors.collect_task import Means

            done = collect_cluster.run(
                options.executor,
                usable,
                store,
                Means(options.password_from or (), options.user, ssh, options.connector),
                limits,
                max(0, options.retries),
                state,
            )
        else:
            done = run(
                make=[
                    partial(plan_of, host, credentials, ssh, options.connector) for host in usable
                ],
                names=[host.name for host in usable],
                store=store,
                limits=limits,
                workers=options.workers,
                per_realm=options.per_realm,
                retries=max(0, options.retries),
                realms=sorted({host.realm or "" for host in usable}),
                state=state,
            )
    store.save(finished=done)
    sys.stderr.write(f"collected for {time.monotonic() - started:.1f} s\n")
    return done


def _quiet_libraries() -> None:
    """Logs of the libraries hold user names, prompts and banners; they are not ours to print."""
    for name in ("paramiko", "netmiko", "nornir", "ncclient", "napalm"):
        logger = logging.getLogger(name)
        logger.addHandler(logging.NullHandler())
        logger.propagate = False


def _summary(store: Store, folder: str) -> str:
    counts = tally(store.hosts.values())
    lines = [
        f"{name}: {state.status}: {state.error}"
        for name, state in sorted(store.hosts.items())
        if state.status in (FAILED, PARTIAL)
    ]
    for name, state in sorted(store.hosts.items()):
        refused = [c for c, said in state.commands.items() if said.startswith("refused")]
        if refused and state.status == COLLECTED:
            lines.append(f"{name}: not on this device: {', '.join(refused)}")
    words = ", ".join(f"{count} {status}" for status, count in counts.items() if count)
    return "\n".join([*lines, f"{folder}: {len(store.hosts)} devices: {words}", ""])
