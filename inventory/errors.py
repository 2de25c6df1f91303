"""Errors of this room.

InventoryError (ValueError)
├── SourceNotFound        a path that is not there, or cannot be opened
└── NoDevices             a folder without any device text; the message says what was looked for
"""


class InventoryError(ValueError):
    """The root of what this room raises."""


class SourceNotFound(InventoryError):
    """A path that does not exist, or that the user may not read."""


class NoDevices(InventoryError):
    """A folder that holds no text of a device."""
