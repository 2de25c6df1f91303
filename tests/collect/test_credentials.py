"""Where passwords come from: order, refusals, and that nothing prints them."""

from __future__ import annotations

import stat
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from auditor.collect_credentials import Credentials, NoSecret
from auditor.errors import UsageError
from inventory.host import Host
from inventory.secret import Secret

R1 = Host("r1", "10.0.0.1", platform="cisco_ios", realm="tacacs-eu")


def host(
    name: str = "r1",
    address: str = "10.0.0.1",
    realm: str | None = "tacacs-eu",
    user: str | None = None,
    password: Secret | None = None,
    enable: Secret | None = None,
) -> Host:
    return replace(
        R1, name=name, address=address, realm=realm, user=user, password=password, enable=enable
    )


@pytest.fixture(autouse=True)
def clean(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in (
        "AUDITOR_PASSWORD",
        "AUDITOR_PASSWORD_TACACS_EU",
        "AUDITOR_ENABLE",
        "AUDITOR_USER",
    ):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))


def test_the_environment_by_realm_and_in_general(monkeypatch: pytest.MonkeyPatch) -> None:
    found = Credentials(None, None)
    assert found.password_for(host(), "u") is None
    assert found.source_of(host()) == "keys only"
    monkeypatch.setenv("AUDITOR_PASSWORD", "general")
    assert found.password_for(host(), "u") == Secret("general")
    monkeypatch.setenv("AUDITOR_PASSWORD_TACACS_EU", "of the realm")
    assert found.password_for(host(), "u") == Secret("of the realm")
    assert found.source_of(host()) == "environment AUDITOR_PASSWORD_TACACS_EU"
    assert found.password_for(host(realm=None), "u") == Secret("general")


def test_the_order_is_that_of_the_options(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AUDITOR_PASSWORD", "env")
    one = host(password=Secret("inventory"))
    assert Credentials(["inventory", "env"], None).password_for(one, "u") == Secret("inventory")
    assert Credentials(["env", "inventory"], None).password_for(one, "u") == Secret("env")


def test_netrc_by_name_or_address_and_never_its_default(tmp_path: Path) -> None:
    file = tmp_path / ".netrc"
    file.write_text(
        "machine r1 login u password one\nmachine 10.0.0.2 login u password two\ndefault login u password all\n"
    )
    file.chmod(0o600)
    found = Credentials(["netrc"], None)
    assert found.password_for(host(), "u") == Secret("one")
    assert found.password_for(host(name="r2", address="10.0.0.2"), "u") == Secret("two")
    assert found.password_for(host(name="r3", address="10.0.0.3"), "u") is None
    file.chmod(0o644)
    with pytest.raises(NoSecret, match="others may read it"):
        found.password_for(host(), "u")
    assert stat.S_IMODE(file.stat().st_mode) == 0o644


def hook(tmp_path: Path, body: str) -> str:
    script = tmp_path / "hook.py"
    script.write_text(f"import os, sys\n{body}\n")
    return f"command:{sys.executable} {script}"


def test_a_command_gets_the_device_in_its_environment(tmp_path: Path) -> None:
    body = "print('pw-of', os.environ['AUDITOR_HOST'], os.environ['AUDITOR_USER'], os.environ['AUDITOR_REALM'])\nprint('x')"
    found = Credentials([hook(tmp_path, body)], None)
    assert found.password_for(host(), "netops") == Secret("pw-of r1 netops tacacs-eu")


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("print('hunter2'); sys.exit(3)", "exit code 3"),
        ("sys.stderr.write('hunter2')", "it printed nothing"),
    ],
)
def test_a_command_that_fails_is_said_without_its_words(
    tmp_path: Path, body: str, said: str
) -> None:
    with pytest.raises(NoSecret, match=said) as error:
        Credentials([hook(tmp_path, body)], None).password_for(host(), "u")
    assert "hunter2" not in str(error.value)


def test_wrong_sources() -> None:
    for source in ("vault", "command", "command: ", "command:'open"):
        with pytest.raises(UsageError):
            Credentials([source], None)
    with pytest.raises(NoSecret, match="there is no such file"):
        Credentials(["netrc:/nowhere/netrc"], None).password_for(host(), "u")
    with pytest.raises(NoSecret, match="No such file"):
        Credentials(["command:/nowhere/program"], None).password_for(host(), "u")


def test_who_logs_in(monkeypatch: pytest.MonkeyPatch) -> None:
    found = Credentials(None, "option")
    assert found.user_of(host(user="inventory"), "ssh") == "inventory"
    assert found.user_of(host(), "ssh") == "ssh"
    assert found.user_of(host(), None) == "option"
    monkeypatch.setenv("AUDITOR_USER", "environment")
    assert Credentials(None, None).user_of(host(), None) == "environment"


def test_enable(monkeypatch: pytest.MonkeyPatch) -> None:
    found = Credentials(None, None)
    assert found.enable_for(host()) is None
    assert found.enable_for(host(enable=Secret("inventory"))) == Secret("inventory")
    monkeypatch.setenv("AUDITOR_ENABLE", "env")
    assert found.enable_for(host(enable=Secret("inventory"))) == Secret("env")
