"""How an engineer checks a finding by hand: the platform's own read-only commands, and a packet to send."""

from __future__ import annotations

from auditor.reports.model import FindingPart
from auditor.reports.words import family_of
from parsers.errors import ParserError
from parsers.registry import platform

_TOPICS = {
    "ACL": ("access", "filter", "acl", "policy", "rule", "nft", "iptables", "config"),
    "MTU": ("interface", "mtu", "ip address", "link", "config"),
    "LB": ("route", "cef", "forward", "hash", "load", "fib", "config"),
    "RT": ("route", "fib", "forward", "cef"),
}
"""Words of commands that show what a family of rules is about."""
MOST = 4

_ASKED = {
    "arista_eos": {
        "ACL": "show ip access-lists",
        "RT": "show ip route {dst}",
        "LB": "show ip route {dst}",
    },
    "cisco_asa": {"ACL": "packet-tracer input INTERFACE tcp {src} {sport} {dst} {dport}"},
    "cisco_ios": {
        "ACL": "show ip access-lists",
        "RT": "show ip route {dst}",
        "LB": "show ip cef exact-route {src} {dst}",
        "MTU": "show ip interface",
    },
    "cisco_nxos": {
        "ACL": "show ip access-lists",
        "RT": "show ip route {dst}",
        "LB": "show ip route {dst}",
    },
    "cisco_xr": {
        "ACL": "show access-lists ipv4",
        "RT": "show route {dst}",
        "LB": "show cef exact-route {src} {dst}",
    },
    "juniper_junos": {
        "ACL": "show firewall",
        "RT": "show route forwarding-table destination {dst}",
        "LB": "show route forwarding-table destination {dst}",
        "MTU": "show interfaces",
    },
    "linux": {
        "ACL": "iptables -nvL --line-numbers",
        "RT": "ip route get {dst}",
        "LB": "ip route get {dst}",
        "MTU": "tracepath -n {dst}",
    },
}
"""Commands that show counters or the decision for one packet; all of them only show."""
_ASKED["cisco_xe"] = _ASKED["cisco_ios"]


def hand_checks(finding: FindingPart, name: str | None) -> tuple[str, ...]:
    """Commands to type on the device, then a packet to send from a client; both change nothing."""
    try:
        known = platform(name).commands if name else ()
    except ParserError:
        known = ()
    topics = _TOPICS.get(family_of(finding.code), ())
    found = [
        f"{command.text}   ({command.gives})"
        for command in known
        if any(topic in command.text for topic in topics)
    ]
    return (*_asked(finding, name or ""), *found[:MOST], *_probe(finding))


def _asked(finding: FindingPart, name: str) -> tuple[str, ...]:
    wanted = _ASKED.get(name, {}).get(family_of(finding.code))
    packet = finding.witness
    if wanted is None or ("{" in wanted and packet is None):
        return ()
    if packet is None:
        return (wanted,)
    ports = {"sport": packet.src_port or 50000, "dport": packet.dst_port or 443}
    return (wanted.format(src=packet.src or "CLIENT", dst=packet.dst or "CLIENT", **ports),)


def _probe(finding: FindingPart) -> tuple[str, ...]:
    packet = finding.witness
    if packet is None or packet.direction != "outbound" or packet.dst_port is None:
        return ()
    if family_of(finding.code) == "MTU":
        size = 1472 if ":" not in packet.dst else 1452
        return (f"from {packet.src}: ping -M do -s {size} {packet.dst}",)
    source = f" -p {packet.src_port}" if packet.src_port is not None else ""
    return (f"from {packet.src}: nc -vz{source} {packet.dst} {packet.dst_port}",)
