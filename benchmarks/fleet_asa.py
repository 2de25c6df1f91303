"""Generated configurations of ASA."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from benchmarks.fleet_cisco import entry, sizes_of
from benchmarks.fleet_plan import Plan, dotted, hexadecimal, rules, token


def _asa_certificate(device: Plan) -> list[str]:
    shown = (f"    {hexadecimal(device.rng, 8).lower()} " for _ in range(22))
    return ["crypto ca certificate chain SELF", " certificate 4d11a55c", *shown, "  quit"]


def _asa_links(device: Plan) -> Iterator[str]:
    rng = device.rng
    yield from (
        ": Saved",
        ":",
        ": Hardware:   ASA5516, 8192 MB RAM",
        ":",
        "ASA Version 9.12(4)",
        "!",
    )
    yield from (
        f"hostname {device.name}",
        f"enable password {token(rng)} pbkdf2",
        "names",
        "no mac-address auto",
        "!",
    )
    for link in device.links:
        yield from (f"interface GigabitEthernet1/{link.number + 1}", f" description {link.words}")
        yield f" nameif {'outside' if link.number == 0 else f'inside{link.number}'}"
        yield f" security-level {0 if link.number == 0 else 100}"
        yield from (f" ip address {link.net.address} {link.net.mask}", "!")
    yield "ftp mode passive"


def _asa_lists(device: Plan, entries: int) -> Iterator[str]:
    rng = device.rng
    groups = max(1, entries // 60)
    for number in range(groups):
        yield f"object-group network SRV-{number}"
        yield from (
            f" network-object host 172.{16 + rng.randrange(16)}.{rng.randrange(256)}.{number % 256}"
            for _ in range(6)
        )
    for number, size in enumerate(sizes_of(max(0, entries - 7 * groups))):
        name = "LAN-IN" if number == 0 else f"LIST-{number}"
        for at, rule in enumerate(rules(device, size, guard=number == 0)):
            text = entry(rule, "mask")
            if (
                at % 12 == 11
                and rule.protocol != "ip"
                and rule.dst is not None
                and rule.port is None
            ):
                text = f"permit {rule.protocol} any object-group SRV-{rng.randrange(groups)}"
            yield f"access-list {name} extended {text}"


def _asa_rest(device: Plan, entries: int) -> Iterator[str]:
    yield from (
        "pager lines 24",
        "logging enable",
        "mtu outside 1500",
        "icmp unreachable rate-limit 1 burst-size 1",
    )
    if device.fault == "no unreachables":
        yield "icmp deny any outside"
    if device.filtered and entries:
        yield "access-group LAN-IN in interface inside1"
    yield f"route outside 0.0.0.0 0.0.0.0 {device.gateway} 1"
    yield from (
        f"route inside1 {dotted(n.value)} {n.mask} {device.links[1].net.address[:-1]}9 1"
        for n in device.routes
    )
    yield from (
        "timeout xlate 3:00:00",
        "ssh timeout 5",
        *_asa_certificate(device),
        "threat-detection basic-threat",
        "!",
    )
    yield from (
        "class-map inspection_default",
        " match default-inspection-traffic",
        "!",
        "policy-map global_policy",
    )
    yield from (
        " class inspection_default",
        "  inspect dns",
        "  inspect ftp",
        "!",
        "service-policy global_policy global",
    )


def asa(device: Plan, entries: int) -> Iterator[str]:
    """ASA, as `show running-config` prints it, with object groups."""
    yield from _asa_links(device)
    yield from _asa_lists(device, entries)
    yield from _asa_rest(device, entries)


WRITERS: dict[str, tuple[Callable[[Plan, int], Iterator[str]], int, int]] = {
    "cisco_asa": (asa, 6, 1)
}
"""For each platform: its writer, and how many lines an interface and a rule take."""
