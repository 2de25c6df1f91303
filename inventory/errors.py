"""Errors of this room.

InventoryError (ValueError)
├── SourceNotFound        a path that is not there, or cannot be opened
├── NoDevices             a folder without any device text; the message says what was looked for
├── BadInventory          an inventory that cannot be read; the message says where and why
└── SourceOfTruthFailed   a server that does not answer, or not as expected
"""


class InventoryError(ValueError):
    """The root of what this room raises."""


class SourceNotFound(InventoryError):
    """A path that does not exist, or that the user may not read."""


class NoDevices(InventoryError):
    """A folder that holds no text of a device."""


class BadInventory(InventoryError):
    """An inventory whose form is wrong."""


class SourceOfTruthFailed(InventoryError):
    """A server of inventories (NetBox) that refuses, is not there, or answers something else."""
