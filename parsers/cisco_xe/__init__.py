"""Cisco IOS-XE: the grammar of IOS, with defaults of its own where they differ."""

from __future__ import annotations

from parsers.cisco_ios import PLATFORM as IOS
from parsers.tells import CISCO_XE

PLATFORM = IOS._replace(name="cisco_xe", title="Cisco IOS-XE", tells=CISCO_XE)
