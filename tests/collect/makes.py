"""One device of each platform: the prompt, and how it refuses, as the vendor's manual or a real session shows them."""

from __future__ import annotations

from parsers.registry import platform
from tests.collect.device import USER, Device

PROMPTS = {
    "arista_eos": "sw1#",
    "aruba_aoscx": "sw1# ",
    "checkpoint_gaia": "gw1> ",
    "cisco_asa": "fw1# ",
    "cisco_ios": "r1#",
    "cisco_nxos": "n1# ",
    "cisco_xe": "r1#",
    "cisco_xr": "RP/0/RP0/CPU0:x1#",
    "cumulus_linux": f"{USER}@leaf1:mgmt:~$ ",
    "dell_os10": "OS10# ",
    "dell_sonic": f"{USER}@sonic:~$ ",
    "f5_tmsh": f"{USER}@(bigip1)(cfg-sync Standalone)(Active)(/Common)(tmos)# ",
    "fortinet": "FGT1 # ",
    "hp_comware": "<H1>",
    "huawei_vrp": "<HUAWEI>",
    "juniper_junos": "\n{master:0}\n" + f"{USER}@r1> ",
    "linux": f"\x1b[?2004h\x1b]0;{USER}@gw: ~\x07{USER}@gw:~$ ",
    "mikrotik_routeros": f"[{USER}@MikroTik] > ",
    "nokia_srl": "--{ running }--[  ]--\nA:srl1# ",
    "nokia_sros": f"\n[/]\nA:{USER}@sr1# ",
    "paloalto_panos": f"{USER}@PA1> ",
    "ubiquiti_edgerouter": f"{USER}@er1:~$ ",
    "vyos": f"{USER}@vyos:~$ ",
}
ERRORS = {
    "juniper_junos": "                ^\nunknown command.",
    "huawei_vrp": "                ^\nError: Unrecognized command found at '^' position.",
    "hp_comware": "               ^\n % Unrecognized command found at '^' position.",
    "mikrotik_routeros": "bad command name frobnicate (line 1 column 1)",
    "fortinet": "Unknown action 0\nCommand fail. Return code -61",
    "paloalto_panos": "Unknown command: frobnicate",
    "nokia_sros": "MINOR: MGMT_CORE #2201: Unknown element - 'frobnicate'",
    "nokia_srl": "Error: Parsing error: Unknown token 'frobnicate'",
    "linux": "bash: vtysh: command not found",
    "cumulus_linux": "-bash: nv: command not found",
    "dell_sonic": "-bash: vtysh: command not found",
    "vyos": "\n  Invalid command: [frobnicate]\n",
    "ubiquiti_edgerouter": "\n  Invalid command: [frobnicate]\n",
    "f5_tmsh": 'Syntax Error: "frobnicate" unexpected argument',
    "checkpoint_gaia": "CLINFR0329  Invalid command:'frobnicate'.",
    "cisco_asa": "       ^\nERROR: % Invalid input detected at '^' marker.",
    "dell_os10": "% Error: Unrecognized command.",
    "aruba_aoscx": "Invalid input: frobnicate",
    "cisco_nxos": "            ^\n% Invalid command at '^' marker.",
}
DENIED = {
    "arista_eos": "% Authorization denied for command 'frobnicate': Default authorization provider rejects all commands",
    "cisco_ios": "Command authorization failed.\n",
    "cisco_nxos": "% Permission denied for the role",
    "cisco_xr": "% This command is not authorized",
    "fortinet": "The current admin user does not have the permission to backup config.\nCommand fail. Return code -37",
    "hp_comware": "Permission denied.",
    "huawei_vrp": "Error: You do not have permission to run the command or the command is incomplete.",
    "juniper_junos": "error: permission denied: frobnicate",
    "mikrotik_routeros": "not enough permissions (9)",
    "nokia_sros": "MINOR: MGMT_CORE #2020: Permission denied - unauthorized use of 'frobnicate'",
    "paloalto_panos": "Server error : op command for client frobnicate is not allowed for the role",
    "vyos": "\n  Invalid command: [frobnicate]\n",
}
"""What a user is told who may not do it. PAN-OS and VyOS mostly do not know the command then."""
PAGERS = {
    "arista_eos": (" --More-- ", "\r\x1b[K"),
    "cisco_ios": (" --More-- ", "\b" * 9 + " " * 8 + "\b" * 9),
    "cisco_nxos": ("--More--", "\r        \r"),
    "cisco_xr": (" --More-- ", "\b" * 9 + " " * 8 + "\b" * 9),
    "fortinet": ("--More-- ", "\r         \r"),
    "hp_comware": ("---- More ----", "\x1b[16D" + " " * 16 + "\x1b[16D"),
    "huawei_vrp": ("  ---- More ----", "\x1b[42D" + " " * 42 + "\x1b[42D"),
    "juniper_junos": ("---(more 45%)---", "\r" + " " * 40 + "\r"),
    "mikrotik_routeros": ("-- [Q quit|D dump|down]", "\r\x1b[K"),
    "nokia_sros": ("Press any key to continue (Q to quit)", "\r" + " " * 38 + "\r"),
    "paloalto_panos": ("lines 1-4 ", "\r\x1b[K"),
    "vyos": (":", "\r\x1b[K"),
}
"""What a pager shows, and how it wipes that before it goes on. VyOS's is `less`, which the session turns off."""


def make(name: str, **more: object) -> Device:
    """A device of a platform that answers every command with two lines that name it."""
    outputs = {
        command.text: f"first line of {command.text}\nlast line of {command.text}\n"
        for command in platform(name).commands
    }
    device = Device(
        prompt=PROMPTS[name],
        error=ERRORS.get(name, "% Invalid input detected at '^' marker."),
        outputs=outputs,
    )
    for field, value in more.items():
        setattr(device, field, value)
    return device
