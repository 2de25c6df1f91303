"""Runs a case and audits the router's texts: what the traffic did, and what the auditor says."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

from auditor.cli import run as auditor
from tests.lab.case import Case
from tests.lab.frr import DAEMONS
from tests.lab.topology import PREFIX

ROOT = Path(__file__).parents[2]
TOOLS = ("ip", "mount", "nft", "sysctl", "tc", "unshare", "vtysh")
LIMIT = 60
"""Seconds for one case, most of which are never used."""
_UNSHARE = ("unshare", "--net", "--mount", "--uts", "--pid", "--fork", "--kill-child", "--mount-proc")  # fmt: skip
_PROFILE = (
    "name: lab\ntitle: Lab anycast service\n"
    f"prefixes: ['{PREFIX[4]}', '{PREFIX[6]}']\nports: [{{protocol: tcp, port: 443}}]\n"
)


class Result(NamedTuple):
    """The sessions by what became of them, the findings as `CODE outcome severity` without notes, and the number of
    equal ways to the service that the report shows by prefix."""

    sessions: dict[str, int]
    says: tuple[str, ...]
    ways: dict[str, int]
    report: str


def why_not() -> str | None:
    """Why this machine cannot run the lab; None where it can."""
    missing = [tool for tool in TOOLS if shutil.which(tool) is None]
    missing += [str(DAEMONS / name) for name in ("zebra", "staticd") if not (DAEMONS / name).exists()]
    if missing:
        return f"not installed: {', '.join(missing)}"
    if os.geteuid() != 0:
        return "needs root for network namespaces"
    if not Path("/dev/net/tun").exists():
        return "there is no /dev/net/tun"
    return None


def result_of(case: Case) -> Result:
    """Runs a case once."""
    with tempfile.TemporaryDirectory() as work:
        folder, profile, report = (Path(work, name) for name in ("snapshot", "lab.yaml", "report"))
        done = subprocess.run(
            [*_UNSHARE, sys.executable, "-m", "tests.lab.world", case.name, str(folder)],
            capture_output=True, text=True, timeout=LIMIT, cwd=ROOT,
        )  # fmt: skip
        if done.returncode:
            raise RuntimeError(f"{case.name}: the lab failed: {done.stderr}")
        profile.write_text(_PROFILE, encoding="utf-8")
        words = ["audit", str(folder), "--service", str(profile), "--format", "json"]
        auditor([*words, "--output", str(report)])
        keep = os.environ.get("LAB_KEEP")
        if keep:
            shutil.copytree(folder, Path(keep, case.name.replace(" ", "_")), dirs_exist_ok=True)
        text = report.read_text("utf-8")
    return _result(json.loads(done.stdout), text)


def _result(sessions: dict[str, int], report: str) -> Result:
    data = json.loads(report)
    says = [
        f"{found['code']} {found['outcome']} {found['severity']}"
        for found in data["findings"]
        if found["outcome"] != "note"
    ]
    paths = data["devices"][0]["paths"]
    ways = {path["prefix"]: path["equal_cost"] for path in paths if path["vrf"] == "default"}
    return Result(sessions, tuple(sorted(says)), ways, report)
