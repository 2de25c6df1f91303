"""The remedy for a null route names the VRF that it stands in, in the words of each system, and is proved."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from auditor.__main__ import main

IOS = """version 15.7
hostname r1
ip vrf red
interface GigabitEthernet0/0
 ip vrf forwarding red
 ip address 10.20.1.1 255.255.255.0
interface GigabitEthernet0/1
 ip vrf forwarding red
 ip address 192.0.2.2 255.255.255.252
ip route vrf red 0.0.0.0 0.0.0.0 192.0.2.1
ip route vrf red 104.192.136.0 255.255.248.0 Null0 250 name drop
end
"""
NXOS = """hostname r1
vrf context red
  ip route 0.0.0.0/0 192.0.2.1
  ip route 104.192.136.0/21 Null0
interface Ethernet1/1
  no switchport
  vrf member red
  ip address 10.20.1.1/24
interface Ethernet1/2
  no switchport
  vrf member red
  ip address 192.0.2.2/30
"""
XR = """hostname r1
interface GigabitEthernet0/0/0/0
 vrf red
 ipv4 address 10.20.1.1 255.255.255.0
!
interface GigabitEthernet0/0/0/1
 vrf red
 ipv4 address 192.0.2.2 255.255.255.252
!
router static
 vrf red
  address-family ipv4 unicast
   0.0.0.0/0 192.0.2.1
   104.192.136.0/21 Null0
  !
 !
!
end
"""
VRP = """sysname r1
ip vpn-instance red
 ipv4-family
interface GigabitEthernet0/0/0
 ip binding vpn-instance red
 ip address 10.20.1.1 255.255.255.0
interface GigabitEthernet0/0/1
 ip binding vpn-instance red
 ip address 192.0.2.2 255.255.255.252
ip route-static vpn-instance red 0.0.0.0 0.0.0.0 192.0.2.1
ip route-static vpn-instance red 104.192.136.0 255.255.248.0 NULL0 preference 200
return
"""


@pytest.mark.parametrize(
    ("platform", "config", "commands"),
    [
        ("cisco_ios", IOS, ["no ip route vrf red 104.192.136.0 255.255.248.0 Null0"]),
        ("cisco_nxos", NXOS, ["vrf context red", " no ip route 104.192.136.0/21 Null0"]),
        (
            "cisco_xr",
            XR,
            [
                "router static", " vrf red", "  address-family ipv4 unicast",
                "   no 104.192.136.0/21 Null0",
                "commit",
            ],
        ),
        (
            "huawei_vrp",
            VRP,
            ["undo ip route-static vpn-instance red 104.192.136.0 255.255.248.0 NULL0"],
        ),
    ],
)  # fmt: skip
def test_the_vrf_is_named(platform: str, config: str, commands: list[str], tmp_path: Path) -> None:
    (tmp_path / "r1.cfg").write_text(config, encoding="utf-8")
    report = tmp_path / "report.json"
    arguments = ["audit", str(tmp_path / "r1.cfg"), "--platform", platform, "--prove", "--no-cache"]
    assert main([*arguments, "--format", "json", "--output", str(report)]) == 1
    findings = json.loads(report.read_text("utf-8"))["findings"]
    found = next(finding for finding in findings if finding["code"] == "RT001")
    assert found["remediation"][: found["commands"]] == commands
    assert found["proof"]["holds"], found["proof"]["words"]
