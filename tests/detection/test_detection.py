"""Which system a text is from. The texts are written after what each system prints."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.detection import detect
from parsers.tells import SYSTEMS
from parsers.unsupported import UNSUPPORTED

IOS = """!
service timestamps debug datetime msec
no service password-encryption
hostname edge1
ip cef
interface GigabitEthernet0/0
 description uplink
 ip address 192.0.2.1 255.255.255.252
 ip access-group OUT out
 duplex auto
interface GigabitEthernet0/1
 ip vrf forwarding MGMT
router bgp 65001
 neighbor 192.0.2.2 remote-as 65000
ip access-list extended OUT
 permit tcp any 192.0.2.0 0.0.0.255 eq 443
line vty 0 4
 transport input ssh
end
"""
NXOS = """version 9.3(5) Bios:version 07.68
hostname leaf1
feature bgp
feature interface-vlan
vrf context TENANT
  ip route 0.0.0.0/0 10.0.0.1
interface Ethernet1/1
  no switchport
  vrf member TENANT
  ip address 10.0.0.2/30
"""
XR = """hostname pe1
interface HundredGigE0/0/0/1
 ipv4 address 192.0.2.1 255.255.255.252
 ipv4 access-group EDGE ingress
router static
 address-family ipv4 unicast
  0.0.0.0/0 192.0.2.2
route-policy PASS
  pass
end-policy
"""
EOS = """service routing protocols model multi-agent
hostname leaf2
spanning-tree mode mstp
vrf instance TENANT
interface Ethernet1
   no switchport
   vrf TENANT
   ip address 10.0.0.2/30
interface Management1
   ip address 10.255.0.2/24
ip routing vrf TENANT
"""
JUNOS = """system {
    host-name mx1;
}
interfaces {
    xe-0/0/0 {
        unit 0 {
            family inet {
                address 192.0.2.1/30;
            }
        }
    }
}
routing-options {
    static {
        route 0.0.0.0/0 next-hop 192.0.2.2;
    }
}
"""
JUNOS_SET = """set system host-name srx1
set interfaces ge-0/0/0 unit 0 family inet address 192.0.2.1/30
set routing-options static route 0.0.0.0/0 next-hop 192.0.2.2
set security policies from-zone trust to-zone untrust policy P match source-address any
"""
IPTABLES = """*filter
:INPUT ACCEPT [0:0]
:FORWARD DROP [0:0]
-A FORWARD -p tcp -m tcp --dport 443 -j ACCEPT
COMMIT
"""
NFT = """table inet filter {
\tchain forward {
\t\ttype filter hook forward priority filter; policy drop;
\t}
}
"""
FRR = """frr version 8.4
frr defaults traditional
hostname fw1
router bgp 65001
 neighbor 192.0.2.2 remote-as 65000
 address-family ipv4 unicast
 exit-address-family
"""


@pytest.mark.parametrize(
    ("text", "platform"),
    [
        (IOS, "cisco_ios"),
        ("version 16.9\n" + IOS, "cisco_xe"),
        ("version 17.3\n" + IOS, "cisco_xe"),
        ("version 15.7\n" + IOS, "cisco_ios"),
        ("! Cisco IOS Software [Bengaluru], IOS-XE Software\n" + IOS, "cisco_xe"),
        ("!RANCID-CONTENT-TYPE: cisco\n" + IOS, "cisco_ios"),
        (
            ": Saved\nASA Version 9.12(4)\nhostname fw\ninterface GigabitEthernet0/0\n"
            " nameif outside\n security-level 0\n"
            " ip address 192.0.2.1 255.255.255.0\n"
            "access-list A extended permit ip any any\n",
            "cisco_asa",
        ),
        (
            "!RANCID-CONTENT-TYPE: cisco\n!\nASA Version 9.12(4)\nhostname fw\nnames\n"
            "interface Vlan1\n nameif inside\n",
            "cisco_asa",
        ),
        (
            "#TMSH-VERSION: 15.1.0\nsys global-settings {\n    hostname f5\n}\nltm pool p {\n}\n",
            "f5_tmsh",
        ),
        (
            "# jan/02/2026 10:00:00 by RouterOS 7.11\n/ip address\n"
            "add address=192.0.2.1/24 interface=ether1\n",
            "mikrotik_routeros",
        ),
        (
            "! Version 10.5.2.3\nip vrf default\nhostname d\ninterface ethernet1/1/1\n"
            " no shutdown\n",
            "dell_os10",
        ),
        (
            "!\n!Version ArubaOS-CX FL.10.11.1021\n!export-password: default\nhostname c\n"
            "interface 1/1/1\n    no shutdown\n",
            "aruba_aoscx",
        ),
        (
            "# Language version: 14.1v1\nset hostname gw\n"
            "set interface eth0 ipv4-address 192.0.2.1 mask-length 24\n",
            "checkpoint_gaia",
        ),
        (NXOS, "cisco_nxos"),
        (
            "!Command: show running-config\n!Time: Wed Aug 19 16:38:58 2026\n\nhostname n1\n",
            "cisco_nxos",
        ),
        ("version 7.0(3)I7(4)\nhostname n1\n", "cisco_nxos"),
        ("!RANCID-CONTENT-TYPE: cisco-nx\n!\nhostname n1\n", "cisco_nxos"),
        (XR, "cisco_xr"),
        ("!! IOS XR Configuration 6.1.2\nhostname pe1\n", "cisco_xr"),
        ("!RANCID-CONTENT-TYPE: cisco-xr\nhostname pe1\n", "cisco_xr"),
        (EOS, "arista_eos"),
        (
            "! Command: show running-config\n! device: a1 (vEOS, EOS-4.21.1.1F)\n!\nhostname a1\n",
            "arista_eos",
        ),
        ("! boot system flash:/EOS.swi\n!\nhostname a1\n", "arista_eos"),
        ("!RANCID-CONTENT-TYPE: arista\nhostname a1\n", "arista_eos"),
        (JUNOS, "juniper_junos"),
        (JUNOS_SET, "juniper_junos"),
        ("## Last commit: 2026-04-07 by admin\nversion 21.4R3.15;\n" + JUNOS, "juniper_junos"),
        ("#RANCID-CONTENT-TYPE: juniper\nset system host-name x\n", "juniper_junos"),
        (
            "#config-version=FGT60E-7.2.5-FW-build1517:opmode=0:vdom=0\nconfig system global\n"
            '    set hostname "f"\nend\n',
            "fortinet",
        ),
        (
            'config firewall policy\n    edit 1\n        set srcintf "port1"\n    next\nend\n',
            "fortinet",
        ),
        (IPTABLES, "linux"),
        (NFT, "linux"),
        (FRR, "linux"),
        ("hostname zebra\n!\ninterface eth0\n!\nrouter bgp 65001\n!\nline vty\n!\n", "linux"),
        ("net.ipv4.ip_forward = 1\nnet.ipv4.fib_multipath_hash_policy = 1\n", "linux"),
        (
            "default via 192.0.2.1 dev eth0 proto static\n192.0.2.0/24 dev eth0 proto kernel\n",
            "linux",
        ),
        (
            "set deviceconfig system hostname pa\n"
            "set network interface ethernet ethernet1/1 layer3 ip 192.0.2.1/24\n",
            "paloalto_panos",
        ),
        (
            '<?xml version="1.0"?>\n<config version="10.1.0" urldb="paloaltonetworks">\n',
            "paloalto_panos",
        ),
        (
            "#\n version 7.1.070, Release 6127P02\n#\n sysname H1\n#\n"
            "interface GigabitEthernet1/0/1\n port link-mode route\n"
            " ip address 192.0.2.1 255.255.255.0\n#\nline vty 0 63\n user-role network-admin\n#\n"
            "return\n",
            "hp_comware",
        ),
        (
            "!Software Version V200R010C00SPC600\n#\nsysname H2\n#\nvlan batch 10\n#\n"
            "interface Vlanif10\n ip address 192.0.2.1 255.255.255.0\n"
            "#\nuser-interface vty 0 4\n authentication-mode aaa\n#\nreturn\n",
            "huawei_vrp",
        ),
        (
            '# TiMOS-C-21.10.R1 cpm/x86_64\nconfigure {\n    router "Base" {\n    }\n}\n',
            "nokia_sros",
        ),
        ("set / interface ethernet-1/1 subinterface 0 ipv4 address 192.0.2.1/31\n", "nokia_srl"),
        (
            "net add hostname c1\nnet add interface swp1 ip address 10.0.0.1/31\nnet commit\n",
            "cumulus_linux",
        ),
        (
            "nv set system hostname c1\nnv set interface swp1 ip address 10.0.0.1/31\n",
            "cumulus_linux",
        ),
        (
            '{\n    "DEVICE_METADATA": {\n        "localhost": {}\n    },\n    "PORT": {\n'
            "    }\n}\n",
            "dell_sonic",
        ),
    ],
)
def test_supported(text: str, platform: str) -> None:
    found = detect(text.splitlines())
    assert found.platform == platform, found
    assert 0.4 < found.confidence <= 1
    assert found.candidates[0].name == platform


@pytest.mark.parametrize(
    ("text", "system"),
    [
        (
            "!64-bit Advanced Core OS (ACOS) version 5.2.1, build 70\nhostname lb\n"
            "slb server S1 10.0.0.1\n",
            "a10",
        ),
        ("version RGOS 10.4(3b17)p2\nhostname r\ninterface GigabitEthernet 0/1\n", "ruijie_os"),
        ("!<stackingDB>00</stackingDB>\n!\nhostname e\ninterface ethernet 1/1\n", "edgecore"),
        ("#NS13.0 Build 58.30\nset ns config -IPAddress 192.0.2.1\n", "netscaler"),
        (
            "!Current Configuration:\n!\n"
            '!System Description "Dell EMC Networking N3048, 6.5.1.2"\n'
            "!System Software Version 6.5.1.2\n"
            "configure\nhostname d\n",
            "dell_os6",
        ),
        (
            "! Version 9.14(2.10)\nboot system stack-unit 1 primary system: A:\nhostname d\n"
            "interface TenGigabitEthernet 0/1\n"
            " no ip address\n shutdown\n",
            "dell_force10",
        ),
        (
            "ver 08.0.95bT213\n!\nstack unit 1\n  module 1 icx7150-48\n!\n"
            "vlan 1 name DEFAULT-VLAN by port\n!\nvlan 10 by port\n"
            " tagged ethe 1/2/1\n!\ninterface ethernet 1/1/1\n"
            " ip address 192.0.2.1 255.255.255.0\n",
            "brocade_fastiron",
        ),
        (
            '; J9623A Configuration Editor; Created on release #RA.16.01.0012\nhostname "p"\n'
            "vlan 1\n   untagged 1-24\n   exit\n",
            "hp_procurve",
        ),
    ],
)
def test_recognised_but_not_supported(text: str, system: str) -> None:
    found = detect(text.splitlines())
    assert found.platform is None
    assert found.candidates[0].name == system, found
    assert found.reason == f"looks like {UNSUPPORTED[system].title}, which is not supported yet"


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "hostname r1\nrouter bgp 65001\n    neighbor 192.0.2.1 remote-as 65000\n",
            {"cisco_ios", "arista_eos"},
        ),
        ("hostname r1\ninterface Loopback0\n", {"cisco_ios", "arista_eos"}),
        (
            "!! IOS XR Configuration 6.1.2\n## Last commit: 2026-04-07 by admin\n",
            {"cisco_xr", "juniper_junos"},
        ),
    ],
)
def test_what_fits_several_names_them(text: str, names: set[str]) -> None:
    found = detect(text.splitlines())
    assert found.platform is None
    assert found.confidence == 0
    assert all(name in found.reason for name in names), found.reason
    assert "--platform" in found.reason


@pytest.mark.parametrize(
    "text",
    [
        "",
        'package(\n    default_testonly = True,\n)\n\nfilegroup(\n    name = "x",\n)\n',
        "# Network notes\n\nThe router r1 is in rack 5. Run `show running-config` to see it.\n",
        "name,site,model\nr1,zrh,ASR1001\n",
        'Traceback (most recent call last):\n  File "x.py", line 1\n',
    ],
)
def test_no_configuration_is_nothing(text: str) -> None:
    assert detect(text.splitlines()).platform is None


def test_a_header_that_nobody_here_goes_by_outweighs_what_reads_like_ios() -> None:
    found = detect(("!RANCID-CONTENT-TYPE: zxr10\n" + IOS).splitlines())
    assert found.platform is None
    assert found.reason == "its RANCID header says zxr10, which is not supported yet"


def test_two_systems_that_name_themselves_are_two_devices() -> None:
    assert (
        detect(
            (NXOS * 2 + "version 9.3(5)\n" + EOS + "! device: a (vEOS, EOS-4.21.1F)\n").splitlines()
        ).platform
        is None
    )


def test_the_output_of_show_version_names_the_system() -> None:
    texts = {
        "Cisco IOS Software, C2960X Software, Version 15.2(7)E2, RELEASE SOFTWARE": "cisco_ios",
        "Cisco IOS XE Software, Version 17.09.04a\nCisco IOS Software [Cupertino]": "cisco_xe",
        "Cisco IOS XR Software, Version 7.5.2": "cisco_xr",
        "Cisco Nexus Operating System (NX-OS) Software": "cisco_nxos",
        "Arista DCS-7050SX3-48YC8-F\nSoftware image version: 4.28.3M": "arista_eos",
        "Hostname: mx1\nModel: mx204\nJunos: 21.4R3-S5.4": "juniper_junos",
        "# Model: srx345\n# Junos: 20.4R3\n": "juniper_junos",
        "FRRouting 8.4 (fw1).": "linux",
    }
    assert {text: detect(text.splitlines()).platform for text in texts} == texts


def test_a_banner_decides_nothing() -> None:
    banner = "banner motd ^C\nfrr version 8.4\nASA Version 9.1\nfeature bgp\nrouter static\n^C\n"
    assert detect((banner + IOS).splitlines()).platform == "cisco_ios"


def test_a_remark_decides_nothing() -> None:
    text = IOS.replace(" description uplink", " description feature bgp, vrf context, !! IOS XR")
    assert detect(text.splitlines()).platform == "cisco_ios"


def test_what_settles_it_may_stand_far_down() -> None:
    rows = [f"access-list 101 permit ip host 10.0.{n // 256}.{n % 256} any" for n in range(30_000)]
    assert detect([*rows, *IOS.splitlines()]).platform == "cisco_ios"


def test_flat_configurations_are_not_thinned_to_their_first_word() -> None:
    rows = [f"set system syslog file f{n} any any" for n in range(5_000)]
    assert detect([*rows, *JUNOS_SET.splitlines()]).platform == "juniper_junos"


def test_no_system_is_both_supported_and_not() -> None:
    assert not SYSTEMS.keys() & UNSUPPORTED.keys()


@given(st.lists(st.text(max_size=80), max_size=30))
def test_any_lines_have_an_answer(lines: list[str]) -> None:
    found = detect(lines)
    assert 0 <= found.confidence <= 1
    assert found.reason
    assert found.platform is None or found.candidates[0].name == found.platform
