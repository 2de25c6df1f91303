"""Errors of this room; each message says what, where and what to do.

UsageError (ValueError)
├── ProfileError      a service that cannot be loaded
├── WaiverError       a waivers file that cannot be used
└── BatchError        a batch file that cannot be read at all
"""


class UsageError(ValueError):
    """Wrong usage, or an input that the user named and that cannot be read: exit code 2."""


class ProfileError(UsageError):
    """A service profile that is missing or wrong."""


class BatchError(UsageError):
    """A batch of packets that cannot be opened."""


class WaiverError(UsageError):
    """A waivers file that is missing or wrong; the message names file and line."""
