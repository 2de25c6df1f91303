"""The console script: `auditor`, and `python -m auditor`."""

from __future__ import annotations

import sys
from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command and gives its exit code. Nothing but a message ever reaches the user."""
    from auditor.cli import run  # the command line loads what a command needs, and no more

    try:
        return run(list(sys.argv[1:] if arguments is None else arguments))
    except BrokenPipeError:
        sys.stderr.close()  # the reader has gone (`| head`): not worth a traceback
        return 0
    except KeyboardInterrupt:
        print("interrupted", file=sys.stderr)
        return 130
    except Exception as error:
        if sys.flags.dev_mode:
            raise
        from auditor.scrub import scrub

        said = scrub(f"{type(error).__name__}: {error}")
        print(f"auditor: internal error, please report it: {said}", file=sys.stderr)
        print("(`python -X dev -m auditor …` shows where)", file=sys.stderr)
        return 3


if __name__ == "__main__":
    raise SystemExit(main())
