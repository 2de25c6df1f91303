"""Netmiko's classes, made strict about keys and silent on their own."""

from __future__ import annotations

import base64
import functools
import os
import socket
from pathlib import Path
from typing import Any

import paramiko
from netmiko import BaseConnection
from netmiko.channel import Channel
from netmiko.ssh_dispatcher import CLASS_MAPPER
from paramiko.agent import AgentKey, AgentSSH

from auditor.collect_ssh import Way
from auditor.connectors.gate import Gate
from auditor.connectors.known_hosts import HostKey, algorithms, listed_as_revoked, pinned
from auditor.connectors.netmiko_errors import HostKeyRefused
from auditor.connectors.protocol import Limits, Target

LEGACY = {
    "kex": ("diffie-hellman-group14-sha1", "diffie-hellman-group-exchange-sha1", "diffie-hellman-group1-sha1"),
    "ciphers": ("aes128-cbc", "aes192-cbc", "aes256-cbc", "3des-cbc"),
    "macs": ("hmac-sha1", "hmac-md5", "hmac-sha1-96", "hmac-md5-96"),
    "keys": ("ssh-rsa",),
    "pubkeys": ("ssh-rsa",),
}  # fmt: skip
"""SSH algorithms that are off unless a host is marked `legacy` (RFC 9142, RFC 8332, OpenSSH's defaults)."""


class HostKeyPolicy(paramiko.MissingHostKeyPolicy):
    """Decides about the key that a host has shown. The client itself holds no keys, so that every
    connection comes here: paramiko's own table has one key of a kind for each host, and no patterns."""

    def __init__(self, way: Way) -> None:
        self._way = way
        self.pinned = pinned(way)

    def missing_host_key(
        self, client: paramiko.SSHClient, hostname: str, key: paramiko.PKey
    ) -> None:
        """Raises HostKeyRefused for a key that is not pinned."""
        shown = HostKey(key.get_name(), key.asbytes())
        why = self.pinned.refusal(shown)
        if self._way.revoked and listed_as_revoked(self._way.revoked, shown):
            why = "revoked"
        if why:
            raise HostKeyRefused(why, shown.kind, key.fingerprint)

    def transport(self, *args: Any, **options: Any) -> paramiko.Transport:
        """A connection that asks for a key of a kind that is pinned."""
        transport = paramiko.Transport(*args, **options)
        security = transport.get_security_options()
        security.key_types = algorithms(self.pinned.first, tuple(security.key_types))
        return transport


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
    host_keys: HostKeyPolicy

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
        client.set_missing_host_key_policy(self.host_keys)
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
            "transport_factory": self.host_keys.transport,
        }


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
    connection.host_keys = HostKeyPolicy(way)
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
