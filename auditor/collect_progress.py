"""Progress of a collection: on a terminal one line for each device at work, elsewhere nothing."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.live import Live
from rich.text import Text

MOST_LINES = 20
ENDS = ("collected", "partial", "failed")


@contextmanager
def progress(total: int) -> Iterator[Callable[[str, str], None]]:
    """Gives what devices tell their state to. Shows it only if standard error is a terminal."""
    if not sys.stderr.isatty():
        yield lambda _name, _words: None
        return
    lock = threading.Lock()
    at_work: dict[str, str] = {}
    ended: dict[str, int] = dict.fromkeys(ENDS, 0)

    def text() -> Text:
        with lock:
            rows = [f"{name:<24.24} {words}" for name, words in list(at_work.items())[:MOST_LINES]]
            done = sum(ended.values())
            counts = ", ".join(f"{count} {status}" for status, count in ended.items() if count)
        return Text("\n".join([*rows, f"{done}/{total} devices {counts}"]), no_wrap=True)

    console = Console(stderr=True, highlight=False)
    with Live(get_renderable=text, console=console, refresh_per_second=4, transient=True):

        def state(name: str, words: str) -> None:
            status = words.partition(":")[0]
            with lock:
                if status in ENDS:
                    at_work.pop(name, None)
                    ended[status] += 1
                else:
                    at_work[name] = words

        yield state
