"""Errors of the diagnosis; each message says what, where and what to do.

UsageError (ValueError, in auditor.errors)
└── UnreadableInput   a file that the user named and that is not what the command reads
"""

from __future__ import annotations

from auditor.errors import UsageError


class UnreadableInput(UsageError):
    """A log, trace, capture or hosts file that cannot be read at all."""
