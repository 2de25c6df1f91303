"""What differs between the access lists of VRP and of Comware, and what rules are read with."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from parsers.model.addresses import AddressSpec
from parsers.vrp_style.groups import Groups


class Dialect(NamedTuple):
    """What differs between the two systems.

    `harmless` and `uncertain` map a keyword to the number of words that follow it (-1: an operator with its
    numbers, -2: all up to the end of the rule). `lengths` says that an IPv4 address may carry a mask
    length. `first_id` is the number of the first rule without one; None is the step. `fold` says that names
    are the same in either case.
    """

    harmless: Mapping[str, int]
    uncertain: Mapping[str, int]
    lengths: bool
    first_id: int | None
    fold: bool = False


class Context:
    """What the rules of one family are read with. `vrf` None reads them for nobody in particular: what
    depends on the VPN is then uncertain; `blind` says that the VPN plays no part. `addresses` remembers
    what was read before."""

    def __init__(
        self,
        dialect: Dialect,
        family: int,
        groups: Groups,
        vrf: str | None = None,
        blind: bool = False,
    ) -> None:
        self.dialect = dialect
        self.family = family
        self.groups = groups
        self.vrf = vrf
        self.blind = blind
        self.addresses: dict[tuple[str, str], AddressSpec] = {}
