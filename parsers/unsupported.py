"""Systems that are recognised but not read yet, so that none is taken for one that is read.

Same patterns and weights as in `tells`. A system moves from here to `tells` with its parser.
"""

from __future__ import annotations

from typing import NamedTuple

from parsers.platform import Tell


class System(NamedTuple):
    """A system without a parser: its usual name, and what speaks for it."""

    title: str
    tells: tuple[Tell, ...]


def _header(types: str) -> Tell:
    return Tell(rf"^[!#;:]+ *(?:RANCID-CONTENT-TYPE|BATFISH_FORMAT): *(?:{types})\s*$", 100)


UNSUPPORTED: dict[str, System] = {
    "cisco_asa": System(
        "Cisco ASA, PIX or FWSM",
        (
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
        ),
    ),
    "cisco_wlc_ssh": System(
        "Cisco AireOS wireless controller",
        (
            _header("cisco-wlc\\d*"),
            Tell(r"^config (?:sysname|interface (?:address|create)|mobility|802\.11[ab]) ", 40),
        ),
    ),
    "cisco_s300": System(
        "Cisco small business switch",
        (
            Tell(r"^config-file-header\s*$", 60),
            Tell(r"^!System Description \"S[GFX]\d{3}", 100),
            Tell(r"^ssd (?:config|indicator|-control)|^file SSD indicator", 60),
            Tell(r"^interface (?:gigabitethernet|fastethernet|tengigabitethernet)\d", 10),
        ),
    ),
    "cisco_viptela": System(
        "Cisco SD-WAN (Viptela)",
        (Tell(r"^ (?:site-id|system-ip|organization-name) +\S", 25), Tell(r"^vpn \d+\s*$", 15)),
    ),
    "a10": System(
        "A10 ACOS",
        (
            _header("a10|a10_acos"),
            Tell(r"^!.*\bAdvanced Core OS \(ACOS\)", 100),
            Tell(r"^!version [24]\.\d\S*, build \d+", 100),
            Tell(r"^slb (?:server|service-group|virtual-server|template|common)\b", 40),
            Tell(
                r"^(?:vrrp-a|rba role|health monitor|class-list|ha (?:group|id|interface)"
                r"|partition)\b",
                20,
            ),
            Tell(r"^interface ethernet \d+\s*$", 5),
            Tell(r"^ip route \S+ /\d+ ", 30),
        ),
    ),
    "fortinet": System(
        "Fortinet FortiOS",
        (
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
        ),
    ),
    "paloalto_panos": System(
        "Palo Alto Networks PAN-OS",
        (
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
        ),
    ),
    "f5_tmsh": System(
        "F5 BIG-IP",
        (
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
        ),
    ),
    "checkpoint_gaia": System(
        "Check Point Gaia",
        (
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
        ),
    ),
    "nokia_sros": System(
        "Nokia SR OS",
        (
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
        ),
    ),
    "nokia_srl": System(
        "Nokia SR Linux",
        (
            Tell(r"^set / (?:interface|system|network-instance|routing-policy|acl)\b", 60),
            Tell(r"^\s*\"srl_nokia-\w+", 60),
            Tell(
                r"^\s+(?:admin-state enable|network-instance \S+ \{|interface ethernet-\d+/\d+)", 15
            ),
        ),
    ),
    "cumulus_nclu": System(
        "Cumulus Linux NCLU commands",
        (Tell(r"^net (?:add|del|commit)\b", 60),),
    ),
    "cumulus_nvue": System(
        "Cumulus Linux NVUE",
        (
            Tell(r"^nv (?:set|unset|config)\b", 60),
            Tell(r"^- header:\s*\n\s+(?:model|nvue-api-version):", 100),
            Tell(r"^- set:\s*$", 15),
        ),
    ),
    "hp_comware": System(
        "H3C or HPE Comware",
        (
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
        ),
    ),
    "huawei_vrp": System(
        "Huawei VRP",
        (
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
        ),
    ),
    "mikrotik_routeros": System(
        "MikroTik RouterOS",
        (
            _header("mikrotik|routeros"),
            Tell(r"^# .*\bby RouterOS \d", 100),
            Tell(
                r"^/(?:ip|ipv6|interface|routing|system|queue|snmp|tool|user|ppp|port"
                r"|certificate|disk)(?: [a-z\d-]+)*\s*$",
                30,
            ),
            Tell(r"^/(?:ip|ipv6|interface|routing|system) [a-z -]*(?:add|set) ", 40),
            Tell(r"^(?:add|set) (?:\[ find|[a-z-]+=)", 15),
        ),
    ),
    "vyos": System(
        "VyOS or Vyatta",
        (
            _header("vyos|vyatta"),
            Tell(r"^// (?:vyos-config-version|Release version: )|=== vyatta-config-version", 100),
            Tell(
                r"^set '?interfaces'? '?(?:ethernet|loopback|bonding|bridge|tunnel|dummy"
                r"|wireguard|openvpn|pppoe|vxlan|geneve|vti|macsec)'? ",
                40,
            ),
            Tell(
                r"^set '?(?:service|nat|firewall|protocols|policy|vrf|high-availability|system"
                r"|container|qos|vpn|pki)'? \S.* '[^']*'\s*$",
                12,
            ),
            Tell(
                r"^set '?firewall'? '?(?:name|all-ping|ipv6-name|group|state-policy|ipv4|ipv6"
                r"|global-options|zone)'? ",
                20,
            ),
            Tell(r"^    (?:ethernet|bonding|dummy|wireguard|tunnel) \S+ \{", 25),
            Tell(r"^        hw-id [\da-f:]{17}\s*$|^    config-management \{", 25),
        ),
    ),
    "ubiquiti_edgerouter": System(
        "Ubiquiti EdgeOS",
        (
            _header("edgeos|edgerouter|edgemax"),
            Tell(r"^/\* Release version: v\d+\.\d+.*\*/|=== vyatta-config-version: .*\bubnt-", 100),
            Tell(r"^    (?:ethernet eth\d+|switch switch0) \{", 25),
            Tell(
                r"^set interfaces switch switch0|^set service (?:ubnt-discover|gui|unms)"
                r"|^    (?:ubnt-discover|unms|gui) \{",
                60,
            ),
        ),
    ),
    "ubiquiti_edgeswitch": System(
        "Ubiquiti EdgeSwitch or another FASTPATH switch",
        (
            _header("edgeswitch|fastpath"),
            Tell(
                r"^!System Description \"(?:EdgeSwitch|US-|EdgePoint|Netgear|.*Quanta|Broadcom)",
                100,
            ),
            Tell(r"^!System Software Version \"", 30),
            Tell(r"^(?:network (?:parms|protocol|mgmt_vlan)|vlan database\s*$)", 12),
        ),
    ),
    "dell_os6": System(
        "Dell PowerConnect or OS6",
        (
            _header("dell|powerconnect"),
            Tell(r"^!System Description \"(?:Dell|PowerConnect|PCT|N\d{4})", 100),
            Tell(r"^!(?:System Software Version|Software Capability|Current Configuration:)", 25),
            Tell(r"^interface (?:Gi|Te|Fo|po)\d+/\d+/\d+\s*$", 8),
        ),
    ),
    "dell_force10": System(
        "Dell OS9 (Force10 FTOS)",
        (
            _header("force10|ftos|dell-os9"),
            Tell(r"^! Version (?:FTOS )?[6-9]\.\d+(?:\.\d+)*[(.]", 60),
            Tell(
                r"^boot system stack-unit|^stack-unit \d+ provision"
                r"|^! Startup-config last updated at",
                40,
            ),
            Tell(
                r"^interface (?:TenGigabitEthernet|GigabitEthernet|fortyGigE|ManagementEthernet"
                r"|Port-channel|Vlan) \d",
                10,
            ),
            Tell(
                r"^ (?:portmode hybrid|no ip address|dcb-map|port-channel-protocol LACP"
                r"|(?:un)?tagged (?:Port-channel|TenGig|Gigabit))",
                8,
            ),
        ),
    ),
    "dell_os10": System(
        "Dell SmartFabric OS10",
        (
            Tell(r"^! Version 10\.\d", 60),
            Tell(r"^! Last configuration change at \w{3} +\w{3} ", 10),
            Tell(
                r"^interface (?:ethernet\d+/\d+/\d+|mgmt\d/\d/\d|vlan\d+|port-channel\d+"
                r"|breakout \d)",
                15,
            ),
            Tell(r"^system-user linuxadmin|^iscsi (?:target|enable)|^ccl |^rest api", 20),
        ),
    ),
    "dell_sonic": System(
        "SONiC",
        (
            Tell(
                r"^\s*\"DEVICE_METADATA\": ?\{|^\s*\"(?:PORT|BGP_NEIGHBOR|LOOPBACK_INTERFACE"
                r"|PORTCHANNEL_INTERFACE|ACL_TABLE)\": ?\{",
                60,
            ),
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
        ),
    ),
    "brocade_fastiron": System(
        "Brocade/Ruckus FastIron or NetIron (Foundry)",
        (
            _header("foundry|brocade|netiron|mrv|ironware|fastiron"),
            Tell(r"^ver(?:sion)? (?:V)?\d{1,2}\.\d{1,2}\.\d{2}\w*\s*$", 60),
            Tell(r"^module \d ", 15),
            Tell(r"^vlan \d+ (?:name \S+ )?by port", 60),
            Tell(r"^\s+(?:un)?tagged eth", 30),
            Tell(r"^interface (?:ethernet|management|ve|loopback) \d", 10),
            Tell(r"^(?:stack unit \d|global-stp|lag \S+ (?:dynamic|static) id)", 30),
        ),
    ),
    "brocade_nos": System(
        "Brocade NOS or SLX-OS",
        (
            _header("nos|slx"),
            Tell(
                r"^(?:rbridge-id \d|interface TenGigabitEthernet \d+/\d+/\d+"
                r"|host-table aging-mode)",
                20,
            ),
        ),
    ),
    "hp_procurve": System(
        "HP ProCurve or ArubaOS-Switch",
        (
            _header("hp|procurve|hp_procurve"),
            Tell(r"^; ?\S+ Configuration Editor; Created on release", 100),
            Tell(r"^; (?:hpStack|Ver #)", 60),
            Tell(r"^\s+(?:untagged|tagged|no untagged) [A-Z]?\d[\w,-]*\s*$", 25),
            Tell(r"^snmp-server community \"|^hostname \"", 8),
        ),
    ),
    "aruba_aoscx": System(
        "ArubaOS-CX",
        (
            Tell(r"^!Version ArubaOS-CX", 100),
            Tell(r"^!export-password: ", 60),
            Tell(r"^interface (?:\d+/\d+/\d+|lag \d+|mgmt|vlan \d+)\s*$", 10),
            Tell(r"^\s+(?:vlan (?:access|trunk (?:native|allowed)) )|^vsx\s*$|^vsf member", 25),
        ),
    ),
    "aruba_os": System(
        "ArubaOS wireless controller",
        (
            _header("aruba"),
            Tell(
                r"^(?:wlan (?:ssid-profile|virtual-ap)|ap-group|netservice|netdestination"
                r"|aaa profile) ",
                30,
            ),
        ),
    ),
    "extreme_exos": System(
        "Extreme Networks EXOS",
        (
            _header("extreme|exos"),
            Tell(r"^# Module \w+ configuration\.", 100),
            Tell(
                r"^(?:configure|create|enable|disable) (?:vlan|snmp|ports|iproute|sharing|stpd"
                r"|ipforwarding) ",
                25,
            ),
        ),
    ),
    "alcatel_aos": System(
        "Alcatel-Lucent OmniSwitch AOS",
        (
            Tell(
                r"^! (?:Chassis|Configuration|Capability Manager|Multi-Chassis"
                r"|Virtual Flow Control|LFP|VLAN)\s*:",
                30,
            ),
            Tell(r"^vlan \S+ admin-state ", 40),
        ),
    ),
    "juniper_junos_xml": System(
        "Juniper Junos in XML or JSON (give what `show configuration` prints without them)",
        (
            Tell(r"^\s*<(?:rpc-reply|configuration)\b[^>]*juniper\.net", 100),
            Tell(r"^\s*\"configuration\" ?: ?[\[{]", 60),
        ),
    ),
    "juniper_screenos": System(
        "Juniper ScreenOS",
        (
            _header("netscreen|screenos"),
            Tell(r"^set (?:zone|interface|vrouter|policy id \d+ from|service|address) \"", 25),
            Tell(r"^unset (?:key protection|interface|zone|vrouter|flow)", 25),
            Tell(r"^set zone \"Trust\" vrouter", 60),
        ),
    ),
    "pfsense": System(
        "pfSense or OPNsense",
        (
            Tell(r"^<(?:pfsense|opnsense)>", 100),
            Tell(r"^scrub (?:on|in|from)|^pass (?:in|out) quick on|^block (?:drop|in|return)", 30),
        ),
    ),
    "openwrt": System(
        "OpenWrt",
        (Tell(r"^(?:package \w+|config \w+ '\w+')\s*$", 25), Tell(r"^\toption \w+ '", 25)),
    ),
    "allied_telesis_awplus": System(
        "Allied Telesis AlliedWare Plus",
        (
            Tell(r"^interface port\d+\.\d+\.\d+", 40),
            Tell(
                r"^ ?switchport atmf|^atmf "
                r"|^service password-encryption\s*\n!\s*\n(?:no )?banner motd",
                20,
            ),
        ),
    ),
    "ruijie_os": System(
        "Ruijie RGOS",
        (_header("ruijie|rgos"), Tell(r"^version (?:RGOS|S\d+\w*_RGOS|\w+_RGOS)", 100)),
    ),
    "zte_zxros": System(
        "ZTE ZXROS",
        (_header("zte|zxros"), Tell(r"^!</?[a-zA-Z][\w-]+>\s*$", 60)),
    ),
    "edgecore": System(
        "Edgecore or another Accton switch",
        (_header("edgecore"), Tell(r"^!<stacking(?:DB|Mac)>", 100)),
    ),
    "tplink_jetstream": System("TP-Link JetStream", (Tell(r"^!(?:TL-S|T\d{4}G?-)\S+", 60),)),
    "ericsson_ipos": System(
        "Ericsson IPOS or SmartEdge OS",
        (Tell(r"^context local\s*$", 40), Tell(r"^ ?service multiple-contexts", 40)),
    ),
    "adtran_os": System(
        "Adtran AOS",
        (_header("adtran"), Tell(r"^! ADTRAN|^! (?:NetVanta|OS version [AR]\d)", 100)),
    ),
    "avaya_ers": System(
        "Avaya or Extreme ERS",
        (Tell(r"^! Embedded ASCII Configuration Generator Script", 100),),
    ),
    "extreme_vsp": System("Extreme VOSS", (Tell(r"^# box type +: ", 100),)),
    "mellanox_mlnxos": System(
        "Mellanox MLNX-OS or Onyx",
        (
            _header("mellanox"),
            Tell(r"^## ?(?:Running|Active saved) database \"", 100),
            Tell(r"^   interface (?:ethernet|mlag-port-channel) \d", 15),
        ),
    ),
    "netscaler": System(
        "Citrix NetScaler",
        (_header("netscaler"), Tell(r"^#NS\d+\.\d+ Build", 100), Tell(r"^set ns config ", 60)),
    ),
    "vmware_nsxv": System("VMware NSX Edge", (Tell(r"^vShield Edge|^-+\s*\nvShield Edge", 100),)),
}
"""By netmiko device type where there is one."""
