"""What the process tells its caller (CONTRACT: commands, exit codes)."""

from enum import IntEnum


class ExitCode(IntEnum):
    """The four answers."""

    CLEAN = 0
    FINDINGS = 1
    USAGE = 2
    INCOMPLETE = 3
