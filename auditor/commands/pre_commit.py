"""`auditor pre-commit FILES…`: the devices of changed files, judged as in a whole run."""

from __future__ import annotations

import argparse

from auditor.exit_codes import ExitCode

HERE = "."


def pre_commit(options: argparse.Namespace) -> int:
    """Audits the devices of the files; clean without any. The report goes to the terminal."""
    from auditor.commands.audit import audit

    options.path, options.targets, options.changed = HERE, None, list(options.files)
    if not options.files:
        return int(ExitCode.CLEAN)
    return audit(options)
