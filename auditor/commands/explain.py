"""Commands that explain: rules, platforms, services."""

from __future__ import annotations

import io
import textwrap

from rich.console import Console
from rich.table import Table

from auditor.errors import UsageError
from auditor.profile import load
from parsers.registry import platforms
from rules.errors import UnknownRule
from rules.rule import registry, rule


def _printed(*tables: Table | str) -> str:
    buffer = io.StringIO()
    console = Console(file=buffer, width=140, highlight=False, force_terminal=False)
    for table in tables:
        console.print(table)
    return "\n".join(line.rstrip() for line in buffer.getvalue().splitlines()) + "\n"


def rules_table() -> str:
    """All rules with code, worst severity, name and title."""
    table = Table(box=None, pad_edge=False)
    for name in ("code", "worst", "name", "title"):
        table.add_column(name)
    for found in registry():
        table.add_row(found.rule.code, found.rule.severity.value, found.rule.name, found.rule.title)
    return _printed(table)


def rule_text(code: str) -> str:
    """A rule's documentation, as its module states it. Raises UsageError for an unknown code."""
    try:
        found = rule(code)
    except UnknownRule as error:
        raise UsageError(str(error)) from None
    head = f"{found.rule.code}  {found.rule.name}  (worst: {found.rule.severity.value})"
    return f"{head}\n\n{found.text.strip()}\n"


COLUMNS = {
    "filt": "filters", "v6": "filters v6", "grp": "groups", "bind": "bindings", "nat": "nat", "zone": "zones",
    "ifc": "interfaces", "mtu": "mtu", "mss": "mss", "ptb": "unreachables", "tun": "tunnels",
    "stat": "static routes", "st6": "static routes v6", "rib": "rib", "fib": "fib", "src": "routing sources",
    "pbr": "policy routing", "urpf": "urpf", "lb": "load sharing", "lag": "bundles", "fix": "remedies",
}  # fmt: skip
"""Short headings of the matrix, and the topics that they stand for."""


def platforms_table() -> str:
    """The platform x capability matrix, computed from what the platforms' tables read."""
    found = platforms()
    table = Table(box=None, pad_edge=False, padding=(0, 1))
    for heading in ("platform", *COLUMNS, "cmd"):
        table.add_column(heading, no_wrap=True)
    for platform in found:
        marks = ("x" if topic in platform.topics else "-" for topic in COLUMNS.values())
        table.add_row(platform.name, *marks, str(len(platform.commands)))
    named = [f"{short} {topic}" for short, topic in COLUMNS.items()]
    legend = textwrap.fill(f"x: read. {', '.join(named)}, cmd read-only commands", 120)
    more = [
        f"{platform.name} reads also: {', '.join(rest)}"
        for platform in found
        if (rest := sorted(platform.topics - set(COLUMNS.values())))
    ]
    return _printed(table, "", legend, "", *more)


def service_text(name: str) -> str:
    """A service profile: source, date, ports, prefixes, and which of them are anycast."""
    service = load(name)
    lines = [
        f"{service.title} ({service.name})",
        f"source: {service.source}",
        f"published: {service.published or 'no date'}",
        f"ports: {', '.join(f'{p.protocol} {p.port}' for p in service.ports)}",
        "prefixes:",
        *(f"  {prefix}" for prefix in service.prefixes),
        "anycast:",
        *(f"  {prefix}" for prefix in service.anycast),
        *(f"see: {reference}" for reference in service.references),
    ]
    return "\n".join(lines) + "\n"
