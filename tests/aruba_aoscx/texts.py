"""A small AOS-CX router, and lists on it."""

from __future__ import annotations

ROUTER = """\
!
!Version ArubaOS-CX FL.10.11.1021
!export-password: default
hostname core1
user admin group administrators password ciphertext xyz
ntp server pool.ntp.org minpoll 4 maxpoll 4 iburst
{lists}vlan 1,20
interface mgmt
    no shutdown
    ip dhcp
interface 1/1/1
    no shutdown
    routing
    ip address 203.0.113.2/29
{outside}interface 1/1/2
    no shutdown
    no routing
    vlan access 20
{port}interface vlan 20
    ip address 10.20.1.1/24
{inside}ip route 0.0.0.0/0 203.0.113.1
{more}"""


def block(*entries: str, name: str = "L", family: str = "ip") -> str:
    """An access list."""
    return f"access-list {family} {name}\n" + "".join(f"    {entry}\n" for entry in entries)


def router(
    lists: str = "", inside: str = "", outside: str = "", port: str = "", more: str = ""
) -> str:
    """The router with what is given in its places; lines of interfaces without indentation."""

    def indented(text: str) -> str:
        return f"    {text}\n" if text else ""

    return ROUTER.format(
        lists=lists,
        inside=indented(inside),
        outside=indented(outside),
        port=indented(port),
        more=more,
    )
