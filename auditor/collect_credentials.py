"""Where passwords come from; none is ever an argument, a line of a log, or in a file of ours.

Sources, asked in the order given:

    env             AUDITOR_PASSWORD, AUDITOR_ENABLE; AUDITOR_PASSWORD_<REALM> before them
    inventory       what the inventory itself holds
    netrc[:FILE]    ~/.netrc, or another file of its form (its `default` is not used)
    keyring[:NAME]  `keyring get NAME user@host` (NAME: auditor)
    command:WORDS   the first line that a program prints; it finds AUDITOR_HOST, AUDITOR_ADDRESS,
                    AUDITOR_USER and AUDITOR_REALM in its environment (`pass`, `op`, `vault`)
    prompt          asks once, for all devices
"""

from __future__ import annotations

import getpass
import netrc
import os
import re
import shlex
import shutil
import subprocess
import sys
import threading
from collections.abc import Sequence
from pathlib import Path

from auditor.errors import UsageError
from inventory.host import Host
from inventory.secret import Secret

KINDS = ("env", "inventory", "netrc", "keyring", "command", "prompt")
USUAL = ("env", "inventory", "netrc")
SECONDS = 60.0


class NoSecret(Exception):
    """A source that should have a secret and does not give it; the message says why."""


class Credentials:
    """Gives passwords for hosts. Safe to use from several threads."""

    def __init__(self, sources: Sequence[str] | None, user: str | None) -> None:
        self.sources = tuple(_checked(source) for source in sources or USUAL)
        self.user = user or os.environ.get("AUDITOR_USER")
        self._lock = threading.Lock()
        self._prompted: Secret | None = None

    def user_of(self, host: Host, configured: str | None) -> str:
        """Who logs in: by the inventory, SSH's configuration, the command line, or who runs this."""
        return host.user or configured or self.user or getpass.getuser()

    def source_of(self, host: Host) -> str:
        """Where the password would come from, in a word, without asking programs or people."""
        for kind, rest in self.sources:
            if kind == "env" and (name := _variable("AUDITOR_PASSWORD", host)):
                return f"environment {name}"
            if kind == "inventory" and host.password is not None:
                return "inventory"
            if kind == "netrc" and _from_netrc(host, rest) is not None:
                return f"netrc {rest or '~/.netrc'}"
            if kind in ("keyring", "command", "prompt"):
                return f"{kind} {rest}".strip()
        return "keys only"

    def password_for(self, host: Host, user: str) -> Secret | None:
        """The password, None where only keys are to be used. Raises NoSecret."""
        for kind, rest in self.sources:
            found = self._from(kind, rest, host, user)
            if found is not None:
                return found
        return None

    def enable_for(self, host: Host) -> Secret | None:
        """What `enable` asks for, None where it is not to be used."""
        name = _variable("AUDITOR_ENABLE", host)
        return Secret(os.environ[name]) if name else host.enable

    def ask(self) -> None:
        """Asks the person at the terminal now, if `prompt` is a source: before threads start."""
        if any(kind == "prompt" for kind, _ in self.sources) and self._prompted is None:
            if not sys.stdin.isatty():
                raise UsageError("--password-from prompt: there is no terminal to ask at")
            self._prompted = Secret(getpass.getpass("password for the devices: "))

    def _from(self, kind: str, rest: str, host: Host, user: str) -> Secret | None:
        if kind == "env":
            name = _variable("AUDITOR_PASSWORD", host)
            return Secret(os.environ[name]) if name else None
        if kind == "inventory":
            return host.password
        if kind == "netrc":
            return _from_netrc(host, rest)
        if kind == "prompt":
            return self._prompted
        if kind == "keyring":
            program = shutil.which("keyring")
            if program is None:
                raise NoSecret("the program `keyring` is not installed (pip install keyring)")
            return _first_line(
                [program, "get", rest or "auditor", f"{user}@{host.name}"], host, user
            )
        with self._lock:  # password managers ask for their own password one at a time
            return _first_line(shlex.split(rest), host, user)


def _checked(source: str) -> tuple[str, str]:
    kind, _, rest = source.partition(":")
    if kind not in KINDS:
        raise UsageError(f"--password-from {source}: use one of {', '.join(KINDS)}")
    if kind == "command":
        try:
            if not shlex.split(rest):
                raise UsageError(
                    "--password-from command: name a program, as in command:pass-for-host"
                )
        except ValueError as error:
            raise UsageError(f"--password-from command: {error}") from None
    return kind, rest


def _variable(stem: str, host: Host) -> str:
    """The environment variable that holds it, "" where none does; that of the realm comes first."""
    names = [stem]
    if host.realm:
        names.insert(0, f"{stem}_{re.sub(r'[^A-Z0-9]', '_', host.realm.upper())}")
    return next((name for name in names if os.environ.get(name)), "")


def _from_netrc(host: Host, file: str) -> Secret | None:
    path = Path(file or "~/.netrc").expanduser()
    if not path.is_file():
        if file:
            raise NoSecret(f"netrc {file}: there is no such file")
        return None
    if path.stat().st_mode & 0o077:
        raise NoSecret(f"netrc {path}: others may read it; chmod 600 it first")
    try:
        hosts = netrc.netrc(path).hosts
    except (netrc.NetrcParseError, OSError) as error:
        line = getattr(error, "lineno", None)
        raise NoSecret(
            f"netrc {path}: cannot be read" + (f" (line {line})" if line else "")
        ) from None
    for name in (host.name, host.address):
        if name in hosts and hosts[name][2]:
            return Secret(str(hosts[name][2]))
    return None


def _first_line(command: list[str], host: Host, user: str) -> Secret | None:
    about = {
        "AUDITOR_HOST": host.name,
        "AUDITOR_ADDRESS": host.address,
        "AUDITOR_USER": user,
        "AUDITOR_REALM": host.realm or "",
    }
    try:
        done = subprocess.run(  # noqa: S603 (the user's own program, without a shell)
            command,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=SECONDS,
            env=os.environ | about,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise NoSecret(f"{command[0]}: no answer within {SECONDS:.0f} s") from None
    except OSError as error:
        raise NoSecret(f"{command[0]}: {error.strerror}") from None
    if done.returncode != 0:
        # what it printed may hold a secret, and is not shown
        raise NoSecret(f"{command[0]}: exit code {done.returncode}")
    line = done.stdout.decode("utf-8", "replace").partition("\n")[0].rstrip("\r")
    if not line:
        raise NoSecret(f"{command[0]}: it printed nothing")
    return Secret(line)
