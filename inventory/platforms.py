"""Names of platforms as inventories write them, and what they are here and for netmiko.

Netmiko's device types are our own names. Nornir users write those or NAPALM's driver names, Ansible users
`ansible_network_os` (`cisco.ios.ios`), scrapli users its core platforms, NetBox users slugs (`ios-xe`).
"""

from __future__ import annotations

from typing import NamedTuple

PLATFORMS = frozenset(
    {
        "arista_eos", "aruba_aoscx", "checkpoint_gaia", "cisco_asa", "cisco_ios", "cisco_nxos",
        "cisco_xe", "cisco_xr", "cumulus_linux", "dell_os10", "dell_sonic", "f5_tmsh", "fortinet",
        "hp_comware", "huawei_vrp", "juniper_junos", "linux", "mikrotik_routeros", "nokia_srl",
        "nokia_sros", "paloalto_panos", "ubiquiti_edgerouter", "vyos",
    }
)  # fmt: skip
"""The netmiko device types that are platforms of the auditor, or will be."""

_DEVICE_TYPES = {
    # device types of netmiko that another platform's parser reads
    "alcatel_sros": "nokia_sros",
    "cisco_ftd": "cisco_asa",
    "cisco_ios_xe": "cisco_xe",
    "f5_ltm": "f5_tmsh",
    "h3c_comware": "hp_comware",
    "huawei": "huawei_vrp",
    "huawei_vrpv8": "huawei_vrp",
    "juniper": "juniper_junos",
    "vyatta_vyos": "vyos",
}

_WORDS = {
    # NAPALM drivers (napalm.readthedocs.io/en/latest/support/, and the community's)
    "ios": "cisco_ios",
    "iosxr": "cisco_xr",
    "iosxr_netconf": "cisco_xr",
    "nxos": "cisco_nxos",
    "nxos_ssh": "cisco_nxos",
    "eos": "arista_eos",
    "junos": "juniper_junos",
    "fortios": "fortinet",
    "panos": "paloalto_panos",
    "ros": "mikrotik_routeros",
    "sros": "nokia_sros",
    "srl": "nokia_srl",
    "asa": "cisco_asa",
    "aoscx": "aruba_aoscx",
    "comware": "hp_comware",
    "hp_comware7": "hp_comware",
    "ce": "huawei_vrp",
    "vrp": "huawei_vrp",
    # ansible_network_os, in full: namespace.collection.name
    "cisco.ios.ios": "cisco_ios",
    "cisco.iosxr.iosxr": "cisco_xr",
    "cisco.nxos.nxos": "cisco_nxos",
    "cisco.asa.asa": "cisco_asa",
    "arista.eos.eos": "arista_eos",
    "junipernetworks.junos.junos": "juniper_junos",
    "juniper.device": "juniper_junos",
    "vyos.vyos.vyos": "vyos",
    "vyos.vyos": "vyos",
    "community.network.edgeos": "ubiquiti_edgerouter",
    "community.network.ce": "huawei_vrp",
    "community.routeros.routeros": "mikrotik_routeros",
    "community.network.sros": "nokia_sros",
    "nokia.sros.md": "nokia_sros",
    "nokia.sros.classic": "nokia_sros",
    "nokia.srlinux.srlinux": "nokia_srl",
    "arubanetworks.aoscx.aoscx": "aruba_aoscx",
    "dellemc.os10.os10": "dell_os10",
    "dellemc.enterprise_sonic.sonic": "dell_sonic",
    "fortinet.fortios.fortios": "fortinet",
    "paloaltonetworks.panos.panos": "paloalto_panos",
    "check_point.gaia.checkpoint": "checkpoint_gaia",
    "frr.frr.frr": "linux",
    "nvidia.nvue.nvue": "cumulus_linux",
    "edgeos": "ubiquiti_edgerouter",
    "routeros": "mikrotik_routeros",
    "os10": "dell_os10",
    "sonic": "dell_sonic",
    "nvue": "cumulus_linux",
    "frr": "linux",
    # scrapli's core platforms, where they are not netmiko's names
    "cisco_iosxe": "cisco_xe",
    "cisco_iosxr": "cisco_xr",
    # what NetBox's device type library, LibreNMS and people write
    "ios_xe": "cisco_xe",
    "iosxe": "cisco_xe",
    "ios_xr": "cisco_xr",
    "nx_os": "cisco_nxos",
    "cisco_nx_os": "cisco_nxos",
    "cisco_ios_xr": "cisco_xr",
    "juniper_junos_os": "juniper_junos",
    "fortigate": "fortinet",
    "fortinet_fortios": "fortinet",
    "pan_os": "paloalto_panos",
    "palo_alto_pan_os": "paloalto_panos",
    "mikrotik": "mikrotik_routeros",
    "nokia_srlinux": "nokia_srl",
    "srlinux": "nokia_srl",
    "sr_os": "nokia_sros",
    "timos": "nokia_sros",
    "gaia": "checkpoint_gaia",
    "aos_cx": "aruba_aoscx",
    "aruba_os_cx": "aruba_aoscx",
    "h3c": "hp_comware",
    "edgerouter": "ubiquiti_edgerouter",
    "cumulus": "cumulus_linux",
    "debian": "linux",
    "ubuntu": "linux",
    "ubuntu_linux": "linux",
    "debian_linux": "linux",
    "rhel": "linux",
    "rocky_linux": "linux",
    "f5_bigip": "f5_tmsh",
    "bigip": "f5_tmsh",
    "tmos": "f5_tmsh",
}


class Mapped(NamedTuple):
    """A platform of ours and the device type with which netmiko speaks to it."""

    platform: str
    device_type: str


def mapped(name: str) -> Mapped | None:
    """What `name` stands for, None where nothing here can be said to be it.

    Case, blanks, `-` and a suffix `_ssh` do not matter. Telnet and serial types are not mapped:
    they would send the password in the clear, or to whoever is at the other end.
    """
    word = name.strip().lower()
    found = _WORDS.get(word)
    if found is not None:
        return Mapped(found, found)
    word = word.replace("-", "_").replace(" ", "_").removesuffix("_ssh")
    if word in PLATFORMS:
        return Mapped(word, word)
    if word in _DEVICE_TYPES:
        platform = _DEVICE_TYPES[word]
        return Mapped(platform, word if word.startswith("huawei_vrp") else platform)
    found = _WORDS.get(word)
    return Mapped(found, found) if found is not None else None
