"""What becomes of statements that a parser recognised without modelling them (`Device.recognised`).

A word that stands in none of these tables counts as something that can drop packets: forgetting one can make a
report noisy, but never silent.
"""

from __future__ import annotations

DROPS = {
    "qos-drop": "a class that drops",
    "l2-filter": "a layer 2 filter",
    "inspect": "inspection",
    "inspection": "inspection",
    "flowspec": "traffic flow specifications",
    "bridge-filter": "a filter on bridged packets",
    "zone-policy": "a zone policy",
    "no-routing": "routing that is turned off",
    "per-user": "a list that a server sends for each user",
    "logical-system": "a router inside the device that is not read",
    "service-set": "a service that packets are sent through",
}
"""Can deny transit packets: ACL006."""

MOVES = frozenset(
    {
        "policy-route", "vrf-selection", "adaptive-routing", "pbr", "policy-forwarding", "nexthop-group", "proxy",
    }
)  # fmt: skip
"""Can send packets another way than the routes say: RT003."""

NOTED = {
    "nat": "filters behind it are judged with a free inside address",
    "crypto-map": "what is encrypted is judged as a tunnel",
    "urpf": "ACL005 judges it",
    "policer": "a rate, and not which packets",
    "df-bit": "MTU005 judges it",
    "clear-df": "MTU005 judges it",
    "clear-df-bit": "MTU005 judges it",
    "mss-clamp": "a clamp that covers a part of the sessions is no clamp for the rest",
    "mss-raised": "sizes, and no packets dropped",
    "mss-global": "acts on the device's own sessions",
    "mss-raise": "MTU007 judges it",
    "icmp-limit": "a rate of ICMP errors, and not of sessions",
    "l2-mtu": "the size of frames, of which the interface's own MTU is what IP sees",
    "martians": "routes that the device refuses; its table shows the result",
    "fragments": "the reassembly of fragments, which sessions do not need",
    "established": "permits more, and denies nothing",
    "asymroute": "permits more, and denies nothing",
    "icmp-check": "ICMP errors that answer no packet of a session",
    "decryption": "the firewall ends the encryption, and passes the session on",
    "packet-mode": "policies are not applied, and none was read",
    "chain-order": "the chains of equal priority are judged as undecided where they differ",
    "zone": "a name that no interface bears",
}
"""Judged elsewhere, or no reason for a session to fail; each with why."""
KNOWN = frozenset({*DROPS, *MOVES, *NOTED})


def can_drop(word: str) -> bool:
    """Whether what a word stands for may deny packets; a word that nobody has placed may."""
    return word in DROPS or word not in KNOWN
