"""What OpenSSH itself says of a host: `ssh -G` knows Match, Include, tokens and defaults; we do not guess."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from inventory.host import Host

SECONDS = 20.0
_OFF = frozenset({"none", "no", "false", ""})


@dataclass(frozen=True, slots=True)
class Way:
    """How SSH reaches a host. `proxy` is a command whose standard streams are the connection.

    `known_hosts` are the files with host keys, `alias` the name under which they hold this host's.
    `agent` is the socket of an agent, "" for none, None for the usual one. `revoked` is a file with
    revoked host keys. `problem` says why there is no way.
    """

    address: str
    port: int
    user: str | None = None
    proxy: tuple[str, ...] = ()
    via: str = ""
    keys: tuple[str, ...] = ()
    certificates: tuple[str, ...] = ()
    agent: str | None = None
    known_hosts: tuple[str, ...] = ()
    alias: str | None = None
    only_these_keys: bool = False
    revoked: str = ""
    problem: str = ""


@dataclass(frozen=True, slots=True)
class SshOptions:
    """What the command line says about SSH. `config` is a file in the place of the user's, "none"
    for none at all; `known_hosts` are files in the place of the configured ones."""

    config: str | None = None
    known_hosts: tuple[str, ...] = ()


def way_to(host: Host, options: SshOptions) -> Way:
    """How SSH reaches `host`, by the inventory first and OpenSSH's configuration then."""
    client = shutil.which("ssh")
    if client is None:
        return _without_openssh(host, options)
    command = [client, *_config(options), "-G"]
    command += ["-p", str(host.port)] if host.port is not None else []
    command += ["-l", host.user] if host.user is not None else []
    command += ["-J", host.jump] if host.jump is not None else []
    try:
        done = subprocess.run(  # noqa: S603 (no shell; the inventory has refused leading dashes)
            [*command, "--", host.address],
            capture_output=True,
            stdin=subprocess.DEVNULL,
            timeout=SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return Way(host.address, host.port or 22, problem=f"ssh -G: {type(error).__name__}")
    if done.returncode != 0:
        reason = done.stderr.decode("utf-8", "replace").strip().splitlines()
        said = reason[-1] if reason else f"exit code {done.returncode}"
        return Way(host.address, host.port or 22, problem=f"ssh -G: {said}")
    return _way(host, options, done.stdout.decode("utf-8", "replace"), client)


def _config(options: SshOptions) -> list[str]:
    return ["-F", options.config] if options.config is not None else []


def _way(host: Host, options: SshOptions, text: str, client: str) -> Way:
    said: dict[str, list[str]] = {}
    for line in text.splitlines():
        name, _, value = line.partition(" ")
        said.setdefault(name.lower(), []).append(value)

    def one(name: str) -> str | None:
        values = said.get(name, [])
        return values[0] if values and values[0].lower() not in _OFF else None

    address, port = one("hostname") or host.address, int(one("port") or "22")
    user = one("user")
    jump, proxy = one("proxyjump"), one("proxycommand")
    agent = one("identityagent")
    own = (host.key_file,) if host.key_file is not None else ()
    files = options.known_hosts or tuple(
        name
        for kind in ("userknownhostsfile", "globalknownhostsfile")
        for name in (one(kind) or "").split()
    )
    return Way(
        address=address,
        port=port,
        user=host.user or (user if user != _default_user(options, client) else None),
        proxy=_jump_command(jump, address, port, options, client)
        if jump
        else _proxy_command(proxy, address, port, user),
        via=jump or proxy or "",
        keys=_existing((*own, *said.get("identityfile", []))),
        certificates=_existing(tuple(said.get("certificatefile", []))),
        agent="" if said.get("identityagent") == ["none"] else _agent(agent),
        known_hosts=_existing(files),
        alias=one("hostkeyalias"),
        only_these_keys=one("identitiesonly") is not None,
        revoked=str(Path(revoked).expanduser()) if (revoked := one("revokedhostkeys")) else "",
    )


def _agent(socket: str | None) -> str | None:
    return None if socket in (None, "SSH_AUTH_SOCK") else str(Path(str(socket)).expanduser())


_DEFAULT_USERS: dict[tuple[str | None, str], str] = {}


def _default_user(options: SshOptions, client: str) -> str:
    """The user whom ssh takes where nothing says one: that is no statement of the configuration."""
    key = (options.config, client)
    if key not in _DEFAULT_USERS:
        done = subprocess.run(  # noqa: S603
            [client, "-F", "none", "-G", "--", "localhost"],
            capture_output=True,
            stdin=subprocess.DEVNULL,
            timeout=SECONDS,
            check=False,
        )
        lines = done.stdout.decode("utf-8", "replace").splitlines()
        _DEFAULT_USERS[key] = next((ln[5:] for ln in lines if ln.startswith("user ")), "")
    return _DEFAULT_USERS[key]


def _jump_command(
    jump: str, address: str, port: int, options: SshOptions, client: str
) -> tuple[str, ...]:
    """OpenSSH itself goes through the chain, with the keys and host keys of each hop; it may ask
    nothing, and a hop whose key it does not know ends it."""
    *before, last = [hop.strip() for hop in jump.split(",")]
    chain = ["-J", ",".join(before)] if before else []
    # `host:port` of a hop is not a form that ssh takes for its destination; its URI form is
    where = last if "://" in last else f"ssh://{last}"
    return (
        client, *_config(options), *chain, "-o", "BatchMode=yes", "-o", "StrictHostKeyChecking=yes",
        "-o", "ClearAllForwardings=yes", "-W", f"[{address}]:{port}", "--", where,
    )  # fmt: skip


def _proxy_command(proxy: str | None, address: str, port: int, user: str | None) -> tuple[str, ...]:
    if proxy is None:
        return ()
    # `ssh -G` leaves these tokens in place (ssh_config(5), TOKENS)
    for token, value in (("%h", address), ("%p", str(port)), ("%r", user or ""), ("%%", "%")):
        proxy = proxy.replace(token, value)
    return ("/bin/sh", "-c", f"exec {proxy}")


def _existing(files: tuple[str, ...]) -> tuple[str, ...]:
    expanded = (str(Path(file).expanduser()) for file in files)
    return tuple(dict.fromkeys(file for file in expanded if Path(file).is_file()))


def _without_openssh(host: Host, options: SshOptions) -> Way:
    """Plain defaults: this machine has no OpenSSH client whose configuration could matter."""
    files = options.known_hosts or ("~/.ssh/known_hosts", "/etc/ssh/ssh_known_hosts")
    keys = (host.key_file,) if host.key_file is not None else ()
    if host.jump is not None:
        problem = "jump hosts need OpenSSH's `ssh`, which is not installed"
        return Way(host.address, host.port or 22, host.user, via=host.jump, problem=problem)
    return Way(
        host.address,
        host.port or 22,
        host.user,
        keys=_existing(keys),
        known_hosts=_existing(files),
    )
