"""How people log in to the lab's routers: OpenSSH's own server, one administrator by key, one user by password who
may run a few commands with sudo. The accounts are in a copy of /etc that only the lab sees."""

from __future__ import annotations

import subprocess
import time
from pathlib import Path
from typing import NamedTuple

from tests.lab.netns import inside, ip, run

SSHD = "/usr/sbin/sshd"
USER, PASSWORD = "audit", "Lab-Battery-9"
ADMINISTRATOR = "toor"
"""Another name of root, with a home of its own: what the machine's root has in its profile is no matter."""
MANAGEMENT = "mgmt"
HOME = Path("/run/lab")
PATIENCE = 10.0


class Router(NamedTuple):
    """A router as the management network sees it: `link` numbers its /30."""

    name: str
    link: int

    @property
    def address(self) -> str:
        """Where its sshd listens."""
        return f"192.168.{self.link}.2"


def accounts(sudoers: str) -> None:
    """Makes the user, with these rights; call it where `/run` is the lab's own."""
    HOME.mkdir(exist_ok=True)
    run("cp", "-a", "/etc", str(HOME / "etc"))
    run("mount", "--bind", str(HOME / "etc"), "/etc")
    run("mount", "-t", "tmpfs", "lab", "/home")
    run("useradd", "--create-home", "--shell", "/bin/bash", USER)
    # `*` is no password, and no lock either, which sshd would heed
    run("useradd", "--create-home", "--shell", "/bin/bash", "--non-unique", "--uid", "0",
        "--password", "*", ADMINISTRATOR)  # fmt: skip
    run("chpasswd", text=f"{USER}:{PASSWORD}\n")
    rule = Path("/etc/sudoers.d/audit")
    rule.write_text(f"Defaults logfile={HOME}/sudo.log, !syslog\n{sudoers}", encoding="ascii")
    rule.chmod(0o440)
    # of the lab, not of the machine: nobody else's rules or FRR settings count
    Path("/etc/frr/frr.conf").unlink(missing_ok=True)


def as_root() -> list[str]:
    """What sudo ran, or refused to run, by its own log; lines are folded there."""
    log = HOME / "sudo.log"
    text = log.read_text("utf-8") if log.exists() else ""
    return [line.strip() for line in text.replace("\n    ", " ").splitlines()]


def keygen(file: Path) -> str:
    """A key pair; gives the public part as known_hosts writes it."""
    run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "lab", "-f", str(file))
    return " ".join(Path(f"{file}.pub").read_text("ascii").split()[:2])


def connect(router: Router) -> None:
    """Links a router with the management namespace."""
    device = f"mgmt{router.link}"
    run("ip", "-n", MANAGEMENT, "link", "add", device, "type", "veth", "peer", "name", "mgmt", "netns", router.name)  # fmt: skip
    ip(MANAGEMENT, f"addr add 192.168.{router.link}.1/30 dev {device}", f"link set {device} up")
    ip(router.name, f"addr add {router.address}/30 dev mgmt", "link set mgmt up")


def serve(router: Router, authorized: str, own_run: bool) -> str:
    """Starts a router's sshd and gives its line for known_hosts; `own_run` hides the FRR of another router."""
    home = HOME / router.name
    home.mkdir()
    key = keygen(home / "host_key")
    (home / "authorized_keys").write_text(f"{authorized}\n", encoding="ascii")
    lines = (
        f"ListenAddress {router.address}", f"HostKey {home}/host_key", f"PidFile {home}/pid",
        f"AuthorizedKeysFile {home}/authorized_keys", "StrictModes no", "UsePAM no", "UseDNS no",
        "PermitRootLogin prohibit-password", "KbdInteractiveAuthentication no", "PrintMotd no", "",
    )  # fmt: skip
    (home / "sshd_config").write_text("\n".join(lines), encoding="ascii")
    Path("/run/sshd").mkdir(mode=0o755, exist_ok=True)
    command = [SSHD, "-D", "-e", "-f", f"{home}/sshd_config"]
    if own_run:
        script = 'mkdir -p /run/frr && mount -t tmpfs lab /run/frr && exec "$@"'
        command = ["unshare", "--mount", "sh", "-c", script, "sh", *command]
    with inside(router.name), (home / "log").open("w") as log:
        subprocess.Popen(command, stderr=log)  # ends with the lab's first process
    _wait(home)
    return f"{router.address} {key}\n"


def _wait(home: Path) -> None:
    until = time.monotonic() + PATIENCE
    while "Server listening" not in (home / "log").read_text("utf-8"):
        if time.monotonic() > until:
            raise TimeoutError(f"sshd does not listen: {(home / 'log').read_text('utf-8')}")
        time.sleep(0.02)
