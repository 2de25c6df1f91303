"""Network objects of the management API as ranges of addresses.

Source: Check Point Management API reference (`show-access-rulebase`, `show-host`, `show-network`,
`show-address-range`, `show-group`, `show-group-with-exclusion`). What an object stands for only at run
time (names, updatable lists, roles, zones, gateways with all their interfaces) is open.
"""

from __future__ import annotations

import ipaddress
from typing import Any, NamedTuple

from parsers.model.addresses import BITS
from parsers.model.filters import Ranges

Json = dict[str, Any]
ANY_TYPES = frozenset(("CpmiAnyObject", "Any"))


class Addresses(NamedTuple):
    """Ranges by family that an object certainly has; `any` is every address; `open` says why it may
    have others."""

    v4: Ranges = ()
    v6: Ranges = ()
    any: bool = False
    open: str | None = None

    def of(self, family: int) -> Ranges:
        """The ranges of one family."""
        if self.any:
            return ((0, (1 << BITS[family]) - 1),)
        return self.v4 if family == 4 else self.v6


def merged(ranges: Ranges) -> Ranges:
    """The same integers as sorted ranges that neither touch nor overlap."""
    out: list[tuple[int, int]] = []
    for low, high in sorted(ranges):
        if out and low <= out[-1][1] + 1:
            out[-1] = (out[-1][0], max(out[-1][1], high))
        else:
            out.append((low, high))
    return tuple(out)


def complement(ranges: Ranges, top: int) -> Ranges:
    """The integers 0 to `top` that are in none of `ranges`."""
    out = []
    start = 0
    for low, high in merged(ranges):
        if low > start:
            out.append((start, low - 1))
        start = max(start, high + 1)
    if start <= top:
        out.append((start, top))
    return tuple(out)


class Objects:
    """All objects that the exported texts hold, by uid and by name."""

    def __init__(self) -> None:
        self.by_uid: dict[str, Json] = {}
        self.by_name: dict[str, Json] = {}
        self._known: dict[str, Addresses] = {}

    def learn(self, item: object) -> None:
        """Takes an object; one with more in it replaces one with less."""
        if not isinstance(item, dict) or not isinstance(item.get("uid"), str):
            return
        old = self.by_uid.get(item["uid"])
        if old is None or len(old) < len(item):
            self.by_uid[item["uid"]] = item
            if isinstance(item.get("name"), str):
                self.by_name[item["name"]] = item

    def find(self, reference: object) -> Json | None:
        """The object that a uid, a name, or an object itself stands for."""
        if isinstance(reference, dict):
            known = self.by_uid.get(str(reference.get("uid")))
            return known if known is not None and len(known) >= len(reference) else reference
        if isinstance(reference, str):
            return self.by_uid.get(reference) or self.by_name.get(reference)
        return None

    def name(self, reference: object) -> str:
        """What a person calls an object."""
        found = self.find(reference)
        return str((found or {}).get("name") or reference)

    def is_any(self, references: object) -> bool:
        """Whether a column of a rule holds `Any` alone, or nothing."""
        if not isinstance(references, list):
            references = [references] if references else []
        return all(_is_any(self.find(one)) for one in references)

    def addresses(self, references: object) -> Addresses:
        """What a column of a rule names."""
        out = Addresses()
        for reference in references if isinstance(references, list) else [references]:
            out = _union(out, self._addresses(reference, ()))
        return out

    def _addresses(self, reference: object, above: tuple[str, ...]) -> Addresses:
        found = self.find(reference)
        if found is None:
            return Addresses(open=f"object {reference} is not in this text")
        uid = str(found.get("uid", found.get("name")))
        if uid in above:
            return Addresses(open=f"group {found.get('name')} contains itself")
        known = self._known.get(uid)
        if known is None:
            try:
                known = self._read(found, (*above, uid))
            except (ValueError, TypeError):
                known = Addresses(open=f"object {found.get('name')} is not understood")
            if not above:
                self._known[uid] = known
        return known

    def _read(self, found: Json, above: tuple[str, ...]) -> Addresses:
        kind, name = str(found.get("type", "")), found.get("name")
        if _is_any(found):
            return Addresses(any=True)
        if kind in ("group", "network-feed-group") and isinstance(found.get("members"), list):
            out = Addresses()
            for member in found["members"]:
                out = _union(out, self._addresses(member, above))
            return out
        if kind == "group-with-exclusion" and "include" in found and "except" in found:
            return self._without(found, above)
        reader = _READERS.get(kind)
        if reader is None:
            return Addresses(
                open=f"what {name} ({kind or 'an object'}) stands for is not in this text"
            )
        return reader(found)

    def _without(self, found: Json, above: tuple[str, ...]) -> Addresses:
        inside = self._addresses(found["include"], above)
        outside = self._addresses(found["except"], above)
        if inside.open or outside.open:
            return Addresses(open=inside.open or outside.open)
        kept = []
        for family in (4, 6):
            top = (1 << BITS[family]) - 1
            gone = complement(outside.of(family), top)
            kept.append(_both(inside.of(family), gone))
        return Addresses(kept[0], kept[1])


def _both(a: Ranges, b: Ranges) -> Ranges:
    out = [
        (max(low, other_low), min(high, other_high))
        for low, high in merged(a)
        for other_low, other_high in b
        if max(low, other_low) <= min(high, other_high)
    ]
    return tuple(out)


def _is_any(found: Json | None) -> bool:
    return found is not None and (found.get("type") in ANY_TYPES or found.get("name") == "Any")


def _union(a: Addresses, b: Addresses) -> Addresses:
    return Addresses(a.v4 + b.v4, a.v6 + b.v6, a.any or b.any, a.open or b.open)


def _host(found: Json) -> Addresses:
    v4, v6 = _one(found, "ipv4-address", 4), _one(found, "ipv6-address", 6)
    if not v4 and not v6:
        return Addresses(open=f"host {found.get('name')} has no address in this text")
    return Addresses(v4, v6)


def _one(found: Json, key: str, family: int) -> Ranges:
    text = found.get(key)
    if not text:
        return ()
    address = ipaddress.ip_address(str(text))
    if address.version != family:
        raise ValueError(text)
    return ((int(address), int(address)),)


def _gateway(found: Json) -> Addresses:
    known = _host(found)
    return known._replace(open=known.open or f"{found.get('name')} has all its gateway's addresses")


def _network(found: Json) -> Addresses:
    v4: Ranges = ()
    v6: Ranges = ()
    if found.get("subnet4"):
        mask = found.get("mask-length4", found.get("subnet-mask"))
        network = ipaddress.IPv4Network(f"{found['subnet4']}/{mask}", strict=False)
        v4 = ((int(network.network_address), int(network.broadcast_address)),)
    if found.get("subnet6"):
        six = ipaddress.IPv6Network(f"{found['subnet6']}/{found['mask-length6']}", strict=False)
        v6 = ((int(six.network_address), int(six.broadcast_address)),)
    if not v4 and not v6:
        return Addresses(open=f"network {found.get('name')} has no prefix in this text")
    return Addresses(v4, v6)


def _range(found: Json) -> Addresses:
    out = []
    for family in (4, 6):
        first, last = (
            _one(found, f"ipv{family}-address-{end}", family) for end in ("first", "last")
        )
        if bool(first) != bool(last) or (first and first[0][0] > last[0][0]):
            raise ValueError(found.get("name"))
        out.append(((first[0][0], last[0][0]),) if first else ())
    if not any(out):
        return Addresses(open=f"range {found.get('name')} has no addresses in this text")
    return Addresses(out[0], out[1])


_READERS = {
    "host": _host, "checkpoint-host": _gateway, "simple-gateway": _gateway,
    "simple-cluster": _gateway, "CpmiGatewayCluster": _gateway, "CpmiClusterMember": _gateway,
    "CpmiGatewayPlain": _gateway, "gateway": _gateway, "cluster-member": _gateway,
    "network": _network, "address-range": _range, "multicast-address-range": _range,
}  # fmt: skip
