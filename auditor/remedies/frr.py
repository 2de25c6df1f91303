"""`vtysh -c …`: statements of FRR, taken out of the text that holds FRR's configuration or put into it."""

from __future__ import annotations

import shlex

from auditor.remedies.errors import NotCarriedOut
from parsers.platform import Text
from parsers.standing import path_at

_AROUND = frozenset(("configure terminal", "end", "exit", "write memory"))
_HEADS = (
    "frr version ",
    "frr defaults ",
    "hostname ",
    "log ",
    "service ",
    "ip route ",
    "ipv6 route ",
)
"""What stands at the left before a static route, or is one."""


def statements(command: str) -> list[str]:
    """What is typed in the configuration mode: a header, where there is one, and a statement."""
    words = shlex.split(command)
    typed = [words[at + 1] for at, word in enumerate(words) if word == "-c" and at + 1 < len(words)]
    return [line for line in typed if line not in _AROUND]


def with_statements(command: str, typed: list[str]) -> str:
    """The command with other statements in the configuration mode."""
    start = command.partition(" -c ")[0]
    whole = ["configure terminal", *typed, "end", "write memory"]
    return " ".join([start, *(f"-c '{line}'" for line in whole)])


def vtysh(texts: list[Text], command: str) -> list[Text]:
    """Carries a command out that takes a statement back (`no …`) or makes it."""
    typed = statements(command)
    if not 1 <= len(typed) <= 2:
        raise NotCarriedOut(f"not of a form that can be carried out here: {command}")
    headers, statement = typed[:-1], typed[-1]
    removed = statement.removeprefix("no ")
    for place, text in enumerate(texts):
        if not any(line.startswith("frr version ") for line in text.lines):
            continue
        lines = list(text.lines)
        if removed == statement:
            lines.insert(_below(lines, headers, command), f"{' ' * len(headers)}{statement}")
        else:
            wanted = (*headers, removed)
            kept = [x for at, x in enumerate(lines) if path_at(lines, at) != wanted]
            if len(kept) == len(lines):
                raise NotCarriedOut(
                    f"no line of FRR's configuration is what this removes: {removed}"
                )
            lines = kept
        return [*texts[:place], text._replace(lines=lines), *texts[place + 1 :]]
    raise NotCarriedOut("there is no configuration of FRR to type the commands into")


def _below(lines: list[str], headers: list[str], command: str) -> int:
    """The place of a new statement."""
    if headers:
        if headers[0] not in lines:
            raise NotCarriedOut(f"FRR's configuration has no block for this: {command}")
        return lines.index(headers[0]) + 1
    return 1 + max(at for at, line in enumerate(lines) if line.startswith(_HEADS))
