"""One state, live: `unshare … python -m tests.lab.live_world NAME FOLDER RIGHTS` builds the network, starts sshd on two
routers, runs `auditor audit --inventory` in the management namespace while the client's sessions run, and prints what
both did as JSON. RIGHTS is `sudo`, or `none` for a user who may not run the listed commands.

It is the first process of a PID namespace: whatever it started ends with it.
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

from auditor.collect_privilege import sudoers
from parsers.registry import platform
from tests.lab import edges, live_sight, sessions
from tests.lab.case import Case, Traffic
from tests.lab.live_login import (
    ADMINISTRATOR,
    HOME,
    MANAGEMENT,
    PASSWORD,
    USER,
    Router,
    accounts,
    as_root,
    connect,
    keygen,
    serve,
)
from tests.lab.live_states import HTTPS, SSH, STATES
from tests.lab.netns import inside, run
from tests.lab.topology import MTU, PREFIX, SERVICE
from tests.lab.world import BEFORE, ROUTER, set_up

ROUTERS = Router(ROUTER, 99), Router(BEFORE, 98)
ROOT = Path(__file__).parents[2]
LIMIT = 60
"""Seconds for the audit."""
PATIENCE = 3.5
"""Seconds without an answer to a SYN: it is sent again after 1 and 3 seconds (RFC 6298)."""
PROFILE = (
    f"name: lab\ntitle: Lab anycast service\nprefixes: ['{PREFIX[4]}']\n"
    f"ports: [{{protocol: tcp, port: {HTTPS}}}, {{protocol: tcp, port: {SSH}}}]\n"
)
_IP_MTU_DISCOVER, _IP_PMTUDISC_PROBE = 10, 3  # linux/in.h; the socket module does not name them
_PROBES = 3


def log_ins(folder: Path, may_sudo: bool) -> None:
    """Lets the auditor log in to both routers, and writes its inventory: `r` as a user by password, `a` as root by
    key. Only `r` runs FRR."""
    run("ip", "netns", "add", MANAGEMENT)
    accounts(sudoers(USER, platform("linux").commands) if may_sudo else "")
    key = keygen(HOME / "id")
    pinned = ""
    for router in ROUTERS:
        connect(router)
        pinned += serve(router, key, own_run=router.name != ROUTER)
    (folder / "known_hosts").write_text(pinned, encoding="ascii")
    rows = (
        "name,address,platform,user,realm,key_file",
        f"{ROUTER},{ROUTERS[0].address},linux,{USER},lab,",
        f"{BEFORE},{ROUTERS[1].address},linux,{ADMINISTRATOR},,{HOME}/id",
    )
    (folder / "inventory.csv").write_text("\n".join((*rows, "")), encoding="ascii")
    (folder / "lab.yaml").write_text(PROFILE, encoding="ascii")


def audit(folder: Path) -> subprocess.Popen[str]:
    """Starts the command, as a user of the management network would."""
    words = (
        "audit", "--inventory", "inventory.csv", "--ssh-config", "none", "--known-hosts", "known_hosts",
        "--service", "lab.yaml", "--snapshot", "snapshot", "--format", "json", "--output", "report.json",
    )  # fmt: skip
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("SSH_", "AUDITOR_"))}
    more = {"AUDITOR_PASSWORD_LAB": PASSWORD, "HOME": str(HOME), "PYTHONPATH": str(ROOT)}
    with inside(MANAGEMENT):
        return subprocess.Popen(
            [sys.executable, "-m", "auditor", *words], cwd=folder, env=kept | more, text=True,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip


def traffic(case: Case) -> dict[int, dict[str, int]]:
    """Runs sessions to both ports at once, then probes; what became of the sessions by port."""
    found: dict[int, dict[str, int]] = {}

    def one(port: int) -> None:
        first = sessions.FIRST_PORT + 1000 * (port == SSH)
        found[port] = dict(sessions.outcomes(case.traffic, case.family, port, first, PATIENCE))

    threads = [threading.Thread(target=one, args=(port,)) for port in (HTTPS, SSH)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    probe()
    return found


def probe() -> None:
    """Sends datagrams of 1500 bytes that may not be fragmented, whatever the client knows of the path."""
    with inside("client"):
        client = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    with client:
        client.setsockopt(socket.IPPROTO_IP, _IP_MTU_DISCOVER, _IP_PMTUDISC_PROBE)
        client.settimeout(0.3)
        client.connect((SERVICE[4], live_sight.PROBE_PORT))
        for _ in range(_PROBES):
            try:
                client.send(bytes(MTU - 28))
                client.recv(1)  # an answer can be nothing but an error
            except OSError:  # told, or left without an answer; the sight tells which
                continue


def result(case: Case, folder: Path) -> dict[str, Any]:
    """What the audit and the traffic did."""
    bulk = case.traffic is Traffic.UPLOAD
    sights = live_sight.watch(ROUTER, ("lan0", "wan0") if bulk else ("lan0", "wan0", "wan1"))
    command = audit(folder)
    found = traffic(case)
    printed, said = command.communicate(timeout=LIMIT)
    return {
        "sessions": found,
        "edges": len(edges.used),
        "packets": live_sight.total(sights),
        "code": command.returncode,
        "printed": printed,
        "said": said,
        "as_root": as_root(),
        "log_ins": {r.name: (HOME / r.name / "log").read_text("utf-8") for r in ROUTERS},
    }


def main() -> None:
    """Runs the state that the command line names."""
    case, folder, rights = STATES[sys.argv[1]], Path(sys.argv[2]), sys.argv[3]
    socket.sethostname(ROUTER)  # FRR calls itself by it; no table of hosts knows it
    set_up(case)
    for edge in ("e1",) if case.traffic is Traffic.UPLOAD else ("e1", "e2"):
        edges.start(edge, case.family, SSH)
    log_ins(folder, rights == "sudo")
    sys.stdout.write(json.dumps(result(case, folder)) + "\n")


if __name__ == "__main__":
    main()
