"""The services that every FortiOS device has without a statement.

Source: what devices print for `config firewall service custom` when nobody changed it (FortiOS 6.4); a definition in
the text goes before the table. Each is (protocol, destination ports, source ports), or (ICMP protocol, type).
"""

from __future__ import annotations

_TCP = {
    "AFS3": "7000-7009", "AOL": "5190-5194", "BGP": "179", "CVSPSERVER": "2401", "DCE-RPC": "135", "DNS": "53",
    "FINGER": "79", "FTP": "21", "FTP_GET": "21", "FTP_PUT": "21", "GOPHER": "70", "H323": "1720 1503", "HTTP": "80",
    "HTTPS": "443", "IMAP": "143", "IMAPS": "993", "IRC": "6660-6669", "Internet-Locator-Service": "389",
    "KERBEROS": "88 464", "L2TP": "1701", "LDAP": "389", "MMS": "1755", "MS-SQL": "1433 1434", "MYSQL": "3306",
    "NFS": "111 2049", "NNTP": "119", "NTP": "123", "NetMeeting": "1720", "ONC-RPC": "111", "PC-Anywhere": "5631",
    "POP3": "110", "POP3S": "995", "PPTP": "1723", "RDP": "3389", "REXEC": "512", "RLOGIN": "513:512-1023",
    "RSH": "514:512-1023", "RTSP": "554 7070 8554", "SAMBA": "139", "SCCP": "2000", "SIP": "5060",
    "SIP-MSNmessenger": "1863", "SMB": "445", "SMTP": "25", "SMTPS": "465", "SNMP": "161-162", "SOCKS": "1080",
    "SQUID": "3128", "SSH": "22", "TELNET": "23", "UUCP": "540", "VDOLIVE": "7000-7010", "VNC": "5900", "WAIS": "210",
    "WINFRAME": "1494 2598", "WINS": "1512", "X-WINDOWS": "6000-6063", "ALL_TCP": "1-65535", "NONE": "0",
}  # fmt: skip
_UDP = {
    "AFS3": "7000-7009", "CVSPSERVER": "2401", "DCE-RPC": "135", "DHCP": "67-68", "DHCP6": "546 547", "DNS": "53",
    "H323": "1719", "IKE": "500 4500", "KERBEROS": "88 464", "L2TP": "1701", "LDAP_UDP": "389", "MGCP": "2427 2727",
    "MMS": "1024-5000", "NFS": "111 2049", "NTP": "123", "ONC-RPC": "111", "PC-Anywhere": "5632",
    "QUAKE": "26000 27000 27910 27960", "RADIUS": "1812 1813", "RADIUS-OLD": "1645 1646", "RAUDIO": "7070",
    "RIP": "520", "RTSP": "554", "SIP": "5060", "SNMP": "161-162", "SOCKS": "1080", "SYSLOG": "514", "TALK": "517-518",
    "TFTP": "69", "TRACEROUTE": "33434-33535", "WINS": "1512", "ALL_UDP": "1-65535",
}  # fmt: skip
PORTS = {6: _TCP, 17: _UDP}
"""Port ranges as the device writes them, by protocol and name."""

ICMP = {
    "ALL_ICMP": (1, None), "PING": (1, 8), "TIMESTAMP": (1, 13), "INFO_REQUEST": (1, 15), "INFO_ADDRESS": (1, 17),
    "ALL_ICMP6": (58, None), "PING6": (58, 128),
}  # fmt: skip
"""Protocol and type of ICMP services; None is every type."""

PROTOCOLS = {"ALL": 0, "ANY": 0, "GRE": 47, "AH": 51, "ESP": 50, "OSPF": 89}
"""IP protocols; 0 is every protocol."""

GROUPS = {
    "Email Access": ("DNS", "IMAP", "IMAPS", "POP3", "POP3S", "SMTP", "SMTPS"),
    "Web Access": ("DNS", "HTTP", "HTTPS"),
    "Windows AD": ("DCE-RPC", "DNS", "KERBEROS", "LDAP", "LDAP_UDP", "SAMBA", "SMB"),
    "Exchange Server": ("DCE-RPC", "DNS", "HTTPS"),
}
"""Groups of services."""
