"""`port` and `lag`: sizes, members, and how a bundle chooses a member.

Sources: Nokia SR OS, Interface Configuration Guide, "MTU configuration guidelines" (a port's MTU counts the layer 2
header: 14 bytes, 18 with one tag, 22 with two), "LAG" (adaptive load balancing moves flows between links).
"""

from __future__ import annotations

from parsers.hierarchy.interpret import read
from parsers.hierarchy.tree import Node
from parsers.model.balancing import HashField, PathChoice, Scope, Spread, Stage
from parsers.model.source import Sourced
from parsers.nokia_sros import irrelevant
from parsers.nokia_sros.draft import Draft, Handler, Port, Statements, use
from parsers.nokia_style.statements import because, number_of, said, word

HEADERS = {"null": 14, "dot1q": 18, "qinq": 22}


def admin(port: Port) -> Statements:
    """`admin-state`, `shutdown` and `no shutdown`: the last one said holds."""

    def state(draft: Draft, node: Node) -> None:
        draft.use_all(node)
        value = node.only()
        port.enabled = value is None or value.word != "disable"

    def shutdown(draft: Draft, node: Node) -> None:
        draft.use_all(node)
        port.enabled = False

    def no(draft: Draft, node: Node) -> None:
        draft.use_all(node)
        if "shutdown" in node.children:
            port.enabled = True

    return {"admin-state": state, "shutdown": shutdown, "no": no}


def read_ports(draft: Draft, node: Node) -> None:
    """All ports; they go into the draft by name."""
    draft.use(node)
    for child in node.children.values():
        port = Port(child.word, draft.where(said(child)))
        draft.ports[child.word] = port
        unknown = read(draft, child, _port(port), "interface", child.word)
        port.not_understood += [draft.where(said(found)) for found in unknown]


def _port(port: Port) -> Statements:
    def ethernet(draft: Draft, node: Node) -> None:
        unknown = read(draft, node, _ethernet(port), "interface", port.name)
        port.not_understood += [draft.where(said(found)) for found in unknown]

    def description(draft: Draft, node: Node) -> None:
        draft.ignore_all(node)
        port.description = word_of(node)

    return {**irrelevant.PORT, **admin(port), "ethernet": ethernet, "description": description}


def word_of(node: Node) -> str:
    """The value of a statement, empty if it has none."""
    value = node.only()
    return value.word if value is not None else ""


def _ethernet(port: Port) -> Statements:
    def mtu(draft: Draft, node: Node) -> None:
        value = node.only()
        size = number_of(value.word, 0, 65535) if value is not None else None
        if value is None or size is None:
            draft.miss(node, "interface", port.name)
            port.not_understood.append(draft.where(said(node)))
            return
        draft.use_all(node)
        port.mtu = Sourced[int](value=size, where=draft.where(value.last))

    def encapsulation(draft: Draft, node: Node) -> None:
        draft.use_all(node)
        port.encapsulation = word_of(node)

    return {
        **irrelevant.PORT,
        "mtu": mtu,
        "encap-type": encapsulation,
        "mode": use,
        "lag": use,
        "load-balancing-algorithm": _algorithm,
        "no": use,
    }


def _algorithm(draft: Draft, node: Node) -> None:
    """`include-l4` adds ports to the hash of a port's traffic, `exclude-l4` leaves them out."""
    draft.use_all(node)


_BUNDLED = frozenset({HashField.SRC, HashField.DST})


def read_lags(draft: Draft, node: Node) -> None:
    """All bundles. The classic CLI calls them by number, ports and interfaces by `lag-1`."""
    draft.use(node)
    for child in node.children.values():
        name = child.word if child.word.startswith("lag-") else f"lag-{child.word}"
        port = Port(name, draft.where(said(child)))
        draft.ports[name] = port
        draft.lags[name] = port.where
        unknown = read(draft, child, _lag(port), "interface", name)
        port.not_understood += [draft.where(said(found)) for found in unknown]
        _default(draft, name)
        encapsulation = word(child, "encap-type")
        port.encapsulation = encapsulation or port.encapsulation


def _default(draft: Draft, name: str) -> None:
    if any(choice.interface == name for choice in draft.choices):
        return
    draft.choices.append(
        PathChoice(
            stage=Stage.BUNDLE,
            scope=Scope.BUNDLE,
            spread=Spread.FLOW,
            statement="LAG hash",
            fields=_BUNDLED,
            interface=name,
            reason="SR OS hashes addresses, and ports where layer 4 is included",
        )
    )


def _lag(port: Port) -> Statements:
    def member(draft: Draft, node: Node) -> None:
        draft.use_all(node)
        for child in node.children.values():
            draft.members[child.word] = port.name

    return {
        **irrelevant.LAG,
        **admin(port),
        "port": member,
        "adaptive-load-balancing": _adaptive(port),
        **because("which part of the traffic hashes together", "link-hash"),
    }


def _adaptive(port: Port) -> Handler:
    def adaptive(draft: Draft, node: Node) -> None:
        draft.use_all(node)
        draft.choices.append(
            PathChoice(
                stage=Stage.BUNDLE,
                scope=Scope.BUNDLE,
                spread=Spread.ADAPTIVE,
                statement="adaptive-load-balancing",
                interface=port.name,
                remerge=True,
                where=draft.where(said(node)),
            )
        )

    return adaptive
