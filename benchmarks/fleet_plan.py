"""What a generated device has, before it is written in a vendor's words: sites, links, rules, faults."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import NamedTuple

SERVICE = (("104.192.136.0", 21), ("185.166.140.0", 22), ("18.205.93.0", 25))
"""Ranges of the service, which rules of the faulty kind deny."""
PORTS = (
    22,
    25,
    53,
    80,
    123,
    143,
    161,
    179,
    389,
    443,
    445,
    514,
    636,
    993,
    1433,
    3306,
    3389,
    5060,
    8080,
    8443,
)
PLACES = ("berlin", "lyon", "porto", "krakow", "turin", "graz", "malmo", "cork", "ghent", "brno")
USES = (
    "to core",
    "users floor",
    "printers",
    "voice",
    "cctv",
    "servers",
    "wifi",
    "lab",
    "guests",
    "spare",
)
FAULTS = ("denied", "no unreachables", "per packet")


class Net(NamedTuple):
    """An IPv4 network with the address of the device in it."""

    value: int
    length: int
    host: int

    @property
    def address(self) -> str:
        """The device's own address."""
        return dotted(self.host)

    @property
    def prefix(self) -> str:
        """The network in CIDR form."""
        return f"{dotted(self.value)}/{self.length}"

    @property
    def mask(self) -> str:
        """The netmask."""
        return dotted(mask_of(self.length))

    @property
    def wildcard(self) -> str:
        """The inverted netmask."""
        return dotted(mask_of(self.length) ^ 0xFFFFFFFF)


class Rule(NamedTuple):
    """A line of a list; `src` and `dst` None are any, `port` None is every one."""

    permit: bool
    protocol: str
    src: tuple[int, int] | None
    dst: tuple[int, int] | None
    port: int | None


class Link(NamedTuple):
    """An interface; the first one of a device leads outside."""

    number: int
    words: str
    net: Net


class Plan(NamedTuple):
    """A device."""

    name: str
    place: str
    links: tuple[Link, ...]
    gateway: str
    routes: tuple[Net, ...]
    fault: str | None
    filtered: bool
    rng: random.Random


def dotted(value: int) -> str:
    """An IPv4 address as text."""
    return f"{value >> 24}.{value >> 16 & 255}.{value >> 8 & 255}.{value & 255}"


def cidr(term: tuple[int, int]) -> str:
    """A prefix, as an address and a length."""
    return f"{dotted(term[0])}/{term[1]}"


def mask_of(length: int) -> int:
    """A netmask as a number."""
    return 0xFFFFFFFF ^ ((1 << 32 - length) - 1)


def plan(number: int, links: int, routes: int, rng: random.Random) -> Plan:
    """Device `number` of a fleet. A third of the devices has no filter on its inside, one in eight each of the
    three faults."""
    place = rng.choice(PLACES)
    site = 10 << 24 | number % 250 << 16
    outside = Net(
        203 << 24 | 113 << 8 | number % 64 * 4, 30, 203 << 24 | 113 << 8 | number % 64 * 4 | 2
    )
    found = [Link(0, f"provider {rng.randrange(10**6)}", outside)]
    for i in range(1, links):
        value = site | (i * 8 % 65536)
        net = Net(value, rng.choice((29, 29, 29, 30)), value | 1)
        if i <= 3:
            value = 10 << 24 | (250 + i) << 16 | number % 256 << 8
            net = Net(value, 24, value | 1)
        found.append(Link(i, f"{rng.choice(USES)} {rng.randrange(100)}", net))
    statics = []
    for _ in range(routes):
        value = (172 << 24 | 16 << 16 | rng.getrandbits(20)) & ~255
        statics.append(Net(value, 24, site | rng.randrange(1, 65000)))
    fault = rng.choice((*FAULTS, None, None, None, None, None))
    filtered = fault == "denied" or rng.random() < 0.66
    name = f"{place}-r{number:05}"
    return Plan(
        name, place, tuple(found), dotted(outside.value | 1), tuple(statics), fault, filtered, rng
    )


def rules(device: Plan, count: int, *, guard: bool) -> Iterator[Rule]:
    """The lines of a list, the last one a permit of all. A `guard` stands on an interface: where the fault is a
    denied range, one of its lines denies a part of the service, after any that permit it."""
    rng = device.rng
    denied = rng.randrange(count) if guard and device.fault == "denied" and count > 1 else -1
    for at in range(count - 1):
        if at == denied:
            address, length = rng.choice(SERVICE)
            yield Rule(
                False, "tcp", None, (number_of(address), length), rng.choice((22, 443, None))
            )
        else:
            yield _rule(rng)
    yield Rule(True, "ip", None, None, None)


def _rule(rng: random.Random) -> Rule:
    bits = rng.getrandbits
    protocol = rng.choice(("tcp", "tcp", "tcp", "udp", "udp", "ip"))
    src = rng.choice((None, (10 << 24 | bits(24), 32), ((10 << 24 | bits(24)) & ~255, 24)))
    value = 172 << 24 | 16 << 16 | bits(20)
    dst = rng.choice(((value, 32), (value & ~255, 24), (value & ~4095, 20)))
    port = None if protocol == "ip" else rng.choice(PORTS) if bits(1) else 1024 + bits(15)
    return Rule(bits(2) > 0, protocol, src, dst, port)


def number_of(address: str) -> int:
    """A dotted address as a number."""
    a, b, c, d = map(int, address.split("."))
    return a << 24 | b << 16 | c << 8 | d


def hexadecimal(rng: random.Random, words: int) -> str:
    """A line of a certificate as it is shown."""
    return " ".join(f"{rng.getrandbits(32):08X}" for _ in range(words))


def token(rng: random.Random, size: int = 14) -> str:
    """What stands where a device shows a hash."""
    letters = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789"
    return "".join(rng.choices(letters, k=size))


def banner(device: Plan) -> list[str]:
    """The lines of a login banner, without its ends."""
    return [
        "*" * 60,
        f"  {device.name}: property of the company in {device.place}",
        "  interface lines and permit words in here are no statements:",
        "  access is permitted to authorised staff only, all is logged",
        "*" * 60,
    ]
