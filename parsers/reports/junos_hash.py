"""`show forwarding-options enhanced-hash-key`: which header fields the hash takes in, by family.

Source: Juniper CLI reference, "show forwarding-options enhanced-hash-key" (fields and their Yes or No; the fields vary
by platform, so that one without a meaning here makes the hash unknown).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from parsers.model.balancing import HashField, PathChoice, Scope, Spread, Stage
from parsers.model.source import Where
from parsers.platform import Text

_ROW = re.compile(r"\s*(?P<field>[A-Z][\w ./-]*?)\s*:\s*(?P<on>Yes|No)\s*$", re.IGNORECASE)
_SECTION = re.compile(
    r"\s*(?P<family>inet6|ipv6|inet|ipv4)\b(?!.*:\s*(?:yes|no)\s*$)", re.IGNORECASE
)
_FIELDS = {
    "protocol": HashField.PROTOCOL, "next hdr": HashField.PROTOCOL,
    "destination l4 port": HashField.DST_PORT, "source l4 port": HashField.SRC_PORT,
    "destination ipv4 addr": HashField.DST, "source ipv4 addr": HashField.SRC,
    "destination ipv6 addr": HashField.DST, "source ipv6 addr": HashField.SRC,
    "incoming port": HashField.INGRESS, "flow label": HashField.FLOW_LABEL,
    "ipv6 flow label": HashField.FLOW_LABEL, "traffic class": HashField.DSCP,
    "type of service": HashField.DSCP, "tos": HashField.DSCP,
}  # fmt: skip
_KEPT = re.compile(r"(?:inner-)?vlan[ -]id|ether ?type|.*\bmac\b.*|gtp.*|vxlan.*", re.IGNORECASE)
"""Fields that all packets of a session share."""


def hash_report(text: Text) -> Iterator[PathChoice]:
    """The hash of each family that the output has a section for."""
    found: dict[int, dict[HashField, int]] = {}
    odd: dict[int, int] = {}
    family = 0
    for number, line in enumerate(text.lines, 1):
        section = _SECTION.match(line)
        if section is not None:
            family = 6 if "6" in section["family"] else 4
            continue
        row = _ROW.match(line)
        if row is None or not family or row["on"].lower() != "yes":
            continue
        field = _FIELDS.get(row["field"].lower())
        if field is not None:
            found.setdefault(family, {})[field] = number
        elif not _KEPT.fullmatch(row["field"]):
            odd[family] = number
    for family, fields in found.items():
        at = odd.get(family, min(fields.values()))
        yield PathChoice(
            stage=Stage.ECMP, scope=Scope.DEVICE, family=family, operational=True,
            spread=Spread.UNKNOWN if family in odd else Spread.FLOW,
            fields=frozenset() if family in odd else frozenset(fields),
            statement=f"show forwarding-options enhanced-hash-key: {text.lines[at - 1].strip()}",
            in_effect=None if family in odd else True, where=Where(text.file, at),
            reason="a field without a known meaning is in the hash" if family in odd else "",
        )  # fmt: skip
