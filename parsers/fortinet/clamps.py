"""MSS clamps of policies, as clamps on the interfaces that the policies lead to.

Source: Fortinet, Technical Tip "Setting TCP MSS value": `tcp-mss-sender` changes the MSS of the SYN,
`tcp-mss-receiver` that of the answer. A clamp counts for an interface only if every policy that permits packets
to it has one; the largest value then holds.
"""

from __future__ import annotations

from parsers.fortinet.draft import Draft
from parsers.fortinet.pairs import meets
from parsers.fortinet.policies import Policy
from parsers.fortinet.zones import Zones
from parsers.model.filters import Action
from parsers.model.interfaces import MssClamp

_KEYS = {"tcp-mss-sender": "out", "tcp-mss-receiver": "in"}
"""The direction in which the packet with the clamped option crosses the way out."""


def policy_clamps(draft: Draft, policies: list[Policy], zones: Zones) -> None:
    """Adds the clamps to the interfaces."""
    permitting = [policy for policy in policies if policy.action is not Action.DENY]
    if not any(_value(policy, key) for policy in permitting for key in _KEYS):
        return
    for zone in zones.by_name.values():
        leading = [p for p in permitting if meets(p.destinations, zone) is not False]
        for key, direction in _KEYS.items():
            values = [_value(policy, key) for policy in leading]
            if not values or not all(values):
                continue
            largest = max(leading, key=lambda policy: _value(policy, key))
            where = draft.where(largest.settings.get(key).line)
            size = _value(largest, key)
            for name in zone.members:
                known = draft.interfaces.get(name)
                if known is not None:
                    made = tuple(
                        MssClamp(family=family, value=size, direction=direction, where=where)
                        for family in (4, 6)
                    )
                    draft.interfaces[name] = known.model_copy(
                        update={"clamps": (*known.clamps, *made)}
                    )


def _value(policy: Policy, key: str) -> int:
    """The size that a policy clamps to, 0 if it does not."""
    text = policy.settings.get(key).text
    return int(text) if text.isascii() and text.isdecimal() else 0
