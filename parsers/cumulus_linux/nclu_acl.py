"""`net add acl ipv4 NAME [priority N] ACTION [PROTOCOL] [source-ip P] ...`: one rule a line.

A rule without a priority is appended behind all others, ten further on; lower priorities come first.
Source: Cumulus Linux 4.3, "Netfilter - ACLs" ("Install and Manage ACL Rules with NCLU").
"""

from __future__ import annotations

KINDS = frozenset({"ipv4", "ipv6", "mac"})
ACTIONS = {"accept": "permit", "drop": "deny"}
OTHERS = frozenset(
    {"erspan", "span", "log", "police", "set-class", "set-cos", "set-dscp", "spanport"}
)
FIELDS = frozenset(
    {"source-ip", "dest-ip", "source-port", "dest-port", "icmp-type", "icmpv6-type", "dscp", "fragment", "source-mac",
     "dest-mac", "vlan", "outbound-interface", "inbound-interface", "protocol"}
)  # fmt: skip
STEP = 10


def rule(highest: dict[tuple[str, str], int], words: list[str]) -> list[list[str]] | None:
    """The statements of one rule; None where its beginning is not understood. `highest` are the greatest priorities
    of all lists so far."""
    if len(words) < 3 or words[0] not in KINDS:
        return None
    start, rest = [f"acl-{words[0]}", words[1]], words[2:]
    if rest[0] == "priority" and len(rest) > 2:
        number, rest = rest[1], rest[2:]
    else:
        number = str(highest.get((start[0], start[1]), 0) + STEP)
    if number.isascii() and number.isdigit():
        key = (start[0], start[1])
        highest[key] = max(highest.get(key, 0), int(number))
    place = [*start, "rule", number]
    action, rest = rest[0], rest[1:]
    if action in ACTIONS:
        found = [[*place, "action", ACTIONS[action]]]
    elif action in OTHERS:
        found = [[*place, "action", action.partition("-")[0]]]
    else:
        return None
    if rest and rest[0] not in FIELDS and not rest[0].startswith(("source-", "dest-")):
        found.append([*place, "match", "ip", "protocol", rest[0]])
        rest = rest[1:]
    while rest:
        width = 2 if len(rest) > 1 and rest[0] != "fragment" else 1
        group = "mac" if rest[0].endswith(("-mac", "vlan")) else "ip"
        found.append([*place, "match", group, *rest[:width]])
        rest = rest[width:]
    return found


def doubted(words: list[str]) -> list[list[str]]:
    """The list that a command means which is not understood: it may have said anything there."""
    if len(words) > 2 and words[1] in KINDS:
        return [[f"acl-{words[1]}", words[2]]]
    return []
