"""The lines around evidence: what an engineer looks at to see where in the configuration a line stands."""

from __future__ import annotations

from collections.abc import Sequence

from parsers.model.source import Where

AROUND = 2
"""Lines shown before and after a line of evidence."""
MOST = 5
"""Lines of evidence that are shown with their surroundings."""


def around(evidence: Sequence[Where], lines: dict[str, list[str]]) -> tuple[Where, ...]:
    """The places around the first lines of evidence, in the order of file and line, each once."""
    found = {
        Where(place.file, line)
        for place in evidence[:MOST]
        for line in range(place.line - AROUND, place.line + AROUND + 1)
        if 0 < line <= len(lines.get(place.file, ()))
    }
    return tuple(sorted(found, key=lambda where: (where.file, where.line)))
