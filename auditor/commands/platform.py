"""`auditor platform NAME`: what is collected and read, and how the platform is recognised."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from auditor.errors import UsageError
from auditor.platform_docs import WEIGHTS, PlatformDoc, platform_doc
from auditor.settings.values import nearest
from parsers.errors import UnknownPlatform
from parsers.registry import PLATFORMS


def platform_text(name: str) -> str:
    """All about a platform. Raises UsageError for one that is not known, with the nearest name."""
    try:
        doc = platform_doc(name.lower())
    except UnknownPlatform:
        known = tuple(sorted(PLATFORMS))
        raise UsageError(
            f"no platform is called {name!r}{nearest(name, known)}; `auditor platforms` lists all"
        ) from None
    return "\n".join(_lines(doc)) + "\n"


def _lines(doc: PlatformDoc) -> Iterator[str]:
    yield f"{doc.name}  {doc.title} ({doc.vendor})"
    if doc.about:
        yield doc.about
    yield "\nCommands that `auditor collect` sends, all read-only"
    width = max(len(command.text) for command in doc.commands)
    yield from (f"    {command.text:<{width}}  {command.gives}" for command in doc.commands)
    if doc.aliases:
        yield "\nFiles are taken for these as well"
        yield from (f"    {other}: {command}" for other, command in doc.aliases)
    yield "\nWhat is read"
    yield textwrap.fill(", ".join(doc.topics), 110, initial_indent="    ", subsequent_indent="    ")
    yield f"\nLines that tell it ({WEIGHTS})"
    yield from (f"    {tell.weight:>4}  {tell.pattern}" for tell in doc.tells)
    yield f"\n{doc.readme}"
