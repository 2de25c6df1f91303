"""The table of settings in docs/settings.md, between two marks; the rest of the page is written by hand."""

from __future__ import annotations

from auditor.documents.markup import code, plain, table
from auditor.settings.options import default_of
from auditor.settings.setting import Kind, Setting
from auditor.settings.table import SECTIONS, SETTINGS
from auditor.settings.values import wanted

BEGIN = "<!-- made by `python -m auditor.documents` from auditor/settings/table.py -->"
END = "<!-- end of what is made -->"


def with_table(page: str) -> str:
    """The page with a table that is up to date. Raises ValueError for a page without the marks."""
    before, begin, rest = page.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"docs/settings.md: has no {BEGIN} … {END}")
    return f"{before}{BEGIN}\n\n{tables()}\n{END}{after}"


def tables() -> str:
    """A table for what stands at the top of a file, and one for each of its sections."""
    parts = []
    for section in ("", *SECTIONS):
        rows = [_row(row) for row in SETTINGS if row.section == section]
        heading = f"`[{section}]`\n\n" if section else ""
        parts.append(
            heading + table(("setting", "takes", "default", "what it is", "commands"), rows)
        )
    return "\n".join(parts)


def _row(row: Setting) -> tuple[str, ...]:
    taken = wanted(row) if row.kind is not Kind.CHOICES else "a list of formats"
    said = plain(row.help) + (" (guarded)" if row.guarded else "")
    default = code(str(default_of(row))) if row.default is not None else plain(default_of(row))
    return code(row.key), plain(taken), default, said, ", ".join(row.commands)
