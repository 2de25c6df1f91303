"""Runs a case and audits the router's texts: what the traffic did, and what the auditor says."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from auditor.cli import run as auditor
from parsers.registry import platform
from tests.lab.case import Case, Result
from tests.lab.frr import DAEMONS
from tests.lab.topology import PREFIX

ROUTER = "r"
ROOT = Path(__file__).parents[2]
TOOLS = ("ip", "ip6tables", "iptables", "mount", "nft", "sysctl", "tc", "unshare", "vtysh")
LIMIT = 60
"""Seconds for one case, most of which are never used."""
UNSHARE = ("unshare", "--net", "--mount", "--uts", "--pid", "--fork", "--kill-child", "--mount-proc")  # fmt: skip
_PROFILE = (
    "name: lab\ntitle: Lab anycast service\n"
    f"prefixes: ['{PREFIX[4]}', '{PREFIX[6]}']\nports: [{{protocol: tcp, port: 443}}]\n"
)


def why_not() -> str | None:
    """Why this machine cannot run the lab; None where it can."""
    missing = [tool for tool in TOOLS if shutil.which(tool) is None]
    missing += [
        str(DAEMONS / name)
        for name in ("zebra", "staticd", "bgpd")
        if not (DAEMONS / name).exists()
    ]
    if missing:
        return f"not installed: {', '.join(missing)}"
    if os.geteuid() != 0:
        return "needs root for network namespaces"
    if not Path("/dev/net/tun").exists():
        return "there is no /dev/net/tun"
    return None


def result_of(case: Case) -> Result:
    """Runs a case once."""
    commands = [command.text for command in platform("linux").commands]
    with tempfile.TemporaryDirectory() as work:
        folder, profile, report = (Path(work, name) for name in ("snapshot", "lab.yaml", "report"))
        done = subprocess.run(
            [*UNSHARE, sys.executable, "-m", "tests.lab.world", case.name, str(folder), *commands],
            capture_output=True, text=True, timeout=LIMIT, cwd=ROOT,
        )  # fmt: skip
        if done.returncode:
            raise RuntimeError(f"{case.name}: the lab failed: {done.stderr}")
        profile.write_text(_PROFILE, encoding="utf-8")
        words = ["audit", str(folder), "--service", str(profile), "--format", "json"]
        auditor([*words, "--output", str(report)])
        text = report.read_text("utf-8")
    return _result(json.loads(done.stdout), text)


def _result(traffic: dict[str, Any], report: str) -> Result:
    data = json.loads(report)
    says = [
        f"{found['code']} {found['outcome']} {found['severity']}"
        + ("" if found["device"] == ROUTER else f" ({found['device']})")
        for found in data["findings"]
        if found["outcome"] != "note"
    ]
    device = next(device for device in data["devices"] if device["name"] == ROUTER)
    ways = {p["prefix"]: p["equal_cost"] for p in device["paths"] if p["vrf"] == "default"}
    messages = tuple(f"{f['code']} on {f['device']}: {f['message']}" for f in data["findings"])
    return Result(traffic["sessions"], traffic["edges"], tuple(sorted(says)), ways, messages)
