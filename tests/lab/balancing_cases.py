"""The cases of load balancing: what each shows is in its name."""

from __future__ import annotations

from tests.lab.case import Case, Happens, Traffic
from tests.lab.settings import (
    ACTIVE,
    BY_POLICY,
    HAZARD,
    LOSS,
    MARKED,
    ONE_WAY,
    OTHER_FAMILY,
    POLICY,
    RESET,
    SURVIVE,
    TALK,
    TWO_TABLES,
    TWO_WAYS,
    chain,
    marks,
)


def _hash(
    name: str, traffic: Traffic, happens: Happens, *says: str, family: int = 4, policy: int,
    before: str = "", narrow: tuple[str, str] | None = None,
) -> Case:  # fmt: skip
    """Two equal next hops, and the kernel's hash policy."""
    return Case(
        name, traffic, happens, says, family, TWO_WAYS[family], settings=((POLICY[family], policy),),
        before=before, narrow=narrow,
    )  # fmt: skip


def _marked(
    name: str, traffic: Traffic, happens: Happens, rules: tuple[str, ...], *says: str, family: int = 4
) -> Case:  # fmt: skip
    """Two tables, between which a mark chooses. IPv6 hashes ports, so that its own default is no matter here."""
    says = (*says, BY_POLICY)
    settings = ((POLICY[6], 1),)
    return Case(name, traffic, happens, says, family, TWO_TABLES[family], MARKED[family], settings, marks(*rules))  # fmt: skip


UPSTREAM = ("a", "wan0")
CLEARS_DF = chain("prerouting", 'iifname "lan0" ip frag-off set 0', priority="mangle")
IN_TURN, AT_RANDOM = "meta mark set numgen inc mod 2", "meta mark set numgen random mod 2"

BALANCING = (
    _hash("hash of addresses and ports", TALK, SURVIVE, policy=1),
    _hash("IPv6 hash of addresses and ports", TALK, SURVIVE, policy=1, family=6),
    _hash("IPv6 hash of addresses and ports, lost segments", LOSS, SURVIVE, policy=1, family=6),
    _hash("IPv6 hash of the flow label, lost segments", LOSS, RESET, HAZARD, policy=0, family=6),
    _hash("hash of addresses, fragments", Traffic.NO_DF, SURVIVE, policy=0, narrow=UPSTREAM),
    _hash("hash of addresses and ports, big segments", Traffic.BIG, SURVIVE, policy=1, narrow=UPSTREAM),
    _hash("hash of addresses and ports, fragments", Traffic.BIG, RESET, "MTU005 fail medium (a)",
          policy=1, narrow=UPSTREAM, before=CLEARS_DF),
    _hash("hash of addresses and ports, TTL changes", Traffic.TTL, SURVIVE, policy=1),
    _hash("hash of addresses and ports, DSCP changes", Traffic.DSCP, SURVIVE, policy=1),
    Case("BGP multipath, hash of addresses and ports", TALK, SURVIVE, routes=ONE_WAY[6],
         settings=((POLICY[4], 1),), bgp=True),
    _marked("marks in turn", TALK, RESET, (IN_TURN,), ACTIVE, OTHER_FAMILY),
    _marked("IPv6 marks in turn", TALK, RESET, (IN_TURN,), ACTIVE, OTHER_FAMILY, family=6),
    _marked("marks at random", TALK, RESET, (AT_RANDOM,), ACTIVE, OTHER_FAMILY),
    _marked("marks in turn, kept by the connection", TALK, SURVIVE,
            ("meta mark set ct mark", f"ct state new {IN_TURN}", "ct mark set meta mark")),
    _marked("marks by a hash of ports", TALK, SURVIVE,
            ("meta mark set jhash ip saddr . tcp sport mod 2",)),
    _marked("marks by a hash of the TTL", Traffic.TTL, RESET,
            ("meta mark set jhash ip saddr . tcp sport . ip ttl mod 2",), HAZARD),
    _marked("marks by TTL", Traffic.TTL, RESET, ("ip ttl < 60 meta mark set 1",), HAZARD),
    _marked("IPv6 marks by hop limit", Traffic.TTL, RESET, ("ip6 hoplimit < 60 meta mark set 1",), HAZARD, family=6),
    _marked("marks by DSCP", Traffic.DSCP, RESET, ("ip dscp 4 meta mark set 1",), HAZARD),
    _marked("marks on every second packet", TALK, RESET, ("numgen inc mod 2 == 0 meta mark set 1",), ACTIVE, OTHER_FAMILY),
    _marked("marks by length", TALK, RESET, ("meta length > 100 meta mark set 1",), ACTIVE),
    _marked("marks by TCP flags", TALK, RESET, ("tcp flags syn meta mark set 1",), ACTIVE),
    _marked("marks by connection state", TALK, RESET, ("ct state new meta mark set 1",), ACTIVE),
    _marked("marks by connection state, kept by the connection", TALK, SURVIVE,
            ("meta mark set ct mark", "ct state new meta mark set 1", "ct mark set meta mark")),
    _marked("marks by bytes so far", Traffic.BIG, RESET, ("ct original bytes > 10000 meta mark set 1",), HAZARD),
    _marked("another mark by DSCP", Traffic.DSCP, SURVIVE, ("ip dscp 4 meta mark set 2",)),
    _marked("marks by port", Traffic.DSCP, SURVIVE, ("tcp dport 443 meta mark set 1",)),
    Case(
        "routing rule on the TOS byte", Traffic.DSCP, RESET, (HAZARD, BY_POLICY),
        routes=TWO_TABLES[4], rules=("rule add tos 0x10 lookup 101",), settings=((POLICY[6], 1),),
    ),
)  # fmt: skip
