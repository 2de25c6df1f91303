"""Virtual domains: where the tables of a configuration stand.

Without virtual domains all tables are at the top. With them `config global` holds what the whole device shares,
and each entry of `config vdom` the tables of one domain (Fortinet, Administration Guide, "Virtual Domains").
"""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from parsers.fortinet.blocks import Block

ROOT = "root"
"""The domain that is there when nobody made another."""


class Scope(NamedTuple):
    """A virtual domain with its tables, and those of the device beside them."""

    name: str
    own: Block
    shared: Block | None = None

    def table(self, name: str) -> Block | None:
        """The table of the domain, or the one that all domains share."""
        found = self.own.tables.get(name)
        if found is None and self.shared is not None:
            return self.shared.tables.get(name)
        return found

    @property
    def vrf(self) -> str:
        """The model's name for the routing table of the domain."""
        return "default" if self.name == ROOT or self.shared is None else self.name

    def vrf_of(self, number: str) -> str:
        """The model's name for VRF `number` of the domain; 0 is the domain's own."""
        return self.vrf if number in ("", "0") else f"{self.vrf} vrf {number}"


def scopes_of(root: Block) -> tuple[Block, tuple[Scope, ...]]:
    """The block with the tables of the device, and the virtual domains. A text without domains is all of a
    device that has none, or what one of them shows: then its interfaces say which."""
    shared = root.tables.get("global")
    domains = root.tables.get("vdom")
    if shared is None and domains is None:
        return root, (Scope(_own_name(root), root),)
    device = shared if shared is not None else root
    entries = domains.entries if domains is not None else {}
    found = [Scope(name, block, device) for name, block in entries.items()]
    if not found:
        found = [Scope(ROOT, Block(ROOT, 0, root, True), device)]
    return device, tuple(found)


def _own_name(root: Block) -> str:
    """The domain that most interfaces are in."""
    table = root.tables.get("system interface")
    named: Counter[str] = Counter()
    for entry in table.entries.values() if table is not None else ():
        for statement in entry.statements:
            if statement.key == "vdom" and len(statement.values) == 1:
                named[statement.values[0]] += 1
    return named.most_common(1)[0][0] if named else ROOT
