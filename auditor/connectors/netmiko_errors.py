"""What paramiko's and netmiko's exceptions mean, in words with a remedy."""

from __future__ import annotations

import socket

import paramiko
from paramiko.ssh_exception import (
    AuthenticationException,
    IncompatiblePeer,
    NoValidConnectionsError,
    PasswordRequiredException,
    SSHException,
)

from auditor.connectors import errors
from auditor.connectors.errors import CollectError
from auditor.connectors.protocol import Target


class HostKeyRefused(SSHException):
    """A host whose key is not a pinned one; `why` is a word of known_hosts.Pinned.refusal."""

    def __init__(self, why: str, kind: str, fingerprint: str) -> None:
        super().__init__(why)
        self.why, self.kind, self.fingerprint = why, kind, fingerprint


def reason_of(error: BaseException, target: Target) -> CollectError:
    """The error that the user reads. Netmiko wraps paramiko's, which is the one that says why."""
    if isinstance(error, CollectError):
        return error
    chain: list[BaseException] = []
    cause: BaseException | None = error
    while cause is not None and len(chain) < 10:
        chain.append(cause)
        cause = cause.__cause__ or cause.__context__
    # netmiko's own come last: they say the same of different causes
    chain.sort(key=lambda link: type(link).__module__.startswith("netmiko"))
    found = (_known(link, target) for link in chain)
    fallback = errors.Unreachable(f"{_where(target)}: {type(error).__name__}")
    return next((reason for reason in found if reason is not None), fallback)


def _where(target: Target) -> str:
    return f"{target.way.address} port {target.way.port}"


_HOST_KEYS = {
    "unknown": "its host key ({key}) is not in known_hosts; compare it on the device, then pin it: {pin}",
    "other kind": "its host key ({key}) is not in known_hosts, which has other kinds of keys for it; nothing was "
    "sent. Compare it on the device, then pin it: {pin}",
    "changed": "its host key is {key}, another than the pinned one: a new device, or somebody between; nothing was "
    "sent. Compare it on the device",
    "revoked": "its host key ({key}) is revoked; nothing was sent. The device needs a new key",
    "certificate": "known_hosts trusts only certificates for it (@cert-authority), which are not checked here; "
    "nothing was sent. `ssh -v` checks the certificate and shows the fingerprint of its key; if that is "
    "{key}, pin the key: {pin}",
}
"""What each refusal of a host key means, and what helps."""


def _host_key(error: HostKeyRefused, target: Target) -> str:
    way = target.way
    words = _HOST_KEYS[error.why].format(
        key=f"{error.kind} {error.fingerprint}",
        pin=f"ssh-keyscan -p {way.port} {way.address} >> FILE"
        + (f", there under the name {way.alias} (HostKeyAlias)" if way.alias else ""),
    )
    return f"{_where(target)}: {words}"


def _known(error: BaseException, target: Target) -> CollectError | None:
    where = _where(target)
    if isinstance(error, HostKeyRefused):
        return errors.HostKeyProblem(_host_key(error, target))
    if isinstance(error, PasswordRequiredException):
        return errors.LoginRefused(
            f"{where}: the key file is encrypted; put the key into ssh-agent (ssh-add)"
        )
    if isinstance(error, AuthenticationException):
        tried = "key and password" if target.password is not None else "key, no password was given"
        return errors.LoginRefused(f"{where}: the login of {target.user} is refused ({tried})")
    if isinstance(error, IncompatiblePeer):
        return errors.NoCommonAlgorithm(
            f"{where}: no common SSH algorithm ({error}); if the device is too old for better, mark it "
            "`legacy` in the inventory"
        )
    if isinstance(error, NoValidConnectionsError | ConnectionError):
        refused = any(
            isinstance(e, ConnectionRefusedError) for e in getattr(error, "errors", {}).values()
        )
        if refused or isinstance(error, ConnectionRefusedError):
            return errors.Unreachable(f"{where}: connection refused; is SSH on, and this its port?")
        return errors.Unreachable(f"{where}: no connection: {error}")
    if isinstance(error, socket.gaierror):
        return errors.NameUnknown(f"{target.way.address}: the name does not resolve")
    if isinstance(error, TimeoutError):
        return errors.TooSlow(f"{where}: no answer within the time for connecting")
    return _by_text(error, where, target.user)


def _by_text(error: BaseException, where: str, user: str) -> CollectError | None:
    text = str(error)
    if isinstance(error, paramiko.ProxyCommandFailure):
        return errors.Unreachable(f"{where}: the way through the jump host ended; try it with ssh")
    if isinstance(error, SSHException):
        if "Error reading SSH protocol banner" in text:
            return errors.Unreachable(f"{where}: it does not answer as SSH, or not in time")
        if "No authentication methods available" in text:
            return errors.LoginRefused(
                f"{where}: there is neither a key nor a password to log in with"
            )
        if "Invalid key" in text or "private key file" in text:
            # paramiko tries a key file as each kind in turn, and reports the last kind
            return errors.LoginRefused(f"{where}: the login of {user} is refused (key)")
        if "Incompatible ssh" in text or "no acceptable" in text:
            return errors.NoCommonAlgorithm(f"{where}: no common SSH algorithm: {text}")
        if "No existing session" in text or "Timeout" in text or "timed out" in text:
            return errors.TooSlow(f"{where}: SSH was not ready in time")
        return errors.Unreachable(f"{where}: SSH: {' '.join(text.split())[:200]}")
    if isinstance(error, OSError) and error.errno is not None:
        return errors.Unreachable(f"{where}: {error.strerror}")
    return (
        errors.Unreachable(f"{where}: the connection was closed")
        if isinstance(error, EOFError)
        else None
    )
