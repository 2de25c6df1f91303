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
