"""known_hosts as OpenSSH reads it: its own client and `ssh-keygen -F` say what each form means, with OpenSSH's own server."""

from __future__ import annotations

import random
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from auditor.collect_ssh import SshOptions, Way, way_to
from auditor.connectors.errors import CollectError
from auditor.connectors.gate import Gate
from auditor.connectors.known_hosts import pinned
from auditor.connectors.netmiko_errors import reason_of
from auditor.connectors.netmiko_login import connect
from auditor.connectors.protocol import Limits, Target
from inventory.host import Host
from tests.collect.sshd import USER, Server, keygen, missing, sshd

pytestmark = pytest.mark.skipif(bool(missing()), reason=missing() or "not skipped")

ADDRESS = "127.0.0.1"


@dataclass(frozen=True)
class Place:
    """A server with a host key, a certificate for it, and somebody who may log in."""

    folder: Path
    server: Server
    identity: Path
    key: str
    other: str
    rsa: str
    authority: str

    @property
    def port(self) -> int:
        return self.server.port

    def file(self, text: str) -> Path:
        found = self.folder / "known_hosts"
        found.write_text(
            text.format(
                key=self.key, other=self.other, rsa=self.rsa, authority=self.authority,
                name=f"[{ADDRESS}]:{self.port}", port=self.port,
            )
        )  # fmt: skip
        return found


def public(key: Path) -> str:
    return " ".join(Path(f"{key}.pub").read_text().split()[:2])


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    folder = tmp_path_factory.mktemp("known_hosts")
    identity = keygen(folder / "id")
    (folder / "authorized_keys").write_text(Path(f"{identity}.pub").read_text())
    authority, rsa = keygen(folder / "ca"), keygen(folder / "rsa", "rsa")
    certificate = folder / "edge" / "host_key-cert.pub"
    more = (f"HostKey {rsa}", f"HostCertificate {certificate}")
    with sshd(folder, "edge", *more, prepare=lambda key: _certify(authority, key)) as server:
        yield Place(
            folder, server, identity, server.host_key_line, public(keygen(folder / "other")), public(rsa),
            public(authority),
        )  # fmt: skip


def _certify(authority: Path, key: Path) -> None:
    sign = ["ssh-keygen", "-q", "-s", str(authority), "-I", "edge", "-h", "-n", ADDRESS]
    subprocess.run([*sign, f"{key}.pub"], check=True)


def openssh(place: Place, file: Path, *options: str) -> bool:
    """Whether OpenSSH's client takes the host for the right one; it does not log in."""
    done = subprocess.run(
        ["ssh", "-F", "none", "-o", "BatchMode=yes", "-o", "PreferredAuthentications=none", "-o",
         "StrictHostKeyChecking=yes", "-o", f"UserKnownHostsFile={file}", "-o",
         "GlobalKnownHostsFile=/dev/null", *options, "-p", str(place.port), f"{USER}@{ADDRESS}"],
        stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=30, check=False,
    )  # fmt: skip
    taken = "Permission denied" in done.stderr
    assert taken != ("verification failed" in done.stderr or "REVOKED" in done.stderr), done.stderr
    return taken


def ours(place: Place, file: Path, alias: str | None = None, revoked: str = "") -> str:
    """Why we refuse the host, "" if it is the right one."""
    way = Way(
        ADDRESS, place.port, keys=(str(place.identity),), agent="", known_hosts=(str(file),), alias=alias,
        revoked=revoked,
    )  # fmt: skip
    target = Target(
        "edge", "cisco_ios", "cisco_ios", way, USER, password=None, enable=None, legacy=False, commands=()
    )  # fmt: skip
    try:
        connect(target, Gate((), ()), Limits(connect=10)).disconnect()
    except CollectError as error:
        return str(error)
    except Exception as error:
        return str(reason_of(error, target))
    return ""


FORMS = {
    "{name} {key}": True,
    "{name} {key} a comment of four words": True,
    "  {name}   {key}": True,
    "other.example,{name} {key}": True,
    # a key for the name without its port counts where none has the port
    "127.0.0.1 {key}": True,
    "{name} {other}\n127.0.0.1 {key}": False,
    "{name} {rsa}\n127.0.0.1 {other}": True,
    "[127.0.0.1]:1 {key}": False,
    "127.0.0.2 {key}": False,
    # patterns
    "* {key}": True,
    "127.0.0.* {key}": True,
    "[127.0.?.1]:* {key}": True,
    "[127.0.0.1]:?? {key}": False,
    "[127.*]:{port} {key}": True,
    "*,!{name},!127.0.0.1 {key}": False,
    "!{name},!127.0.0.1,* {key}": False,
    "*,!{name} {key}": True,  # as the name without its port
    "*,!127.0.0.9 {key}": True,
    "!127.0.0.1,127.0.0.* {key}": False,
    "!{name} {key}": False,
    # two keys of a kind, and a line that is none
    "{name} {other}\n{name} {key}": True,
    "{name} {key}\n{name} {other}": True,
    "{name} ssh-ed25519 AAAAnonsense\n{name} {key}": True,
    "{name} ssh-rsa {key}": False,
    "# {name} {key}": False,
    "@unknown-marker {name} {key}": False,
    # another kind is asked for where only that is pinned
    "{name} {rsa}": True,
    "{name} {other}": False,
    "": False,
    # markers
    "{name} {key}\n@revoked {name} {key}": False,
    "@revoked * {key}\n{name} {key}": False,
    "@revoked * {other}\n{name} {key}": True,
    "@revoked {name} {key}": False,
    "@cert-authority {name} {other}": False,
    "@cert-authority * {authority}\n{name} {key}": True,
}
"""What a file holds, and whether the host is the right one by it."""


@pytest.mark.parametrize("text", FORMS)
def test_a_form_means_what_it_means_for_openssh(text: str, place: Place) -> None:
    file = place.file(text)
    # without certificates, for which OpenSSH falls back in more ways
    assert openssh(place, file, "-o", "HostKeyAlgorithms=-*-cert-v01@openssh.com") is FORMS[text]
    said = ours(place, file)
    assert (said == "") is FORMS[text], said


def test_hashed_names(place: Place) -> None:
    for text, good in (("{name} {key}", True), ("127.0.0.1 {key}", True), ("127.0.0.9 {key}", False)):  # fmt: skip
        file = place.file(text)
        subprocess.run(["ssh-keygen", "-q", "-H", "-f", str(file)], check=True, capture_output=True)
        assert file.read_text().startswith("|1|")
        assert openssh(place, file) is good
        assert (ours(place, file) == "") is good


def test_an_alias_is_looked_up_alone(place: Place) -> None:
    file = place.file("core-1 {key}")
    assert openssh(place, file, "-o", "HostKeyAlias=core-1")
    assert ours(place, file, alias="core-1") == ""
    file = place.file("{name} {key}")
    assert not openssh(place, file, "-o", "HostKeyAlias=core-1")
    assert "under the name core-1" in ours(place, file, alias="core-1")


def test_a_certificate_is_said_and_never_taken_unchecked(place: Place) -> None:
    """OpenSSH checks it; paramiko cannot, so the host is refused with what to do."""
    for text in ("@cert-authority {name} {authority}", "@cert-authority 127.0.0.* {authority}"):
        file = place.file(text)
        assert openssh(place, file)
        said = ours(place, file)
        assert (
            "trusts only certificates for it (@cert-authority), which are not checked here" in said
        )
    assert f"pin the key: ssh-keyscan -p {place.port} {ADDRESS}" in said
    # the remedy is true: ssh -v shows the fingerprint that we have shown
    verbose = ["ssh", "-v", "-F", "none", "-o", "PreferredAuthentications=none", "-o",
               f"UserKnownHostsFile={file}", "-o", "StrictHostKeyChecking=yes", "-p", str(place.port),
               f"{USER}@{ADDRESS}"]  # fmt: skip
    shown = subprocess.run(
        verbose, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    ).stderr
    line = next(line for line in shown.splitlines() if "Server host certificate" in line)
    assert next(word for word in line.split() if word.startswith("SHA256:")).rstrip(",") in said
    # the certificate of an authority that is not trusted helps nobody
    file = place.file("@cert-authority {name} {other}")
    assert "not checked here" in ours(place, file)


def test_each_refusal_has_its_words(place: Place) -> None:
    assert "is not in known_hosts; compare it" in ours(place, place.file(""))
    assert "another than the pinned one" in ours(place, place.file("{name} {other}"))
    assert "is revoked" in ours(place, place.file("{name} {key}\n@revoked other {key}"))
    ecdsa = public(keygen(place.folder / "ecdsa", "ecdsa"))
    assert "other kinds of keys for it" in ours(place, place.file("{name} " + ecdsa))
    (place.folder / "ecdsa").unlink()


def test_lists_of_revoked_keys(place: Place) -> None:
    file = place.file("{name} {key}")
    plain, binary = place.folder / "revoked", place.folder / "krl"
    host = Path(f"{place.server.host_key}.pub")
    for key, good in ((host, False), (place.folder / "other.pub", True)):
        plain.write_text(key.read_text())
        subprocess.run(["ssh-keygen", "-q", "-k", "-f", str(binary), str(key)], check=True)
        for found in (plain, binary):
            assert openssh(place, file, "-o", f"RevokedHostKeys={found}") is good
            assert (ours(place, file, revoked=str(found)) == "") is good
    # a list that is not there revokes everything, for OpenSSH and for us
    assert not openssh(place, file, "-o", f"RevokedHostKeys={place.folder / 'gone'}")
    assert "is revoked" in ours(place, file, revoked=str(place.folder / "gone"))
    config = place.folder / "config"
    config.write_text(f"Host *\n RevokedHostKeys {plain}\n")
    assert way_to(Host("edge", ADDRESS), SshOptions(str(config))).revoked == str(plain)


def test_ssh_keygen_finds_the_same_lines(place: Place) -> None:
    chance = random.Random(11)
    names = ["r1", "R2.example.net", "r10", "10.0.0.1", "[10.0.0.1]:2222", "2001:db8::1"]
    pieces = [
        *names,
        "r*",
        "r?",
        "!r1",
        "*.example.net",
        "10.0.0.*",
        "[*]:2222",
        "!*",
        "!10.*",
        "*",
    ]
    file = place.folder / "many"
    for _ in range(150):
        key = place.key if chance.random() < 0.5 else place.rsa
        line = ",".join(chance.sample(pieces, chance.randint(1, 3)))
        file.write_text(f"{line} {key}\n")
        name = chance.choice(names)
        address, _, port = name.strip("[").partition("]:")
        done = subprocess.run(
            ["ssh-keygen", "-F", name, "-f", str(file)], capture_output=True, check=False
        )
        alias = name if not port else None
        found = pinned(Way(address, int(port or 22), known_hosts=(str(file),), alias=alias)).keys
        plain = pinned(Way(address, 22, known_hosts=(str(file),))).keys if port else found
        # without a line for the port, the one for the name alone counts; ssh-keygen does not look for it
        assert bool(found) == (done.returncode == 0 or bool(plain)), (line, name)
