"""What an interface's statements say so far, and how they are read."""

from __future__ import annotations

from dataclasses import dataclass, field

from parsers.hierarchy.interpret import read
from parsers.hierarchy.tree import Node
from parsers.model.interfaces import InterfaceAddress, InterfaceKind, Ptb, Tunnel
from parsers.model.source import Sourced, Where
from parsers.nokia_sros.draft import Draft, Handler, Statements
from parsers.nokia_style.statements import number_of, said


@dataclass
class Unit:
    """What an interface's statements say so far."""

    name: str
    where: Where
    vrf: str
    enabled: bool = True
    description: str = ""
    kind: InterfaceKind = InterfaceKind.PHYSICAL
    port: str | None = None
    tagged: bool = False
    addresses: list[InterfaceAddress] = field(default_factory=list)
    dynamic: Sourced[str] | None = None
    ip_mtu: Sourced[int] | None = None
    ptb: dict[int, Ptb] = field(default_factory=dict)
    tunnel: Tunnel | None = None
    urpf: Sourced[str] | None = None
    nat: Sourced[str] | None = None
    not_understood: list[Where] = field(default_factory=list)


def below(draft: Draft, node: Node, unit: Unit, statements: Statements) -> None:
    """Reads what stands below `node`; what no table knows is the interface's doubt."""
    unknown = read(draft, node, statements, "interface", unit.name)
    unit.not_understood += [draft.where(said(found)) for found in unknown]


def missed(draft: Draft, node: Node, unit: Unit) -> None:
    """A statement of the interface with a value that is none."""
    draft.miss(node, "interface", unit.name)
    unit.not_understood.append(draft.where(said(node)))


def ip_mtu(unit: Unit) -> Handler:
    """The handler of `ip-mtu`: bytes of an IP packet, of both families."""

    def mtu(draft: Draft, node: Node) -> None:
        value = node.only()
        size = number_of(value.word, 0, 65535) if value is not None else None
        if value is None or size is None:
            missed(draft, node, unit)
            return
        draft.use_all(node)
        unit.ip_mtu = Sourced[int](value=size, where=draft.where(value.last))

    return mtu
