"""The way to a Dask scheduler, which may go away and come back."""

from __future__ import annotations

import contextlib
import logging
import sys
import time
from typing import TYPE_CHECKING

from auditor.errors import UsageError

if TYPE_CHECKING:
    from distributed import Client

PATIENCE = 60.0
"""Seconds to wait for a scheduler, or for workers, that have gone away."""
ANSWER = 5.0
"""Seconds in which a scheduler answers."""


class Gone(Exception):
    """The scheduler, or all workers, have gone away for longer than PATIENCE."""


class Connection:
    """A client that can be made again.

    Raises UsageError for an address that is none, and where nothing answers at first.
    """

    def __init__(self, address: str) -> None:
        scheme, _, place = address.partition("://")
        if scheme not in ("dask", "dask+tls") or not place:
            raise UsageError(
                f"--executor {address!r}: use local, or dask://HOST:PORT (dask+tls://… with certificates)"
            )
        self._address = f"{'tls' if scheme == 'dask+tls' else 'tcp'}://{place}"
        self._given = address
        try:
            import distributed
        except ImportError:
            raise UsageError(
                f"--executor {address}: Dask is not installed; install the extra `cluster`"
            ) from None
        for name in list(logging.root.manager.loggerDict):
            if name.startswith("distributed"):
                # what goes wrong there is said here, without its tracebacks
                logging.getLogger(name).setLevel(logging.CRITICAL + 1)
        self._library = distributed
        self.client: Client = self._connected(2 * ANSWER)

    def _connected(self, seconds: float) -> Client:
        try:
            return self._library.Client(self._address, timeout=seconds, set_as_default=False)
        except (OSError, TimeoutError, ValueError) as error:
            raise UsageError(
                f"--executor {self._given}: no scheduler answers there: {error}; start one with `dask scheduler`"
            ) from None

    def threads(self) -> int | None:
        """The threads of all workers; None where the scheduler does not answer."""
        if self.client.status != "running":
            return None
        try:
            known: dict[str, int] = self.client.sync(
                self.client.scheduler.ncores, callback_timeout=ANSWER
            )
        except (OSError, RuntimeError, TimeoutError):
            return None
        return sum(known.values())

    def again(self) -> None:
        """A new client after the scheduler was lost. Raises Gone."""
        self.close()
        sys.stderr.write("auditor: the scheduler is lost; trying to reach it again\n")
        until = time.monotonic() + PATIENCE
        while True:
            try:
                self.client = self._connected(ANSWER)
            except UsageError:
                if time.monotonic() > until:
                    raise Gone(f"the scheduler {self._given} went away") from None
                time.sleep(1)
            else:
                return

    def close(self) -> None:
        """Ends the client, whatever it thinks of it."""
        with contextlib.suppress(Exception):
            self.client.close(timeout=2)
