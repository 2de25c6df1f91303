"""What a group of commands does by itself: it says which ones there are."""

from __future__ import annotations

import argparse
from collections.abc import Callable

from auditor.exit_codes import ExitCode


def help_of(parser: argparse.ArgumentParser) -> Callable[[argparse.Namespace], int]:
    """A command that prints the help of `parser`; wrong usage, for the group needs a command."""

    def show(_: argparse.Namespace) -> int:
        parser.print_help()
        return int(ExitCode.USAGE)

    return show
