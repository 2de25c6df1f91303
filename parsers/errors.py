"""Errors of this room.

    ParserError (ValueError)
    ├── UnknownPlatform       a platform name that no folder here has
    └── UnreadableText        bytes that are no text of a device (binary)
        └── EmptyText         no text at all: no configuration, but a fair answer to a show command

What a *device* prints never raises: it is data, used, irrelevant or not understood.
"""


class ParserError(ValueError):
    """The root of what this room raises."""


class UnknownPlatform(ParserError):
    """A platform name that is not in the registry."""


class UnreadableText(ParserError):
    """A file that holds no device text; the message says what it holds."""


class EmptyText(UnreadableText):
    """A file without any text. Show commands may print nothing, configurations never do."""
