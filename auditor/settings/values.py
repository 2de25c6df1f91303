"""From what a file, a variable or an option says to the value of a setting."""

from __future__ import annotations

import math
import re

from auditor.settings.setting import Kind, Setting, Value

TRUE = ("1", "true", "yes", "on")
FALSE = ("0", "false", "no", "off")


class BadValue(ValueError):
    """A value that a setting cannot have; the message goes on after the setting's name."""


def from_file(row: Setting, given: object) -> Value:
    """The value of a row from what TOML holds. Raises BadValue."""
    if row.kind is Kind.FLAG:
        if isinstance(given, bool):
            return given
        raise BadValue(f"takes true or false, not {_shown(given)}")
    if isinstance(given, bool):
        raise BadValue(f"takes {wanted(row)}, not {_shown(given)}")
    if row.kind is Kind.WHOLE and isinstance(given, int):
        return _in_bounds(row, given)
    if row.kind is Kind.NUMBER and isinstance(given, int | float):
        return _in_bounds(row, float(given))
    if row.many:
        texts = [given] if isinstance(given, str) else given
        if isinstance(texts, list) and all(isinstance(text, str) for text in texts):
            return _list(row, texts)
    elif row.kind in (Kind.TEXT, Kind.CHOICE) and isinstance(given, str):
        return _text(row, given)
    raise BadValue(f"takes {wanted(row)}, not {_shown(given)}")


def from_text(row: Setting, text: str) -> Value:
    """The value of a row from an environment variable; lists are separated by commas, or by line ends where
    there are any. Raises BadValue."""
    if row.kind is Kind.FLAG:
        if text.lower() in (*TRUE, *FALSE):
            return text.lower() in TRUE
        raise BadValue(f"takes {'/'.join(TRUE)} or {'/'.join(FALSE)}, not {_shown(text)}")
    if row.many:
        parts = re.split(r"\n" if "\n" in text.strip() else ",", text)
        return _list(row, [part.strip() for part in parts if part.strip()])
    return option(row, text)


def option(row: Setting, text: str) -> Value:
    """What one option on the command line gives. Raises BadValue."""
    if row.kind in (Kind.WHOLE, Kind.NUMBER):
        try:
            number = int(text) if row.kind is Kind.WHOLE else float(text)
        except ValueError:
            raise BadValue(f"takes {wanted(row)}, not {_shown(text)}") from None
        return _in_bounds(row, number)
    return _text(row, text)


def wanted(row: Setting) -> str:
    """What a row takes, in words."""
    one = {
        Kind.TEXT: "a text",
        Kind.WHOLE: "a whole number",
        Kind.NUMBER: "a number",
        Kind.FLAG: "true or false",
        Kind.CHOICE: f"one of {', '.join(row.choices)}",
        Kind.TEXTS: "a list of texts",
        Kind.CHOICES: f"a list of {', '.join(row.choices)}",
        Kind.CODES: "a list of codes",
    }[row.kind]
    if row.least is not None:
        one += f" from {row.least} on"
    if row.above is not None:
        one += f" above {row.above:g}"
    return one


def _in_bounds(row: Setting, number: int | float) -> int | float:
    low = row.least is not None and number < row.least
    if low or (row.above is not None and not number > row.above) or not math.isfinite(number):
        raise BadValue(f"takes {wanted(row)}, not {number}")
    return number


def _text(row: Setting, text: str) -> str:
    if not text or not text.isprintable():
        raise BadValue(
            f"takes {wanted(row)} that is not empty and can be printed, not {_shown(text)}"
        )
    if row.choices and text not in row.choices:
        raise BadValue(
            f"takes one of {', '.join(row.choices)}, not {_shown(text)}{nearest(text, row.choices)}"
        )
    return text


def _list(row: Setting, texts: list[str]) -> tuple[str, ...]:
    parts = (
        [part.strip() for text in texts for part in text.split(",")]
        if row.kind is Kind.CODES
        else texts
    )
    return tuple(_text(row, part) for part in parts)


def _shown(given: object) -> str:
    text = repr(given) if isinstance(given, str) else str(given)
    if isinstance(given, bool):
        text = text.lower()
    elif isinstance(given, dict):
        return "a table"
    elif isinstance(given, list):
        return (
            "a list" if all(isinstance(part, str) for part in given) else "a list of other things"
        )
    return text if len(text) <= 60 else f"{text[:57]}…"


def nearest(word: str, words: tuple[str, ...]) -> str:
    """`; did you mean 'high'?`, or nothing."""
    near = nearest_word(word, words)
    return f"; did you mean {near!r}?" if near else ""


def nearest_word(word: str, words: tuple[str, ...], likeness: float = 0.6) -> str:
    """The word that is most like `word`, "" where none is like it."""
    import difflib

    found = difflib.get_close_matches(word.lower(), words, 1, likeness)
    return found[0] if found else ""
