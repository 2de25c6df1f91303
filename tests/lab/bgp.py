"""The edges announce the service's address by BGP, as an anycast service does, and the router learns both ways."""

from __future__ import annotations

from tests.lab import frr
from tests.lab.topology import PREFIX, address

LINKS = {"e1": 1, "e2": 2}


def router_lines() -> tuple[str, ...]:
    """What FRR of the router needs: a session to each edge, and paths of equal length are equal."""
    sessions = [line for edge, link in LINKS.items() for line in _session(_number(edge), link, 2)]
    return (
        "router bgp 65000", " bgp router-id 10.30.0.2", " no bgp ebgp-requires-policy",
        " bgp bestpath as-path multipath-relax", *sessions, "exit",
    )  # fmt: skip


def start_edges() -> None:
    """Starts a BGP speaker on each edge that announces the service and installs nothing."""
    for edge, link in LINKS.items():
        lines = (
            f"router bgp {_number(edge)}", f" bgp router-id {address(link, 2, 4)}",
            " no bgp ebgp-requires-policy", " no bgp network import-check", *_session(65000, link, 1),
            " address-family ipv4 unicast", f"  network {PREFIX[4]}", " exit-address-family", "exit",
        )  # fmt: skip
        frr.start_speaker(edge, lines)


def _number(edge: str) -> int:
    return 65000 + LINKS[edge]


def _session(number: int, link: int, host: int) -> tuple[str, ...]:
    peer = address(link, host, 4)
    return f" neighbor {peer} remote-as {number}", f" neighbor {peer} timers connect 1"
