"""`icmp` and `icmp6` of an interface: whether the router tells senders that a packet is too big.

Source: Nokia SR OS, Router Configuration Guide, `unreachables` and `packet-too-big` (on by default, 100 in 10
seconds). That the switch of the IPv4 unreachables holds for code 4 too is not said there; it is taken so.
"""

from __future__ import annotations

from parsers.hierarchy.interpret import read
from parsers.hierarchy.tree import Node
from parsers.model.device import PtbLimit
from parsers.model.interfaces import Ptb
from parsers.nokia_sros.draft import Draft, Handler, Statements, use
from parsers.nokia_style.statements import because, number_of, said, word

MESSAGE = {"unreachables": 4, "packet-too-big": 6}
_OTHERS = because(
    "other messages than those about the size of packets",
    "mask-reply", "redirects", "ttl-expired", "param-problem", "time-exceeded", "tunneling",
    "parameter-problem", "admin-state",
)  # fmt: skip


def icmp_statements(name: str, ptb: dict[int, Ptb], family: int) -> Handler:
    """The handler of `icmp` (family 4) or `icmp6` (family 6) of interface `name`; it fills `ptb`."""
    mine = "unreachables" if family == 4 else "packet-too-big"

    def message(draft: Draft, node: Node) -> None:
        draft.use_all(node)
        off = word(node, "admin-state") == "disable"
        ptb[family] = Ptb(family=family, sends=not off, where=draft.where(said(node)))
        _limit(draft, node, family)

    def no(draft: Draft, node: Node) -> None:
        draft.use_all(node)
        if mine in node.children:
            where = draft.where(node.children[mine].last)
            ptb[family] = Ptb(family=family, sends=False, where=where)

    def statements(draft: Draft, node: Node) -> None:
        table: Statements = {
            **_OTHERS,
            "unreachables": message if family == 4 else use,
            "packet-too-big": message if family == 6 else use,
            "no": no,
        }
        for found in read(draft, node, table, "interface", name):
            ptb[family] = Ptb(family=family, sends=None, where=draft.where(said(found)))

    return statements


def _limit(draft: Draft, node: Node, family: int) -> None:
    """`unreachables 100 10` or `unreachables { number 100 seconds 10 }`."""
    count, seconds = word(node, "number"), word(node, "seconds")
    if count is None:
        first = node.only()
        if first is not None and first.word.isdecimal():
            second = first.only()
            count, seconds = first.word, second.word if second is not None else None
    number = number_of(count, 1)
    period = number_of(seconds, 1) if seconds is not None else 10
    if number is not None and period is not None:
        draft.limits.append(
            PtbLimit(
                family=family,
                per_second=number / period,
                where=draft.where(said(node)),
                reason=f"{node.word} of one interface",
            )
        )
