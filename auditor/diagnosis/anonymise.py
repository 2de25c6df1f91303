"""Replaces addresses and names in texts, so that networks keep their shape and lose their owner.

Addresses are mapped bit by bit: two that share a prefix share one of the same length afterwards (the idea of Xu, Fan,
Ammar and Moon, 2002), with a keyed hash deciding each bit. Addresses of the service, masks and special addresses stay.
"""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
import re
from functools import lru_cache

from auditor.diagnosis.addresses import Address
from rules.service import Network

_ADDRESS = re.compile(
    r"(?<![\w.:])(?:\d{1,3}(?:\.\d{1,3}){3}|(?:[0-9A-Fa-f]{0,4}:){2,7}(?:[0-9A-Fa-f]{1,4}|:)?)(?![\w:]|\.\d)"
)


class Anonymiser:
    """Maps addresses and names with one key. `seen` are the originals that were replaced."""

    def __init__(self, key: bytes, kept: tuple[Network, ...], names: tuple[str, ...]) -> None:
        self._key, self._kept = key, kept
        self.names = {name: f"device-{number}" for number, name in enumerate(sorted(names), 1)}
        self.seen: set[str] = set()
        longest = sorted(self.names, key=len, reverse=True)
        self._names = (
            re.compile(
                r"(?<![\w.-])(?:" + "|".join(re.escape(name) for name in longest) + r")(?![\w-])",
                re.IGNORECASE,
            )
            if longest
            else None
        )
        self._lowered = {name.lower(): alias for name, alias in self.names.items()}
        self._mapped = lru_cache(65536)(self._map)

    def text(self, text: str) -> str:
        """`text` with all addresses and names replaced."""
        text = _ADDRESS.sub(lambda found: self.address(found[0]), text)
        if self._names is None:
            return text
        return self._names.sub(lambda found: self._name(found[0]), text)

    def _name(self, name: str) -> str:
        self.seen.add(name)
        return self._lowered[name.lower()]

    def address(self, text: str) -> str:
        """The replacement of an address; what is none, or stays, comes back as it is."""
        try:
            address = ipaddress.ip_address(text)
        except ValueError:
            return text
        if self._stays(address):
            return text
        self.seen.add(text)
        return str(self._mapped(address))

    def _stays(self, address: Address) -> bool:
        value = int(address)
        if address.version == 4:
            inverted = ~value & 0xFFFFFFFF
            # a mask or a wildcard: ones, then zeros, or the other way round
            if (inverted + 1) & inverted == 0 or (value + 1) & value == 0:
                return True
        special = (
            address.is_loopback
            or address.is_unspecified
            or address.is_multicast
            or address.is_link_local
        )
        return special or self._of_service(address)

    def _of_service(self, address: Address) -> bool:
        return any(address.version == n.version and address in n for n in self._kept)

    def _map(self, address: Address) -> Address:
        bits = 32 if address.version == 4 else 128
        value = int(address)
        while True:
            result = 0
            for place in range(bits):
                prefix = value >> (bits - place)
                bit = value >> (bits - 1 - place) & 1
                result = result << 1 | bit ^ self._flip(bits, place, prefix)
            mapped: Address = (
                ipaddress.IPv4Address(result) if bits == 32 else ipaddress.IPv6Address(result)
            )
            # walking on until the result may be used keeps the map one to one
            if not self._stays(mapped):
                return mapped
            value = result

    def _flip(self, bits: int, place: int, prefix: int) -> int:
        data = b"%d/%d/%x" % (bits, place, prefix)
        return hmac.new(self._key, data, hashlib.sha256).digest()[0] & 1
