"""Policies as the management API prints them, built from a few words."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from auditor.filters import Answer
from parsers.model.device import Device
from tests.audit_text import answer, device_of

Json = dict[str, Any]
C, H = "10.20.1.5", "104.192.141.1"
ANY = {"uid": "any", "name": "Any", "type": "CpmiAnyObject"}
ACTIONS = [
    {"uid": name.lower(), "name": name, "type": "RulebaseAction"}
    for name in ("Accept", "Drop", "Reject", "Ask")
]
SERVICES = [
    {"uid": name, "name": name, "type": "service-tcp", "port": str(port)}
    for name, port in (("https", 443), ("http", 80), ("ssh", 22))
]
LAN = {"uid": "lan", "name": "lan", "type": "network", "subnet4": "10.20.1.0", "mask-length4": 24}

DEFAULTS = """set hostname gw1
set interface eth0 state on
set interface eth0 ipv4-address 203.0.113.2 mask-length 30
set interface eth1 state on
set interface eth1 ipv4-address 10.20.1.1 mask-length 24
set static-route default nexthop gateway address 203.0.113.1 on
"""


def tcp(port: int, dst: str = H, src: str = C) -> Json:
    return {"src": src, "dst": dst, "protocol": "tcp", "src_port": 50000, "dst_port": port}


F443, F80, F22 = tcp(443), tcp(80), tcp(22)


def rule(action: str = "accept", **columns: Any) -> Json:
    """A rule; columns that are not given are `Any` (`destination_negate` is `destination-negate`)."""
    base: Json = {
        "type": "access-rule", "enabled": True, "action": action,
        **{name: ["any"] for name in ("source", "destination", "service", "vpn", "content", "time")},
    }  # fmt: skip
    return base | {name.replace("_", "-"): value for name, value in columns.items()}


def layer(rules: list[Json], *objects: Json, name: str = "Network", **more: Any) -> Json:
    """What `show access-rulebase` prints; rule N of a layer is `NAME-N`."""
    numbered = [{"uid": f"{name}-{n}", "rule-number": n, **r} for n, r in enumerate(rules, 1)]
    return {
        "uid": f"uid-{name}", "name": name, "rulebase": numbered,
        "objects-dictionary": [ANY, *ACTIONS, *SERVICES, LAN, *objects],
        "from": 1, "to": len(rules), "total": len(rules), **more,
    }  # fmt: skip


def text_of(*pages: Json) -> str:
    return json.dumps(list(pages), indent=1)


def verdict(folder: Path, packet: Json, *pages: Json, name: str = "Network") -> tuple[str, str]:
    """What a layer does with a packet, and the rule that decides (its uid, or what the line holds)."""
    text = text_of(*pages)
    found = answer(folder, "checkpoint_gaia", text, name, **packet)
    assert isinstance(found, Answer)
    line = text.splitlines()[found.line - 1] if found.line is not None else ""
    return found.action, line.strip().removeprefix('"uid": "').rstrip('",')


def gateway(config: str, policy: str | None = None) -> Device:
    """The device of clish commands, with the policy beside them if there is one."""
    if policy is None:
        return device_of("checkpoint_gaia", config)
    return device_of("checkpoint_gaia", config, **{"show_access-rulebase": policy})
