"""`show version` of five systems."""

from __future__ import annotations

import pytest

from parsers.show.version import VersionFacts, version_facts
from tests.show.words import text

IOS = """
Cisco IOS Software, Catalyst 4500 L3 Switch Software (cat4500e-ENTSERVICESK9-M), \
Version 12.2(54)SG1, RELEASE SOFTWARE (fc1)
ROM: 12.2(44r)SG9

edge1 uptime is 2 years, 31 weeks
System returned to ROM by reload
cisco WS-C4948E (MPC8548) processor (revision 4) with 1048576K bytes of memory.
"""
IOS_OLD = """
Cisco Internetwork Operating System Software
IOS (tm) C2600 Software (C2600-IK9O3S3-M), Version 12.3(26), RELEASE SOFTWARE (fc2)
edge2 uptime is 1 week
Cisco 2621XM (MPC860P) processor (revision 2.0) with 127308K/3764K bytes of memory.
"""
XE_16 = """
Cisco IOS XE Software, Version 16.09.03
Cisco IOS Software [Fuji], Catalyst L3 Switch Software (CAT9K_IOSXE), Version 16.9.3, RELEASE
Cisco IOS-XE software, Copyright (c) 2005-2019 by cisco Systems, Inc.
BOOTLDR: System Bootstrap, Version 16.9.1r [FC2], RELEASE SOFTWARE (P)
core-1.site uptime is 1 year, 22 weeks
cisco C9500-40X (X86) processor with 1331521K/6147K bytes of memory.
"""
XE_3 = """
Cisco IOS XE Software, Version 03.16.05.S - Extended Support Release
Cisco IOS Software, ASR1000 Software (X86_64_LINUX_IOSD-UNIVERSALK9-M), Version 15.5(3)S5, RELEASE
"""
XE_3E = """
Cisco IOS Software, IOS-XE Software, Catalyst L3 Switch Software (CAT3K_CAA-UNIVERSALK9-M), \
Version 03.06.06E RELEASE SOFTWARE (fc1)
"""
XR = """
Tue Jan 16 13:19:27.208 AEST
Cisco IOS XR Software, Version 7.9.2 LNT
 Version      : 7.9.2
cisco 8000 (Intel(R) Xeon(R) CPU D-1530 @ 2.41GHz)
cisco 8202-32FH-M (Intel(R) Xeon(R) CPU D-1530 @ 2.41GHz) processor with 64GB of memory
gemini uptime is 1 week, 1 day, 17 hours, 47 minutes
"""
XR_OLD = """
Cisco IOS XR Software, Version 4.1.0[Default]
cisco CRS-8/S (7457) processor with 4194304K bytes of memory.
System uptime is 23 hours 3 minutes
"""
NXOS = """
Cisco Nexus Operating System (NX-OS) Software
Software
  BIOS:      version 07.64
  kickstart: version 7.0(3)I7(8)
  system:    version 7.0(3)I7(8)
  BIOS compile time:       05/16/2018
Hardware
  cisco Nexus9000 C93180YC-FX3 Chassis
  Device name: leaf-101
Kernel uptime is 11 day(s), 01 hour(s)
"""
EOS = """
Arista DCS-7280SR3K-48YC8-F
Hardware version: 00.03
Software image version: 4.31.2F-35649835.comcast (engineering build)
"""
EOS_JSON = """
{
    "modelName": "cEOSLab",
    "version": "4.36.0.1F-47401373.43601F (engineering build)"
}"""


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (IOS, VersionFacts("IOS", "12.2(54)SG1", "WS-C4948E", "edge1", 1)),
        (IOS_OLD, VersionFacts("IOS", "12.3(26)", "2621XM", "edge2", 2)),
        (XE_16, VersionFacts("IOS-XE", "16.9.3", "C9500-40X", "core-1.site", 2)),
        (XE_3, VersionFacts("IOS-XE", "03.16.05.S", None, None, 1)),
        (XE_3E, VersionFacts("IOS-XE", "03.06.06E", None, None, 1)),
        (XR, VersionFacts("IOS-XR", "7.9.2", "8202-32FH-M", "gemini", 2)),
        (XR_OLD, VersionFacts("IOS-XR", "4.1.0", "CRS-8/S", None, 1)),
        (NXOS, VersionFacts("NX-OS", "7.0(3)I7(8)", "Nexus9000 C93180YC-FX3", "leaf-101", 5)),
        (EOS, VersionFacts("EOS", "4.31.2F-35649835.comcast", "DCS-7280SR3K-48YC8-F", None, 3)),
        (EOS_JSON, VersionFacts("EOS", "4.36.0.1F-47401373.43601F", "cEOSLab", None, 3)),
        ("% Invalid input", VersionFacts(None, None, None, None, 0)),
        ("{cut", VersionFacts(None, None, None, None, 0)),
    ],
)
def test_what_runs_on_which_machine(body: str, expected: VersionFacts) -> None:
    assert version_facts(text(body)) == expected
