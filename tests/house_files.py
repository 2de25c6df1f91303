"""The project's files, for the house tests."""

from __future__ import annotations

import ast
import re
import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parent.parent
ROOMS = ("auditor", "parsers", "rules", "inventory")


@cache
def files() -> tuple[str, ...]:
    """The files of the project, as git knows them; without git, all but what tools leave behind."""
    command = ["git", "-c", "safe.directory=*", "ls-files", "-co", "--exclude-standard", "-z"]
    try:
        done = subprocess.run(command, cwd=ROOT, capture_output=True, check=True, text=True)
    except (OSError, subprocess.CalledProcessError):
        found = (path for path in ROOT.rglob("*") if path.is_file())
        names = (path.relative_to(ROOT).as_posix() for path in found)
        return tuple(
            sorted(n for n in names if not re.search(r"(?:^|/)(?:\.(?!ci/|pre)|__pycache__)", n))
        )
    return tuple(sorted({n for n in done.stdout.split("\0") if n and (ROOT / n).is_file()}))


def text_of(name: str) -> str:
    return (ROOT / name).read_text("utf-8", "replace")


def sources(*folders: str) -> list[str]:
    return [n for n in files() if n.endswith(".py") and n.split("/")[0] in (folders or ROOMS)]


@cache
def tree_of(name: str) -> ast.Module:
    return ast.parse(text_of(name))
