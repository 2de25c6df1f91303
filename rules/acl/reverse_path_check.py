"""A reverse path check may drop the answers of the service.

What it finds
    Strict unicast reverse path forwarding on an outside interface while the routes to the service use
    several ways out, or a default route that such checks leave out unless they are told to use it.

Why it matters
    An answer that comes in through another way than the check expects is dropped without a word: sessions
    time out, for some destinations only.

When it is unknown
    Always: how a device checks several equal paths, or a default route, depends on platform and release.

Examples
    acl005_unknown_strict_check_two_exits, acl005_silent_loose_check

Remedy
    Use the loose mode on outside interfaces, and allow the default route in the check.

References
    RFC 3704 (ingress filtering for multihomed networks), RFC 8704
"""

from __future__ import annotations

from collections.abc import Iterator

from rules.finding import Finding, Outcome, Severity
from rules.forwarding import Path
from rules.rule import Rule
from rules.view import View

RULE = Rule(
    "ACL005",
    "reverse-path-check-may-drop",
    "A reverse path check may drop the service's answers",
    Severity.HIGH,
    ("RFC 3704", "RFC 8704"),
)


def check(view: View) -> Iterator[Finding]:
    """One finding per outside interface with a strict check."""
    for crossing in view.crossings:
        for interface in crossing.outside if crossing.known else crossing.inside:
            check_mode = interface.urpf
            if check_mode is None or check_mode.value != "strict":
                continue
            reason = _reason(crossing.paths, interface.name)
            if crossing.known and reason is None:
                continue
            yield Finding(
                code=RULE.code,
                title=RULE.title,
                severity=Severity.HIGH if crossing.known else Severity.MEDIUM,
                outcome=Outcome.UNKNOWN,
                subject=f"{interface.name} IPv{crossing.family} vrf {crossing.vrf}",
                message=f"The strict reverse path check on {interface.name} may drop answers of the "
                f"service: {reason or 'no route shows which way the service is'}.",
                evidence=(check_mode.where,) if check_mode.where is not None else (),
                advice=("Use the loose mode on interfaces towards the Internet.",),
                references=RULE.references,
            )


def _reason(paths: tuple[Path, ...], name: str) -> str | None:
    """Why the check may drop answers that come in through an interface; None if the way out is certain."""
    for path in paths:
        names = {leaf.interface for leaf in path.leaves}
        if name in names and len(names) > 1:
            return f"the routes to {path.prefix} use {len(names)} ways out"
        if name in names and path.route is not None and path.route.length == 0:
            return "only a default route leads to the service, which checks may leave out"
    return None
