"""A small OS10 router, and lists on it."""

from __future__ import annotations

ROUTER = """\
! Version 10.5.2.3
! Last configuration change at Oct  06 12:00:00 2026
!
ip vrf default
!
hostname leaf1
!
interface vlan20
 no shutdown
 ip address 10.20.1.1/24
{inside}!
interface ethernet1/1/1
 no shutdown
 no switchport
 ip address 203.0.113.2/30
{outside} flowcontrol receive on
!
interface ethernet1/1/2
 no shutdown
 switchport access vlan 20
 flowcontrol receive on
!
ip route 0.0.0.0/0 203.0.113.1
{more}"""


def router(
    *entries: str,
    inside: str = " ip access-group L in\n",
    outside: str = "",
    more: str = "",
    name: str = "L",
) -> str:
    """The router with the entries in access list `name`."""
    body = "".join(f" {entry}\n" for entry in entries)
    block = f"!\nip access-list {name}\n{body}" if entries else ""
    return ROUTER.format(inside=inside, outside=outside, more=more) + block


def listed(*entries: str, family: int = 4) -> str:
    """An access list alone."""
    word = "ipv6" if family == 6 else "ip"
    return f"{word} access-list L\n" + "".join(f" {entry}\n" for entry in entries)
