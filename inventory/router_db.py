"""`router.db`, the device list of RANCID (router.db(5)) and of Oxidized's CSV source."""

from __future__ import annotations

from typing import NamedTuple

PLATFORMS = {
    "arista": "arista_eos",
    "eos": "arista_eos",
    "cisco-nx": "cisco_nxos",
    "nxos": "cisco_nxos",
    "cisco-xr": "cisco_xr",
    "iosxr": "cisco_xr",
    "ios": "cisco_ios",
    "iosxe": "cisco_xe",
    "asa": "cisco_asa",
    "juniper": "juniper_junos",
    "juniper-srx": "juniper_junos",
    "junos": "juniper_junos",
    "fortigate": "fortinet",
    "fortigate-full": "fortinet",
    "fortios": "fortinet",
    "paloalto": "paloalto_panos",
    "panos": "paloalto_panos",
    "mikrotik": "mikrotik_routeros",
    "routeros": "mikrotik_routeros",
    "gaiaos": "checkpoint_gaia",
    "vyos": "vyos",
    "vyatta": "vyos",
    "edgeos": "ubiquiti_edgerouter",
    "edgerouter": "ubiquiti_edgerouter",
    "comware": "hp_comware",
    "h3c": "hp_comware",
    "vrp": "huawei_vrp",
    "huawei": "huawei_vrp",
    "procurve": "hp_procurve",
    "hp": "hp_procurve",
    "force10": "dell_force10",
    "ftos": "dell_force10",
    "a10": "a10",
    "acos": "a10",
    "timos": "nokia_sros",
    "sros": "nokia_sros",
    "sros-md": "nokia_sros",
    "srosmd": "nokia_sros",
    "srlinux": "nokia_srl",
    "f5": "f5_tmsh",
    "bigip": "f5_tmsh",
    "tmos": "f5_tmsh",
    "os10": "dell_os10",
    "aoscx": "aruba_aoscx",
    "cumulus": "cumulus_linux",
    "enterprise_sonic": "dell_sonic",
}
"""Device types of RANCID and models of Oxidized as netmiko device types. RANCID's `cisco` is left
out: it is IOS, IOS XE, ASA or PIX, and the text itself says which."""


class Row(NamedTuple):
    """A device of the list: its name, its type as written there, and whether it is collected."""

    name: str
    type: str
    up: bool

    @property
    def platform(self) -> str | None:
        """The netmiko device type, None where the type does not say."""
        return PLATFORMS.get(self.type.lower())


def rows_of(text: str) -> dict[str, Row]:
    """The devices of `router.db`, by name. Lines without a name and a type are passed over.

    RANCID 3 separates by `;`, RANCID 2 and Oxidized by `:`; IPv6 addresses need `;`.
    """
    rows = {}
    for line in text.splitlines():
        line = line.strip()
        if not line or line.startswith("#"):
            continue
        fields = [field.strip() for field in line.split(";" if ";" in line else ":")]
        if len(fields) < 2 or not fields[0] or not fields[1]:
            continue
        state = fields[2].lower() if len(fields) > 2 else "up"
        rows[fields[0]] = Row(fields[0], fields[1], state != "down")
    return rows
