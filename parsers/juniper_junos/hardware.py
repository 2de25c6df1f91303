"""What the hardware makes of a load-balancing statement.

Source: Juniper, "Configuring per-packet load balancing" (Internet Processor I and II); Network Operations Guide (M40
routers were shipped with either; `show chassis scb|ssb|sfm detail` names the chip); YANG 24.4 (the QFX schema has no
`load-balance per-packet` below `aggregated-ether-options`); "inet6 (enhanced-hash-key)" (EX and QFX leave
the flow label out unless `ipv6-flow-label` stands); "ECMP flow-based forwarding" (SRX keeps a session on its
interface when the set of paths changes).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from parsers.model.balancing import HashField, PathChoice, Spread, Stage
from parsers.platform import CONFIGURATION, Text

_SWITCHES = ("qfx", "ex")
_NOT_THERE = "the schema of this switch does not have the statement"
_OLD_MODELS = re.compile(r"m(?:5|10|20|40|160)$", re.IGNORECASE)
_CHIP = re.compile(r"\bInternet Processor (I{1,2})\b")
_PERHAPS = "per packet if the router has the Internet Processor I"
_SURELY = "the Internet Processor I alternates per packet"


class Hardware(NamedTuple):
    """The model, whether it forwards by session, and which Internet Processor it has (`I`, `II`); None and
    empty where nothing tells."""

    model: str | None
    by_session: bool
    chip: str = ""


def chip_of(texts: Iterable[Text]) -> str:
    """Which Internet Processor the outputs of `show chassis …` name."""
    for text in texts:
        if text.command != CONFIGURATION and "chassis" in text.command:
            for line in text.lines:
                found = _CHIP.search(line)
                if found is not None:
                    return found[1]
    return ""


def on_hardware(choice: PathChoice, hardware: Hardware) -> PathChoice:
    """The choice as the hardware carries it out."""
    model = (hardware.model or "").lower()
    by_name = choice.trap and choice.statement.endswith("load-balance per-packet")
    if by_name and _OLD_MODELS.match(model) and hardware.chip != "II":
        return _alternating(choice, hardware.chip)
    if hardware.by_session and choice.spread is Spread.FLOW and choice.stage is Stage.ECMP:
        return choice.model_copy(update={"keeps": True})
    if choice.statement.endswith("consistent-hash"):
        return choice.model_copy(update={"keeps": True})
    switch = model.startswith(_SWITCHES)
    if switch and choice.statement.endswith("enhanced-hash-key family inet6"):
        return choice.model_copy(update={"fields": choice.fields - {HashField.FLOW_LABEL}})
    if switch and choice.statement.endswith("ether-options load-balance per-packet"):
        changes = {"in_effect": None, "reason": _NOT_THERE, "settle": "commit check"}
        return choice.model_copy(update=changes)
    return choice


def _alternating(choice: PathChoice, chip: str) -> PathChoice:
    """`per-packet` as it is named, on routers that may have the first chip."""
    changes: dict[str, object] = {
        "spread": Spread.PER_PACKET,
        "fields": frozenset(),
        "trap": False,
        "settle": "show chassis scb",
    }
    if choice.in_effect is not False:
        changes["in_effect"] = True if chip else None
        changes["reason"] = _SURELY if chip else _PERHAPS
    return choice.model_copy(update=changes)
