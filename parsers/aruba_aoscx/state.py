"""What an AOS-CX configuration says beyond the shared draft: it lives in the draft's `group` slot."""

from __future__ import annotations

from typing import NamedTuple

from parsers.cisco_style.draft import Draft, RawFilter
from parsers.model.source import TextFact


class ClassUse(NamedTuple):
    """`SEQ class ip C action …` of a policy. `action` is drop, pbr, other, or empty for none."""

    sequence: int
    line: int
    family: int
    name: str
    action: str
    doubt: str | None = None


class PolicyUse(NamedTuple):
    """`apply policy P in`: on an interface, a VLAN, or (empty) the whole switch."""

    place: str
    name: str
    direction: str
    line: int


class VlanList(NamedTuple):
    """`apply access-list ip N in` in a VLAN."""

    vlan: int
    name: str
    family: int
    direction: str
    line: int


class AoscxState:
    """Facts that other lines depend on.

    `classes` hold raw match lines by name and family, `policies` what they are used for. `declared` tells routed
    from switched ports, `access_vlan` and `trunks` which VLANs a switched port carries. `port_filters` drop
    frames on a port. `unreachable` is the line that turns ICMP unreachables off, `throttle` their interval.
    """

    def __init__(self) -> None:
        self.classes: dict[tuple[str, int], RawFilter] = {}
        self.policies: dict[str, list[ClassUse]] = {}
        self.policy_lines: dict[str, int] = {}
        self.policy_doubts: dict[str, str] = {}
        self.policy_uses: list[PolicyUse] = []
        self.vlan_lists: list[VlanList] = []
        self.declared: dict[str, bool] = {}
        self.access_vlan: dict[str, int] = {}
        self.trunks: set[str] = set()
        self.port_filters: list[tuple[str, TextFact]] = []
        self.unreachable: int | None = None
        self.throttle: tuple[int, int] | None = None


def aoscx(state: Draft) -> AoscxState:
    """The AOS-CX part of a draft, made on first use."""
    if not isinstance(state.group, AoscxState):
        state.group = AoscxState()
    return state.group
