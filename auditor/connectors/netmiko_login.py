"""Netmiko's classes, made strict about keys and silent on their own."""

from __future__ import annotations

import base64
import functools
import os
import socket
import tempfile
import threading
from pathlib import Path
from typing import Any

import paramiko
from netmiko import BaseConnection
from netmiko.channel import Channel
from netmiko.ssh_dispatcher import CLASS_MAPPER
from paramiko.agent import AgentKey, AgentSSH
from paramiko.hostkeys import HostKeyEntry, HostKeys, InvalidHostKey

from auditor.connectors.gate import Gate
from auditor.connectors.netmiko_errors import HostKeyUnknown
from auditor.connectors.protocol import Limits, Target

LEGACY = {
    "kex": ("diffie-hellman-group14-sha1", "diffie-hellman-group-exchange-sha1", "diffie-hellman-group1-sha1"),
    "ciphers": ("aes128-cbc", "aes192-cbc", "aes256-cbc", "3des-cbc"),
    "macs": ("hmac-sha1", "hmac-md5", "hmac-sha1-96", "hmac-md5-96"),
    "keys": ("ssh-rsa",),
    "pubkeys": ("ssh-rsa",),
}  # fmt: skip
"""SSH algorithms that are off unless a host is marked `legacy` (RFC 9142, RFC 8332, OpenSSH's defaults)."""


class _Pin(paramiko.MissingHostKeyPolicy):
    """Refuses a host whose key is not pinned, and says which key it has shown."""

    def missing_host_key(
        self, client: paramiko.SSHClient, hostname: str, key: paramiko.PKey
    ) -> None:
        raise HostKeyUnknown(hostname, key.get_name(), key.fingerprint)


class _Agent(AgentSSH):
    """The agent at a socket, with all its keys or only those that the configuration names."""

    def __init__(self, path: str, only: frozenset[bytes] | None) -> None:
        super().__init__()
        self._only = only
        connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        connection.settimeout(5)
        connection.connect(path)
        inner: Any = self
        inner._connect(connection)  # not in the published types

    def get_keys(self) -> tuple[AgentKey, ...]:
        """The keys to offer."""
        return tuple(
            key for key in super().get_keys() if self._only is None or key.asbytes() in self._only
        )


def _agent(target: Target) -> _Agent | None:
    """The agent by IdentityAgent, else the environment; with IdentitiesOnly only named keys."""
    way = target.way
    path = os.environ.get("SSH_AUTH_SOCK", "") if way.agent is None else way.agent
    if not path:
        return None
    only = None
    if way.only_these_keys:
        blobs = (_public(f"{key}.pub") for key in (*way.keys, *way.certificates))
        only = frozenset(blob for blob in blobs if blob)
    try:
        return _Agent(path, only)
    except (OSError, paramiko.SSHException):
        return None  # no agent there: the other ways to log in are tried


def _public(file: str) -> bytes:
    try:
        return base64.b64decode(Path(file).read_text("utf-8").split()[1])
    except (OSError, ValueError, IndexError):
        return b""


class GatedChannel(Channel):
    """Netmiko's channel behind a gate."""

    def __init__(self, channel: Channel, gate: Gate) -> None:
        self._channel, self._gate = channel, gate

    def read_buffer(self) -> str:
        """What has come."""
        return self._channel.read_buffer()

    def read_channel(self) -> str:
        """All that has come."""
        return self._channel.read_channel()

    def write_channel(self, out_data: str) -> None:
        """Sends `out_data` if a list has it. Raises NotAllowed."""
        self._gate.check(out_data)
        self._channel.write_channel(out_data)


class Quiet(BaseConnection):
    """Mixed in before a class of netmiko: what that class sends on its own is not sent."""

    gate: Gate
    target: Target

    def special_login_handler(self, delay_factor: float = 1.0) -> None:
        """The first moment at which there is a channel: nothing has been written yet."""
        self.channel = GatedChannel(self.channel, self.gate)

    def _try_session_preparation(self, force_data: bool = True) -> None:
        """The session prepares itself, from our own lists."""

    def session_preparation(self) -> None:
        """See above."""

    def cleanup(self, command: str = "") -> None:
        """Closing the connection is farewell enough."""

    def _build_ssh_client(self) -> paramiko.SSHClient:
        client = self._get_ssh_client_instance()
        pin(client, self.target)
        client.set_missing_host_key_policy(_Pin())
        inner: Any = client
        inner._agent = _agent(self.target)  # else paramiko asks the one of the environment
        return client

    def _has_agent(self) -> bool:
        way = self.target.way
        return bool(os.environ.get("SSH_AUTH_SOCK") if way.agent is None else way.agent)

    def _connect_params_dict(self) -> dict[str, Any]:
        return super()._connect_params_dict() | {
            "key_filename": list(self.target.way.keys),
            "look_for_keys": False,
            "allow_agent": self._has_agent(),
        }


_READING = threading.Lock()


@functools.lru_cache(maxsize=64)
def _known(file: str, _changed: int) -> HostKeys:
    """The pinned keys of a file. A fleet's file has thousands, and is read once, not per device."""
    keys = HostKeys()
    text = Path(file).read_text("utf-8", "replace")
    with tempfile.NamedTemporaryFile("w", encoding="utf-8", suffix=".known_hosts") as plain:
        # paramiko stops at a line with a marker, and at one that holds no key
        plain.writelines(f"{line}\n" for line in map(str.strip, text.splitlines()) if _plain(line))
        plain.flush()
        keys.load(plain.name)
    return keys


def _plain(line: str) -> bool:
    """Whether a line of known_hosts pins a key for the hosts that it names."""
    if not line or line[0] in "#@":
        return False
    try:
        return HostKeyEntry.from_line(line) is not None
    except (paramiko.SSHException, InvalidHostKey):
        return False


@functools.lru_cache(maxsize=64)
def _revoked(file: str, _changed: int) -> frozenset[str]:
    """The keys, in base64, that a file marks `@revoked` (sshd(8), "SSH_KNOWN_HOSTS FILE FORMAT"); they count for
    every host, since the line may say so with a pattern."""
    text = Path(file).read_text("utf-8", "replace")
    rows = (line.split() for line in text.splitlines() if line.startswith("@revoked"))
    return frozenset(words[3] for words in rows if len(words) > 3)


def pin(client: paramiko.SSHClient, target: Target) -> None:
    """Gives the client the pinned keys of the target, under the name by which paramiko asks."""
    way = target.way
    asked = way.address if way.port == 22 else f"[{way.address}]:{way.port}"
    with _READING:
        changed = [(file, Path(file).stat().st_mtime_ns) for file in way.known_hosts]
        files = [_known(*file) for file in changed]
        revoked = frozenset[str]().union(*(_revoked(*file) for file in changed))
    # OpenSSH takes the alias alone where there is one, and a key without a port where none has it
    for name in (way.alias,) if way.alias else (asked, way.address):
        found = [(kind, key) for known in files for kind, key in (known.lookup(name) or {}).items()]
        for kind, key in reversed(found):  # the first file that has a kind decides
            if key.get_base64() not in revoked:
                client.get_host_keys().add(asked, kind, key)
        if found:
            return


@functools.cache
def class_for(device_type: str) -> type[Quiet]:
    """Netmiko's class for a device type, silenced."""
    return type(f"Quiet_{device_type}", (Quiet, CLASS_MAPPER[device_type]), {})


def connect(target: Target, gate: Gate, limits: Limits) -> Quiet:
    """A connection that is logged in, with a shell, to which nothing has been sent."""
    way = target.way
    connection = class_for(target.device_type)(
        host=way.address,
        port=way.port,
        device_type=target.device_type,
        username=target.user,
        password=target.password.reveal() if target.password is not None else None,
        pkey=_certified(way.keys, way.certificates),
        ssh_strict=True,
        conn_timeout=limits.connect,
        banner_timeout=limits.connect,
        auth_timeout=limits.connect,
        disabled_algorithms=None if target.legacy else {k: list(v) for k, v in LEGACY.items()},
        sock=_proxy(target),
        auto_connect=False,
    )
    connection.gate, connection.target = gate, target
    connection._open()
    return connection


def _proxy(target: Target) -> Any:
    """Anything with the methods of a socket: the streams of a command."""
    if not target.way.proxy:
        return None
    from auditor.connectors.proxy import proxy_socket

    return proxy_socket(target.way.proxy)


def _certified(keys: tuple[str, ...], certificates: tuple[str, ...]) -> paramiko.PKey | None:
    """A key with its certificate, where the configuration names a file that paramiko would not
    find by itself (it takes KEY-cert.pub beside KEY)."""
    for certificate in certificates:
        for file in keys:
            if Path(certificate) == Path(f"{file}-cert.pub"):
                continue
            try:
                key = paramiko.PKey.from_path(file)
                key.load_certificate(certificate)
            except (paramiko.SSHException, ValueError, OSError, TypeError):
                continue  # a certificate of another of the keys
            return key
    return None
