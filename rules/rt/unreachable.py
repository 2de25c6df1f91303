"""Some of the service's prefixes have a route here, and others have none.

What it finds
    A routing or forwarding table that was collected carries part of the published ranges, while for
    another part there is no route and no default.

Why it matters
    Clients whose resolver returns an address of the missing part cannot connect, others can: the
    fault looks random.

When it is unknown
    When the table was not read completely.

Examples
    rt002_fires_partial_routes, rt002_silent_default_route

Remedy
    Accept the missing prefixes from the neighbour, or add a default route.

References
    RFC 4632
"""

from __future__ import annotations

from collections.abc import Iterator

from parsers.model.source import Where
from rules.finding import Blocked, Finding, Outcome, Severity
from rules.rule import Rule
from rules.view import View

RULE = Rule(
    "RT002",
    "service-prefix-without-route",
    "Part of the published ranges has no route",
    Severity.HIGH,
    ("RFC 4632",),
)


def check(view: View) -> Iterator[Finding]:
    """One finding per VRF and family whose table carries only part of the service."""
    for crossing in view.crossings:
        missing = [p for p in crossing.paths if not p.routes and p.source != "config"]
        present = [p for p in crossing.paths if p.routes and not p.discard]
        if not missing or not present:
            continue
        prefixes = [str(path.prefix) for path in missing]
        certain = all(path.certain for path in missing)
        ports = ", ".join(str(number) for number in view.service.port_numbers())
        yield Finding(
            code=RULE.code,
            title=RULE.title,
            severity=Severity.HIGH,
            outcome=Outcome.FAIL if certain else Outcome.UNKNOWN,
            subject=f"vrf {crossing.vrf} IPv{crossing.family}",
            message=f"vrf {crossing.vrf} has no route to {', '.join(prefixes)}, while other ranges of "
            f"the service have one: clients that are given those addresses cannot connect.",
            evidence=(Where(missing[0].file, 1),),
            blocked=tuple(Blocked(prefix, "tcp", ports) for prefix in prefixes),
            advice=("Accept the missing prefixes from the neighbour, or add a default route.",),
            references=RULE.references,
        )
