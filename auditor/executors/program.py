"""A worker process as a program of its own: the argument is the descriptor of its pipe, over which the work and
its limits come first."""

from __future__ import annotations

import sys
from multiprocessing.connection import Connection

from auditor.executors.child import serve
from rules.rule import registry


def main() -> None:
    """Works until the other end is closed."""
    pipe = Connection(int(sys.argv[1]))
    work, limits = pipe.recv()
    registry()
    pipe.send("ready")
    serve(pipe, work, limits)


if __name__ == "__main__":
    main()
