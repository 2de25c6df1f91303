"""Pieces of HTML: every text that goes through here is escaped, and nothing else reaches a page."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

SYMBOLS = {
    "critical": "✖✖",
    "high": "✖",
    "medium": "▲",
    "low": "△",
    "info": "ℹ",
    "ok": "✔",
    "waived": "⏸",
    "unknown": "?",
    "not": "∅",
    "note": "ℹ",
}
"""A sign for each verdict: nothing is told by colour alone."""


def text(value: object) -> str:
    """A value as text of a page or of an attribute in double quotes."""
    return escape(str(value), quote=True)


def element(name: str, content: str, **attributes: object) -> str:
    """An element around HTML that is escaped already. `class_` stands for class, `data_x` for data-x."""
    return f"<{name}{_attributes(attributes)}>{content}</{name}>"


def _attributes(given: dict[str, object]) -> str:
    return "".join(
        f' {key.rstrip("_").replace("_", "-")}="{text(value)}"'
        for key, value in given.items()
        if value is not None
    )


def verdict(said: str) -> str:
    """A verdict with its sign: `✖ high`, `? unknown (high)`."""
    return text(f"{SYMBOLS.get(kind_of(said), '?')} {said}")


def kind_of(said: str) -> str:
    """The first word of a verdict: it names classes and signs."""
    return said.split()[0]


def listed(items: Iterable[str], **attributes: object) -> str:
    """A list of texts."""
    return element("ul", "".join(element("li", text(item)) for item in items), **attributes)
