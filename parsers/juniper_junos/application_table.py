"""The applications that Junos predefines for security policies, as far as their numbers are certain.

Source: Juniper, "Predefined Policy Applications" (group `junos-defaults`). A name that is not here is
unknown to the parser, and so is what it matches.
"""

from __future__ import annotations

from typing import NamedTuple

from parsers.model.filters import IcmpTest, Ranges


class Application(NamedTuple):
    """One alternative of an application; None is no condition. `protocol` None is any protocol."""

    protocol: int | None
    src_ports: Ranges | None = None
    dst_ports: Ranges | None = None
    icmp: tuple[IcmpTest, ...] | None = None


EVERYTHING = (Application(None),)


class Meaning(NamedTuple):
    """The alternatives of an application's name; `doubt` says why they may be too many."""

    alternatives: tuple[Application, ...]
    doubt: str | None = None


def _tcp(low: int, high: int | None = None) -> Application:
    return Application(6, None, ((low, high or low),))


def _udp(low: int, high: int | None = None) -> Application:
    return Application(17, None, ((low, high or low),))


def _icmp(protocol: int, kind: int) -> Application:
    return Application(protocol, icmp=(IcmpTest(kind),))


_TCP_PORTS = {
    "aol": (5190, 5193), "bgp": (179, 179), "chargen": (19, 19), "cvspserver": (2401, 2401),
    "dns-tcp": (53, 53), "finger": (79, 79), "ftp": (21, 21), "ftp-data": (20, 20),
    "gopher": (70, 70), "http": (80, 80), "http-ext": (7001, 7001), "https": (443, 443),
    "ident": (113, 113), "imap": (143, 143), "imaps": (993, 993), "ldap": (389, 389),
    "ldp-tcp": (646, 646), "lpr": (515, 515), "mail": (25, 25), "ms-sql": (1433, 1433),
    "msn": (1863, 1863), "nntp": (119, 119), "pop3": (110, 110), "pptp": (1723, 1723),
    "printer": (515, 515), "rdp": (3389, 3389), "rlogin": (513, 513), "rsh": (514, 514),
    "rtsp": (554, 554), "smtp": (25, 25), "smtps": (465, 465), "ssh": (22, 22),
    "tacacs": (49, 49), "tacacs-ds": (65, 65), "telnet": (23, 23), "wais": (210, 210),
    "whois": (43, 43), "winframe": (1494, 1494), "x-windows": (6000, 6063),
    "xnm-clear-text": (3221, 3221), "xnm-ssl": (3220, 3220), "sqlnet-v2": (1521, 1521),
    "netconf-over-ssh": (830, 830), "tcp-any": (0, 65535), "vnc": (5800, 5800),
    "ymsg": (5050, 5050), "gprs-gtp-v0-tcp": (3386, 3386), "irc": (6660, 6669),
}  # fmt: skip
_UDP_PORTS = {
    "biff": (512, 512), "bootpc": (68, 68), "bootps": (67, 67), "dhcp-client": (68, 68),
    "dhcp-relay": (67, 67), "dhcp-server": (67, 67), "dns-udp": (53, 53),
    "gprs-gtp-c": (2123, 2123), "gprs-gtp-u": (2152, 2152), "ike": (500, 500),
    "ike-nat": (4500, 4500), "l2tp": (1701, 1701), "ldp-udp": (646, 646),
    "ms-sql-monitor": (1434, 1434), "nbds": (138, 138), "nbname": (137, 137), "ntp": (123, 123),
    "radacct": (1813, 1813), "radius": (1812, 1812), "rip": (520, 520), "syslog": (514, 514),
    "talk-udp": (517, 517), "tftp": (69, 69), "udp-any": (0, 65535), "who": (513, 513),
    "nfs": (111, 111),
}  # fmt: skip
_BOTH_PORTS = {
    "discard": 9,
    "echo": 7,
    "sip": 5060,
    "rpc-portmap": 111,
    "sun-rpc-portmap": 111,
    "stun": 3478,
}
_ICMP6_TYPES = {
    "dst-unreach-addr": (1, 3), "dst-unreach-admin": (1, 1), "dst-unreach-beyond": (1, 2),
    "dst-unreach-port": (1, 4), "dst-unreach-route": (1, 0), "echo-reply": (129, None),
    "echo-request": (128, None), "packet-too-big": (2, None), "param-prob-header": (4, 0),
    "param-prob-nexthdr": (4, 1), "param-prob-option": (4, 2), "time-exceed-reassembly": (3, 1),
    "time-exceed-transit": (3, 0),
}  # fmt: skip

PREDEFINED: dict[str, tuple[Application, ...]] = {
    **{f"junos-{name}": (_tcp(*ends),) for name, ends in _TCP_PORTS.items()},
    **{f"junos-{name}": (_udp(*ends),) for name, ends in _UDP_PORTS.items()},
    **{f"junos-{name}": (_tcp(port), _udp(port)) for name, port in _BOTH_PORTS.items()},
    **{
        f"junos-icmp6-{name}": (
            Application(58, icmp=(IcmpTest(kind) if code is None else IcmpTest(kind, code, code),)),
        )
        for name, (kind, code) in _ICMP6_TYPES.items()
    },
    "junos-icmp-all": (Application(1),),
    "junos-icmp6-all": (Application(58),),
    "junos-icmp-ping": (_icmp(1, 8),),
    "junos-ping": (_icmp(1, 8),),
    "junos-pingv6": (_icmp(58, 128),),
    "junos-gre": (Application(47),),
    "junos-ospf": (Application(89),),
    "junos-smb-session": (_tcp(445),),
    "junos-smb": (_tcp(139), _tcp(445)),
    "junos-cifs": (_tcp(139), _tcp(445)),
    "junos-ms-rpc-tcp": (_tcp(135),),
    "junos-ms-rpc-udp": (_udp(135),),
    "junos-ms-rpc": (_tcp(135), _udp(135)),
    "junos-h323": (_tcp(1720), _udp(1719), _tcp(1503), _tcp(389), _tcp(522), _tcp(1731)),
    "junos-routing-inbound": (_tcp(179), _udp(520), _tcp(646), _udp(646)),
    "junos-dns": (_tcp(53), _udp(53)),
    "junos-talk": (_udp(517),),
    "junos-sccp": (_tcp(2000),),
    "junos-pc-anywhere": (_udp(5632),),
    "junos-gnutella": (_udp(6346, 6347),),
}
