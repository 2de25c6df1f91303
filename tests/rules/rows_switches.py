"""Rows 100 to 105: Cumulus Linux and SONiC."""

from __future__ import annotations

import json

from tests.rules.balancing_rows import Row, row

CUMULUS = "".join(
    f"nv set {statement}\n"
    for statement in (
        "interface swp1 ip address 10.20.1.1/24",
        "interface swp51 ip address 203.0.113.2/30",
        "interface swp52 ip address 198.51.100.2/30",
        "vrf default router static 0.0.0.0/0 via 203.0.113.1",
        "vrf default router static 0.0.0.0/0 via 198.51.100.1",
        "router adaptive-routing enable on",
        "interface swp51-52 router adaptive-routing enable on",
    )
)


def _config(hwsku: str, **tables: object) -> str:
    """CONFIG_DB with clients in VLAN 10 and two static next hops of the default route."""
    base: dict[str, object] = {
        "DEVICE_METADATA": {"localhost": {"hostname": "leaf1", "hwsku": hwsku, "type": "ToRRouter"}},
        "PORT": {name: {"admin_status": "up", "mtu": "9100"} for name in ("Ethernet0", "Ethernet4", "Ethernet8")},
        "VLAN": {"Vlan10": {"vlanid": "10"}},
        "VLAN_MEMBER": {"Vlan10|Ethernet0": {"tagging_mode": "untagged"}},
        "VLAN_INTERFACE": {"Vlan10": {}, "Vlan10|10.20.1.1/24": {}},
        "INTERFACE": {
            "Ethernet4": {}, "Ethernet4|203.0.113.2/30": {},
            "Ethernet8": {}, "Ethernet8|198.51.100.2/30": {},
        },
        "STATIC_ROUTE": {
            "0.0.0.0/0": {"nexthop": "203.0.113.1,198.51.100.1", "ifname": "Ethernet4,Ethernet8", "distance": "0,0"}
        },
    }  # fmt: skip
    return json.dumps({**base, **tables}, indent=4) + "\n"


PROFILE = {
    "ARS_PROFILE": {
        "p": {
            "algorithm": "ewma",
            "ars_nhg_path_selector_mode": "global",
            "default_ars_object": "o",
        }
    }
}
OBJECT = {"ARS_OBJECT": {"o": {"assign_mode": "per_packet_quality", "max_flows": "512"}}}
FLOWLET = {"ARS_OBJECT": {"o": {"max_flows": "512"}}}
RANDOM = {
    "SWITCH_HASH": {"GLOBAL": {"ecmp_hash": ["SRC_IP", "DST_IP"], "ecmp_hash_algorithm": "RANDOM"}}
}
NVIDIA, DELL = "ACS-MSN2700", "DellEMC-S5232f-C32"
ROWS: list[Row] = [
    row("100", "cumulus_linux", CUMULUS, "OK + note"),
    row(
        "100-kernel",
        "cumulus_linux",
        CUMULUS,
        "OK + note",
        sysctl__dash_a="net.ipv6.fib_multipath_hash_policy = 0\n",
    ),
    row("102", "dell_sonic", _config(DELL, **PROFILE, **OBJECT), "ACTIVE"),
    row("102-not-bound", "dell_sonic", _config(DELL, **OBJECT), "LATENT"),
    row("104", "dell_sonic", _config(DELL, **PROFILE, **FLOWLET), "HAZARD"),
    row("105", "dell_sonic", _config(NVIDIA, **RANDOM), "ACTIVE"),
    row("105-other-switch", "dell_sonic", _config(DELL, **RANDOM), "UNKNOWN"),
]
