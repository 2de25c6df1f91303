"""What real git, curl and ssh print of faults that a server and a filter make: each gets its symptom class."""

from __future__ import annotations

import io
import subprocess
import sys
from pathlib import Path

import pytest

from auditor.diagnosis.log import LogReader
from auditor.diagnosis.patterns import table
from tests.diagnosis.test_capture_real_lab import why_not
from tests.house_files import ROOT

pytestmark = [pytest.mark.slow, pytest.mark.lab]

EXPECTED = {
    "RESET_EARLY": (
        "reset-in-handshake.curl closed-in-handshake.curl closed-in-handshake.git closed-in-handshake.ssh "
        "closed-unasked.ssh reset-unasked.ssh portal.ssh empty.curl empty.git"
    ),
    "RESET_MID": (
        "reset-in-body.curl cut-in-body.curl cut-in-body.git ended-in-body.curl ended-in-body.git "
        "reset-in-pack.git cut-in-pack.git reset-in-pack.git-protocol reset-in-pack.git-ssh reset-in-session.ssh"
    ),
    "RESET": "reset-in-body.git reset-in-handshake.git reset-in-handshake.python",
    "STALL": "silent.ssh silent-session.ssh slow.curl stalled-in-body.curl stalled-in-body.git",
    "TIMEOUT": "dropped.curl dropped.git-protocol dropped.git-ssh dropped.ssh",
    "NO_SESSION": "silent.curl",
    "NO_CONNECT": "dropped.git",
    "REFUSED": (
        "refused.curl refused.git refused.git-protocol refused.git-ssh refused.ssh rejected.curl rejected.git "
        "rejected.git-protocol rejected.git-ssh rejected.ssh unreachable.curl unreachable.git "
        "unreachable.git-protocol unreachable.git-ssh unreachable.ssh"
    ),
    "TLS": "untrusted.curl untrusted.git wrong-name.curl wrong-name.git old-tls.curl",
    "SERVER": "portal.curl portal.git too-many.curl too-many.git unavailable.curl unavailable.git",
    "DNS": (
        "unknown-name.curl unknown-name.git unknown-name.git-protocol unknown-name.git-ssh unknown-name.ssh"
    ),
    "AUTH": "forbidden.curl forbidden.git unauthorised.curl unauthorised.git no-key.ssh",
    "HOSTKEY": "changed-host-key.ssh unknown-host-key.ssh",
    "PROXY": "proxy.curl proxy.git",
}  # fmt: skip
LOGS = [(name, symptom) for symptom, names in EXPECTED.items() for name in names.split()]


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Path:
    reason = why_not("git", "curl", "ssh", "sshd", "openssl")
    if reason is not None:
        pytest.skip(reason)
    folder = tmp_path_factory.mktemp("clients")
    words = ["unshare", "-nmp", "--fork", "--mount-proc", "--propagation", "private"]
    done = subprocess.run(
        [*words, sys.executable, "-m", "tests.diagnosis.clients_lab", str(folder)],
        cwd=ROOT, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return folder


def test_every_client_is_expected(lab: Path) -> None:
    assert {file.stem for file in lab.glob("*.log")} == {name for name, _ in LOGS}


@pytest.mark.parametrize(("name", "symptom"), sorted(LOGS))
def test_the_message_gets_its_class(lab: Path, name: str, symptom: str) -> None:
    data = (lab / f"{name}.log").read_bytes()
    reading = LogReader(table()).read(io.BytesIO(data), name)
    assert {seen.symptom for seen in reading.seen if not seen.follows} == {symptom}
    assert not reading.unknown
