"""known_hosts as OpenSSH reads it (sshd(8), "SSH_KNOWN_HOSTS FILE FORMAT"): patterns, negation, hashed names, markers.

Several keys may be pinned for a host, also of one kind. What `@revoked` marks is refused for every host, since nobody
revokes a key for one name only. `@cert-authority` is told, and pins nothing: paramiko cannot check host certificates.
"""

from __future__ import annotations

import base64
import binascii
import functools
import hashlib
import hmac
import re
import shutil
import subprocess
import tempfile
import threading
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from auditor.collect_ssh import Way

KRL = b"SSHKRL\n\0"
"""How a binary list of revoked keys begins (OpenSSH's PROTOCOL.krl)."""
SECONDS = 20.0


class HostKey(NamedTuple):
    """A public key: its kind, as `ssh-ed25519`, and its encoding (RFC 4253, section 6.6)."""

    kind: str
    blob: bytes


class Pinned(NamedTuple):
    """What the files say of a host. `first` are the kinds to ask for, as OpenSSH does: those of the name with its
    port, if there are any. `authority` is whether a certificate would be trusted."""

    keys: frozenset[HostKey]
    revoked: frozenset[bytes]
    authority: bool
    first: frozenset[str]

    def refusal(self, key: HostKey) -> str:
        """Why `key` is not the host's: `revoked`, `changed`, `other kind`, `certificate`, `unknown`; "" if it is."""
        if key.blob in self.revoked:
            return "revoked"
        if key in self.keys:
            return ""
        if any(pinned.kind == key.kind for pinned in self.keys):
            return "changed"
        if self.keys:
            return "other kind"
        return "certificate" if self.authority else "unknown"


@dataclass(slots=True)
class _File:
    """A file, read once for a whole fleet."""

    by_name: dict[str, list[tuple[str, HostKey]]] = field(default_factory=lambda: defaultdict(list))
    patterns: list[tuple[str, str, HostKey]] = field(default_factory=list)
    hashed: list[tuple[str, bytes, bytes, HostKey]] = field(default_factory=list)
    revoked: set[bytes] = field(default_factory=set)

    def of(self, name: str) -> list[tuple[str, HostKey]]:
        """The marker and the key of each line that is about `name`."""
        found = list(self.by_name.get(name, ()))
        found += [(mark, key) for mark, names, key in self.patterns if _matches(names, name)]
        encoded = name.encode()
        found += [
            (mark, key)
            for mark, salt, digest, key in self.hashed
            if hmac.compare_digest(hmac.digest(salt, encoded, hashlib.sha1), digest)
        ]
        return found


def pinned(way: Way) -> Pinned:
    """What the files of `way` say of its host. A file that cannot be read says nothing."""
    files = []
    with _READING:
        for name in way.known_hosts:
            try:
                files.append(_read(name, Path(name).stat().st_mtime_ns))
            except OSError:
                continue
    asked = way.address if way.port == 22 else f"[{way.address}]:{way.port}"
    lines = _lines(files, way.alias or asked)
    first = frozenset(key.kind for mark, key in lines if not mark)
    if not way.alias and asked != way.address:
        # a key without a port counts for a kind that no line with the port has
        plain = _lines(files, way.address)
        lines += [(mark, key) for mark, key in plain if mark or key.kind not in first]
    revoked = frozenset[bytes]().union(*(file.revoked for file in files))
    keys = frozenset(key for mark, key in lines if not mark and key.blob not in revoked)
    return Pinned(
        keys,
        revoked,
        any(mark == "@cert-authority" for mark, _ in lines),
        first or frozenset(key.kind for key in keys),
    )


def _lines(files: list[_File], name: str) -> list[tuple[str, HostKey]]:
    return [line for file in files for line in file.of(name.lower())]


_READING = threading.Lock()


@functools.lru_cache(maxsize=64)
def _read(name: str, _changed: int) -> _File:
    found = _File()
    for line in Path(name).read_text("utf-8", "replace").splitlines():
        words = line.split()
        mark = words.pop(0) if words and words[0].startswith("@") else ""
        if len(words) < 3 or words[0].startswith("#"):
            continue
        key = _key(words[1], words[2])
        if key is None or mark not in ("", "@revoked", "@cert-authority"):
            continue
        if mark == "@revoked":
            found.revoked.add(key.blob)
        _enter(found, mark, words[0], key)
    return found


def _enter(file: _File, mark: str, names: str, key: HostKey) -> None:
    if names.startswith("|"):
        parts = names.split("|")
        if len(parts) == 4 and parts[1] == "1":
            salt, digest = _decoded(parts[2]), _decoded(parts[3])
            if salt and digest:
                file.hashed.append((mark, salt, digest, key))
    elif re.search(r"[*?!]", names):
        file.patterns.append((mark, names.lower(), key))
    else:
        for name in names.lower().split(","):
            file.by_name[name].append((mark, key))


def _matches(patterns: str, name: str) -> bool:
    """Whether a list of patterns means `name`: one that is negated and matches decides."""
    found = False
    for pattern in patterns.split(","):
        negated = pattern.startswith("!")
        if _glob(pattern.removeprefix("!")).fullmatch(name):
            if negated:
                return False
            found = True
    return found


@functools.lru_cache(maxsize=4096)
def _glob(pattern: str) -> re.Pattern[str]:
    """`*` and `?`, and nothing else: brackets are those of `[host]:port`."""
    wild = {"*": ".*", "?": "."}
    return re.compile("".join(wild.get(char, re.escape(char)) for char in pattern), re.DOTALL)


def _decoded(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return b""


def _key(kind: str, text: str) -> HostKey | None:
    """The key of a line, None where its encoding is not one of that kind."""
    blob = _decoded(text)
    length = int.from_bytes(blob[:4], "big")
    return HostKey(kind, blob) if blob and blob[4 : 4 + length] == kind.encode() else None


def listed_as_revoked(file: str, key: HostKey) -> bool:
    """Whether `file` (RevokedHostKeys) holds the key; a file that cannot be read holds every key, as for OpenSSH."""
    try:
        data = Path(file).read_bytes()
    except OSError:
        return True
    if not data.startswith(KRL):
        lines = (line.split() for line in data.decode("utf-8", "replace").splitlines())
        return any(_decoded(word) == key.blob for words in lines for word in words)
    program = shutil.which("ssh-keygen")
    if program is None:
        return True
    with tempfile.NamedTemporaryFile("w", suffix=".pub") as public:
        public.write(f"{key.kind} {base64.b64encode(key.blob).decode()}\n")
        public.flush()
        try:
            done = subprocess.run(  # noqa: S603 (no shell)
                [program, "-Q", "-f", file, public.name],
                stdin=subprocess.DEVNULL,
                capture_output=True,
                timeout=SECONDS,
                check=False,
            )
        except (OSError, subprocess.TimeoutExpired):
            return True
    return done.returncode != 0


def algorithms(kinds: frozenset[str], offered: tuple[str, ...]) -> tuple[str, ...]:
    """`offered` with those for keys of these kinds first, so that a host with several keys shows one that is pinned."""
    own = {"rsa-sha2-512": "ssh-rsa", "rsa-sha2-256": "ssh-rsa"}
    return tuple(sorted(offered, key=lambda name: own.get(name, name) not in kinds))
