"""What an NX-OS configuration says beyond the shared draft: it lives in the draft's `group` slot."""

from __future__ import annotations

from typing import NamedTuple

from parsers.cisco_style.draft import Draft


class MapEntry:
    """One sequence number of a VLAN access map: its lists (family, name, line), its action, and
    what in it is not modelled."""

    __slots__ = ("action", "doubts", "line", "lists", "sequence")

    def __init__(self, sequence: int, line: int) -> None:
        self.sequence = sequence
        self.line = line
        self.lists: list[tuple[int, str, int]] = []
        self.action: str | None = None
        self.doubts: list[str] = []


class VlanFilter(NamedTuple):
    """`vlan filter M vlan-list L`."""

    name: str
    vlans: tuple[int, ...]
    line: int


class PortFilter(NamedTuple):
    """A statement that filters what enters a port, whichever interface then routes it."""

    interface: str
    line: int
    text: str


class PolicyMap:
    """A policy map: whether a class of it drops, and which classes drop what they admit."""

    __slots__ = ("dropping", "open_class", "silent_classes")

    def __init__(self) -> None:
        self.dropping: int | None = None
        self.open_class = ""
        self.silent_classes: dict[str, int] = {}


class NxosState:
    """Defaults that other lines depend on, and the policies that interfaces and VLANs name.

    `declared` holds `switchport` (False) or `no switchport` (True) by interface, `layer2` the
    interfaces with settings of layer 2, `access_vlan` and `trunks` what they say about VLANs.
    `images` are the file names of `boot` lines. `fragments` holds the list-wide fragment rule of access lists,
    `odd_lists` why a list is not understood as a whole. `copp_exceptions` are the control-plane
    classes that match packets too big, `copp` the policy that the control plane applies.
    """

    def __init__(self) -> None:
        self.default_switchport: bool | None = None
        self.declared: dict[str, bool] = {}
        self.layer2: set[str] = set()
        self.access_vlan: dict[str, int] = {}
        self.trunks: set[str] = set()
        self.images: list[str] = []
        self.fragments: dict[tuple[str, int], tuple[str, int]] = {}
        self.odd_lists: dict[tuple[str, int], str] = {}
        self.maps: dict[str, dict[int, MapEntry]] = {}
        self.vlan_filters: list[VlanFilter] = []
        self.port_filters: list[PortFilter] = []
        self.policy_maps: dict[str, PolicyMap] = {}
        self.open_policy: PolicyMap | None = None
        self.policy_uses: list[tuple[str, str, int]] = []
        self.open_class_map = ""
        self.copp_exceptions: set[str] = set()
        self.copp: str | None = None
        self.mtu_limiter: tuple[int, int] | None = None
        self.shut_vrfs: set[str] = set()


def nxos(state: Draft) -> NxosState:
    """The NX-OS part of a draft, made on first use."""
    if not isinstance(state.group, NxosState):
        state.group = NxosState()
    return state.group
