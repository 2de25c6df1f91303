"""What an OS10 configuration says beyond the shared draft: it lives in the draft's `group` slot."""

from __future__ import annotations

from parsers.cisco_style.draft import Draft


class Os10State:
    """Facts that other lines depend on.

    `default_mtu` is the link MTU of interfaces that have none of their own. `declared` tells routed ports
    (`no switchport`) from switched ones, `access_vlan` and `trunks` say which VLANs a switched port carries.
    `bundle_hash` are device-wide statements about bundles. `port_lists` are access lists on ports.
    """

    def __init__(self) -> None:
        self.default_mtu: tuple[int, int] | None = None
        self.declared: dict[str, bool] = {}
        self.access_vlan: dict[str, int] = {}
        self.trunks: set[str] = set()
        self.dropping: dict[str, int] = {}
        self.open_policy = ""
        self.policy_uses: list[tuple[str, str, int]] = []
        self.ingress_port: int | None = None


def os10(state: Draft) -> Os10State:
    """The OS10 part of a draft, made on first use."""
    if not isinstance(state.group, Os10State):
        state.group = Os10State()
    return state.group
