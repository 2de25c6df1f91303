"""A secret in memory: it shows itself to whoever asks for it by name, and to nobody by accident."""

from __future__ import annotations

from typing import NoReturn

SHOWN = "<secret>"


class Secret:
    """A password, token or passphrase. Its text is not in `repr`, `str`, tracebacks or pickles."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = text

    def reveal(self) -> str:
        """The text itself."""
        return self._text

    def __repr__(self) -> str:
        return SHOWN

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and other._text == self._text

    def __hash__(self) -> int:
        return hash(self._text)

    def __reduce__(self) -> NoReturn:
        raise TypeError("a secret is not written anywhere")
