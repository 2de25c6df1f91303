"""The only door to a device: what is on no list does not go through."""

from __future__ import annotations

from collections.abc import Iterable

from auditor.connectors.errors import NotAllowed
from inventory.secret import Secret


class Gate:
    """Decides about every text that is about to be sent. `lines` are whole command lines, `answers`
    what pagers and greetings are answered with."""

    def __init__(self, lines: Iterable[str], answers: Iterable[str], line_end: str = "\n") -> None:
        self._lines = frozenset(lines)
        self._answers = frozenset(answers)
        self._line_end = line_end
        self._once: Secret | None = None

    def allow_once(self, secret: Secret) -> None:
        """Lets this one secret through, once: the device has asked for it."""
        self._once = secret

    def check(self, text: str) -> None:
        """Raises NotAllowed for a text that is on no list. The message does not repeat the text."""
        if text in self._answers or text == self._line_end:
            return
        if text.endswith(self._line_end):
            line = text[: -len(self._line_end)]
            if line in self._lines:
                return
            if self._once is not None and line == self._once.reveal():
                self._once = None
                return
        raise NotAllowed(
            "internal error, please report it: a text on no list was to be sent; it was not"
        )
