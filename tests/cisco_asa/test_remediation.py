"""What is to be typed on an ASA."""

from __future__ import annotations

import pytest

from parsers.platform import Remedy
from parsers.registry import platform

CASES = [
    (
        Remedy("permit-flow", "IN", 0, "inside", ("104.192.136.0/21",), (443,), "3"),
        ("access-list IN line 3 extended permit tcp any 104.192.136.0 255.255.248.0 eq 443",),
    ),
    (
        Remedy("permit-flow", "IN", 4, "inside", ("18.205.93.3/32",), (22,), None),
        ("access-list IN extended permit tcp any host 18.205.93.3 eq 22",),
    ),
    (
        Remedy("permit-flow", "IN", 6, "inside", ("2401:1d80:3000::/36",), (443,), "1"),
        ("access-list IN line 1 extended permit tcp any 2401:1d80:3000::/36 eq 443",),
    ),
    (
        Remedy("permit-ptb", "OUT", 4, "outside", before="2"),
        ("access-list OUT line 2 extended permit icmp any any unreachable 4",),
    ),
    (
        Remedy("permit-ptb", "OUT", 6, "outside", before="2"),
        ("access-list OUT line 2 extended permit icmp6 any any packet-too-big",),
    ),
    (
        Remedy("permit-ptb", "no access list on outside", 4, "outside"),
        (
            "access-list outside_in extended permit icmp any any unreachable 4",
            "access-group outside_in in interface outside",
        ),
    ),
    (Remedy("permit-ptb", "security levels", 4, "dmz"), ()),
    (Remedy("clamp-mss"), ("sysopt connection tcpmss 1360",)),
    (
        Remedy("remove-null-route", prefixes=("104.192.136.0/21", "2401:1d80:3000::/36")),
        ("no route Null0 104.192.136.0 255.255.248.0", "no ipv6 route Null0 2401:1d80:3000::/36"),
    ),
    (Remedy("per-flow"), ()),
]


@pytest.mark.parametrize(("wanted", "typed"), CASES)
def test_commands(wanted: Remedy, typed: tuple[str, ...]) -> None:
    assert platform("cisco_asa").remedy(wanted) == typed


def test_levels_are_told_to_be_decided_by_hand() -> None:
    wanted = Remedy("permit-flow", "security-level:a:b", 4, "a", ("18.205.93.3/32",), (22,))
    lines = platform("cisco_asa").remedy(wanted)
    assert lines and all(line.startswith("! ") for line in lines)
    assert "by hand" in " ".join(lines)
