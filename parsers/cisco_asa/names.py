"""Keywords of ASA access lists: ports, protocols, ICMP types.

Source: Cisco, "ASA Series General Operations CLI Configuration Guide", reference "Addresses, Protocols, and
Ports". The traps against other Cisco systems: `radius` is 1645, `kerberos` 750, `sqlnet` 1521, `cifs` 3020.
"""

from __future__ import annotations

from parsers.cisco_style import words

BOTH_PORTS = {
    "cifs": 3020, "discard": 9, "domain": 53, "echo": 7, "http": 80, "kerberos": 750, "nfs": 2049,
    "pim-auto-rp": 496, "sip": 5060, "sunrpc": 111, "tacacs": 49, "talk": 517, "time": 37, "www": 80,
}  # fmt: skip
TCP_PORTS = {
    **BOTH_PORTS, "aol": 5190, "bgp": 179, "chargen": 19, "citrix-ica": 1494, "cmd": 514, "ctiqbe": 2748,
    "daytime": 13, "exec": 512, "finger": 79, "ftp": 21, "ftp-data": 20, "gopher": 70, "h323": 1720,
    "hostname": 101, "https": 443, "ident": 113, "imap4": 143, "irc": 194, "klogin": 543, "kshell": 544,
    "ldap": 389, "ldaps": 636, "login": 513, "lotusnotes": 1352, "lpd": 515, "netbios-ssn": 139, "nntp": 119,
    "pcanywhere-data": 5631, "pop2": 109, "pop3": 110, "pptp": 1723, "rsh": 514, "rtsp": 554, "smtp": 25,
    "sqlnet": 1521, "ssh": 22, "telnet": 23, "uucp": 540, "whois": 43,
}  # fmt: skip
UDP_PORTS = {
    **BOTH_PORTS, "biff": 512, "bootpc": 68, "bootps": 67, "dnsix": 195, "isakmp": 500, "mobile-ip": 434,
    "nameserver": 42, "netbios-dgm": 138, "netbios-ns": 137, "ntp": 123, "pcanywhere-status": 5632,
    "radius": 1645, "radius-acct": 1646, "rip": 520, "ripng": 521, "secureid-udp": 5510, "snmp": 161,
    "snmptrap": 162, "syslog": 514, "tftp": 69, "vxlan": 4789, "who": 513, "xdmcp": 177,
}  # fmt: skip
"""Words of the two tables that the other protocol also takes are in BOTH_PORTS."""

PROTOCOLS = {
    "ah": 51, "ahp": 51, "eigrp": 88, "esp": 50, "gre": 47, "icmp": 1, "icmp6": 58, "igmp": 2, "igrp": 9,
    "ipinip": 4, "ipsec": 50, "nos": 94, "ospf": 89, "pcp": 108, "pim": 103, "pptp": 47, "sctp": 132,
    "snp": 109, "tcp": 6, "udp": 17,
}  # fmt: skip
"""`ipsec` stands for ESP and `pptp` for GRE (the same reference, "Protocols and Applications")."""

ICMP = words.ICMP
ICMP6 = {
    **words.ICMPV6,
    "membership-query": words.ICMPV6["mld-query"],
    "membership-report": words.ICMPV6["mld-report"],
    "membership-reduction": words.ICMPV6["mld-reduction"],
    "neighbor-redirect": words.ICMPV6["redirect"],
}

LOG_LEVELS = frozenset(
    {
        "emergencies", "alerts", "critical", "errors", "warnings", "notifications", "informational",
        "debugging",
    }
)  # fmt: skip
