"""What an XR configuration says beyond the shared draft: it lives in the draft's `group` slot."""

from __future__ import annotations

from typing import NamedTuple

from parsers.cisco_style.draft import Draft
from parsers.cisco_style.groups import RawGroup
from parsers.model.addresses import AddressTerm


class PolicyMap:
    """What a policy map does besides marking and queueing: the lines of classes that drop or redirect,
    the policy maps nested in it, and the lines that were not understood."""

    __slots__ = ("children", "doubts", "drops", "redirects")

    def __init__(self) -> None:
        self.drops: list[int] = []
        self.redirects: list[int] = []
        self.doubts: list[int] = []
        self.children: list[str] = []


class PolicyUse(NamedTuple):
    """`service-policy [type T] input|output NAME` on an interface."""

    interface: str
    kind: str
    name: str
    line: int


class MssValue(NamedTuple):
    """`hw-module location L tcp-mss-adjust np N value V`: the clamp of one network processor."""

    location: str
    value: int
    line: int


class XrState:
    """Facts that other lines decide on.

    `networks` are the network groups by family: XR names them apart. `raw_mtu` holds `mtu N` as typed,
    with the layer 2 header in it; `tags` the VLAN tags of subinterfaces. `mss_on` are interfaces that
    clamp, by family. `groups` says whether a configuration group touches what verdicts rest on.
    `applied_everywhere` are `apply-group` lines outside of any block. `open_list` is the access list
    (name, family) that the line with the given number belongs to.
    """

    def __init__(self) -> None:
        self.networks: dict[int, dict[str, RawGroup[AddressTerm]]] = {4: {}, 6: {}}
        self.raw_mtu: dict[str, tuple[int, int]] = {}
        self.tags: dict[str, int] = {}
        self.mss_on: dict[tuple[str, int], int] = {}
        self.mss_values: list[MssValue] = []
        self.preconfigured: set[str] = set()
        self.bridged: list[tuple[str, str, int]] = []
        self.policies: dict[str, PolicyMap] = {}
        self.policy_uses: list[PolicyUse] = []
        self.groups: dict[str, bool] = {}
        self.applied_everywhere: list[int] = []
        self.vrf = "default"
        self.open_list: tuple[str, int, int] | None = None


def xr(state: Draft) -> XrState:
    """The XR part of a draft, made on first use."""
    if not isinstance(state.group, XrState):
        state.group = XrState()
    return state.group
