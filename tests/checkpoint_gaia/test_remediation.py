"""The commands that an engineer is given."""

from __future__ import annotations

import pytest

from parsers.checkpoint_gaia.remediation import remedy
from parsers.platform import Remedy


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (
            Remedy("permit-flow", "access/u-1", prefixes=("104.192.136.0/21",), ports=(443, 7999)),
            "mgmt_cli -r true add network name net_104.192.136.0_21 subnet 104.192.136.0 mask-length 21",
        ),
        (
            Remedy("permit-ptb", "access/u-1", before="blocklist"),
            "mgmt_cli -r true add service-icmp name frag-needed icmp-type 3 icmp-code 4",
        ),
        (
            Remedy("permit-ptb", "access/u-1", family=6),
            "mgmt_cli -r true add service-icmp6 name too-big6 icmp-type 2 icmp-code 0",
        ),
        (Remedy("per-flow", interface="bond3"), "# on both ends:"),
        (
            Remedy("per-flow"),
            "# find the kernel's hash: sysctl net.ipv4.fib_multipath_hash_policy (1 has ports)",
        ),
        (
            Remedy("remove-null-route", prefixes=("185.166.140.0/22",)),
            "set static-route 185.166.140.0/22 off",
        ),
        (
            Remedy("remove-null-route", family=6, prefixes=("::/0",)),
            "set ipv6 static-route default off",
        ),
        (Remedy("apply-filter-check"), "fw stat"),
        (
            Remedy("permit-return"),
            "# answers of an accepted session pass: accept the session itself",
        ),
    ],
)
def test_remedy(change: Remedy, expected: str) -> None:
    assert remedy(change)[0] == expected


def test_a_flow_gets_a_rule_and_an_installation() -> None:
    change = Remedy("permit-flow", "access/u-1", prefixes=("104.192.136.0/21",), ports=(443, 7999))
    _, service, rule, install = remedy(change)
    assert service == "mgmt_cli -r true add service-tcp name tcp-7999 port 7999"
    assert 'layer "u-1" position bottom name "ALLOW-SERVICE" destination.1 net_104' in rule
    assert rule.endswith("service.1 https service.2 tcp-7999 action Accept")
    assert install.startswith("# then install the policy package")


def test_a_rule_goes_into_the_layer_that_drops_above_the_rule_that_does() -> None:
    change = Remedy("permit-ptb", "access/u-1", before="blocklist", decides="access/u-2")
    rule = remedy(change)[1]
    assert 'layer "u-2" position.above "blocklist" name "ALLOW-PTB" service frag-needed' in rule


def test_the_clamp_is_of_the_kernel() -> None:
    assert remedy(Remedy("clamp-mss", number=1360))[1:] == (
        "fw_clamp_tcp_mss=1",
        "fw_tcp_mss_value=1360",
    )


def test_an_unknown_kind_gives_nothing() -> None:
    assert remedy(Remedy("dance")) == ()
