"""Plain text in Markdown."""

from __future__ import annotations

import re
from collections.abc import Sequence

HEAD = (
    "<!-- made by `python -m auditor.documents` from {source}; change that, and make it anew -->\n"
)


def plain(text: str) -> str:
    """Text whose signs mean nothing in Markdown; what stands in backquotes stays."""
    parts = re.split(r"(`[^`\n]+`)", text)
    return "".join(
        p if i % 2 else re.sub(r"([\\*_<>\[\]|])", r"\\\1", p) for i, p in enumerate(parts)
    )


def code(text: str) -> str:
    """Text in backquotes, as many as it takes; bars are escaped for tables."""
    longest = max((len(run) for run in re.findall(r"`+", text)), default=0)
    fence = "`" * (longest + 1)
    pad = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{fence}{pad}{text}{pad}{fence}".replace("|", "\\|")


def table(headings: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    """A table; cells are Markdown already."""
    lines = [headings, tuple("---" for _ in headings), *rows]
    return "".join(f"| {' | '.join(cells)} |\n" for cells in lines)
