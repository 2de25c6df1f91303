"""The MSS clamp of an ASA, and its limit on messages about packets that are too big.

Sources: Cisco ASA command reference, `sysopt connection tcpmss` (1380 by default, 0 turns it off, `minimum` raises
smaller values), `icmp unreachable` (one a second by default).
"""

from __future__ import annotations

from parsers.cisco_asa.draft import AsaDraft
from parsers.model.device import MssRaise, PtbLimit
from parsers.model.interfaces import MssClamp
from parsers.model.source import TextFact

DEFAULT_MSS = 1380


def clamp_of(draft: AsaDraft) -> tuple[int, int]:
    """The clamp in bytes, 0 for none, and its line, 0 for the default."""
    value, line = draft.clamp or (DEFAULT_MSS, 0)
    if draft.clamp_least is not None and value and draft.clamp_least[0] > value:
        return draft.clamp_least
    return value, line


def sizes(draft: AsaDraft) -> None:
    """Adds the clamp on all TCP that passes, of either family, and the limit on unreachable messages."""
    value, line = clamp_of(draft)
    if draft.clamp_least is not None and draft.clamp_least[0]:
        least, at = draft.clamp_least
        note = f"sysopt connection tcpmss minimum {least} raises the MSS of what passes"
        draft.recognised.append(TextFact(value="mss-raised", where=draft.where(at), note=note))
        reason = f"sysopt connection tcpmss minimum {least}"
        draft.raises.append(MssRaise(value=least, where=draft.where(at), reason=reason))
    if value:
        where = draft.where(line) if line else None
        draft.clamps.append(MssClamp(family=0, value=value, where=where))
    if not draft.limits:
        why = "the default of 'icmp unreachable rate-limit'"
        draft.limits.append(PtbLimit(family=4, per_second=1.0, reason=why))
