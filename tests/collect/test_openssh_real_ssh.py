"""SSH as people have it: their configuration, jump hosts, certificates, agents and old devices, with OpenSSH's own server."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from auditor.__main__ import main
from auditor.connectors.terminal import SETUP
from parsers.registry import platform
from tests.collect.sshd import USER, Server, keygen, missing, sshd

pytestmark = pytest.mark.skipif(bool(missing()), reason=missing() or "not skipped")

LIST = [*SETUP["cisco_ios"], *(c.text for c in platform("cisco_ios").commands)]


@pytest.fixture(autouse=True)
def no_agent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SSH_AUTH_SOCK", raising=False)


def authorize(folder: Path, key: Path) -> None:
    with (folder / "authorized_keys").open("a") as file:
        file.write(Path(f"{key}.pub").read_text())


def entry(name: str, server: Server, folder: Path, *more: str) -> str:
    """A section of ssh_config, and the pinned key under the host's name."""
    with (folder / "known_hosts").open("a") as file:
        file.write(f"{name} {server.host_key_line}\n")
    lines = (
        "HostName 127.0.0.1", f"Port {server.port}", f"User {USER}", f"HostKeyAlias {name}",
        f"UserKnownHostsFile {folder / 'known_hosts'}", "GlobalKnownHostsFile /dev/null", *more,
    )  # fmt: skip
    return f"Host {name}\n" + "".join(f"  {line}\n" for line in lines)


def collect(
    folder: Path, config: str, rows: str, *options: str
) -> tuple[int, dict[str, dict[str, str | None]]]:
    (folder / "ssh_config").write_text(config)
    (folder / "inv.csv").write_text(rows)
    code = main(
        ["collect", "--inventory", str(folder / "inv.csv"), "--output", str(folder / "snapshot"), "--fresh",
         "--ssh-config", str(folder / "ssh_config"), "--retries", "0", "--connect-timeout", "10", *options]
    )  # fmt: skip
    return code, json.loads((folder / "snapshot" / "snapshot.json").read_text())["hosts"]


def test_the_names_of_ssh_config_work(tmp_path: Path) -> None:
    key = keygen(tmp_path / "id")
    authorize(tmp_path, key)
    with sshd(tmp_path, "edge1") as server:
        config = entry("edge1", server, tmp_path) + (
            f"Match originalhost edge1 exec true\n  IdentityFile {key}\n  IdentitiesOnly yes\n"
        )
        code, hosts = collect(tmp_path, config, "name,platform\nedge1,ios\n")
        assert (code, hosts["edge1"]["error"]) == (0, None)
        assert server.received == LIST


def test_a_key_that_is_not_pinned_or_another(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    key = keygen(tmp_path / "id")
    authorize(tmp_path, key)
    with sshd(tmp_path, "edge1") as server:
        config = entry("edge1", server, tmp_path, f"IdentityFile {key}")
        (tmp_path / "known_hosts").write_text("")
        _, hosts = collect(tmp_path, config, "name,platform\nedge1,ios\n")
        assert "is not in known_hosts" in str(hosts["edge1"]["error"])
        other = keygen(tmp_path / "other")
        (tmp_path / "known_hosts").write_text("edge1 " + Path(f"{other}.pub").read_text())
        _, hosts = collect(tmp_path, config, "name,platform\nedge1,ios\n")
        assert "another than the pinned one" in str(hosts["edge1"]["error"])
        assert not server.received


def test_a_chain_of_jump_hosts(tmp_path: Path) -> None:
    key = keygen(tmp_path / "id")
    authorize(tmp_path, key)
    identity = f"IdentityFile {key}"
    with (
        sshd(tmp_path, "hop1", device=False) as one,
        sshd(tmp_path, "hop2", device=False) as two,
        sshd(tmp_path, "far") as far,
    ):
        hops = entry("hop1", one, tmp_path, identity) + entry("hop2", two, tmp_path, identity)
        config = hops + entry("far", far, tmp_path, identity, "ProxyJump hop1,hop2")
        code, hosts = collect(tmp_path, config, "name,platform\nfar,ios\n")
        assert (code, hosts["far"]["error"]) == (0, None)
        assert far.received == LIST
        # the same chain from the inventory; and a hop whose key is not pinned ends it
        config = hops + entry("far", far, tmp_path, identity)
        rows = 'name,platform,jump\nfar,ios,"hop1,hop2"\n'
        assert collect(tmp_path, config, rows)[0] == 0
        pinned = (tmp_path / "known_hosts").read_text().replace("hop2", "hop3")
        (tmp_path / "known_hosts").write_text(pinned)
        code, hosts = collect(tmp_path, config, rows)
        assert (code, hosts["far"]["status"]) == (3, "failed")
        log = (two.folder / "log").read_text() + (one.folder / "log").read_text()
        assert "Accepted publickey" in log


def test_certificates(tmp_path: Path) -> None:
    authority, key = keygen(tmp_path / "ca"), keygen(tmp_path / "id")
    certificate = tmp_path / "elsewhere" / "signed.pub"
    certificate.parent.mkdir()
    sign = ["ssh-keygen", "-q", "-s", str(authority), "-I", "test", "-n", USER, f"{key}.pub"]
    subprocess.run(sign, check=True)
    Path(f"{key}-cert.pub").rename(certificate)
    with sshd(tmp_path, "edge1", f"TrustedUserCAKeys {authority}.pub") as server:
        config = entry(
            "edge1", server, tmp_path, f"IdentityFile {key}", f"CertificateFile {certificate}"
        )
        code, hosts = collect(tmp_path, config, "name,platform\nedge1,ios\n")
        assert (code, hosts["edge1"]["error"]) == (0, None)


@contextmanager
def agent(folder: Path, key: Path) -> Iterator[Path]:
    place = folder / "agent"
    process = subprocess.Popen(["ssh-agent", "-D", "-a", str(place)], stdout=subprocess.DEVNULL)
    try:
        while not place.exists():
            assert process.poll() is None
        subprocess.run(
            ["ssh-add", "-q", str(key)], check=True, env=os.environ | {"SSH_AUTH_SOCK": str(place)},
            stderr=subprocess.DEVNULL,
        )  # fmt: skip
        yield place
    finally:
        process.terminate()
        process.wait(10)


def test_an_agent_that_the_configuration_names(tmp_path: Path) -> None:
    key = keygen(tmp_path / "id")
    authorize(tmp_path, key)
    with agent(tmp_path, key) as place, sshd(tmp_path, "edge1") as server:
        public = tmp_path / "only.pub"
        public.write_text(Path(f"{key}.pub").read_text())
        key.unlink()
        config = entry("edge1", server, tmp_path, f"IdentityAgent {place}")
        code, hosts = collect(tmp_path, config, "name,platform\nedge1,ios\n")
        assert (code, hosts["edge1"]["error"]) == (0, None)
        none = entry("edge1", server, tmp_path, "IdentityAgent none")
        code, hosts = collect(tmp_path, none, "name,platform\nedge1,ios\n")
        assert "neither a key nor a password" in str(hosts["edge1"]["error"])


def test_old_algorithms_only_where_they_are_allowed(tmp_path: Path) -> None:
    key = keygen(tmp_path / "id")
    authorize(tmp_path, key)
    old = (
        "KexAlgorithms diffie-hellman-group14-sha1", "HostKeyAlgorithms ssh-rsa", "Ciphers aes128-cbc",
        "MACs hmac-sha1",
    )  # fmt: skip
    with sshd(tmp_path, "old1", *old, host_key="rsa") as server:
        config = entry("old1", server, tmp_path, f"IdentityFile {key}")
        code, hosts = collect(tmp_path, config, "name,platform\nold1,ios\n")
        assert code == 3
        assert "no common SSH algorithm" in str(hosts["old1"]["error"])
        assert "mark it `legacy`" in str(hosts["old1"]["error"])
        code, hosts = collect(tmp_path, config, "name,platform,legacy\nold1,ios,yes\n")
        assert (code, hosts["old1"]["error"]) == (0, None)


def test_this_linux_host(tmp_path: Path) -> None:
    """No forced command: the shell of the machine that runs the tests, and its own tools."""
    key = keygen(tmp_path / "id")
    authorize(tmp_path, key)
    with sshd(tmp_path, "gw", device=False) as server:
        config = entry("gw", server, tmp_path, f"IdentityFile {key}")
        code, hosts = collect(tmp_path, config, "name,platform\ngw,linux\n")
        assert code == 0, hosts
        folder = tmp_path / "snapshot" / "gw"
        here = subprocess.run(["uname", "-r"], check=True, capture_output=True, text=True).stdout
        assert (folder / "uname_-r.txt").read_text() == here
        links = json.loads((folder / "ip_-j_address.txt").read_text())
        assert any(link["ifname"] == "lo" for link in links)
        assert "net.ipv4.ip_forward = " in (folder / "sysctl_-a.txt").read_text()
        report = tmp_path / "report.json"
        arguments = [
            "audit",
            str(tmp_path / "snapshot"),
            "--format",
            "json",
            "--output",
            str(report),
        ]
        assert main([*arguments, "--quiet"]) in (0, 1)
        assert json.loads(report.read_text())["devices"][0]["platform"] == "linux"
