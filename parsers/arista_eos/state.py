"""What an EOS configuration says beyond the shared draft: it lives in the draft's `group` slot."""

from __future__ import annotations

from parsers.arista_eos.traffic_policies import Policies
from parsers.cisco_style.draft import Draft
from parsers.model.routes import Route


class EosState:
    """Defaults that other lines depend on, and the policies that interfaces name.

    `dropping` are QoS and PBR policy maps with a `drop`, by name. `layer2` are interfaces with
    switchport settings, `declared` the word `switchport` with or without `no`. `icmpv6_all` is the
    line that widens what IPv6 access lists permit unasked. `bundle_hash` are device-wide
    statements about bundles, `routes` the static routes by VRF and prefix.
    """

    def __init__(self) -> None:
        self.routed_ports = False
        self.default_mtu: tuple[int, int] | None = None
        self.policies = Policies()
        self.dropping: dict[str, int] = {}
        self.policy_uses: list[tuple[str, str, int]] = []
        self.layer2: set[str] = set()
        self.declared: dict[str, bool] = {}
        self.icmpv6_all: int | None = None
        self.bundle_hash: list[tuple[str, int]] = []
        self.ptb_unknown: dict[int, int] = {}
        self.routes: dict[tuple[str, int, int, int], list[Route]] = {}


def eos(state: Draft) -> EosState:
    """The EOS part of a draft, made on first use."""
    if not isinstance(state.group, EosState):
        state.group = EosState()
    return state.group
