"""The seven states of the router that live collection must tell apart, each with what the client does in it."""

from __future__ import annotations

from typing import Any

from tests.lab.case import Case, Happens, Traffic
from tests.lab.settings import MARKED, POLICY, chain, marks
from tests.lab.topology import PREFIX, address

SSH, HTTPS = 22, 443
"""The service's ports."""

_ONE = f"ip route {PREFIX[4]} {address(1, 2, 4)}"
_TWO = f"ip route {PREFIX[4]} {address(2, 2, 4)}"
_FRAG_NEEDED = "icmp type destination-unreachable icmp code frag-needed drop"
_NARROW = ("r", "wan0")
_BEHIND = ("m", "wan0")
_BALANCED = (_ONE, _TWO)
_BY_PORTS = ((POLICY[4], 1),)


def _state(name: str, traffic: Traffic, **more: Any) -> Case:
    """A state; what becomes of sessions and what is said about it is judged elsewhere, from the traffic."""
    return Case(name, traffic, Happens.SURVIVE)._replace(**more)


STATES = {
    state.name: state
    for state in (
        _state("per-packet", Traffic.TALK, routes=(_ONE, f"{_TWO} table 101"), rules=MARKED[4],
               nft=marks("meta mark set numgen inc mod 2")),
        _state("blocked SSH", Traffic.TALK, routes=_BALANCED, settings=_BY_PORTS,
               nft=chain("forward", f"ip daddr {PREFIX[4]} tcp dport {SSH} drop")),
        _state("blocked replies", Traffic.TALK, routes=_BALANCED, settings=_BY_PORTS,
               nft=chain("forward", f"ip saddr {PREFIX[4]} tcp sport {{ {SSH}, {HTTPS} }} drop")),
        _state("filtered PTB", Traffic.UPLOAD, routes=(_ONE,), narrow=_BEHIND,
               nft=chain("forward", _FRAG_NEEDED)),
        _state("suppressed PTB", Traffic.UPLOAD, routes=(_ONE,), narrow=_NARROW,
               commands=("iptables -A OUTPUT -p icmp --icmp-type fragmentation-needed -j DROP",)),
        _state("clamp", Traffic.UPLOAD, routes=(_ONE,), narrow=_NARROW,
               nft=chain("output", _FRAG_NEEDED)
               + chain("forward", "tcp flags syn tcp option maxseg size set 1300", table="inet clamp")),
        _state("clean", Traffic.TALK, routes=_BALANCED, settings=_BY_PORTS),
    )
}  # fmt: skip
"""All states by name: FRR's routes, kernel settings, and nftables or iptables rules of `r`."""
