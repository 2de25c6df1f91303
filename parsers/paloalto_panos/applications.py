"""App-ID: what a rule's applications and services select, as far as a packet alone can tell.

Sources: Palo Alto Networks, PAN-OS Administrator's Guide, "App-ID", "Safely Enable Applications on Default Ports"
and "Application Override"; knowledge: filters, section 4, the App-ID judging table. A session is identified by what
it carries, after its handshake has passed, so a rule with applications decides a packet only where nothing else can
be carried by it: `any`, SSH on TCP port 22, echoes, and what an application override fixes.
"""

from __future__ import annotations

from typing import NamedTuple

from parsers.model.filters import Ranges
from parsers.paloalto_panos.objects import (
    ANY_SERVICE,
    DEEPEST,
    Scope,
    Service,
    Services,
    all_services,
)

DEFAULT = "application-default"
_ELSEWHERE: Ranges = ((0, 21), (23, 79), (81, 442), (444, 65535))
_NOT_HERE = (
    Service(6, _ELSEWHERE), Service(17), Service(132), Service(1), Service(58),
    *(Service(number) for number in (2, 4, 41, 46, 47, 50, 51, 88, 89, 103, 112, 115)),
)  # fmt: skip
"""Everything but TCP to ports 22, 80 and 443."""
_TCP_PORTS = (Service(6, ((22, 22), (80, 80), (443, 443))),)
_FIXED: dict[str, tuple[Service, ...]] = {
    "ping": (Service(1, icmp_type=8), Service(1, icmp_type=0)),
    "ping6": (Service(58, icmp_type=128), Service(58, icmp_type=129)),
    "icmp": (Service(1),),
    "ipv6-icmp": (Service(58),),
    "gre": (Service(47),),
    "ipsec-esp": (Service(50),),
    "ipsec-ah": (Service(51),),
    "igmp": (Service(2),),
    "pim": (Service(103),),
    "ospfigp": (Service(89),),
    "eigrp": (Service(88),),
    "vrrp": (Service(112),),
    "quic": (Service(17),),
    "quic-base": (Service(17),),
    "ntp": (Service(17),),
    "ntp-base": (Service(17),),
    "dhcp": (Service(17),),
    "dhcpv6": (Service(17),),
    "tftp": (Service(17),),
    "ike": (Service(17),),
    "snmp-trap": (Service(17), Service(6, ((162, 162),))),
}
"""Applications that only certain protocols can carry, whatever the ports."""
_OTHER_PORTS = frozenset(
    {
        "active-directory", "active-directory-base", "bgp", "dns", "dns-base", "finger", "ftp", "gopher",
        "h.323", "imap", "irc", "irc-base", "kerberos", "ldap", "lpd", "mongodb", "mongodb-base", "ms-ds-smb",
        "ms-ds-smb-base", "ms-ds-smbv1", "ms-ds-smbv2", "ms-ds-smbv3", "ms-rdp", "ms-sms", "mssql-db",
        "mssql-db-base", "mysql", "netbios-dg", "netbios-ns", "netbios-ss", "netconf", "nfs", "nntp", "oracle",
        "pop3", "portmapper", "postgres", "pptp", "radius", "redis", "rip", "rlogin", "rpc", "rsh", "rsync",
        "rtsp", "sip", "smtp", "smtp-base", "snmp", "snmp-base", "snmpv1", "snmpv2", "snmpv3", "svn", "syslog",
        "tacacs", "tacacs-plus", "telnet", "vnc", "vnc-base", "whois", "winrm", "x11", "zabbix",
    }
)  # fmt: skip
"""Applications whose default ports are none of TCP 22, 80 and 443 (vendor's application list, Applipedia)."""
_WEB: Ranges = ((80, 80), (443, 443))


class Layer4(NamedTuple):
    """What a rule selects on layer 4: `sure` for certain, `may` at most, with the reason for the difference."""

    sure: tuple[Service, ...]
    may: tuple[Service, ...]
    doubt: str | None = None


def both(left: tuple[Service, ...], right: tuple[Service, ...]) -> tuple[Service, ...]:
    """What both lists select."""
    found: dict[Service, None] = {}
    for a in left:
        for b in right:
            if a.protocol is not None and b.protocol is not None and a.protocol != b.protocol:
                continue
            dst = _both_ranges(a.dst_ports, b.dst_ports)
            src = _both_ranges(a.src_ports, b.src_ports)
            types = {t for t in (a.icmp_type, b.icmp_type) if t is not None}
            if dst == () or src == () or len(types) > 1:
                continue
            protocol = b.protocol if a.protocol is None else a.protocol
            found[Service(protocol, dst, src, types.pop() if types else None)] = None
    return tuple(found)


def _both_ranges(left: Ranges | None, right: Ranges | None) -> Ranges | None:
    if left is None or right is None:
        return right if left is None else left
    found = ((max(a, c), min(b, d)) for a, b in left for c, d in right)
    return tuple((low, high) for low, high in found if low <= high)


class Applications:
    """The applications of a rule, groups resolved. `doubt` says why there may be others."""

    def __init__(self, scope: Scope, names: list[str]) -> None:
        self.scope = scope
        self.names: dict[str, None] = {}
        self.doubt: str | None = None
        for name in names:
            self._add(name, 0)

    @property
    def is_any(self) -> bool:
        """Whether the rule is for all applications."""
        return "any" in self.names

    def _add(self, name: str, depth: int) -> None:
        if depth > DEEPEST:
            self.doubt = f"application groups nest without end at {name}"
            return
        for place in self.scope.places:
            if name in place.applications:
                break
            if name in place.application_groups:
                for member in place.application_groups[name]:
                    self._add(member, depth + 1)
                return
            if name in place.application_filters:
                self.doubt = (
                    f"the members of application filter {name} depend on the content version"
                )
                return
        self.names[name] = None

    def custom(self, name: str) -> tuple[bool, Services | None]:
        """Whether an application is defined in the text, and its default ports if they are."""
        for place in self.scope.places:
            if name in place.applications:
                return True, place.applications[name]
        return False, None


def services_of(scope: Scope, names: list[str]) -> tuple[Services, bool]:
    """The services of a rule, and whether `application-default` is among them."""
    default = DEFAULT in names
    found = [scope.service(name) for name in names if name != DEFAULT]
    return all_services(found), default


def layer4(
    applications: Applications, services: Services, default: bool, permits: bool, known: str | None
) -> Layer4:
    """What a rule selects. `known` is the application that an override has fixed; None where App-ID decides."""
    if known is not None:
        return _of_known(applications, services, default, known)
    if applications.is_any:
        sure, may, doubt = services
        if default:
            sure, may = (*sure, *_TCP_PORTS), ANY_SERVICE
            doubt = doubt or "application-default: the port must be one of what the session carries"
        return Layer4(sure, may, doubt)
    sure_found: list[Service] = []
    may_found: list[Service] = []
    for name in applications.names:
        sure, may = _of_name(applications, services, default, permits, name)
        sure_found += sure
        may_found += may
    doubt = applications.doubt
    if doubt:
        may_found += ANY_SERVICE if default else services.may
    if not doubt and set(may_found) == set(sure_found):
        return Layer4(tuple(sure_found), tuple(sure_found), services.doubt)
    named = ", ".join(list(applications.names)[:4])
    doubt = (
        services.doubt
        or doubt
        or f"whether a session carries {named} shows after its handshake only"
    )
    return Layer4(tuple(dict.fromkeys(sure_found)), tuple(dict.fromkeys(may_found)), doubt)


def _of_name(
    applications: Applications, services: Services, default: bool, permits: bool, name: str
) -> tuple[tuple[Service, ...], tuple[Service, ...]]:
    """What one application of a rule selects: for certain, and at most."""
    defined, ports = applications.custom(name)
    at_most = _defaults(name, defined, ports) if default else services.may
    surely = _defaults(name, defined, ports) if default else services.sure
    if defined:
        return (), at_most
    if name in _FIXED:
        found = both(at_most, _FIXED[name])
        return (both(surely, _FIXED[name]) if name.startswith("ping") else ()), found
    if name == "ssh":
        ssh = both(surely, (Service(6, ((22, 22),)),)) if permits else ()
        return ssh, at_most if default else both(at_most, (Service(6),))
    if name in ("ssl", "web-browsing"):
        return (), at_most if default else both(at_most, (Service(6),))
    return (), at_most


def _defaults(name: str, defined: bool, ports: Services | None) -> tuple[Service, ...]:
    """The default ports of an application, or more where they are not known."""
    if defined:
        return ports.may if ports is not None else ANY_SERVICE
    if name == "ssh":
        return (Service(6, ((22, 22),)),)
    if name in ("ssl", "web-browsing"):
        # newer content adds the ports of mail and directories over TLS to those of ssl
        return (
            Service(
                6, (*_WEB, (465, 465), (563, 563), (636, 636), (853, 853), (989, 995), (8080, 8080))
            ),
        )
    if name in _OTHER_PORTS:
        return _NOT_HERE
    return ANY_SERVICE


def _of_known(applications: Applications, services: Services, default: bool, known: str) -> Layer4:
    if not applications.is_any and known not in applications.names:
        if applications.doubt is None:
            return Layer4((), ())
        return Layer4((), ANY_SERVICE if default else services.may, applications.doubt)
    if not default:
        return Layer4(*services)
    defined, ports = applications.custom(known)
    if defined and ports is not None:
        return Layer4((*services.sure, *ports.sure), (*services.may, *ports.may), services.doubt)
    may = _defaults(known, defined, None)
    return Layer4(
        services.sure, (*services.may, *may), f"the default ports of {known} are not in the text"
    )
