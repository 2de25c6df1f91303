"""Only the devices of changed files: each with all its files, so that verdicts are those of a whole run."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterable
from pathlib import Path

from auditor.errors import UsageError
from inventory.sources import SourceDevice


def changed_files(options: argparse.Namespace) -> list[str] | None:
    """The names that `--changed` or a hook gives; None for a run over all devices."""
    if options.changed is None or isinstance(options.changed, list):
        return options.changed
    if options.changed == "-" and options.path == "-":
        raise UsageError("--changed -: standard input is PATH already; write the list to a file")
    return listed(options.changed)


def listed(name: str) -> list[str]:
    """The names in a list of files, one on each line (`git diff --name-only`); - is standard input.

    Names that git has quoted are read as git means them. Raises UsageError for a list that cannot be read.
    """
    try:
        data = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
    except OSError as error:
        raise UsageError(f"--changed {name}: cannot be read: {error.strerror}") from None
    lines = data.split(b"\0") if b"\0" in data else data.splitlines()
    found = []
    for number, line in enumerate(lines, 1):
        try:
            text = _unquoted(line)
        except ValueError:
            raise UsageError(
                f"--changed {name}:{number}: is not a name as git quotes it; write the list with "
                "`git diff --name-only -z`"
            ) from None
        if text.strip():
            found.append(text.decode("utf-8", "surrogateescape"))
    return found


_LETTERS = {b"a": 7, b"b": 8, b"t": 9, b"n": 10, b"v": 11, b"f": 12, b"r": 13, b'"': 34, b"\\": 92}
_ESCAPE = re.compile(rb'\\([abtnvfr"\\]|[0-3][0-7]{2})?')


def _unquoted(line: bytes) -> bytes:
    r"""Git writes "b\303\251.cfg" for names with bytes above 127, quotes, or control characters (quote.c). Raises
    ValueError for what it would not write."""
    if not (len(line) > 1 and line.startswith(b'"') and line.endswith(b'"')):
        return line
    return _ESCAPE.sub(_character, line[1:-1])


def _character(found: re.Match[bytes]) -> bytes:
    word = found[1]
    if word is None:
        raise ValueError("no such escape")
    return bytes([_LETTERS[word] if word in _LETTERS else int(word, 8)])


def holding(devices: Iterable[SourceDevice], changed: set[Path]) -> tuple[SourceDevice, ...]:
    """The devices that at least one of the files, all resolved, is of."""
    return tuple(
        device for device in devices if any(file.path.resolve() in changed for file in device.files)
    )
