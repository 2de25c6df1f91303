"""TCP flag bytes as sets: bit f of the set stands for the byte f (RFC 9293, section 3.1)."""

from __future__ import annotations

from functools import cache

from parsers.model.filters import FlagTest, TcpFlag

SYN = int(TcpFlag.SYN)
ACK = int(TcpFlag.ACK)
RST = int(TcpFlag.RST)
FIN = int(TcpFlag.FIN)
PSH = int(TcpFlag.PSH)


def flag_set(*bytes_: int) -> int:
    """The set of the given flag bytes."""
    return sum(1 << byte for byte in set(bytes_))


@cache
def passing(tests: tuple[FlagTest, ...]) -> int:
    """The flag bytes that pass at least one of `tests`."""
    return sum(
        1 << byte for byte in range(256) if any(byte & test.mask == test.value for test in tests)
    )


CLIENT_SYN = flag_set(SYN)
"""What opens a session. ECN marks (ECE, CWR) are left out: a client that offers ECN falls back."""

ESTABLISHED_SEGMENTS = flag_set(ACK, PSH | ACK, FIN | ACK, FIN | PSH | ACK, RST, RST | ACK)
"""What either side sends once a session stands, and how it ends."""

SERVER_SEGMENTS = ESTABLISHED_SEGMENTS | flag_set(SYN | ACK)
"""What a server sends: never a lone SYN."""


def flag_text(byte: int) -> str:
    """The names of the flags in `byte`, as in `SYN+ACK`; `no flags` for 0."""
    names = [flag.name or "" for flag in TcpFlag if byte & flag]
    names.sort(
        key=lambda name: ("SYN", "FIN", "RST", "PSH", "ACK", "URG", "ECE", "CWR").index(name)
    )
    return "+".join(names) if names else "no flags"


def flags_text(flags: int) -> str:
    """A set of flag bytes in words; at most eight are named one by one."""
    members = [byte for byte in range(256) if flags >> byte & 1]
    if len(members) == 256:
        return "any flags"
    if len(members) <= 8:
        return ", ".join(flag_text(byte) for byte in members)
    for name, test in KNOWN_SETS:
        if flags == passing(test):
            return name
    if len(members) > 248:
        missing = ", ".join(flag_text(byte) for byte in range(256) if not flags >> byte & 1)
        return f"any flags but {missing}"
    return f"{len(members)} of 256 flag combinations, the first {flag_text(members[0])}"


KNOWN_SETS: tuple[tuple[str, tuple[FlagTest, ...]], ...] = (
    ("ACK or RST", (FlagTest(ACK, ACK), FlagTest(RST, RST))),
    ("SYN without ACK", (FlagTest(SYN | ACK, SYN),)),
    ("no SYN", (FlagTest(SYN, 0),)),
    ("neither ACK nor RST", (FlagTest(ACK | RST, 0),)),
    ("SYN", (FlagTest(SYN, SYN),)),
    ("ACK", (FlagTest(ACK, ACK),)),
    ("RST", (FlagTest(RST, RST),)),
)
"""Sets that configurations use, in words."""
