"""What would be done with a device: the way there, the user, the connector, the commands; or why nothing."""

from __future__ import annotations

import fnmatch
from dataclasses import dataclass

from auditor.collect_credentials import Credentials
from auditor.collect_ssh import SshOptions, Way, way_to
from auditor.errors import UsageError
from inventory import names
from inventory.host import Host
from parsers.errors import ParserError
from parsers.platform import CONFIGURATION, Command
from parsers.registry import platform

CONNECTORS = ("netmiko", "napalm")


@dataclass(frozen=True, slots=True)
class Plan:
    """A device with everything that is known before the first packet. `problem` is why it stays
    uncontacted."""

    host: Host
    way: Way
    user: str
    connector: str
    commands: tuple[Command, ...]
    files: dict[str, str]
    credentials: Credentials
    problem: str = ""


def plan_of(
    host: Host, credentials: Credentials, ssh: SshOptions, connector: str | None = None
) -> Plan:
    """What would be done with `host`. Runs `ssh -G`, and sends nothing."""
    way = way_to(host, ssh) if not host.problem else Way(host.address, host.port or 22)
    chosen = host.connector or connector or CONNECTORS[0]
    commands, problem = _commands(host)
    if chosen not in CONNECTORS:
        problem = f"the connector {chosen!r} is not known; use one of {', '.join(CONNECTORS)}"
    return Plan(
        host=host,
        way=way,
        user=credentials.user_of(host, way.user),
        connector=chosen,
        commands=commands,
        files=files_of(commands),
        credentials=credentials,
        problem=host.problem or problem or way.problem,
    )


def _commands(host: Host) -> tuple[tuple[Command, ...], str]:
    if host.platform is None:
        return (), "no platform"
    try:
        found = platform(host.platform).commands
    except ParserError:
        return (), f"the auditor does not read the platform {host.platform} yet"
    # a command with a word for the user to fill in is for people, not for us
    return tuple(c for c in found if not any(w.isupper() for w in c.text.split())), ""


def wanted(hosts: tuple[Host, ...], limits: list[str] | None) -> tuple[Host, ...]:
    """The hosts whose name, or one of whose groups, a pattern of `--limit` matches; all without one.

    Raises UsageError where none is left.
    """
    patterns = [part.strip() for limit in limits or () for part in limit.split(",") if part.strip()]
    if not patterns:
        return hosts
    found = tuple(
        host
        for host in hosts
        if any(fnmatch.fnmatchcase(word, p) for p in patterns for word in (host.name, *host.groups))
    )
    if not found:
        raise UsageError(f"--limit {','.join(patterns)}: no device of the inventory is meant")
    return found


def files_of(commands: tuple[Command, ...]) -> dict[str, str]:
    """The file of each command in a device's folder of a snapshot (CONTRACT: Snapshot).

    The configuration goes by a name that every reader of snapshots knows: its command's where that
    is one, else `running-config.txt`. `vtysh -c 'show X'` goes by what it asks, `vtysh_show_X`.
    """
    found: dict[str, str] = {}
    has_one = False
    for command in commands:
        name = _file_name(command.text)
        configuration = command.gives.startswith("configuration")
        if configuration and names.rank_as_configuration(name, "") is None and not has_one:
            name = f"{CONFIGURATION}.txt"
        has_one |= configuration
        found[command.text] = name
    return found


def _file_name(command: str) -> str:
    text = command
    if text.startswith("vtysh -c "):
        text = "vtysh " + text.removeprefix("vtysh -c ").strip("'\"")
    return text.strip().lstrip("/").replace(" ", "_").replace("/", "-") + ".txt"
