"""One case, in namespaces of its own: `unshare … python -m tests.lab.world NAME FOLDER` builds the network, saves what
the router prints as a snapshot in FOLDER, sends the traffic, and prints what became of the sessions as JSON.

It is the first process of a PID namespace: whatever it started ends with it.
"""

from __future__ import annotations

import json
import shlex
import shutil
import sys
from pathlib import Path

from parsers.registry import platform
from tests.lab import edges, frr, losses, sessions
from tests.lab.case import Case, Traffic
from tests.lab.cases import CASES
from tests.lab.netns import inside, ip, run, set_all
from tests.lab.topology import CLIENTS, NARROW, PREFIX, address, build

ROUTER = "r"
OTHER_TABLE = 101
"""The routing table that leads to the second edge, where the main one leads to the first."""
_SYSCTL = ("sysctl", "-a", "--pattern", r"^(net|kernel\.(osrelease|hostname))")


def set_up(case: Case) -> None:
    """Builds the network of a case and sets the router."""
    bulk = case.traffic in (Traffic.UPLOAD, Traffic.DOWNLOAD)
    loses = losses.UntilTheLabelChanges() if case.traffic is Traffic.LOSS else losses.nothing
    build(bulk, loses)
    set_all(ROUTER, dict(case.settings))
    back = [f"{_route(f)} {CLIENTS[f]} {address(30, 1, f)}" for f in (4, 6)]
    frr.start(ROUTER, (*back, *case.routes))
    for family in (4, 6):
        ways = sum(f" {PREFIX[family]} " in r and "table" not in r for r in case.routes)
        if ways:
            frr.wait_for(ROUTER, family, PREFIX[family], ways)
        frr.wait_for(ROUTER, family, CLIENTS[family], 1)
        if any("table" in r and f" {PREFIX[family]} " in r for r in case.routes):
            frr.wait_for(ROUTER, family, PREFIX[family], 1, str(OTHER_TABLE))
    for rule in case.rules:
        ip(ROUTER, rule)
    with inside(ROUTER):
        run("nft", "-f", "-", text=case.nft)
    if case.narrow is not None:
        name, device = case.narrow
        ip(name, f"link set {device} mtu {NARROW}")
    for edge in ("e1",) if bulk else ("e1", "e2"):
        edges.start(edge, case.family)


def _route(family: int) -> str:
    return "ip route" if family == 4 else "ipv6 route"


def snapshot(folder: Path) -> None:
    """Saves what the router prints, one file for each command that the auditor asks of a Linux router."""
    host = folder / ROUTER
    host.mkdir(parents=True)
    with inside(ROUTER):
        for command in platform("linux").commands:
            words = shlex.split(command.text)
            if shutil.which(words[0]) is None:
                continue
            if words[0] == "vtysh":
                text = frr.vtysh(*words[1:])
            else:
                text = run(*(_SYSCTL if command.text == "sysctl -a" else words))
            name = command.text.replace("-c ", "").replace("'", "").replace(" ", "_")
            (host / f"{name}.txt").write_text(text, encoding="utf-8")
    listed = {"schema_version": "1", "hosts": {ROUTER: {"platform": "linux"}}}
    (folder / "snapshot.json").write_text(json.dumps(listed), encoding="utf-8")


def main() -> None:
    """Runs the case that the command line names."""
    case, folder = CASES[sys.argv[1]], Path(sys.argv[2])
    set_up(case)
    snapshot(folder)
    print(json.dumps(sessions.outcomes(case.traffic, case.family)))


if __name__ == "__main__":
    main()
