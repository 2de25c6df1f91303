"""The budget of a finding as a small table: one row per hop, in the order in which big packets pass."""

from __future__ import annotations

from rich.table import Table
from rich.text import Text

from auditor.reports.model import BudgetPart, HopPart

UP_AND_DOWN = {"up": "uploads", "down": "downloads"}


def budget_table(budget: BudgetPart) -> Table:
    """Hop, room for IP (`~` marks an assumed number), overhead, need, and what happens there."""
    way = f"IPv{budget.family} {UP_AND_DOWN[budget.direction]}"
    table = Table(box=None, pad_edge=False, show_edge=False)
    table.add_column(way, style="blue", no_wrap=True)
    for name in ("MTU", "overhead", "needs"):
        table.add_column(name, justify="right", no_wrap=True)
    table.add_column("what happens")
    for hop in budget.hops:
        table.add_row(*(Text(cell) for cell in _cells(hop)))
    return table


def _cells(hop: HopPart) -> tuple[str, ...]:
    room = "?" if hop.mtu is None else f"{'~' if hop.assumed else ''}{hop.mtu}"
    overhead = "" if hop.overhead is None else str(hop.overhead)
    needs = "" if hop.needs is None else str(hop.needs)
    return (f"{hop.interface} ({hop.role})", room, overhead, needs, hop.does)
