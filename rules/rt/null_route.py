"""Service prefixes are routed to nowhere.

What it finds
    A null, discard, reject, unreachable or prohibit route is the longest match for a published
    prefix or for a part of it, in a table or in the static routes.

Why it matters
    Every packet to those addresses is dropped on this device. Clients see a timeout, or an
    ICMP unreachable where the route rejects.

When it is unknown
    When the route depends on a tracked object, or a routing protocol that the texts do not show
    may install a longer match.

Examples
    rt001_fires_null_route, rt001_silent_floating_null_route

Remedy
    Remove the null route, or exclude the published ranges from it.

References
    RFC 4632 (longest match), RFC 5635 (remote triggered black hole filtering)
"""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator

from parsers.model.source import Where
from parsers.platform import Remedy
from rules.finding import Blocked, Finding, Outcome, Severity, Witness
from rules.forwarding import Path
from rules.rule import Rule
from rules.view import View

RULE = Rule(
    "RT001",
    "service-prefix-null-routed",
    "Published ranges are routed to nowhere",
    Severity.HIGH,
    ("RFC 4632", "RFC 5635"),
)


def check(view: View) -> Iterator[Finding]:
    """One finding per null route that catches part of the service."""
    groups: dict[tuple[str, str, int, int], list[Path]] = {}
    for path in view.paths:
        if path.discard and path.route is not None:
            key = (path.vrf, path.file, path.route.line, path.family)
            groups.setdefault(key, []).append(path)
    for (vrf, file, line, _family), paths in groups.items():
        yield _finding(view, vrf, Where(file, line), paths)


def _finding(view: View, vrf: str, where: Where, paths: list[Path]) -> Finding:
    route = paths[0].routes[0]
    prefixes = [str(path.prefix) for path in paths]
    # a static null route in a configuration stands whatever else a protocol may learn
    unknown = route.conditional is not None
    symptom = "timeout" if paths[0].discard == "drop" else "icmp-error"
    address = str(paths[0].prefix.network_address + (1 if paths[0].prefix.num_addresses > 2 else 0))
    port = view.service.ports[0].port
    client = view.example_client(paths[0].family, vrf)
    ports = ", ".join(str(number) for number in view.service.port_numbers())
    return Finding(
        code=RULE.code,
        title=RULE.title,
        severity=Severity.HIGH,
        outcome=Outcome.UNKNOWN if unknown else Outcome.FAIL,
        subject=f"vrf {vrf} {', '.join(prefixes)}",
        message=f"{', '.join(prefixes)} is routed to nowhere ({paths[0].discard}) in vrf {vrf}"
        + (f" while {route.conditional} holds" if unknown else "")
        + ": every session to these addresses fails here.",
        evidence=(where,),
        witness=Witness(client, address, "tcp", 50000, port, None, None, "outbound", symptom),
        blocked=tuple(Blocked(prefix, "tcp", ports) for prefix in prefixes),
        remedies=(
            Remedy(
                "remove-null-route",
                family=paths[0].family,
                prefixes=(_prefix_text(route.family, route.value, route.length),),
            ),
        ),
        references=RULE.references,
    )


def _prefix_text(family: int, value: int, length: int) -> str:
    address = ipaddress.IPv4Address(value) if family == 4 else ipaddress.IPv6Address(value)
    return f"{address}/{length}"
