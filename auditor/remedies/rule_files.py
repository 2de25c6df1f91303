"""Files of rules on Cumulus Linux, written with `tee` and removed with `rm`: they are read before all others."""

from __future__ import annotations

import re
from collections.abc import Sequence

from auditor.remedies.errors import NotCarriedOut
from parsers.platform import CONFIGURATION, Text

_WRITE = re.compile(r"sudo tee (?P<file>/etc/cumulus/acl/policy\.d/00allow_\w+\.rules) <<'END'")
_REMOVE = re.compile(r"sudo rm (?P<file>/etc/cumulus/acl/policy\.d/00allow_\w+\.rules)")
_SECTION = re.compile(r"\[(?:iptables|ip6tables)\]")


def written(texts: list[Text], commands: Sequence[str]) -> list[str]:
    """Writes or removes the files in place; gives the commands that are left. In a text of several files a new one
    begins with its name in a comment."""
    left, body = [], None
    for command in commands:
        if body is not None:
            if command == "END":
                _put(texts, body)
                body = None
            else:
                body.append(command)
        elif found := _WRITE.fullmatch(command):
            body = [f"# {found['file']}"]
        elif found := _REMOVE.fullmatch(command):
            _take(texts, f"# {found['file']}")
        else:
            left.append(command)
    return left


def _put(texts: list[Text], body: list[str]) -> None:
    for place, text in enumerate(texts):
        at = next((i for i, line in enumerate(text.lines) if _SECTION.fullmatch(line)), None)
        if at is not None and text.command == CONFIGURATION:
            texts[place] = text._replace(lines=[*text.lines[:at], *body, *text.lines[at:]])
            return
    raise NotCarriedOut("no file of rules is there that a new one could stand before")


def _take(texts: list[Text], head: str) -> None:
    for place, text in enumerate(texts):
        if head not in text.lines:
            continue
        at = text.lines.index(head)
        end = at + 2
        while end < len(text.lines) and text.lines[end].startswith("-A "):
            end += 1
        texts[place] = text._replace(lines=[*text.lines[:at], *text.lines[end:]])
        return
    raise NotCarriedOut(f"there is no {head.removeprefix('# ')}")
