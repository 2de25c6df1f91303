"""What speaks for a system in a configuration: its header, and grammar that only it has.

Patterns are in multi-line mode and see the text without banners. Weights: 100 where the text names
its own system, 10 for grammar that is typical, 3 for a hint, negative for grammar that the system
does not have. `unsupported` holds the same for systems that have no parser here.

The header names are those that RANCID writes (rancid.types.base), the banner lines those that
`show running-config` or its equivalent prints on the system, the comment lines those that Oxidized
and RANCID make of `show version`.
"""

from __future__ import annotations

from parsers.platform import Tell


def _header(types: str) -> Tell:
    """The first line that RANCID (or Batfish, for its own use) puts above a configuration."""
    return Tell(rf"^[!#;:]+ *(?:RANCID-CONTENT-TYPE|BATFISH_FORMAT): *(?:{types})\s*$", 100)


_SHOWN = r"^(?:[!#]+ ?)?"
"""Where a line of `show version` begins: as it is, or as a comment of Oxidized or RANCID."""

_MASK = r"(?:255|254|252|248|240|224|192|128|0)(?:\.(?:255|254|252|248|240|224|192|128|0)){3}"
_IP = r"\d{1,3}(?:\.\d{1,3}){3}"

CISCO_IOS = (
    # RANCID's type `cisco` also collects ASA and IOS XE, so it does not settle it alone
    Tell(r"^[!#;:]+ *RANCID-CONTENT-TYPE: *(?:cisco|cisco-(?:ios|cat|xe|sb3850))\s*$", 40),
    Tell(r"^[!#;:]+ *BATFISH_FORMAT: *(?:cisco|cisco_ios|ios)\s*$", 100),
    Tell(rf"{_SHOWN}(?:Version: )?Cisco (?:IOS|Internetwork Operating System) Software\b", 100),
    Tell(r"^! ?Image: Software: .*RELEASE SOFTWARE", 100),
    Tell(r"^version 1[0-9]\.\d{1,2}\s*$", 40),
    Tell(
        r"^service (?:timestamps|password-encryption|tcp-keepalives|compress-config|call-home"
        r"|config)\b",
        20,
    ),
    Tell(r"^no service (?:password-encryption|pad|config|timestamps)\b", 20),
    Tell(r"^boot-(?:start|end)-marker", 40),
    Tell(
        r"^boot system (?:switch all )?(?:flash|bootflash|disk\d|usbflash\d"
        r"|tftp)[: ](?!.*(?:sup-\d|\.swi))",
        10,
    ),
    Tell(r"^! (?:Last configuration change|NVRAM config last updated) at ", 20),
    Tell(
        r"^(?:no )?ip (?:cef|classless|subnet-zero|source-route|bootp server|finger"
        r"|forward-protocol nd|http server)\b",
        20,
    ),
    Tell(
        r"^(?:no )?ipv6 cef\b|^(?:no )?ip (?:http secure-server|domain[ -]lookup|domain[ -]name"
        r"|multicast-routing)\b",
        5,
    ),
    Tell(
        r"^(?:no )?(?:aaa new-model|mmi |platform punt-keepalive|ip dhcp excluded-address"
        r"|cdp run|logging (?:on|buffered \d))",
        10,
    ),
    Tell(r"^line (?:con 0|vty \d|aux 0|tty \d|\d+)", 15),
    Tell(
        r"^ (?:transport (?:input|output|preferred) |stopbits 1|session-timeout \d"
        r"|login (?:local|authentication))",
        10,
    ),
    Tell(
        r"^interface (?:Fast|Gigabit|TenGigabit|TwoGigabit|FiveGigabit|TwentyFiveGig"
        r"|FortyGigabit|Hundred[Gg]ig)\w*\d+(?:/\d+){0,2}(?:\.\d+)?\s*$",
        15,
    ),
    Tell(
        r"^interface (?:Serial|Dialer|BVI|Async|Multilink|Cellular|Virtual-Template"
        r"|AppGigabitEthernet|LISP|Null)\d",
        12,
    ),
    Tell(r"^interface Ethernet\d(?:/\d+){0,2}\s*$", 3),
    Tell(r"^interface Ethernet0(?:/\d+)?(?:/\d+)?\b", 6),  # EOS and NX-OS count from 1
    Tell(r"^interface vasi(?:left|right)\d", 30),
    Tell(
        r"^(?!\s*(?:description|remark)).* (?:Fast|Gigabit"
        r"|TenGigabit)Ethernet\d+(?:/\d+){1,2}(?:\.\d+)?\s*$",
        5,
    ),
    Tell(r"^\s+channel-group \d+\s*$", 8),
    Tell(r"^ [a-z]", 3),  # IOS indents by one blank, NX-OS by two, EOS by three
    Tell(r"^interface (?:Tunnel|Vlan|Loopback|Port-channel)\d", 3),
    Tell(rf"^\s+ip address {_IP} {_MASK}(?: secondary)?\s*$", 12),
    Tell(r"^\s+ip address dhcp\b|^\s+ip address negotiated|^\s+ip unnumbered [A-Z]", 3),
    Tell(
        r"^\s+ip (?:vrf forwarding \S|nat (?:inside|outside)\b|inspect \S+ (?:in|out)"
        r"|access-group \S+ (?:in|out)|mtu \d|tcp adjust-mss|virtual-reassembly|proxy-arp)",
        5,
    ),
    Tell(r"^\s+no ip proxy-arp|^\s+(?:no )?ip route-cache|^\s+(?:no )?ip mroute-cache", 10),
    Tell(
        r"^\s+(?:no )?(?:switchport trunk encapsulation|switchport nonegotiate|vrf forwarding \S"
        r"|negotiation auto|media-type rj45|auto qos|keepalive|duplex (?:auto|full|half)"
        r"|standby \d)",
        8,
    ),
    Tell(
        r"^\s+(?:zone-member security|tunnel mode|tunnel source|tunnel protection|crypto map"
        r"|encapsulation dot1Q|encapsulation (?:ppp|hdlc|frame)|bfd interval|load-interval"
        r"|delay \d|bandwidth \d)",
        5,
    ),
    Tell(
        r"^\s+(?:authentication (?:port-control|order|periodic)|access-session |dot1x pae|mab\b"
        r"|device-tracking|ip device tracking)",
        10,
    ),
    Tell(r"^ip vrf \S+\s*$|^vrf definition \S+", 15),
    Tell(rf"^ip route (?:vrf \S+ )?{_IP} {_MASK} ", 12),
    Tell(r"^ip access-list (?:extended|standard) ", 15),
    Tell(r"^ip access-list (?:resequence|persistent|log-update|role-based)", 10),
    Tell(r"^access-list \d+ (?:permit|deny|remark|dynamic) (?!.* /\d)", 10),
    Tell(r"^access-list \S+ extended (?:permit|deny) .*\b0\.0\.", 10),
    Tell(
        r"^ip (?:nat (?:inside|outside|pool)|sla \d|sla monitor|tacacs source|ssh version"
        r"|radius source|sla responder|flow-export|inspect name|dhcp pool|local policy"
        r"|community-list (?:standard|expanded) \S+|bgp-community|prefix-list)\b",
        3,
    ),
    Tell(
        r"^ip (?:nat (?:inside|outside) source|sla \d+\s*$|dhcp pool|inspect name|flow-export"
        r"|local policy|bgp-community)",
        8,
    ),
    Tell(r"^\s*exit-address-family\s*$|^\s+exit-(?:af|vrf|sf)\S*\s*$", 10),
    Tell(
        r"^ address-family (?:ipv4|ipv6|vpnv4|vpnv6)(?: (?:vrf \S+|multicast"
        r"|unicast vrf \S+))?(?: autonomous-system \d+)?\s*$",
        4,
    ),
    Tell(r"^  ?network \S+ (?:mask \S+|\d+\.\d+\.\d+\.\d+(?: area \S+)?)\s*$", 4),
    Tell(
        r"^\s+(?:no )?(?:auto-summary|synchronization|passive-interface \S+"
        r"|distribute-list (?:prefix|route-map|\S+ (?:in|out)))",
        4,
    ),
    Tell(
        r"^\s+neighbor \S+ (?:remote-as|peer-group|send-community|ebgp-multihop|route-map"
        r"|prefix-list|distribute-list|activate)\b",
        3,
    ),
    Tell(r"^router (?:ospf \d+(?: vrf \S+)?|eigrp \S+|rip|isis(?: \S+)?|bgp \d[\d.]*)\s*$", 2),
    Tell(r"^router eigrp \S+|^\s+eigrp router-id|^\s+(?:topology base|af-interface \S+)\s*$", 5),
    Tell(
        r"^crypto (?:isakmp|ipsec transform-set|keyring|ikev2|pki (?:trustpoint|certificate))\b",
        12,
    ),
    Tell(r"^crypto (?:map|ipsec profile|dynamic-map) ", 4),
    Tell(r"^exit\s*$", -8),  # a device that prints it is a look-alike; IOS does not
    Tell(r"^class-map type inspect|^policy-map type inspect|^zone(?:-pair)? security ", 15),
    Tell(r"^object-group (?:ip (?:port|address)|network|service|v6-network|security) \S+", 4),
    Tell(
        r"^(?:track \d+ (?:ip (?:route|sla)|interface|list)|event manager applet|archive\s*$"
        r"|redundancy\s*$|control-plane\s*$|license (?:udi|boot)"
        r"|snmp-server (?:community \S+ R[OW]|enable traps)|spanning-tree mode (?:rapid-)?pvst"
        r"|spanning-tree extend system-id|vtp mode|vlan internal allocation policy"
        r"|errdisable recovery|multilink bundle-name|call-home|subscriber templating"
        r"|switch \d+ provision|parser view|device-tracking|mls qos|power redundancy"
        r"|ip ssh version)\b",
        8,
    ),
    Tell(r"^mpls (?:ldp|label|ip)\b|^mac access-list extended", 4),
    Tell(r"^banner \w+ ?(?:\^C|\x03)", 10),
    Tell(
        r"^\s+redistribute (?:ospf|eigrp|isis) \w+ .*\b(?:match|subnets|metric)\b"
        r"|^\s+redistribute (?:static|connected) subnets",
        8,
    ),
    Tell(r"^route-map \S+ (?:permit|deny) \d+", 1),
    Tell(r"^hostname \S+", 1),
    # grammar of other systems
    Tell(r"^(?:nameif|security-level|ASA Version|names\s*$)|^\s+nameif ", -40),
    Tell(
        r"^feature \S|^vrf context|^!Command: show|^router static|^end-policy|^\s+vrf member", -30
    ),
    Tell(r"^! device: |^frr (?:version|defaults)|^vrf instance|^transceiver qsfp", -40),
    Tell(rf"^\s+ip address {_IP}/\d|^ip route (?:vrf \S+ )?{_IP}/\d", -10),
    Tell(r"^sysname |^ undo |^interface ethernet \d|^slb |^vlan \d+ name .* by port", -30),
)

CISCO_XE = (
    Tell(r"^version (?:1[67]|2\d)\.\d{1,2}\s*$", 100),
    Tell(rf"{_SHOWN}.*(?:\bIOS[- ]XE|Virtual XE) Software\b", 100),
    Tell(r"^[!#;:]+ *(?:RANCID-CONTENT-TYPE|BATFISH_FORMAT): *(?:cisco-xe|ios-xe)\s*$", 100),
)
"""What makes an IOS configuration one of IOS XE."""

_FEATURE = r"^feature \S"
"""NX-OS prints `feature X` for every protocol it runs (NX-OS fundamentals guide)."""
_THREE_BLANKS = r"^   [a-z]"
"""EOS indents by three blanks (EOS user manual), so two without any three are not its print."""

CISCO_NXOS = (
    Tell(r"^router (?:bgp|ospf|eigrp|isis|rip)\b", -20, unless=_FEATURE),
    _header("cisco-nx|cisco_nx|nxos|cisco-nxos|cisco_nxos"),
    Tell(rf"{_SHOWN}Cisco Nexus Operating System|^[!#] ?NXOS: +version \d", 100),
    Tell(r"^!Command: show (?:running|startup)-config", 60),
    Tell(r"^!Time: \w{3} \w{3} +\d", 15),
    Tell(
        r"^!(?:Running|Startup) configuration (?:last done|saved) at:"
        r"|^!No configuration change since last restart",
        30,
    ),
    Tell(r"^version \d+\.\d+\(\d+\w*(?:\.\w+)?\)(?:\w+\(\w+\)\w*)?(?: Bios:version.*)?\s*$", 60),
    Tell(
        r"^(?:no )?feature (?:bgp|ospf|ospfv3|eigrp|pim|isis|rip|nv overlay|vpc|lacp|lldp|hsrp"
        r"|vrrp|dhcp|udld|bfd|pbr|interface-vlan|fabric|tacacs\+|telnet|ssh|nxapi|vn-segment|fex"
        r"|mpls|private-vlan|sla|scp|sftp|bash|password|port-security|netflow|msdp|dot1x|evpn"
        r"|analytics|telemetry|otv|vtp|nat|ptp|restconf|netconf|grpc)\b",
        40,
    ),
    Tell(r"^(?:install )?feature-set \S", 30),
    Tell(r"^vrf context \S", 40),
    Tell(r"^\s+vrf member \S", 25),
    Tell(r"^(?:switchname|vdc) \S", 40),
    Tell(
        r"^role name \S+|^username \S+ password \d \S+ +role \S|^copp profile"
        r"|^system (?:default switchport|qos|jumbomtu|nve|vlan)\b",
        20,
    ),
    Tell(r"^boot (?:nxos|kickstart) |^boot system \S+ sup-\d", 40),
    Tell(
        r"^interface (?:mgmt0|nve\d+|Ethernet\d+/\d+(?:/\d+)?(?:-\d+)?|port-channel\d|loopback\d"
        r"|Vlan\d+)\s*$",
        3,
    ),
    Tell(r"^interface (?:mgmt0|nve1|port-channel\d|loopback\d)", 15),
    Tell(
        r"^\s+ip (?:router (?:ospf|eigrp|isis|rip) \S+|distribute-list eigrp|ospf passive)"
        r"|^\s+fabric forwarding",
        12,
    ),
    Tell(
        r"^nv overlay evpn|^fabric forwarding|^evpn\s*$|^vpc domain \d|^fex \d|^rmon event \d"
        r"|^slot \d",
        15,
    ),
    Tell(
        r"^\s+(?:hsrp (?:version \d|\d)|vpc \d|vpc peer-link|member vni|vn-segment \d"
        r"|fex associate|spanning-tree port type)",
        12,
    ),
    Tell(r"^line (?:console|vty)\s*$", 6),
    Tell(r"^ [a-z]", -4),
    Tell(r"^interface Ethernet0", -6),
    Tell(r"^router (?:bgp \d+|ospf \w+)\s*$", 2),
    Tell(r"^hostname \S+", 1),
    Tell(r"^\s+(?:template peer |inherit peer)|^  neighbor \S+(?: remote-as \d+)?\s*$", 6),
    Tell(r"^ip access-list (?!extended|standard|resequence|role|persist|logging)\S+\s*$", 4),
    Tell(r"^ip route \S+/\d+ |^\s+ip address \S+/\d+", 4),
    Tell(r"^class-map type (?:control-plane|qos|queuing|network-qos)|^object-group ip address", 8),
    Tell(r"^snmp-server user \S+ (?:network-admin|auth)|^spanning-tree port type", 8),
    Tell(
        r"^! device: |^frr (?:version|defaults)|^vrf instance|^transceiver qsfp|^router static"
        r"|^version 1\d\.\d+\s*$",
        -40,
    ),
    Tell(r"^sysname |^ undo |^ASA Version|^slb ", -40),
)

CISCO_XR = (
    _header("cisco-xr|cisco_xr|cisco-xr\\d*|ios-xr"),
    Tell(r"^!! ?IOS XR\b", 100),
    Tell(rf"{_SHOWN}Cisco IOS[- ]XR Software", 100),
    Tell(r"^router static\s*$", 20),
    Tell(r"^end-(?:policy|set|class-map|policy-map|group|global|template)\b", 40),
    Tell(
        r"^(?:route-policy|prefix-set|as-path-set|community-set|extcommunity-set|rd-set"
        r"|large-community-set) ",
        30,
    ),
    Tell(r"^\s+ipv4 address \S", 30),
    Tell(
        r"^(?:ipv4 access-list|ipv4 virtual|ipv4 unnumbered|ipv4 netmask|ipv4 assembler"
        r"|ipv4 prefix-list)",
        25,
    ),
    Tell(r"^\s+(?:ipv4|ipv6) access-group \S+ (?:ingress|egress)", 25),
    Tell(r"^interface (?:preconfigure )?(?:MgmtEth|[A-Z]\w+)\d+/\w+/\w+/\d+", 30),
    Tell(r"^interface (?:Bundle-Ether|BVI|PTP|tunnel-(?:te|ip|mte))\d*", 10),
    Tell(r"^interface (?:Bundle-Ether|MgmtEth)", 30),
    Tell(
        r"^(?:taskgroup|usergroup|l2vpn|vty-pool|hw-module|line default|line template"
        r"|multicast-routing|domain lookup disable|control-plane\s*\n management-plane"
        r"|telnet vrf \S+ ipv4|ssh server (?:v2|vrf)|tcp path-mtu)\b",
        12,
    ),
    Tell(
        r"^\s+address-family (?:ipv4|ipv6|vpnv4|vpnv6) (?:unicast|multicast|labeled-unicast)\s*$", 2
    ),
    Tell(
        r"^  neighbor-group |^ neighbor-group |^\s+use neighbor-group "
        r"|^\s+route-policy \S+ (?:in|out)\s*$",
        20,
    ),
    Tell(r"^router (?:ospf \S+|ospfv3 \S+)\n(?: .*\n){0,12}?  interface \S", 20),
    Tell(r"^(?:interface \S+ )l2transport|^\s+l2transport\s*$|^\s+bridge group ", 20),
    Tell(r"^router (?:hsrp|vrrp|igmp|mld|pim|msdp)\s*$|^(?:router (?:msdp|igmp|mld))\b", 12),
    Tell(
        r"^dhcp ipv4\s*$|^mpls ldp\s*$|^mpls traffic-eng\s*$|^nv\s*$"
        r"|^class-map match-any \S+\s*\n match (?:dscp|access-group ipv4)|^group \S+\s*$",
        6,
    ),
    Tell(
        r"^! device: |^frr (?:version|defaults)|^vrf context|^feature \S"
        r"|^ip access-list extended|^ip route ",
        -30,
    ),
)

ARISTA_EOS = (
    Tell(r"^  [a-z]", -6, unless=_THREE_BLANKS),
    _header("arista|arista_eos|eos"),
    Tell(r"^! device: .*\bEOS-\d", 100),
    Tell(r"^! device: .*\([^)]*EOS", 100),
    Tell(rf"{_SHOWN}(?:Arista [DvcC]\S+|Software image version: +\d)", 60),
    Tell(r"^ *\"mfgName\": \"Arista\"", 100),
    Tell(r"^! Command: show (?:running|startup)-config", 30),
    Tell(r"^(?:! )?boot system flash[: ]\S*\.swi", 60),
    Tell(r"^transceiver qsfp default-mode", 60),
    Tell(
        r"^service routing protocols model|^(?:no )?aaa root\b|^service interface (?:in)?active", 40
    ),
    Tell(
        r"^vrf instance \S|^management (?:api|ssh|console|cvx|telnet|security|defaults)\b"
        r"|^daemon \S|^event-handler \S",
        30,
    ),
    Tell(
        r"^mlag configuration|^cvx\s*$|^ip virtual-router mac-address|^ip virtual-router address",
        30,
    ),
    Tell(
        r"^spanning-tree mode mstp|^(?:no )?spanning-tree vlan-id|^queue-monitor"
        r"|^hardware counter feature|^platform (?:trident|sand|tomahawk|jericho|fap)|^agent \S+ ",
        20,
    ),
    Tell(
        r"^tcam profile|^router (?:general|multicast|l2-vpn|traffic-engineering"
        r"|adaptive-virtual)\b|^(?:peer-filter|monitor connectivity|dynamic prefix-list)\b"
        r"|^ip (?:as-path regex-mode|routing vrf|name-server vrf|ssh client)\b"
        r"|^(?:no )?ip routing vrf|^hardware (?:access-list|speed-group|tcam)",
        20,
    ),
    Tell(
        r"^username \S+ (?:privilege \d+ )?(?:role \S+ )?(?:secret sha512|nopassword)"
        r"|^(?:enable secret|enable password) sha512|^aaa authorization exec default local\b",
        10,
    ),
    Tell(
        r"^interface (?:Management\d|Vxlan\d|Port-Channel\d|Recirc-Channel"
        r"|Ethernet\d+/\d+(?:/\d+)?\.\d|Ethernet\d+\s*$)",
        6,
    ),
    Tell(r"^interface (?:Management\d|Vxlan1|Recirc-Channel|Dps1)", 30),
    Tell(r"^interface Port-Channel\d", 8),
    Tell(
        r"^\s+(?:vxlan (?:vlan|vrf|source-interface|udp-port|flood|vtep|multicast|virtual)"
        r"|mlag \d|ip address virtual|ip virtual-router address|traffic-loopback|trunk group"
        r"|channel-group \d+ mode active\s*\n.*vrf \S)",
        20,
    ),
    Tell(
        r"^\s+(?:neighbor \S+ (?:peer group|maximum-routes|rib-in|send-community extended"
        r"|next-hop-peer)|maximum-paths \d+ ecmp|address-family evpn|address-family flow-spec"
        r"|no neighbor \S+ (?:rib-in|route-reflector|route-to-peer|bfd)|bgp (?:bestpath d-path"
        r"|trace)|vlan-aware-bundle|redistribute learned|rd evpn|route-target (?:import|export"
        r"|both) (?:evpn|\d+:\d+ ?$))",
        8,
    ),
    Tell(
        r"^\s+(?:neighbor \S+ (?:peer group|maximum-routes|rib-in)|maximum-paths \d+ ecmp"
        r"|vlan-aware-bundle|redistribute learned|address-family evpn)",
        20,
    ),
    Tell(r"^\s+vrf \S+\s*$", 2),
    Tell(r"^banner (?:motd|login|exec)\s*$", 10),
    Tell(r"^EOF\s*$", 10),
    Tell(_THREE_BLANKS, 5),  # the depth that EOS indents by
    Tell(r"^ [a-z]", -4),
    Tell(r"^interface Ethernet0", -10),
    Tell(r"^router (?:bgp|ospf) \d+\s*$", 2),
    Tell(
        r"^\s+neighbor \S+ (?:remote-as|send-community|ebgp-multihop|route-map|prefix-list"
        r"|activate|peer-group)\b",
        3,
    ),
    Tell(r"^\s+bgp advertise-inactive", 10),
    Tell(r"^hostname \S+", 1),
    Tell(rf"^\s+ip address {_IP}/\d+(?: secondary)?\s*$|^ip route (?:vrf \S+ )?{_IP}/\d+ ", 5),
    Tell(
        r"^ip access-list (?:standard )?(?!extended|resequence|role|persist"
        r"|log)\S+\s*\n +(?:\d+ )?(?:permit|deny|remark|statistics|counters)",
        4,
    ),
    Tell(
        r"^ip community-list (?:regexp|\S+ (?:permit|deny))|^ip nat (?:pool \S+ prefix"
        r"|synchronization|profile)|^patch panel|^traffic-policies\s*$|^ptp (?:mode|clock"
        r"|source)|^email\s*$|^qos profile|^logging (?:vrf|format|level)|^ntp (?:server vrf"
        r"|local-interface)|^dns domain|^ip pim rp-candidate|^router (?:pim|igmp|msdp)\b",
        8,
    ),
    Tell(r"^\s+(?:switchport (?:mode|access|trunk)|mtu \d|no switchport|description|shutdown)", 1),
    Tell(
        r"^feature \S|^vrf context|^!Command: show|^router static|^end-policy|^frr (?:version"
        r"|defaults)|^\s*exit-address-family",
        -25,
    ),
    Tell(
        rf"^\s+ip address {_IP} {_MASK}\s*$|^ip access-list extended|^ip vrf "
        r"|^boot-start-marker",
        -15,
    ),
    Tell(r"^interface (?:Fast|Gigabit|TenGigabit|Forty|Hundred|Serial|Dialer)\w*\d", -20),
    Tell(r"^ip route \S+ /\d|^sysname |^ undo |^slb ", -30),
)

_JUNOS_TOP = (
    "groups|apply-groups|system|chassis|interfaces|snmp|forwarding-options|event-options|policy-options|"
    "firewall|routing-instances|routing-options|protocols|security|applications|vlans|class-of-service|"
    "bridge-domains|switch-options|access|access-profile|logical-systems|services|poe|virtual-chassis|"
    "ethernet-switching-options|multi-chassis|jsrc|dynamic-profiles|fabric|openconfig\\S*"
)

JUNIPER_JUNOS = (
    _header("juniper|juniper-srx|junos|juniper_junos|flat_juniper"),
    Tell(r"^## Last (?:commit|changed): ", 100),
    Tell(
        rf"{_SHOWN}(?:JUNOS|Junos: \d|Model: (?:mx|srx|ex|qfx|ptx|acx|vmx|vsrx|vqfx))",
        100,
    ),
    Tell(r"^(?:set )?version \"?\d+\.\d+[A-Z]?\d*(?:[-.][\w.]+)*\"?;?\s*$", 3),
    Tell(
        r"^(?:set )?version \"?\d{2}\.\d[RXFIBD]\S*;?\s*$"
        r"|^(?:set )?version \"?\d{4,8}\.\d+_\S+;?\s*$",
        60,
    ),
    Tell(r"^set system host-name [^'\s]+\s*$", 10),  # VyOS quotes each value
    Tell(
        r"^set (?:system (?:root-authentication|tacplus-server|login class|login user \S+ (?:uid"
        r"|class)|processes|authentication-order)\b)",
        12,
    ),
    Tell(
        r"^set (?:protocols ospf3? area \S+ (?:interface|area-range|nssa|stub|virtual-link)"
        r"|(?:protocols|routing-options|policy-options) )",
        5,
    ),
    Tell(
        r"^set (?:system (?:services|syslog|login|root-authentication|domain-name|time-zone|ntp"
        r"|name-server|authentication-order|processes|commit|ports|tacplus-server|radius-server"
        r"|max-configurations|archival|internet-options|scripts|management-instance"
        r"|static-host-mapping)\b)",
        4,
    ),
    Tell(
        r"^set (?:logical-systems \S+ |routing-instances \S+ "
        r"|groups \S+ )?(?:policy-options (?:policy-statement|prefix-list|community|as-path"
        r"|condition|route-filter-list|as-path-group)|routing-options (?:static"
        r"|autonomous-system|router-id|rib|rib-groups|aggregate|generate|forwarding-table"
        r"|resolution|interface-routes|graceful|confederation|instance-import|nonstop|multipath"
        r"|validation|multicast|martians)|firewall (?:family|filter|policer|three-color"
        r"|prefix-action)|protocols (?:bgp group|ospf area|ospf3 area|isis (?:interface|level"
        r"|overload|reference|no-ipv4|disable|export|spf|lsp)|mpls|ldp|rsvp|lldp|rstp|mstp|vstp"
        r"|evpn|l2-learning|igmp-snooping|router-advertisement|pim|msdp|bfd|layer2-control))",
        40,
    ),
    Tell(
        r"^set (?:interfaces|groups \S+ interfaces"
        r"|logical-systems \S+ interfaces) \S+ .*\b(?:unit \d+|family (?:inet6?|iso|mpls"
        r"|ethernet-switching|bridge|vpls)|gigether-options|ether-options"
        r"|aggregated-ether-options|vlan-tagging|flexible-vlan-tagging|encapsulation|mtu \d"
        r"|native-vlan-id|redundant-ether-options|disable)",
        40,
    ),
    Tell(
        r"^set interfaces (?:(?:ge|xe|et|fe|ae|gr|sp|ms|lt|ip|st|so)-?\d|lo0|irb|fxp0|em0|me0"
        r"|vme|vlan|reth\d|fab\d|dsc|fti\d|interface-range)\S*",
        30,
    ),
    Tell(
        r"^set (?:security (?:zones|policies|nat|ike|ipsec|screen|flow|address-book|alg"
        r"|forwarding|authentication-key|log|pki)|applications (?:application|application-set)"
        r"|routing-instances \S+|class-of-service|chassis|vlans \S+ (?:vlan-id|l3-interface"
        r"|vxlan|interface|description|filter|forwarding)|bridge-domains|switch-options"
        r"|ethernet-switching-options|forwarding-options|event-options|snmp|logical-systems"
        r"|apply-groups|groups|access|services|poe|virtual-chassis|access-profile"
        r"|multi-chassis)\b",
        12,
    ),
    Tell(
        r"^(?:deactivate|activate|delete|protect|insert) (?:interfaces|protocols|policy-options"
        r"|routing-options|firewall|system|groups|security|routing-instances|vlans)\b",
        10,
    ),
    Tell(rf"^(?:inactive: |protect: |replace: )?(?:{_JUNOS_TOP}) \{{\s*(?:##.*|/\*.*)?$", 12),
    Tell(r"^apply-groups (?:\[ .* \]|\S+);", 30),
    Tell(
        r"^\s+(?:host-name|root-authentication|autonomous-system|router-id|static|peer-as"
        r"|local-as) [^;{]*;\s*$",
        15,
    ),
    Tell(
        r"^\s+(?:family inet6? \{|unit \d+ \{|policy-statement \S+ \{|prefix-list \S+ \{|from \{"
        r"|then \{|then (?:accept|reject|discard);)",
        20,
    ),
    Tell(
        r"^\s+(?:(?:ge|xe|et|fe)-\d+/\d+/\d+|ae\d+|lo0|irb|reth\d+|fxp0|em0)(?: \{|\.\d+;"
        r"|\.\d+ \{)",
        30,
    ),
    # VyOS and EdgeOS, PAN-OS, FortiOS, SR OS and Gaia speak similarly
    Tell(
        r"^set '?(?:interfaces'? '?(?:ethernet|loopback|bonding|bridge|tunnel|dummy|wireguard"
        r"|openvpn|switch)\b|protocols'? '?(?:bgp'? '?(?:\d+|parameters|neighbor|system-as"
        r"|address-family|local-as)|ospf'? '?(?:area'? \S+ '?(?:network|area-type)|parameters"
        r"|interface|auto-cost)|static'? '?(?:route|route6|interface-route|table))\b"
        r"|firewall'? '?(?:name|all-ping|ipv6-name|group|state-policy|ipv4)\b|nat'? "
        r"|service'? '?(?:ssh|dns|ntp|dhcp-server)|system'? '?(?:config-management|console"
        r"|conntrack))",
        -60,
    ),
    Tell(
        r"^\s+(?:ethernet|loopback|bonding|switch) (?:eth|lo|bond|switch)\d* \{|^\s+(?:address"
        r"|hw-id|host-name) [^;{]+[^;{\s]\s*$",
        -40,
    ),
    Tell(
        r"^(?:set )?(?:deviceconfig|rulebase|mgt-config|device-group|template-stack|vsys|shared"
        r"|network (?:interface|virtual-router|profiles))\b",
        -60,
    ),
    Tell(
        r"^/?configure(?: |\s*\{)|^# (?:Configuration format version|TiMOS)|^config (?:system"
        r"|firewall|router)\b|^(?:ltm|sys|net|auth) \S+.*\{|^set / |^#TMSH",
        -60,
    ),
)

LINUX = (
    _header("linux|iptables|frr|zebra|quagga"),
    Tell(r"^# Generated by (?:ip6?tables-save|xtables-save|iptables-nft-save)", 100),
    Tell(rf"{_SHOWN}(?:FRRouting \d|Linux \S+ \d+\.\d+\.\d\S* )", 100),
    Tell(r"^frr version\b|^frr defaults (?:traditional|datacenter)", 100),
    Tell(r"^\*(?:filter|nat|mangle|raw|security)\s*$", 60),
    Tell(r"^:(?:INPUT|FORWARD|OUTPUT|PREROUTING|POSTROUTING) (?:ACCEPT|DROP|-)", 60),
    Tell(
        r"^(?:\[\d+:\d+\] )?(?:-A|--append|-I|--insert|-N|-P|--new-chain|--policy) [\w-]+(?: |$)",
        30,
    ),
    Tell(r"^(?:sudo )?(?:/usr)?(?:/sbin/)?(?:iptables|ip6tables) (?:-t \w+ )?-[APNIF] ", 60),
    Tell(
        r"^#!/usr/sbin/nft|^(?:add |create )?table (?:inet|ip|ip6|arp|bridge|netdev) \S+(?: \{"
        r"|\s*$)|^flush ruleset",
        60,
    ),
    Tell(r"^\s+(?:type (?:filter|nat|route) hook \w+ priority|chain \w+ \{)", 40),
    Tell(r"^\{\"nftables\": ?\[|^\s*\{\"metainfo\": ?\{", 100),
    Tell(r"^(?:auto|allow-hotplug|iface) (?:lo|\S+\d\S*)(?: inet6? \w+| inherits)?\s*$", 30),
    Tell(
        r"^### (?:start of|end) (?:frr\.conf|/etc/network/interfaces)"
        r"|^# This file describes the network interfaces",
        40,
    ),
    Tell(
        r"^(?:default|unreachable|blackhole|local|broadcast"
        r"|[\da-f:.]+(?:/\d+)?)(?: via \S+)? dev \S+(?: proto \w+)?",
        60,
    ),
    Tell(r"^default (?:proto \w+ )?(?:metric \d+ )?\s*\n\tnexthop via ", 60),
    Tell(r"^\d+: \S+: <[A-Z_,0-9]+> mtu \d+ qdisc", 100),
    Tell(r"^\d+:\tfrom (?:all|\S+) .*lookup \S+", 60),
    Tell(r"^net\.ipv[46]\.\S+ ?= ?\S", 40),
    Tell(r"^\[\{\"(?:ifindex\":\d+,\"ifname|dst\":\"|type\":\"\w+\",\"dst)", 60),
    Tell(
        r"^(?:zebra|bgpd|ospfd|agentx|service integrated-vtysh-config|log syslog informational)\b",
        10,
    ),
    Tell(r"^interface (?:eth\d+|en[ops]\w+|bond\d+|br\d+|swp\d+\w*|lo|vmbr\d+)\s*$", 12),
    Tell(r"^line vty\s*$", 3),
    Tell(r"^Ethernet Channel Bonding Driver:|^0:\s+from all lookup local", 60),
    Tell(r"^\s*(?:\S*/)?nft (?:add|create|insert|flush|-f)\b", 60),
    Tell(r"^\s*\$\{?(?:ipt|IPT)\w*\}? (?:-t \w+ )?-[AIPNF] ", 40),
    Tell(r"\A\s*\{\s*\"nftables\"\s*:", 100),
    Tell(r"^create \S+ (?:hash|list|bitmap):\S+", 40),
    Tell(r"^ip route add |^ip (?:link|addr|rule) (?:add|set) ", 20),
    Tell(r"^network:\s*\n\s+(?:version: 2|ethernets:|renderer:)", 40),
    Tell(r"^\s*exit-vrf\s*$|^(?:ip|ipv6) (?:nht resolve-via-default|forwarding)\s*$", 10),
    Tell(r"^net (?:add|del|commit) ?|^nv set ", -60),
    Tell(r"^# ports\.conf --|^(?:auto|iface) swp\d|^frr version \S*cl\d|^\[ip6?tables\]\s*$", -200),
)

CISCO_ASA = (
    _header("cisco-asa|cisco_asa|asa"),
    Tell(r"^(?:ASA|PIX|FWSM|NGFW) Version \S", 100),
    Tell(r"^: (?:Saved|Written by|Hardware: +(?:ASA|FPR)|Serial Number)", 60),
    Tell(r"^[!#]+ ?.*Cisco (?:Adaptive Security Appliance|PIX|Firepower)", 100),
    Tell(r"^\s+nameif \S|^nameif \S+ \S+ security", 60),
    Tell(r"^\s+security-level \d", 60),
    Tell(r"^access-list \S+ extended (?:permit|deny)", 15),
    Tell(r"^access-group \S+ (?:in|out) interface \S|^access-group \S+ global", 60),
    Tell(
        r"^object network \S|^object service \S|^same-security-traffic|^threat-detection"
        r"|^asdm ",
        40,
    ),
    Tell(r"^(?:names|failover|pager lines \d+|xlate per-session.*|no failover)\s*$", 10),
    Tell(r"^route \S+ \d[\d.]+ \d[\d.]+ \d", 20),
    Tell(r"^(?:static|nat|global) \(\S+\)", 40),
)

F5_TMSH = (
    _header("f5|bigip|bigip13|f5_bigip_structured"),
    Tell(r"^#TMSH-VERSION: ", 100),
    Tell(
        r"^(?:ltm (?:virtual|pool|node|monitor|profile|rule|snat|data-group|persistence"
        r"|policy)|net (?:vlan|self|route|routing|trunk"
        r"|interface|self-allow|stp|tunnels)|sys (?:global-settings|dns|ntp"
        r"|management-ip|management-route|provision|snmp|syslog|db)"
        r"|auth (?:user|partition|source|remote-user)|cm (?:device|cert|trust-domain"
        r"|traffic-group)|apm \w+|security \w+ \S+|gtm \w+)\b.*\{",
        60,
    ),
)

FORTINET = (
    _header("fortigate|fortigate-full|fortinet|fortios"),
    Tell(r"^#config-version=\w+", 100),
    Tell(
        r"^config (?:global|vdom|system (?:global|interface|accprofile|admin|ha|dns"
        r"|settings|zone|replacemsg.*|npu)"
        r"|firewall [\w-]+(?: \w+)?|router (?:static|bgp|ospf|rip|access-list|route-map"
        r"|prefix-list|policy|setting)"
        r"|vpn [\w-]+.*|user [\w-]+|log \w+.*|application list|webfilter \w+"
        r"|antivirus \w+|ips \w+)\s*$",
        60,
    ),
    Tell(r"^\s+edit \S", 10),
    Tell(r"^\s+next\s*$", 6),
)

MIKROTIK_ROUTEROS = (
    _header("mikrotik|routeros"),
    Tell(r"^# .*\bby RouterOS \d", 100),
    Tell(
        r"^/(?:ip|ipv6|interface|routing|system|queue|snmp|tool|user|ppp|port"
        r"|certificate|disk)(?: [a-z\d-]+)*\s*$",
        30,
    ),
    Tell(r"^/(?:ip|ipv6|interface|routing|system) [a-z -]*(?:add|set) ", 40),
    Tell(r"^(?:add|set) (?:\[ find|[a-z-]+=)", 15),
)

NOKIA_SROS = (
    _header("sros|nokia_sros|alcatel-sros|sros-md"),
    Tell(r"^# TiMOS-\w", 100),
    Tell(r"^# Configuration format version \d+", 60),
    Tell(r"^/?configure \{|^/configure \S", 60),
    Tell(
        r"^    (?:router \"?(?:Base|management)\"?|service|system|card|port|log"
        r"|policy-options|filter) (?:\S+ )?\{",
        10,
    ),
    Tell(
        r"^echo \"(?:System|Card|Port|Router|Service|Policy|Log|Filter|Security"
        r"|QoS)\b.*Configuration\"",
        60,
    ),
    Tell(r"^exit all\s*$", 25),
    Tell(r"^\s+(?:ip|ipv6)-filter \d+ (?:name \S+ )?create|^\s+vprn \d+ .*create\s*$", 40),
    Tell(r"^\s+static-route-entry \S+/\d+\s*$", 30),
    Tell(r"^\s+(?:ip|ipv6)-filter \"[^\"]+\" \{", 40),
    Tell(r"^configure (?:router|filter|service|port|lag|card) \S", 20),
)

_EDGEOS_ONLY = (
    r"^set interfaces switch switch0|^set service (?:ubnt-discover|gui|unms)"
    r"|^    (?:ubnt-discover|unms|gui) \{|^    switch switch0 \{"
    r"|^set (?:service nat rule|port-forward|load-balance group|system offload (?:hwnat|ipsec|ipv4|ipv6)"
    r"|system traffic-analysis|firewall options mss-clamp|traffic-control) "
    r"|^(?:port-forward|load-balance|traffic-control) \{|^    traffic-analysis \{|^        (?:hwnat|mss-clamp6?) "
)
"""Statements that EdgeOS has and VyOS has not."""

VYOS = (
    _header("vyos|vyatta"),
    Tell(
        r"^// (?:vyos-config-version|Release version: )|=== vyatta-config-version: (?!.*\bubnt-)",
        100,
    ),
    Tell(
        r"^set '?interfaces'? '?(?:ethernet|loopback|bonding|bridge|tunnel|dummy"
        r"|wireguard|openvpn|pppoe|vxlan|geneve|vti|macsec)'? ",
        40,
    ),
    Tell(
        r"^set '?(?:service|nat|firewall|protocols|policy|vrf|high-availability|system"
        r"|container|qos|vpn|pki|load-balancing)'? \S.* '[^']*'\s*$",
        12,
    ),
    Tell(
        r"^set '?firewall'? '?(?:name|all-ping|ipv6-name|group|state-policy|ipv4|ipv6"
        r"|global-options|zone)'? ",
        20,
    ),
    Tell(r"^    (?:ethernet|bonding|dummy|wireguard|tunnel) \S+ \{", 25),
    Tell(r"^        hw-id \"?[\da-f:]{17}\"?\s*$|^    config-management \{", 25),
    Tell(_EDGEOS_ONLY, -60),
)

UBIQUITI_EDGEROUTER = (
    _header("edgeos|edgerouter|edgemax"),
    Tell(r"^/\* Release version: v\d+\.\d+.*\*/|=== vyatta-config-version: .*\bubnt-", 100),
    Tell(r"^    (?:ethernet eth\d+|switch switch0) \{", 25),
    Tell(_EDGEOS_ONLY, 100),
)

HUAWEI_VRP = (
    _header("huawei|vrp|huawei_vrp"),
    Tell(r"^[!#] ?Software Version V\d{3}R\d{3}", 100),
    Tell(r"^[!#].*Huawei Versatile Routing Platform", 100),
    Tell(r"^ ?sysname \S", 12),
    Tell(r"^ *undo \S", 10),
    Tell(
        r"^interface (?:Vlanif\d|Eth-Trunk\d|MEth\d|XGigabitEthernet|LoopBack\d|NULL0"
        r"|10GE\d|25GE\d|40GE\d|100GE\d)",
        20,
    ),
    Tell(
        r"^(?:user-interface (?:con|vty|maximum)|acl (?:number|name) |ip route-static"
        r"|stelnet|info-center|drop-profile|diffserv domain|traffic classifier"
        r"|observe-port|bgp \d+\s*$|ospf \d+.*$|vlan batch|aaa\s*$|ip vpn-instance"
        r"|route-policy \S+ (?:permit|deny) node)",
        8,
    ),
    Tell(
        r"^ (?:port link-type|authentication-scheme|local-user \S+ password irreversible"
        r"|local-user \S+ service-type)",
        8,
    ),
    Tell(r"^return\s*$", 3),
    Tell(
        r"^ ?version [57]\.\d+\.\d+, |^interface (?:Vlan-interface|Bridge-Aggregation"
        r"|Ten-GigabitEthernet)",
        -60,
    ),
)

PALOALTO_PANOS = (
    _header("paloalto|paloalto_panos|palo_alto|palo_alto_nested"),
    Tell(r"^<config version=\"\d+\.\d+\.\d+\"", 60),
    Tell(r"urldb=\"paloaltonetworks\"|paloaltonetworks\.com", 40),
    Tell(
        r"^(?:set |delete )?(?:config )?(?:deviceconfig|mgt-config|device-group"
        r"|template-stack|template|rulebase|pre-rulebase"
        r"|post-rulebase|vsys|devices localhost\.localdomain|shared (?:application"
        r"|address|log-settings|pre-rulebase"
        r"|post-rulebase|ssl-tls|botnet|content-preview|certificate|service"
        r"|local-user-database|authentication)|panorama)\b",
        60,
    ),
    Tell(
        r"^set network (?:interface|virtual-router|profiles|ike|tunnel|shared-gateway"
        r"|vlan|virtual-wire)\b",
        60,
    ),
    Tell(
        r"^set (?:address|address-group|service|service-group|zone|tag|application"
        r"|profiles|profile-group|external-list|import) \S+",
        6,
    ),
    Tell(
        r"^ *(?:set )?(?:rulebase|deviceconfig|mgt-config|network|zone|import"
        r"|virtual-router|localhost\.localdomain|panorama|vsys1) \{",
        25,
    ),
    Tell(r"^(?:policy|devices|config|shared) \{\s*$", 15),
    Tell(
        r"^\s+(?:ip-netmask|panorama|devices|vsys|vsys1|profile-setting"
        r"|security) (?:\S+;|\{)",
        15,
    ),
)

NOKIA_SRL = (
    Tell(r"^set / (?:interface|system|network-instance|routing-policy|acl)\b", 60),
    Tell(r"^\s*\"srl_nokia-\w+", 60),
    Tell(r"^\s+(?:admin-state enable|network-instance \S+ \{|interface ethernet-\d+/\d+)", 15),
    Tell(r"^--\{ .*\}--\[.*\]--", 100),
    Tell(r"^\s*(?:acl-filter \S+ type ipv[46]|subinterface \d+|network-instance \S+) \{", 40),
    Tell(r"^\s*interface (?:ethernet-\d+/\d+|mgmt0|irb\d+|lag\d+|system0) \{", 40),
)

HP_COMWARE = (
    _header("h3c|comware|hp-comware|hp_comware"),
    Tell(
        r"^ ?version [57]\.\d+\.\d+, (?:Release|Alpha|Beta|Feature|ESS|Demo|Test|Customer)",
        100,
    ),
    Tell(r"^[#!] ?(?:H3C|HPE?) Comware|^[#!].*Comware (?:Platform )?Software", 100),
    Tell(r"^ ?sysname \S", 12),
    Tell(r"^ (?:port link-(?:mode|type)|undo )|^ *undo \S", 10),
    Tell(
        r"^ (?:irf |authorization-attribute user-role|user-role network-admin"
        r"|clock timezone|lldp global enable|password-recovery enable)|^(?:line class"
        r"|acl (?:basic|advanced) |irf-port |traffic (?:classifier|behavior)"
        r"|user-group system|security-zone name|object-policy)",
        20,
    ),
    Tell(
        r"^interface (?:Ten-GigabitEthernet|Bridge-Aggregation|Route-Aggregation"
        r"|M-GigabitEthernet|Vlan-interface|FortyGigE\d/\d/\d|LoopBack\d|NULL0)",
        20,
    ),
    Tell(r"^role name level-\d|^domain system\s*$|^ role name \S", 15),
    Tell(r"^acl number \d|^ ?return\s*$", 3),
)

DELL_OS10 = (
    Tell(r"^! Version 10\.\d", 60),
    Tell(r"^! Last configuration change at \w{3} +\w{3} ", 10),
    Tell(
        r"^interface (?:ethernet\d+/\d+/\d+|mgmt\d/\d/\d|vlan\d+|port-channel\d+"
        r"|breakout \d)",
        15,
    ),
    Tell(r"^system-user linuxadmin|^iscsi (?:target|enable)|^ccl |^rest api", 20),
)

ARUBA_AOSCX = (
    Tell(r"^!Version ArubaOS-CX", 100),
    Tell(r"^!export-password: ", 60),
    Tell(r"^interface (?:\d+/\d+/\d+|lag \d+|mgmt|vlan \d+)\s*$", 10),
    Tell(r"^\s+(?:vlan (?:access|trunk (?:native|allowed)) )|^vsx\s*$|^vsf member", 25),
)

CUMULUS_LINUX = (
    _header("cumulus_concatenated|cumulus|cumulus_linux|cumulus_nclu"),
    Tell(r"^(?:\S+@\S+[$#] *)?net (?:add|del|commit)\b", 60),
    Tell(r"^(?:\S+@\S+[$#] *)?nv (?:set|unset|config)\b", 60),
    Tell(r"^- header:\s*\n\s+(?:model|nvue-api-version|rev-id|version):", 100),
    Tell(r"^- set:\s*$", 40),
    Tell(r"^\s*\"(?:nvue-api-version|nvue_api_version)\"", 100),
    Tell(r"^\s+(?:link|ip|bridge|router|acl):\s*\n\s+(?:mtu|address|domain|bgp|static|\S+):", 6),
    Tell(
        r"^# ports\.conf --|^### (?:start of|end) (?:frr\.conf|/etc/network/interfaces)"
        r"|^frr version \S*cl\d|^# This file describes the network interfaces",
        100,
    ),
    Tell(r"^(?:auto|iface) (?:swp\d|bond\d|peerlink|vlan\d|mgmt\b|bridge\b)", 60),
    Tell(
        r"^\s+(?:vrf-table|clagd-|bridge-vlan-aware|bond-slaves swp|address-virtual|bridge-vids)",
        40,
    ),
    Tell(r"^\[(?:iptables|ip6tables|ebtables)\]\s*$", 100),
    Tell(r"^-(?:t mangle -A PREROUTING|A FORWARD) -i swp", 40),
    Tell(r"^DISTRIB_ID=\"?Cumulus|^NAME=\"Cumulus Linux\"", 100),
    Tell(r"\A\s*\{\s*\"acl\": \{\s*\"[^\"]+\": \{\s*\"(?:type|rule)\":", 100),
    Tell(
        r"^\s+\"type\": \"(?:swp|svi|peerlink|ipv4|ipv6)\"|^\s+type: (?:swp|svi|peerlink)\s*$", 30
    ),
)

DELL_SONIC = (
    _header("sonic|dell-sonic|edgecore-sonic"),
    Tell(
        r"^\s*\"(?:DEVICE_METADATA|ACL_TABLE|ACL_RULE|PORT|PORTCHANNEL|VLAN|VLAN_MEMBER|INTERFACE|PORTCHANNEL_INTERFACE"
        r"|VLAN_INTERFACE|LOOPBACK_INTERFACE|BGP_NEIGHBOR|STATIC_ROUTE|MGMT_INTERFACE)\": ?\{",
        100,
    ),
    Tell(
        r"^\{\"(?:DEVICE_METADATA|[A-Z_]+)\": ?\{.*\"(?:PORT|ACL_TABLE|ACL_RULE|INTERFACE)\": ?\{",
        100,
    ),
    Tell(r"^\s*\"(?:openconfig-acl:)?acl-sets?\": ?[\[{]|^\s*\"acl-entries\": ?\{", 100),
    Tell(r"^SONiC Software Version: ", 100),
    Tell(
        r"^interface Eth(?:ernet)?\s?\d+(?:/\d+)?\s*\n(?: .*\n)*? ipv6 address"
        r" use-link-local",
        20,
    ),
    Tell(
        r"^(?:mclag domain|interface-naming standard|ip load-share hash|copp-action"
        r"|line vty\s*\n service-policy)",
        20,
    ),
)

CHECKPOINT_GAIA = (
    Tell(r'"type" ?: ?"access-(?:rule|section)"', 100),
    Tell(r"^# Language version: \d+\.\d+v\d", 100),
    Tell(r"^# Exported by \S+ on \w{3} \w{3}", 30),
    Tell(
        r"^set interface \S+ (?:ipv4-address|state (?:on|off)|link-speed"
        r"|auto-negotiation|comments)\b",
        40,
    ),
    Tell(
        r"^set static-route \S+ (?:nexthop|off|ping|comment|priority)|^add bonding group"
        r"|^set bonding group|^set installer|^add interface \S+ (?:vlan|alias)",
        40,
    ),
    Tell(
        r"^set (?:hostname|snmp|user|password-controls|aaa|ntp|domainname|dns|clienv"
        r"|inactivity-timeout|edition|format|message|timezone|web"
        r"|expert-password-hash) \S",
        6,
    ),
)

SYSTEMS: dict[str, tuple[Tell, ...]] = {
    "arista_eos": ARISTA_EOS,
    "aruba_aoscx": ARUBA_AOSCX,
    "checkpoint_gaia": CHECKPOINT_GAIA,
    "cisco_asa": CISCO_ASA,
    "cisco_ios": CISCO_IOS,
    "cisco_nxos": CISCO_NXOS,
    "cisco_xr": CISCO_XR,
    "cumulus_linux": CUMULUS_LINUX,
    "dell_os10": DELL_OS10,
    "dell_sonic": DELL_SONIC,
    "f5_tmsh": F5_TMSH,
    "fortinet": FORTINET,
    "hp_comware": HP_COMWARE,
    "huawei_vrp": HUAWEI_VRP,
    "juniper_junos": JUNIPER_JUNOS,
    "linux": LINUX,
    "mikrotik_routeros": MIKROTIK_ROUTEROS,
    "nokia_srl": NOKIA_SRL,
    "nokia_sros": NOKIA_SROS,
    "paloalto_panos": PALOALTO_PANOS,
    "ubiquiti_edgerouter": UBIQUITI_EDGEROUTER,
    "vyos": VYOS,
}
"""The tells of the platforms with a parser; IOS XE is IOS with `CISCO_XE` on top."""
