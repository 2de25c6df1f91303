"""What a connector is: it opens a session, the session runs listed commands. A further connector is one file more."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Protocol

from auditor.collect_ssh import Way
from auditor.connectors.errors import TooSlow, Unreachable
from inventory.secret import Secret


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits of time in seconds: to connect and log in, for a command to print something more, for
    all of a device."""

    connect: float = 20.0
    command: float = 60.0
    device: float = 1800.0


@dataclass(slots=True)
class Clock:
    """When a device's time is up, and whether the user has stopped the run."""

    limits: Limits
    stop: threading.Event
    started: float = field(default_factory=time.monotonic)

    def check(self) -> None:
        """Raises TooSlow or Unreachable when there is no time left."""
        if self.stop.is_set():
            raise Unreachable("stopped by the user")
        if time.monotonic() - self.started > self.limits.device:
            raise TooSlow(f"not done after {self.limits.device:g} s (--device-timeout)")


@dataclass(frozen=True, slots=True)
class Target:
    """A device to open a session with, and the only texts that may be sent to it."""

    name: str
    platform: str
    device_type: str
    way: Way
    user: str
    password: Secret | None
    enable: Secret | None
    legacy: bool
    commands: tuple[str, ...]


class Session(Protocol):
    """An open session with one device."""

    def run(self, command: str) -> Iterator[str]:
        """What the device prints for `command`, in blocks of whole lines. Raises CollectError."""
        ...

    def close(self) -> None:
        """Ends the session; sends no command for it."""
        ...


class Connector(Protocol):
    """A way to open sessions."""

    def open(self, target: Target, clock: Clock) -> Session:
        """Logs in. Raises CollectError."""
        ...
