"""OpenSSH's own server on loopback: keys, certificates, jump hosts, old algorithms; a forced command plays a device."""

from __future__ import annotations

import getpass
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

SSHD = shutil.which("sshd", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
USER = getpass.getuser()


def missing() -> str:
    """Why these tests cannot run here, "" if they can."""
    if SSHD is None:
        return "sshd is not installed (openssh-server)"
    if shutil.which("ssh") is None:
        return "ssh is not installed (openssh-client)"
    return "" if os.geteuid() == 0 else "sshd needs root to log anybody in"


def keygen(file: Path, kind: str = "ed25519", *more: str) -> Path:
    """A new key pair without a passphrase."""
    command = ["ssh-keygen", "-q", "-t", kind, "-N", "", "-C", "test", "-f", str(file), *more]
    subprocess.run(command, check=True, stdin=subprocess.DEVNULL)
    return file


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class Server:
    """A running sshd."""

    def __init__(self, folder: Path, port: int, host_key: Path) -> None:
        self.folder, self.port, self.host_key = folder, port, host_key

    @property
    def host_key_line(self) -> str:
        return " ".join(Path(f"{self.host_key}.pub").read_text().split()[:2])

    @property
    def received(self) -> list[str]:
        """The lines that the device on it was sent."""
        log = self.folder / "received"
        return log.read_text().splitlines() if log.exists() else []


DEVICE = """\
import sys
log = open({log!r}, "a", buffering=1)
sys.stdout.write("\\n*** {name} ***\\n")
while True:
    sys.stdout.write("{name}#")
    sys.stdout.flush()
    line = sys.stdin.readline()
    if not line:
        break
    log.write(line)
    command = line.strip()
    if command.startswith("show running-config"):
        sys.stdout.write("hostname {name}\\n" + "! filler\\n" * 300 + "end\\n")
    elif command.startswith("show version"):
        sys.stdout.write("Cisco IOS Software, C2900 Software, Version 15.7(3)M\\n")
    elif command.startswith("show"):
        sys.stdout.write("% Invalid input detected at '^' marker.\\n")
"""


@contextmanager
def sshd(
    folder: Path,
    name: str,
    *lines: str,
    device: bool = True,
    host_key: str = "ed25519",
    prepare: Callable[[Path], None] = lambda _key: None,
) -> Iterator[Server]:
    """Starts a server; `lines` go into its configuration. Logs in whoever runs the tests."""
    place = folder / name
    place.mkdir()
    key = keygen(place / "host_key", host_key)
    prepare(key)
    port = free_port()
    config = [
        f"Port {port}", "ListenAddress 127.0.0.1", f"HostKey {key}", f"PidFile {place / 'pid'}",
        f"AuthorizedKeysFile {folder / 'authorized_keys'}", "StrictModes no", "UsePAM no",
        "PasswordAuthentication no", "KbdInteractiveAuthentication no", "PermitRootLogin yes",
        # the shell's own files of whoever runs the tests are no part of them
        "PrintMotd no", f"SetEnv HOME={place}", *lines,
    ]  # fmt: skip
    if device:
        script = place / "device.py"
        script.write_text(DEVICE.format(log=str(place / "received"), name=name))
        config.append(f"ForceCommand {sys.executable} {script}")
    (place / "config").write_text("\n".join([*config, ""]))
    Path("/run/sshd").mkdir(exist_ok=True)
    assert SSHD is not None
    with (place / "log").open("w") as log:
        process = subprocess.Popen([SSHD, "-D", "-e", "-f", str(place / "config")], stderr=log)
    try:
        _wait(port, process, place / "log")
        yield Server(place, port, key)
    finally:
        process.terminate()
        process.wait(10)


def _wait(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(200):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        assert process.poll() is None, log.read_text()
        time.sleep(0.05)
    raise AssertionError(log.read_text())
