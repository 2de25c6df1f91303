"""The lab's network:

    client --- a === r --- e1        two edges with one address: load balancing
                      \\-- e2
    client --- a === r --- m --- e1  a path with a narrow link: Path MTU Discovery

`r` is the router under test (`lan0`, `wan0`, `wan1`), `===` a cable of bytes, `---` a veth pair. Every address has
an IPv4 and an IPv6 form: link 30 is 10.30.0.0/24 and 2001:db8:30::/64.
"""

from __future__ import annotations

from tests.lab.cable import Cable, Loses
from tests.lab.netns import create, ip, run

SERVICE = {4: "10.99.141.10", 6: "2001:db8:141::10"}
PREFIX = {4: "10.99.141.0/24", 6: "2001:db8:141::/48"}
CLIENTS = {4: "10.20.0.0/24", 6: "2001:db8:20::/64"}
LENGTH = {4: 24, 6: 64}
HOST_BITS = {4: 32, 6: 128}
MTU, NARROW = 1500, 1400
CLIENT_ADDRESSES, FIRST_CLIENT = 24, 100
NAMES = ("client", "a", "r", "m", "e1", "e2")


def address(link: int, host: int, family: int) -> str:
    """The address of a host on a link."""
    return f"10.{link}.0.{host}" if family == 4 else f"2001:db8:{link}::{host}"


def _veth(first: tuple[str, str], second: tuple[str, str]) -> None:
    run("ip", "-n", first[0], "link", "add", first[1], "type", "veth",
        "peer", "name", second[1], "netns", second[0])  # fmt: skip


def _up(end: tuple[str, str], link: int, host: int) -> None:
    name, device = end
    commands = [f"link set {device} mtu {MTU} up"]
    for family in (4, 6):
        nodad = " nodad" if family == 6 else ""
        commands.append(
            f"addr add {address(link, host, family)}/{LENGTH[family]} dev {device}{nodad}"
        )
    ip(name, *commands)


def _join(first: tuple[str, str], second: tuple[str, str], link: int) -> None:
    _veth(first, second)
    _up(first, link, 1)
    _up(second, link, 2)


def client_address(number: int, family: int) -> str:
    """One of the client's many addresses, so that a hash of addresses has something to spread."""
    return address(20, FIRST_CLIENT + number, family)


def _route(name: str, to: dict[int, str] | None, link: int, host: int) -> None:
    targets = to or {4: "0.0.0.0/0", 6: "::/0"}
    ip(name, *(f"route add {targets[f]} via {address(link, host, f)}" for f in (4, 6)))


def build(one_way: bool, loses: Loses) -> None:
    """Builds the network, with one narrow path or with two edges; `r` has no routes yet."""
    create(*NAMES)
    _join(("a", "lan0"), ("client", "eth0"), 20)
    numbers = range(CLIENT_ADDRESSES)
    ip("client", *(f"addr add {client_address(n, 4)}/{LENGTH[4]} dev eth0" for n in numbers))
    ip("client", *(f"addr add {client_address(n, 6)}/{LENGTH[6]} dev eth0 nodad" for n in numbers))
    cable = Cable(("a", "wan0"), ("r", "lan0"), loses)
    _up(("a", "wan0"), 30, 1)
    _up(("r", "lan0"), 30, 2)
    cable.start()
    _route("client", None, 20, 1)
    _route("a", None, 30, 2)
    if one_way:
        _join(("r", "wan0"), ("m", "lan0"), 1)
        _join(("m", "wan0"), ("e1", "eth0"), 3)
        _route("m", PREFIX, 3, 2)
        _route("m", CLIENTS, 1, 1)
        _route("e1", None, 3, 1)
    else:
        for link, edge in ((1, "e1"), (2, "e2")):
            _join(("r", f"wan{link - 1}"), (edge, "eth0"), link)
            _route(edge, None, link, 1)
    for edge in ("e1", "e2"):
        ip(edge, *(f"addr add {SERVICE[f]}/{HOST_BITS[f]} dev lo" for f in (4, 6)))
