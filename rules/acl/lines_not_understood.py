"""Lines that could decide are not understood.

What it finds
    Lines of an interface, or of the top level, that no part of the parser knows. Lines inside a filter that
    are not understood are judged by ACL001 and its like, packet by packet.

Why it matters
    A line that is not read may apply a filter, hide a message or split sessions; silence about it would be a
    pass that nobody has earned.

When it is unknown
    It is always unknown: read the lines, or report them to the project.

Examples
    acl009_unknown_garbled_line

Remedy
    Check the lines by hand; tell the project about a statement that it should know.

References
    None: this is about the text, not about a protocol.
"""

from __future__ import annotations

from collections.abc import Iterator

from parsers.model.device import UnreadLine
from rules.finding import Finding, Outcome, Severity
from rules.rule import Rule
from rules.view import View

RULE = Rule(
    "ACL009",
    "lines-not-understood",
    "Lines that could decide are not understood",
    Severity.HIGH,
    (),
)
SHOWN = 12


def check(view: View) -> Iterator[Finding]:
    """One finding per interface, one for routes, one for the rest."""
    groups: dict[tuple[str, str | None], list[UnreadLine]] = {}
    for unread in view.device.not_understood:
        if unread.topic == "filter":
            continue
        subject = unread.subject if unread.topic == "interface" else None
        groups.setdefault((unread.topic, subject), []).append(unread)
    for (topic, subject), lines in groups.items():
        if topic == "interface" and subject is not None and not _crossed(view, subject):
            continue
        yield _finding(topic, subject, lines)


def _crossed(view: View, name: str) -> bool:
    """Whether sessions may use an interface; one that is shut down or off the path decides nothing."""
    interface = view.interfaces.get(name)
    if interface is None or not interface.enabled:
        return interface is None
    if view.is_used(name) or not any(crossing.known for crossing in view.crossings):
        return True
    return not interface.addresses and not interface.dynamic_address


def _finding(topic: str, subject: str | None, lines: list[UnreadLine]) -> Finding:
    severity = Severity.HIGH if topic in ("interface", "route") else Severity.MEDIUM
    places = {
        "interface": f"in interface {subject}",
        "route": "among the static routes",
        "other": "at the top level",
    }
    count = len(lines)
    noun = "line is" if count == 1 else "lines are"
    return Finding(
        code=RULE.code,
        title=RULE.title,
        severity=severity,
        outcome=Outcome.UNKNOWN,
        subject=f"{topic} {subject or ''}".strip(),
        message=f"{count} {noun} not understood {places.get(topic, 'in the text')}: what they do to sessions "
        "is not known.",
        evidence=tuple(unread.where for unread in lines[:SHOWN]),
        advice=("Read these lines by hand; report a statement that the auditor should know.",),
        references=RULE.references,
    )
