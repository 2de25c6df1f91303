"""The question of filters_benchmark to other engines, entries already parsed: is any session to the service denied?

Run: python -m benchmarks.filters_benchmark --peers. Engines that are not installed are left out by name
(pip install aerleon z3-solver dd brings them). Every engine gets the entries as integers, IPv4, the sessions from
10.20.0.0/16 to the three ranges of packets_benchmark. `aclcheck` knows `possible` matches only, so its answer is no
verdict; it is asked about one source and destination. CPU seconds, and the ratio over ours in the same run.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable

from benchmarks import packets_benchmark as lists
from benchmarks.packets_benchmark import Row
from parsers.model.addresses import AddressTerm, prefix_term
from parsers.model.filters import Action
from rules.packets.evaluate import evaluate
from rules.packets.spaces import outbound

SIZE = 10_000
Answer = Callable[[list[Row]], float]
"""Answers the question about a list, and gives the CPU seconds that it took once the entries were there."""


def ours(rows: list[Row]) -> float:
    """The exact sets, of which the answer is a part."""
    filters = lists.table(rows)
    started = time.process_time()
    space = outbound(
        [prefix_term(t) for t in lists.INSIDE],
        [prefix_term(t) for t in lists.SERVICE],
        lists.PORTS,
    )
    bool(evaluate(filters, "F", 4, space).denied)
    return time.process_time() - started


def _meets(row: Row) -> bool:
    """Whether an entry can match any session to the service: what a restricted engine is given."""
    _, src, dst, ports = row
    inside = [prefix_term(t) for t in lists.INSIDE]
    service = [prefix_term(t) for t in lists.SERVICE]
    return (
        (ports is None or any(ports[0] <= p <= ports[1] for p in lists.PORTS))
        and _touches(src, inside)
        and _touches(dst, service)
    )


def _touches(term: AddressTerm | None, others: list[AddressTerm]) -> bool:
    return term is None or any(
        not (term.value ^ other.value) & term.care & other.care for other in others
    )


def z3_engine(rows: list[Row]) -> float:
    """Bit vectors: a first match that denies, within the space."""
    import z3

    started = time.process_time()

    src, dst = z3.BitVecs("src dst", 32)
    port = z3.BitVec("port", 16)

    def cube(variable: z3.BitVecRef, term: AddressTerm) -> z3.BoolRef:
        return (variable & term.care) == term.value

    space = z3.And(
        z3.Or([cube(src, prefix_term(t)) for t in lists.INSIDE]),
        z3.Or([cube(dst, prefix_term(t)) for t in lists.SERVICE]),
        z3.Or([port == p for p in lists.PORTS]),
    )
    denied: z3.BoolRef = z3.BoolVal(True)
    for action, source, destination, ports in reversed(rows):
        said = []
        if source is not None:
            said.append(cube(src, source))
        if destination is not None:
            said.append(cube(dst, destination))
        if ports is not None:
            said.append(port == ports[0])
        denied = z3.If(z3.And(said), action is Action.DENY, denied)
    solver = z3.Solver()
    solver.add(space, denied)
    solver.check()
    return time.process_time() - started


def dd_engine(rows: list[Row]) -> float:
    """Binary decision diagrams (CUDD): a first match that denies, within the space."""
    from dd import cudd

    started = time.process_time()

    diagram = cudd.BDD()
    names = {
        side: [f"{side}{n}" for n in range(width)]
        for side, width in (("s", 32), ("d", 32), ("p", 16))
    }
    diagram.declare(*names["d"], *names["s"], *names["p"])

    def cube(side: str, value: int, care: int, width: int) -> object:
        bits = {
            name: bool(value >> (width - 1 - n) & 1)
            for n, name in enumerate(names[side])
            if care >> (width - 1 - n) & 1
        }
        return diagram.cube(bits)

    def any_of(parts: list[object]) -> object:
        found = diagram.false
        for part in parts:
            found |= part
        return found

    def terms(side: str, texts: tuple[str, ...]) -> object:
        known = [prefix_term(t) for t in texts]
        return any_of([cube(side, t.value, t.care, 32) for t in known])

    left = terms("s", lists.INSIDE) & terms("d", lists.SERVICE)
    left &= any_of([cube("p", port, 0xFFFF, 16) for port in lists.PORTS])
    denied = diagram.false
    for action, source, destination, ports in rows:
        hit = left
        for side, term in (("s", source), ("d", destination)):
            if term is not None:
                hit &= cube(side, term.value, term.care, 32)
        if ports is not None:
            hit &= cube("p", ports[0], 0xFFFF, 16)
        if action is Action.DENY:
            denied |= hit
        left &= ~hit
        if left == diagram.false:
            break
    bool((denied | left) != diagram.false)
    return time.process_time() - started


def aclcheck_engine(rows: list[Row]) -> float:
    """aerleon's check of one source and destination against the policy that has the entries as terms."""
    import ipaddress

    from aerleon import api
    from aerleon.lib import naming

    def network(term: AddressTerm) -> str:
        length = term.care.bit_count()
        return f"{ipaddress.IPv4Address(term.value)}/{length}"

    networks: dict[str, dict[str, list[dict[str, str]]]] = {}
    terms = []
    for number, (action, source, destination, ports) in enumerate(rows):
        term = {"name": f"t{number}", "action": "accept" if action is Action.PERMIT else "deny"}
        for side, value in (("source-address", source), ("destination-address", destination)):
            if value is not None:
                networks[f"{side[0].upper()}{number}"] = {"values": [{"address": network(value)}]}
                term[side] = f"{side[0].upper()}{number}"
        if ports is not None:
            term |= {"protocol": "tcp", "destination-port": f"P{ports[0]}"}
        terms.append(term)
    used = {row[3][0] for row in rows if row[3] is not None}
    services = {f"P{port}": [{"protocol": "tcp", "port": port}] for port in used}
    known = naming.Naming()
    known.ParseDefinitionsObject({"networks": networks, "services": services}, "")
    header = {"targets": {"cisco": "F extended"}}
    policy = {"filename": "f", "filters": [{"header": header, "terms": terms}]}
    started = time.process_time()
    api.AclCheck(policy, known, src="10.20.1.5", dst="104.192.141.1", dport="443", proto="tcp")
    return time.process_time() - started


def _of_those_that_meet(engine: Answer) -> Answer:
    """The engine on the entries that meet the space; finding them is a part of the work."""

    def restricted(rows: list[Row]) -> float:
        started = time.process_time()
        met = [row for row in rows if _meets(row)]
        return time.process_time() - started + engine(met)

    return restricted


ENGINES: dict[str, Answer] = {
    "ours": ours,
    "z3, entries that meet": _of_those_that_meet(z3_engine),
    "z3, whole list": z3_engine,
    "dd.cudd, entries that meet": _of_those_that_meet(dd_engine),
    "aerleon aclcheck": aclcheck_engine,
}


def main() -> None:
    """Prints the table."""
    kinds = (lists.clean, lists.denied, lists.frag, lists.tiles)
    print(f"{'engine':28}" + "".join(f"{make.__name__:>18}" for make in kinds))
    base: dict[str, float] = {}
    for name, engine in ENGINES.items():
        cells = []
        for make in kinds:
            rows = make(random.Random(7), SIZE)
            try:
                spent = engine(rows)
            except ImportError as error:
                cells.append(f"no {error.name}")
                continue
            own = base.setdefault(make.__name__, spent)
            cells.append(f"{spent:.3f} s {spent / own:6.1f}x")
        print(f"{name:28}" + "".join(f"{cell:>18}" for cell in cells))
