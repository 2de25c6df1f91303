"""Waivers in comments of a configuration: `! auditor: ignore[ACL001] until=2027-03-31 reason=…`.

A comment above the first statement speaks for the whole file, one behind a statement for that line, any other for
the next statement and what is indented below it. A finding is covered where a line of its evidence is. Devices that
drop comments keep remarks of access lists, so `remark auditor: …` does the same.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Sequence

from auditor.reports.clean import visible
from auditor.waivers.waiver import WHOLE_FILE, Cover, Waiver
from parsers.platform import CONFIGURATION, Text
from rules.rule import registry

_COMMENT = re.compile(
    r"(?P<before>.*?)(?:!|#|//|/\*|\bremark\b)\s*[\"']?auditor:\s*(?P<rest>ignore\b.*)",
    re.IGNORECASE,
)
_IGNORE = re.compile(r"(?i:ignore)\[(?P<codes>[^\]]*)\]\s*(?P<fields>.*)")
_FIELD = re.compile(
    r"(until|owner|ticket|reason)=(\"[^\"]*\"|'[^']*'|.*?)(?=\s+(?:until|owner|ticket|reason)=|\s*$)"
)
_NO_STATEMENT = ("!", "#", "//", "/*", "*", "--")


def inline_waivers(texts: Sequence[Text]) -> Iterator[Waiver]:
    """The waivers in the comments of a device's configurations, broken ones included."""
    for text in texts:
        if text.command != CONFIGURATION and not text.command.startswith(
            ("iptables", "nft", "ip6")
        ):
            continue
        for number, line in enumerate(text.lines, 1):
            if "auditor:" in line.lower() and (found := _COMMENT.match(line)):
                yield _waiver(text, number, found)


def _waiver(text: Text, number: int, found: re.Match[str]) -> Waiver:
    source = f"{text.file}:{number}"
    cover = _cover(text, number, alone=_is_alone(found["before"]))
    wanted = _IGNORE.match(visible(found["rest"]).rstrip(" */\"'"))
    if wanted is None:
        said = "the comment is not of the form `auditor: ignore[CODE] until=2027-03-31 reason=…`"
        return Waiver(source, said, cover=cover, broken=said)
    fields = {name: value.strip("\"' ") for name, value in _FIELD.findall(wanted["fields"])}
    codes = tuple(code.strip().upper() for code in wanted["codes"].split(",") if code.strip())
    until, wrong = _checked(codes, fields)
    return Waiver(
        source=source,
        reason=fields.get("reason", ""),
        owner=fields.get("owner"),
        ticket=fields.get("ticket"),
        until=until,
        codes=codes,
        cover=cover,
        broken=wrong,
    )


def _is_alone(before: str) -> bool:
    """Whether nothing but blanks and, for remarks, the numbers or the list's name stand before a comment."""
    return not before.strip() or bool(
        re.fullmatch(r"\s*(?:\d+|(?:ip(?:v6)? )?access-list \S+(?: line \d+)?)\s+", before)
    )


def _checked(codes: tuple[str, ...], fields: dict[str, str]) -> tuple[datetime.date | None, str]:
    """The last day, and what is wrong with the comment."""
    known = {found.rule.code for found in registry()}
    unknown = [code for code in codes if code not in known]
    if not codes or unknown:
        return None, f"no rule is called {', '.join(unknown) or 'so'}; see `auditor rules`"
    if not fields.get("reason"):
        return None, "the reason is missing: add reason=…"
    try:
        return datetime.date.fromisoformat(fields.get("until", "")), ""
    except ValueError:
        return None, "the last day is missing: add until=2027-03-31"


def _cover(text: Text, number: int, alone: bool) -> Cover:
    if not alone:
        return Cover(text.file, number, number)
    if all(_is_none(line) for line in text.lines[: number - 1]):
        return Cover(text.file, 1, WHOLE_FILE)
    first = number + 1
    while first <= len(text.lines) and _is_none(text.lines[first - 1]):
        first += 1
    if first > len(text.lines):
        return Cover(text.file, number, number)
    depth = _depth(text.lines[first - 1])
    last = first
    for later in range(first + 1, len(text.lines) + 1):
        line = text.lines[later - 1]
        if _is_none(line):
            continue
        if _depth(line) <= depth:
            break
        last = later
    return Cover(text.file, first, last)


def _is_none(line: str) -> bool:
    """Whether a line holds no statement."""
    stripped = line.strip()
    return not stripped or stripped.startswith(_NO_STATEMENT)


def _depth(line: str) -> int:
    return len(line) - len(line.lstrip())
