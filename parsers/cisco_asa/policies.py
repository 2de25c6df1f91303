"""The modular policy framework: which inspections a service policy applies, as far as they can drop or let pass.

Sources: Cisco ASA configuration guides, "Service Policy", "Inspection of Basic Internet Protocols" (ICMP error
inspection is off by default), "ASA FirePOWER module" (fail-open and fail-close).
"""

from __future__ import annotations

import re

from parsers.cisco_asa.draft import AsaDraft
from parsers.model.source import TextFact
from parsers.reader import Statement, Table, irrelevant

Found = re.Match[str]


class PolicyMap:
    """A policy map of layer 3 and 4: the lines that matter, by what they are."""

    def __init__(self) -> None:
        self.icmp_error: int | None = None
        self.dropping: list[tuple[str, int]] = []


class Policies:
    """The policy maps of a text, and those that are applied: name, interface or None, line."""

    def __init__(self) -> None:
        self.maps: dict[str, PolicyMap] = {}
        self.open: PolicyMap | None = None
        self.applied: list[tuple[str, str | None, int]] = []
        self.normalisers: dict[str, list[tuple[str, int]]] = {}
        self.open_normaliser = ""

    def icmp_error(self, interface: str) -> int | None:
        """The line of the ICMP error inspection that acts on an interface's packets."""
        for name, where, _line in self.applied:
            found = self.maps.get(name)
            if found is not None and where in (None, interface) and found.icmp_error is not None:
                return found.icmp_error
        return None

    def dropping(self) -> list[tuple[str, str | None, int]]:
        """The applied lines that can drop sessions: text, interface or None, line."""
        return [
            (text, where, line)
            for name, where, _line in self.applied
            if name in self.maps
            for text, line in self.maps[name].dropping
        ]


def held(state: AsaDraft) -> Policies:
    """The policies read so far."""
    if not isinstance(state.group, Policies):
        state.group = Policies()
    return state.group


def policy_map(state: AsaDraft, match: Found, line: int) -> None:
    """`policy-map N`."""
    policies = held(state)
    policies.open = policies.maps.setdefault(match["name"], PolicyMap())


def icmp_error(state: AsaDraft, match: Found, line: int) -> None:
    """`inspect icmp error`."""
    found = held(state).open
    if found is not None:
        found.icmp_error = None if match[0].startswith("no ") else line


def dropping(state: AsaDraft, match: Found, line: int) -> None:
    """An action that hands sessions to something that may drop them."""
    found = held(state).open
    if found is not None:
        found.dropping.append((match[0], line))


def normaliser(state: AsaDraft, match: Found, line: int) -> None:
    """`tcp-map N`."""
    held(state).open_normaliser = match["name"]


def normaliser_drop(state: AsaDraft, match: Found, line: int) -> None:
    """`exceed-mss drop`, `tcp-options … drop` below a TCP map."""
    policies = held(state)
    policies.normalisers.setdefault(policies.open_normaliser, []).append((match[0], line))


def advanced(state: AsaDraft, match: Found, line: int) -> None:
    """`set connection advanced-options N`: applies a TCP map, or lets packets pass without a session."""
    policies = held(state)
    drops = policies.normalisers.get(match["name"], [])
    if policies.open is not None and drops:
        policies.open.dropping.append((f"{match[0]}: {drops[0][0]}", line))


def service_policy(state: AsaDraft, match: Found, line: int) -> None:
    """`service-policy P global|interface I`."""
    held(state).applied.append((match["name"], match.groupdict().get("interface"), line))


def recognise(state: AsaDraft) -> None:
    """Records the applied actions that can drop."""
    for text, interface, line in held(state).dropping():
        note = text if interface is None else f"{interface}: {text}"
        state.recognised.append(TextFact(value="inspection", where=state.where(line), note=note))


_INSPECTS = (
    r"inspect (?:ctiqbe|dcerpc|diameter|dns|dns-\S+|esmtp|ftp|gtp|h323|icmp|icmpv6|ils|ip-options"
    r"|ipsec-pass-thru|ipv6|lisp|m3ua|mgcp|mmp|netbios|pptp|radius-accounting|rsh|rtsp|sctp|sip|skinny|snmp|sqlnet|stun|sunrpc|tftp"
    r"|vxlan|waas|xdmcp|cuseeme|rpc|smtp|im)(?: .*)?"
)
"""Inspections of other protocols than HTTPS, SSH and HTTP."""

CLASS: Table[AsaDraft] = Table(
    (
        Statement(r"(?:no )?inspect icmp error", icmp_error, topic="inspection"),
        Statement(rf"(?:no )?{_INSPECTS}", reason="another protocol than the service's, or state of ICMP echo"),
        Statement(r"no inspect .*", reason="no inspection"),
        Statement(r"inspect http", reason="logs addresses; what filters stands in its map or in `filter`"),
        Statement(r"inspect http .+", dropping),
        Statement(r"inspect scansafe .*", dropping),
        Statement(r"(?:ips|csc|cxsc|sfr) (?!.*(?:promiscuous|monitor-only)).*", dropping),
        Statement(r"(?:ips|csc|cxsc|sfr) .*", reason="a copy for monitoring"),
        Statement(r"police .*(?:conform-action drop).*", dropping),
        Statement(r"police .*", reason="drops by rate"),
        Statement(r"set connection advanced-options (?P<name>\S+)", advanced),
        *irrelevant(
            "limits, timers, marking, counting and export",
            "set connection", "priority", "shape", "flow-export", "user-statistics", "queue-limit", "description",
            "service-policy", "flow-offload",
        ),
    ),
    missed="other",
)  # fmt: skip

NORMALISER: Table[AsaDraft] = Table(
    (
        Statement(r"exceed-mss drop|tcp-options .* drop", normaliser_drop),
        *irrelevant("what is let pass, or is no part of a sound session", r"\S+"),
    )
)

POLICY: Table[AsaDraft] = Table(
    (
        Statement(r"class \S+", table=CLASS, topic="inspection"),
        Statement(r"description .*", reason="text"),
    )
)
