"""The cases: what each shows is in its name."""

from __future__ import annotations

from tests.lab.case import Case, Happens, Traffic
from tests.lab.topology import PREFIX, address


def _via(link: int, family: int, more: str = "") -> str:
    word = "ip" if family == 4 else "ipv6"
    return f"{word} route {PREFIX[family]} {address(link, 2, family)}{more}"


TWO_WAYS = {family: (_via(1, family), _via(2, family)) for family in (4, 6)}
TWO_TABLES = {family: (_via(1, family), _via(2, family, " table 101")) for family in (4, 6)}
ONE_WAY = {family: (_via(1, family),) for family in (4, 6)}
MARKED = {family: (f"-{family} rule add fwmark 1 lookup 101",) for family in (4, 6)}

_POLICY = "net.ipv{}.fib_multipath_hash_policy"


def _marks(rule: str) -> str:
    return (
        "table inet balance {\n  chain prerouting {\n    type filter hook prerouting priority mangle;\n"
        f"    {rule}\n  }}\n}}\n"
    )


_ALL = [
    Case(
        "hash of addresses and ports", Traffic.TALK, Happens.SURVIVE,
        routes=TWO_WAYS[4], settings=((_POLICY.format(4), 1),),
    ),
    Case(
        "marks in turn", Traffic.TALK, Happens.RESET, ("LB001 fail critical",),
        routes=TWO_TABLES[4], rules=MARKED[4], nft=_marks('iifname "lan0" meta mark set numgen inc mod 2'),
    ),
]  # fmt: skip

CASES = {case.name: case for case in _ALL}
