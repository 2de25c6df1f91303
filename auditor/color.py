"""Whether to write colours: NO_COLOR, then FORCE_COLOR, then whether it is a terminal that can show them."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import TextIO


def color_wanted(stream: TextIO, environment: Mapping[str, str] = os.environ) -> bool:
    """NO_COLOR forbids and FORCE_COLOR demands, where they are set to anything; Python decides in this
    order as well. See no-color.org and force-color.org."""
    if environment.get("NO_COLOR"):
        return False
    if environment.get("FORCE_COLOR"):
        return True
    return environment.get("TERM") != "dumb" and stream.isatty()
