"""A folder of small routers, half of them with a filter that blocks the service."""

from __future__ import annotations

from pathlib import Path

from auditor import profile
from auditor.pipeline import AuditOptions
from inventory.sources import SourceDevice, find_sources

CLEAN = """hostname {name}
interface GigabitEthernet0/0
 ip address 10.20.{number}.1 255.255.255.0
interface GigabitEthernet0/1
 ip address 192.0.2.2 255.255.255.252
ip route 0.0.0.0 0.0.0.0 192.0.2.1
end
"""
FAULTY = """hostname {name}
interface GigabitEthernet0/0
 ip address 10.20.{number}.1 255.255.255.0
 ip access-group A in
interface GigabitEthernet0/1
 ip address 192.0.2.2 255.255.255.252
ip route 0.0.0.0 0.0.0.0 192.0.2.1
ip access-list extended A
 deny tcp any 104.192.136.0 0.0.7.255 eq 443
 permit ip any any
end
"""


def routers(folder: Path, number: int) -> tuple[SourceDevice, ...]:
    """So many configurations in `folder`, and their sources."""
    folder.mkdir(parents=True, exist_ok=True)
    for count in range(number):
        text = (FAULTY if count % 2 else CLEAN).format(name=f"r{count:03}", number=count % 250)
        (folder / f"r{count:03}.cfg").write_text(text, encoding="utf-8")
    return find_sources(folder).devices


def options() -> AuditOptions:
    """Those of a plain audit."""
    return AuditOptions(service=profile.load("bitbucket"), platform="cisco_ios")
