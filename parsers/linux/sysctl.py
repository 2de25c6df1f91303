"""`sysctl -a`: the kernel settings that decide forwarding, path choice and reverse path checks.

Source: torvalds/linux Documentation/networking/ip-sysctl.rst.
"""

from __future__ import annotations

import re

from parsers.ledger import Ledger
from parsers.model.source import Sourced, Where

_LINE = re.compile(r"([\w./-]+)\s*=\s*(.*)")

USED = frozenset(
    [
        "net.ipv4.ip_forward",
        "net.ipv4.conf.all.forwarding",
        "net.ipv6.conf.all.forwarding",
        "net.ipv4.fib_multipath_hash_policy",
        "net.ipv6.fib_multipath_hash_policy",
        "net.ipv4.fib_multipath_hash_fields",
        "net.ipv6.fib_multipath_hash_fields",
        "net.ipv6.auto_flowlabels",
        "net.core.txrehash",
        "kernel.osrelease",
        "kernel.hostname",
        "net.ipv4.conf.all.ignore_routes_with_linkdown",
        "net.ipv6.conf.all.ignore_routes_with_linkdown",
    ]
)
_RP_FILTER = re.compile(r"net\.ipv4\.conf\.(.+)\.rp_filter")

IRRELEVANT = {
    "net.ipv4.icmp_ratelimit": "the kernel exempts Fragmentation Needed (net/ipv4/icmp.c)",
    "net.ipv4.icmp_ratemask": "the kernel exempts Fragmentation Needed (net/ipv4/icmp.c)",
    "net.ipv4.icmp_msgs_per_sec": "the kernel exempts Fragmentation Needed (net/ipv4/icmp.c)",
    "net.ipv4.icmp_msgs_burst": "the kernel exempts Fragmentation Needed (net/ipv4/icmp.c)",
    "net.ipv6.icmp.ratelimit": "the kernel exempts Packet Too Big (net/ipv6/icmp.c)",
    "net.ipv6.icmp.ratemask": "the kernel exempts Packet Too Big (net/ipv6/icmp.c)",
    "net.ipv4.ip_no_pmtu_disc": "own sockets only; transit keeps the sender's DF",
    "net.ipv4.route.min_pmtu": "own sockets only",
    "net.ipv4.ip_forward_use_pmtu": "forwarding uses the interface's MTU unless it is 1",
    "net.ipv4.icmp_echo_ignore_all": "ping only",
    "net.ipv4.tcp_mtu_probing": "own sockets only; never a cure for transit",
}
"""Names that read as if they decided, with the reason why they do not (knowledge: traps)."""


class Settings:
    """The values of one or more dumps, by name, with their lines."""

    def __init__(self) -> None:
        self.values: dict[str, Sourced[str]] = {}
        self.rp_filter: dict[str, Sourced[int]] = {}

    def read(self, file: str, lines: list[str], ledger: Ledger) -> None:
        """Reads one dump; every line of it is used or irrelevant, or no setting at all."""
        for number, raw in enumerate(lines, 1):
            line = raw.strip()
            match = _LINE.fullmatch(line)
            if match is None:
                if not line or line[0] in "#;" or line.startswith("sysctl: "):
                    ledger.ignore(number)
                continue
            name, value = match.group(1), match.group(2).strip()
            if "/" in name and "." not in name:
                name = name.replace("/", ".")
            reverse_path = _RP_FILTER.fullmatch(name)
            if reverse_path is not None and value.isdecimal():
                where = Where(file, number)
                interface = reverse_path.group(1).replace("/", ".")
                self.rp_filter[interface] = Sourced(value=int(value), where=where)
                ledger.use(number)
            elif name in USED:
                self.values[name] = Sourced(value=value, where=Where(file, number))
                ledger.use(number)
            else:
                ledger.ignore(number)

    def number(self, name: str) -> Sourced[int] | None:
        """The setting as an integer, None where the dump does not have it."""
        found = self.values.get(name)
        if found is None:
            return None
        try:
            return Sourced(value=int(found.value, 0), where=found.where)
        except ValueError:
            return None

    def forwards(self) -> dict[int, bool | None]:
        """Whether the system forwards, by family; None where no dump says."""
        four = self.number("net.ipv4.ip_forward") or self.number("net.ipv4.conf.all.forwarding")
        six = self.number("net.ipv6.conf.all.forwarding")
        return {
            4: None if four is None else four.value != 0,
            6: None if six is None else six.value != 0,
        }

    def reverse_path(self, interface: str) -> Sourced[str] | None:
        """The reverse path check of an interface: the larger of `all` and its own value."""
        own = self.rp_filter.get(interface)
        everywhere = self.rp_filter.get("all")
        chosen = max(
            (one for one in (own, everywhere) if one is not None),
            key=lambda one: one.value,
            default=None,
        )
        if chosen is None or chosen.value not in (1, 2):
            return None
        mode = "strict" if chosen.value == 1 else "loose"
        return Sourced(value=mode, where=chosen.where, note="rp_filter")
