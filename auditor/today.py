"""The date that waivers are measured against."""

from __future__ import annotations

import datetime
import os

from auditor.errors import UsageError


def today() -> datetime.date:
    """The date in UTC; `SOURCE_DATE_EPOCH` (seconds, reproducible-builds.org) fixes it for runs that must
    repeat. Raises UsageError where that is no number."""
    fixed = os.environ.get("SOURCE_DATE_EPOCH")
    if not fixed:
        return datetime.datetime.now(datetime.UTC).date()
    try:
        return datetime.datetime.fromtimestamp(int(fixed), datetime.UTC).date()
    except (ValueError, OverflowError, OSError):
        raise UsageError(
            f"SOURCE_DATE_EPOCH={fixed!r} is no number of seconds since 1970"
        ) from None
