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
            "mgmt_cli add network name bitbucket-1 subnet 104.192.136.0 mask-length 21",
        ),
        (
            Remedy("permit-ptb", "access/u-1", before="blocklist"),
            'mgmt_cli add access-rule layer "u-1" position.above "blocklist" name "path MTU"'
            " service dest-unreach action Accept",
        ),
        (
            Remedy("permit-ptb", "access/u-1", family=6),
            "mgmt_cli add service-icmp6 name too-big6 icmp-type 2",
        ),
        (Remedy("per-flow", interface="bond3"), "set bonding group 3 mode 8023AD"),
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
    _, rule, install = remedy(change)
    assert "destination.1 bitbucket-1 service.1 https service.2 tcp-7999 action Accept" in rule
    assert install.endswith("install-policy policy-package PACKAGE")


def test_the_clamp_is_of_the_kernel() -> None:
    assert remedy(Remedy("clamp-mss", number=1360))[1:] == (
        "fw_clamp_tcp_mss=1",
        "fw_tcp_mss_value=1360",
    )


def test_an_unknown_kind_gives_nothing() -> None:
    assert remedy(Remedy("dance")) == ()
