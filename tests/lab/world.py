"""One case, in namespaces of its own: `unshare … python -m tests.lab.world NAME FOLDER COMMAND…` builds the network,
saves what the routers print for each command as a snapshot in FOLDER, sends the traffic, and prints what became of the sessions as JSON.

It is the first process of a PID namespace: whatever it started ends with it.
"""

from __future__ import annotations

import json
import shlex
import shutil
import socket
import sys
from pathlib import Path

from tests.lab import bgp, edges, frr, losses, sessions
from tests.lab.case import BULK, Case, Traffic
from tests.lab.cases import CASES
from tests.lab.netns import inside, ip, run, set_all
from tests.lab.topology import CLIENTS, NARROW, PREFIX, address, build

ROUTER, BEFORE = "r", "a"
OTHER_TABLE = "101"
"""The routing table that leads to the second edge, where the main one leads to the first."""
_SYSCTL = ("sysctl", "-a", "--pattern", r"^(net|kernel\.osrelease)")


def set_up(case: Case) -> None:
    """Builds the network of a case and sets the routers."""
    bulk = case.traffic in BULK
    build(bulk, losses.UntilTheLabelChanges() if case.traffic is Traffic.LOSS else losses.nothing)
    set_all(ROUTER, dict(case.settings))
    back = tuple(
        f"{'ip' if family == 4 else 'ipv6'} route {CLIENTS[family]} {address(30, 1, family)}"
        for family in (4, 6)
    )
    if case.bgp:
        bgp.start_edges()
    frr.start(ROUTER, (*back, *case.routes, *(bgp.router_lines() if case.bgp else ())))
    _wait((*back, *case.routes))
    if case.bgp:
        frr.wait_for(ROUTER, 4, PREFIX[4], len(bgp.LINKS))
    for rule in case.rules:
        run("ip", "-n", ROUTER, *rule.split())
    for name, ruleset in ((ROUTER, case.nft), (BEFORE, case.before)):
        with inside(name):
            run("nft", "-f", "-", text=ruleset)
    with inside(ROUTER):
        for command in case.commands:
            run(*command.split())
    if case.narrow is not None:
        name, device = case.narrow
        ip(name, f"link set {device} mtu {NARROW}")
    for edge in ("e1",) if bulk else ("e1", "e2"):
        edges.start(edge, case.family)


def _wait(routes: tuple[str, ...]) -> None:
    """Waits until the kernel has FRR's routes."""
    ways: dict[tuple[int, str, str], int] = {}
    for route in routes:
        words = route.split()
        table = words[words.index("table") + 1] if "table" in words else "main"
        key = (6 if words[0] == "ipv6" else 4, words[2], table)
        ways[key] = ways.get(key, 0) + 1
    for (family, prefix, table), count in ways.items():
        frr.wait_for(ROUTER, family, prefix, count, table)


def snapshot(folder: Path, names: list[str], commands: list[str]) -> None:
    """Saves what the routers print, one file for each command."""
    for name in names:
        (folder / name).mkdir(parents=True)
        with inside(name):
            for command in commands:
                text = _printed(name, command)
                if text is not None:
                    file = command.replace("-c ", "").replace("'", "").replace(" ", "_")
                    (folder / name / f"{file}.txt").write_text(text, encoding="utf-8")
    listed = {"schema_version": "1", "hosts": {name: {"platform": "linux"} for name in names}}
    (folder / "snapshot.json").write_text(json.dumps(listed), encoding="utf-8")


def _printed(name: str, command: str) -> str | None:
    words = shlex.split(command)
    if words[0] == "vtysh":
        return frr.vtysh(*words[1:]) if name == ROUTER else None
    if shutil.which(words[0]) is None:
        return None
    return run(*(_SYSCTL if command == "sysctl -a" else words))


def main() -> None:
    """Runs the case that the command line names."""
    case, folder = CASES[sys.argv[1]], Path(sys.argv[2])
    socket.sethostname(ROUTER)  # FRR calls itself by it
    set_up(case)
    snapshot(folder, [ROUTER, BEFORE] if case.before else [ROUTER], sys.argv[3:])
    found = sessions.outcomes(case.traffic, case.family)
    sys.stdout.write(json.dumps({"sessions": found, "edges": len(edges.used)}) + "\n")


if __name__ == "__main__":
    main()
