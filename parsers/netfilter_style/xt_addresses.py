"""Addresses as iptables writes them."""

from __future__ import annotations

from parsers.model.addresses import AddressTerm, netmask_term, prefix_term

_OCTETS = {str(number): number for number in range(256)}
_CARES = {str(length): 0xFFFFFFFF << (32 - length) & 0xFFFFFFFF for length in range(33)}


def _octets(text: str) -> int:
    """An IPv4 address as an integer. Raises ValueError for anything else."""
    one, two, three, four = text.split(".")
    known = _OCTETS
    if one in known and two in known and three in known and four in known:
        return known[one] << 24 | known[two] << 16 | known[three] << 8 | known[four]
    parts = (int(one), int(two), int(three), int(four))
    if max(parts) > 255 or min(parts) < 0 or not text.replace(".", "").isdecimal():
        raise ValueError(f"{text} is no address")
    return parts[0] << 24 | parts[1] << 16 | parts[2] << 8 | parts[3]


def address_term(text: str) -> AddressTerm:
    """The term of `A`, `A/length` or `A/netmask`, the mask possibly with holes.

    Raises ValueError for a host name.
    """
    address, slash, mask = text.partition("/")
    usual = _CARES.get(mask if slash else "32")
    if usual is not None and ":" not in address:
        return AddressTerm(4, _octets(address) & usual, usual)
    if "." in mask:
        return netmask_term(address, mask)
    if ":" not in text:
        length = int(mask)
        if not 0 <= length <= 32:
            raise ValueError(f"{text} is no prefix")
        care = 0xFFFFFFFF << (32 - length) & 0xFFFFFFFF
        return AddressTerm(4, _octets(address) & care, care)
    if slash and ":" in mask:
        base, mask_bits = prefix_term(address).value, prefix_term(mask).value
        return AddressTerm(6, base & mask_bits, mask_bits)
    return prefix_term(text)
