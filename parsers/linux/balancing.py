"""Path choice on Linux: kernel multipath, bonds, equalizers and marks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from parsers.linux.sysctl import Settings
from parsers.model.balancing import HashField, PathChoice, Scope, Spread, Stage
from parsers.model.source import Sourced, Where

_L3 = frozenset({HashField.SRC, HashField.DST})
_L4 = _L3 | {HashField.PROTOCOL, HashField.SRC_PORT, HashField.DST_PORT}
_L3_V6 = _L3 | {HashField.PROTOCOL, HashField.FLOW_LABEL}
_BITS = (
    (0x1, HashField.SRC), (0x2, HashField.DST), (0x4, HashField.PROTOCOL),
    (0x8, HashField.FLOW_LABEL), (0x10, HashField.SRC_PORT), (0x20, HashField.DST_PORT),
)  # fmt: skip
"""`fib_multipath_hash_fields`, outer headers (ip-sysctl.rst)."""
_DEFAULT_FIELDS = 0x7
_RELEASE = re.compile(r"(\d+)\.(\d+)")


def kernel_release(text: str | None) -> tuple[int, int] | None:
    """Major and minor of a release such as `6.1.0-18-amd64`."""
    match = _RELEASE.match(text or "")
    return (int(match.group(1)), int(match.group(2))) if match else None


def multipath(
    settings: Settings, release: Sourced[str] | None, has_objects: bool, host: bool
) -> tuple[PathChoice, PathChoice]:
    """How the kernel chooses among equal next hops, for IPv4 and IPv6."""
    return (
        _ipv4(settings, release, has_objects, host),
        _ecmp(settings, 6, settings.number("net.ipv6.fib_multipath_hash_policy"), host),
    )


def _ipv4(
    settings: Settings, release: Sourced[str] | None, has_objects: bool, host: bool
) -> PathChoice:
    policy = settings.number("net.ipv4.fib_multipath_hash_policy")
    version = kernel_release(release.value if release else None)
    if policy is not None or has_objects or (version is not None and version >= (4, 4)):
        return _ecmp(settings, 4, policy, host)
    where = release.where if release else None
    if release is None or version is None:
        return PathChoice(
            stage=Stage.ECMP, scope=Scope.DEVICE, family=4, spread=Spread.UNKNOWN,
            statement="kernel release not known", in_effect=None, operational=True, settle="uname -r",
            reason="kernels 3.6 to 4.3 choose an IPv4 next hop per packet; `uname -r` settles it",
        )  # fmt: skip
    if version >= (3, 6):
        return PathChoice(
            stage=Stage.ECMP, scope=Scope.DEVICE, family=4, spread=Spread.PER_PACKET,
            statement=f"kernel {release.value}", operational=True, where=where,
            reason="kernels 3.6 to 4.3 choose an IPv4 next hop per packet (some vendors' do not)",
        )  # fmt: skip
    return PathChoice(
        stage=Stage.ECMP, scope=Scope.DEVICE, family=4, spread=Spread.ADAPTIVE,
        statement=f"kernel {release.value}", operational=True, where=where,
        reason="the route cache holds a choice until the entry expires",
    )  # fmt: skip


def _ecmp(settings: Settings, family: int, policy: Sourced[int] | None, host: bool) -> PathChoice:
    value = policy.value if policy else 0
    name = f"net.ipv{family}.fib_multipath_hash_policy"
    base = _L3 if family == 4 else _L3_V6
    spread, reason = Spread.FLOW, ""
    where = policy.where if policy else None
    if value == 1:
        fields = _L4
        if host and _rehashes(settings):
            fields = _L4 | {HashField.SOCKET}
            reason = "own sessions use the socket's hash, which net.core.txrehash changes"
    elif value == 3:
        custom = settings.number(f"net.ipv{family}.fib_multipath_hash_fields")
        bits = custom.value if custom else _DEFAULT_FIELDS
        where = custom.where if custom else where
        fields = frozenset(field for bit, field in _BITS if bits & bit)
    elif value in (0, 2):
        fields = base
    else:
        fields, spread = frozenset(), Spread.UNKNOWN
        reason = "a hash policy that the kernel's documentation does not have"
    if HashField.FLOW_LABEL in fields and not reason:
        reason = "Linux senders change the flow label of a live session (net.ipv6.auto_flowlabels)"
    return PathChoice(
        stage=Stage.ECMP, scope=Scope.DEVICE, family=family, spread=spread, fields=fields,
        statement=f"{name} = {value}" if policy else f"{name} = 0 (default)",
        operational=policy is not None, reason=reason, where=where,
    )  # fmt: skip


def _rehashes(settings: Settings) -> bool:
    rehash = settings.number("net.core.txrehash")
    return rehash is None or rehash.value != 0


def teql_choices(qdiscs: Iterable[tuple[str, Sourced[str]]]) -> list[PathChoice]:
    """True Link Equalizers: packets go to the devices below `teqlN` in turn."""
    members: dict[str, list[tuple[str, Sourced[str]]]] = {}
    for device, qdisc in qdiscs:
        if qdisc.value.startswith("teql"):
            members.setdefault(qdisc.value, []).append((device, qdisc))
    return [
        PathChoice(
            stage=Stage.BUNDLE, scope=Scope.BUNDLE, interface=name, spread=Spread.PER_PACKET,
            statement=f"qdisc {name} on {', '.join(device for device, _ in devices)}",
            operational=True, in_effect=len(devices) > 1 or None,
            reason="" if len(devices) > 1 else "one device under the equalizer is visible",
            members=tuple(device for device, _ in devices), where=devices[0][1].where,
        )
        for name, devices in members.items()
    ]  # fmt: skip


def bonding_files(
    file: str, lines: list[str], name: str
) -> Iterator[tuple[str, Sourced[str], str | None]]:
    """Name, mode and hash policy of each `/proc/net/bonding` file in a text."""
    mode: Sourced[str] | None = None
    policy: str | None = None
    for number, line in enumerate(lines, 1):
        key, colon, value = line.partition(":")
        value = value.strip()
        if not colon:
            continue
        if key == "Bonding Mode":
            if mode is not None:
                yield name, mode, policy
            mode, policy = Sourced(value=value, where=Where(file, number)), None
        elif key == "Transmit Hash Policy":
            policy = value
    if mode is not None:
        yield name, mode, policy
