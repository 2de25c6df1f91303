"""What stands behind a prefix in `show ip route`-like texts: distance, way out, and signs.

One grammar covers IOS, IOS-XE, IOS-XR and EOS, both families; each prints a part of it.
"""

from __future__ import annotations

import re
from typing import NamedTuple

ADDRESS = {4: r"\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}", 6: r"[\dA-Fa-f]*:[\dA-Fa-f:.]*"}
TIME = r"(?:\d[\dwydhms:.]*|never)"
INTERFACE = r"[A-Za-z_][\w./:-]*"
_ANY = rf"(?:{ADDRESS[4]}|{ADDRESS[6]})"

DISTANCE = r"(?:\[(?P<distance>\d{1,10})/(?P<metric>\d{1,10})\](?:, tag \d+)?,? *)"
_SOURCE = r"(?:\(source VRF \S+\),? *)?"

_VIA = re.compile(
    rf"via (?P<address>{_ANY})(?:%(?P<zone>[^\s,]+))?(?: \((?P<note>[^)]+)\))?(?:, {TIME})?"
    rf"(?:, (?P<interface>{INTERFACE}))?(?:, (?:in)?directly connected)?"
    r"(?: \(egress VRF (?P<egress>\S+)\))?(?:, weight (?P<weight>\d{1,9})/\d+)?(?P<backup> \(!\))?$"
)
_VIA_INTERFACE = re.compile(
    rf"via (?P<interface>{INTERFACE}), (?:(?:directly connected|receive)(?:, {TIME})?|{TIME})"
    r"(?: \(egress VRF (?P<egress>\S+)\))?$"
)
VXLAN_INTERFACE = "Vxlan1"
"""EOS has one VXLAN interface; most texts name it only by the VTEP."""

_VTEP = re.compile(
    rf"via VTEP (?P<address>{_ANY}) (?P<vtep>VNI) \d+ router-mac \S+"
    r"(?: local-interface (?P<interface>\S+))?$"
)
_CONNECTED = re.compile(
    rf"(?:is )?directly connected,?(?: \(source VRF [^\s)]+\))?,? *(?:{TIME}, )?"
    rf"(?P<interface>{INTERFACE})(?:, {TIME})?(?: \(egress VRF (?P<egress>\S+)\))?"
    r"(?:, Static Interface [^,]*, dst \S+, src \S+)?(?P<backup> \(!\))?$"
)
_SUMMARY = re.compile(rf"is a summary,? (?:{TIME}, )?(?P<interface>Null0)$")
_VPN = re.compile(rf"connected by VPN \(advertised\), (?P<interface>{INTERFACE})$")
"""What ASA says of a network behind a VPN peer."""

_VRF_NOTE = re.compile(r"(?:nexthop in vrf )?(\S+)$")
_FORMS = (_VIA, _CONNECTED, _VIA_INTERFACE, _VTEP, _SUMMARY, _VPN)
_LEAD = re.compile(DISTANCE + "?" + _SOURCE)

NULL_INTERFACES = frozenset({"Null0", "Null 0", "null0", "Nul0", "Nu0"})


class Tail(NamedTuple):
    """One way out as printed. `connected` is True where the interface's own network is meant."""

    distance: str | None
    metric: str | None
    interface: str | None
    address: str | None
    vrf: str | None
    weight: int
    discard: str | None
    backup: bool


def tail_of(text: str) -> Tail | None:
    """The way out that `text` states, None if the grammar lacks it."""
    lead = _LEAD.match(text)
    if lead is None:
        return None
    rest = text[lead.end() :]
    for form in _FORMS:
        match = form.match(rest)
        if match is not None:
            return _tail(lead, match.groupdict())
    return None


def _tail(lead: re.Match[str], found: dict[str, str | None]) -> Tail | None:
    interface = found.get("interface")
    vrf = found.get("zone") or found.get("egress")
    note = found.get("note")
    if note is not None:
        named = _VRF_NOTE.match(note)
        if named is None:
            return None
        vrf = named[1]
    if "vtep" in found:
        interface = interface or VXLAN_INTERFACE
    null = interface in NULL_INTERFACES
    return Tail(
        lead["distance"],
        lead["metric"],
        None if null else interface,
        found.get("address"),
        vrf,
        int(found.get("weight") or 1),
        "drop" if null else None,
        bool(found.get("backup")),
    )
