"""The commands that an engineer is given."""

from __future__ import annotations

import pytest

from parsers.mikrotik_routeros.remediation import remedy
from parsers.platform import Remedy


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (
            Remedy(
                "permit-flow",
                "ip/filter/forward",
                prefixes=("104.192.136.0/21",),
                ports=(443, 22),
                before="blocklist",
            ),
            '/ip firewall filter add chain=forward action=accept protocol=tcp dst-address=104.192.136.0/21 dst-port=443,22 place-before=[find comment="blocklist"]',
        ),
        (
            Remedy(
                "permit-return", "ip/raw/prerouting", prefixes=("104.192.136.0/21",), ports=(443,)
            ),
            "/ip firewall raw add chain=prerouting action=accept protocol=tcp src-address=104.192.136.0/21 src-port=443 place-before=0",
        ),
        (
            Remedy("permit-return", "ip/filter/forward"),
            "/ip firewall filter add chain=forward action=accept connection-state=established,related place-before=0",
        ),
        (
            Remedy("permit-ptb", "ipv6/filter/forward", family=6),
            "/ipv6 firewall filter add chain=forward action=accept protocol=icmpv6 icmp-options=2:0-255 place-before=0",
        ),
        (
            Remedy("send-ptb"),
            "/ip firewall filter add chain=output action=accept protocol=icmp icmp-options=3:4 place-before=0",
        ),
        (
            Remedy("clamp-mss", number=1360),
            "/ip firewall mangle add chain=forward action=change-mss new-mss=1360 protocol=tcp tcp-flags=syn tcp-mss=1361-65535",
        ),
        (
            Remedy("per-flow", interface="bond1"),
            "# on both ends:",
        ),
        (
            Remedy("remove-null-route", prefixes=("192.0.2.0/24",)),
            "/ip route disable [find dst-address=192.0.2.0/24]",
        ),
    ],
)
def test_remedy(change: Remedy, expected: str) -> None:
    assert remedy(change)[0] == expected


def test_a_clamp_on_an_interface_takes_both_directions() -> None:
    found = remedy(Remedy("clamp-mss", interface="pppoe-out1"))
    assert [text.rpartition(" ")[2] for text in found] == [
        "in-interface=pppoe-out1",
        "out-interface=pppoe-out1",
    ]


def test_an_unknown_kind_gives_nothing() -> None:
    assert remedy(Remedy("dance")) == ()
