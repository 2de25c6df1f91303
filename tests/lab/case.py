"""What a case of the lab is: how the router is set, what the traffic does, and what the audit must say."""

from __future__ import annotations

import enum
from typing import NamedTuple


class Traffic(enum.Enum):
    """What the client does."""

    TALK = "sessions of many small segments"
    FRAGMENTS = "sessions without DF, whose big segments are fragmented before the router"
    LOSS = "sessions that lose a segment until its IPv6 flow label changes"
    TTL = "sessions whose TTL falls half-way, as after a path change before the router"
    DSCP = "sessions whose DSCP changes half-way, as SSH's does after login"
    UPLOAD = "big transfers to the service"
    DOWNLOAD = "big transfers from the service"


class Happens(enum.Enum):
    """What becomes of the sessions."""

    SURVIVE = "survive"  # all
    RESET = "reset"  # at least one, and none ends in another way
    STALL = "stall"  # all


class Case(NamedTuple):
    """One setting of the router under test, `r`.

    `routes` are FRR's static routes to the service, `rules` arguments of `ip rule add`, `narrow` the device
    (namespace, name) with an MTU of 1400. `says` are the findings that the audit must give, notes aside, as
    `CODE outcome severity`; none means OK.
    """

    name: str
    traffic: Traffic
    happens: Happens
    says: tuple[str, ...] = ()
    family: int = 4
    routes: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    settings: tuple[tuple[str, int], ...] = ()
    nft: str = ""
    narrow: tuple[str, str] | None = None
