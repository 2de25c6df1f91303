"""A filter is applied to an interface that has no address.

What it finds
    A filter stands on a routed interface that is up and that no text gives an address: the name may be
    mistaken, or what gives the interface its packets is not in the text.

Why it matters
    The filter that was meant for the path may stand beside it, or the path may lead through an interface that
    the auditor takes for unused.

When it is unknown
    Always: the texts do not tell which of the two it is.

Examples
    acl007_unknown_filter_on_nothing

Remedy
    Check the interface's name and addresses.

References
    None: this is about the text, not about a protocol.
"""

from __future__ import annotations

from collections.abc import Iterator

from rules.finding import Finding, Outcome, Severity
from rules.forwarding import TRANSIT_KINDS
from rules.rule import Rule
from rules.view import View

RULE = Rule(
    "ACL007",
    "filter-on-no-address",
    "A filter stands on an interface without an address",
    Severity.MEDIUM,
    (),
)


def check(view: View) -> Iterator[Finding]:
    """One finding per interface, where other interfaces have addresses."""
    if not any(crossing.inside or crossing.known for crossing in view.crossings):
        return
    used = {i.name for c in view.crossings for i in (*c.inside, *c.outside)}
    found: dict[str, list[str]] = {}
    for binding in view.device.bindings:
        interface = view.interfaces.get(binding.interface or "")
        if interface is None or binding.inactive is not None or binding.where is None:
            continue
        lonely = not interface.addresses and interface.dynamic_address is None
        if (
            lonely
            and interface.enabled
            and interface.routed
            and interface.bundle is None
            and interface.kind in TRANSIT_KINDS
            and interface.name not in used
        ):
            found.setdefault(interface.name, []).append(binding.key)
    for name, keys in found.items():
        yield Finding(
            code=RULE.code,
            title=RULE.title,
            severity=Severity.MEDIUM,
            outcome=Outcome.UNKNOWN,
            subject=name,
            message=f"{', '.join(dict.fromkeys(keys))} is applied to {name}, which has no address in these "
            "texts: whether sessions meet it is not known.",
            evidence=tuple(
                b.where for b in view.device.bindings if b.interface == name and b.where is not None
            ),
            advice=("Check the interface's name and addresses.",),
            references=RULE.references,
        )
