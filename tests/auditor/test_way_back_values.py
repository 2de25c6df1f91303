"""The way back gives old values and whole statements, in the words in which they stood."""

from __future__ import annotations

import pytest

from auditor.remedies.apply import carried_out
from auditor.remedies.errors import NotCarriedOut
from auditor.remedies.rollback import rollback
from parsers.model.source import Where
from parsers.platform import CONFIGURATION, Remedy, Text
from parsers.registry import platform


def configured(lines: list[str], command: str = CONFIGURATION) -> tuple[Text, ...]:
    return (Text("r", command, lines),)


OLD_VALUES = [
    ("cisco_ios", ["interface Tunnel1", " ip tcp adjust-mss 1460", "interface Tunnel2", " ip tcp adjust-mss 1200"],
     ["interface Tunnel1", " ip tcp adjust-mss 1360"], ("interface Tunnel1", " ip tcp adjust-mss 1460")),
    ("cisco_ios", ["ip icmp rate-limit unreachable 10", "ip icmp rate-limit unreachable DF 9000"],
     ["ip icmp rate-limit unreachable df 100"], ("ip icmp rate-limit unreachable DF 9000",)),
    ("cisco_ios", ["ip route 192.0.2.0 255.255.255.0 Null0 250 name HOLE"],
     ["no ip route 192.0.2.0 255.255.255.0 Null0"], ("ip route 192.0.2.0 255.255.255.0 Null0 250 name HOLE",)),
    ("huawei_vrp", ["interface Vlanif10", " tcp adjust-mss 1460", "#"],
     ["interface Vlanif10", " tcp adjust-mss 1360"], ("interface Vlanif10", " tcp adjust-mss 1460")),
    ("hp_comware", [" ip load-sharing mode per-packet global", "#", "interface A", " tcp mss 1400"],
     ["ip load-sharing mode per-flow global", "interface A", " tcp mss 1360"],
     ("interface A", " tcp mss 1400", "ip load-sharing mode per-packet global")),
    ("cisco_nxos", ["hardware profile dlb", "  mode per-packet", "interface Ethernet1/1"],
     ["no hardware profile dlb"], ("hardware profile dlb", "  mode per-packet")),
    ("cisco_asa", ["sysopt connection tcpmss 1460", "sysopt connection tcpmss minimum 500"],
     ["sysopt connection tcpmss 1360"], ("sysopt connection tcpmss 1460",)),
    ("cisco_xr", ["icmp ipv4 rate-limit unreachable 1000"], ["icmp ipv4 rate-limit unreachable DF 100", "commit"],
     ("no icmp ipv4 rate-limit unreachable DF 100", "commit")),
    ("fortinet", ["config system global", "    set honor-df disable", "end"],
     ["config system global", "set honor-df enable", "end"], ("config system global", "set honor-df disable", "end")),
    ("mikrotik_routeros", ["/interface bonding", "add mode=balance-xor name=b \\", "    slaves=a,c"],
     ["/interface bonding set b mode=802.3ad"], ("/interface bonding set b mode=balance-xor",)),
    ("paloalto_panos", ["set network interface tunnel units tunnel.1 adjust-tcp-mss ipv4-mss-adjustment 40"],
     ["set network interface tunnel units tunnel.1 adjust-tcp-mss ipv4-mss-adjustment 80", "commit"],
     ("delete network interface tunnel units tunnel.1 adjust-tcp-mss",
      "set network interface tunnel units tunnel.1 adjust-tcp-mss ipv4-mss-adjustment 40", "commit")),
    ("vyos", ["protocols {", "    static {", "        route 192.0.2.0/24 {", "            blackhole {",
              "                distance 200", "            }", "        }", "    }", "}"],
     ["delete protocols static route 192.0.2.0/24 blackhole", "compare"],
     ("set protocols static route 192.0.2.0/24 blackhole distance 200", "compare", "commit-confirm 5")),
    ("nokia_sros", ["configure {", '    router "Base" {', '        interface "lan" {', "            ipv4 {",
                    "                icmp {", "                    unreachables {",
                    "                        admin-state disable", *("}",) * 6],
     [f'/configure router "Base" interface "{name}" ipv4 icmp unreachables admin-state enable' for name in ("lan", "up")],
     ('/configure router "Base" interface "lan" ipv4 icmp unreachables admin-state disable', "commit")),
]  # fmt: skip


@pytest.mark.parametrize(("name", "lines", "commands", "back"), OLD_VALUES)
def test_old_values_come_back(
    name: str, lines: list[str], commands: list[str], back: tuple[str, ...]
) -> None:
    assert rollback(name, commands, configured(lines)) == back


def test_a_new_value_takes_the_place_of_the_old_one_in_its_block() -> None:
    lines = ["interface A", " ip tcp adjust-mss 1460", "interface B", " ip tcp adjust-mss 1200"]
    changed = carried_out(
        "cisco_ios", configured(lines), ["interface A", " ip tcp adjust-mss 1360"]
    )
    assert changed[0].lines == [
        "interface A",
        "interface B",
        " ip tcp adjust-mss 1200",
        "interface A",
        " ip tcp adjust-mss 1360",
    ]


FRR = ["frr version 8.4", "ip route 0.0.0.0/0 192.0.2.1", "ip route 198.51.100.0/24 blackhole 20 tag 7",
       "vrf RED", " ip route 198.51.100.0/24 Null0", "exit-vrf", "end"]  # fmt: skip


def of_null_route(name: str, lines: list[str], at: int, command: str) -> tuple[str, ...]:
    wanted = Remedy(
        "remove-null-route",
        prefixes=("198.51.100.0/24",),
        texts=configured(lines, command),
        where=Where("r", at),
    )
    return platform(name).remedy(wanted)


@pytest.mark.parametrize(
    ("at", "typed"),
    [
        (3, "-c 'no ip route 198.51.100.0/24 blackhole 20 tag 7'"),
        (5, "-c 'vrf RED' -c 'no ip route 198.51.100.0/24 Null0'"),
    ],
)
def test_null_routes_of_frr_are_taken_back_in_frr(at: int, typed: str) -> None:
    commands = of_null_route("linux", FRR, at, "vtysh show running-config")
    assert commands == (f"vtysh -c 'configure terminal' {typed} -c 'end' -c 'write memory'",)
    before = configured(FRR, "vtysh show running-config")
    after = carried_out("linux", before, commands)
    assert [x for x in FRR if x not in after[0].lines] == [FRR[at - 1]]
    back = carried_out("linux", after, rollback("linux", commands, before))
    assert sorted(back[0].lines) == sorted(FRR)
    assert of_null_route("cumulus_linux", FRR, at, CONFIGURATION)[0] == f"sudo {commands[0]}"
    with pytest.raises(NotCarriedOut, match="no line of FRR"):
        carried_out("linux", after, commands)


@pytest.mark.parametrize(
    ("line", "command"),
    [
        ("blackhole 198.51.100.0/24 proto boot", "ip route del blackhole 198.51.100.0/24"),
        ("prohibit 198.51.100.0/24 table 7 metric 9", "ip route del prohibit 198.51.100.0/24 table 7 metric 9"),
        ("blackhole 198.51.100.0/24 proto static metric 20", "# the null route for 198.51.100.0/24 is FRR's: "
         "take its statement back in vtysh"),
        ("blackhole 198.51.100.0/24 proto 196 metric 20", "# the null route for 198.51.100.0/24 is FRR's: "
         "take its statement back in vtysh"),
    ],
)  # fmt: skip
def test_null_routes_of_the_kernel_by_their_kind(line: str, command: str) -> None:
    assert of_null_route("linux", [line], 1, "ip route show") == (command,)


@pytest.mark.parametrize(
    ("lines", "commands"),
    [
        (["nv set vrf RED router static 198.51.100.0/24 distance 9 via blackhole"],
         ("nv unset vrf RED router static 198.51.100.0/24 distance 9 via blackhole", "nv config apply")),
        (["net add routing route 198.51.100.0/24 Null0 vrf RED"],
         ("net del routing route 198.51.100.0/24 Null0 vrf RED", "net commit")),
        (["- set:", "    vrf:", "      RED:", "        router:", "          static:", "            198.51.100.0/24:",
          "              via:", "                blackhole: {}"],
         ("nv unset vrf RED router static 198.51.100.0/24 via blackhole", "nv config apply")),
        (["post-up ip route add blackhole 198.51.100.0/24"],
         ("# the null route for 198.51.100.0/24 is made outside of NVUE, NCLU and FRR",)),
    ],
)  # fmt: skip
def test_null_routes_of_cumulus_by_the_program_that_made_them(
    lines: list[str], commands: tuple[str, ...]
) -> None:
    assert of_null_route("cumulus_linux", lines, len(lines), CONFIGURATION) == commands
