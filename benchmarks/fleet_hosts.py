"""Generated configurations of VyOS, RouterOS and Linux (nftables, iptables), which order rules as hosts do."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from benchmarks.fleet_plan import Plan, cidr, dotted, rules, token


def _vyos_firewall(device: Plan, entries: int) -> Iterator[str]:
    yield from (
        "firewall {",
        "    all-ping enable",
        "    name LAN_IN {",
        "        default-action accept",
    )
    for at, rule in enumerate(rules(device, max(1, entries), guard=True), 1):
        yield from (
            f"        rule {at} {{",
            f"            action {'accept' if rule.permit else 'drop'}",
        )
        if rule.dst is not None:
            yield from ("            destination {", f"                address {cidr(rule.dst)}")
            if rule.port is not None:
                yield f"                port {rule.port}"
            yield "            }"
        if rule.protocol != "ip":
            yield f"            protocol {rule.protocol}"
        if rule.src is not None:
            yield from (
                "            source {",
                f"                address {cidr(rule.src)}",
                "            }",
            )
        yield "        }"


def _vyos_links(device: Plan, entries: int) -> Iterator[str]:
    yield from ("    }", "}", "interfaces {")
    for link in device.links:
        yield from (
            f"    ethernet eth{link.number} {{",
            f"        address {link.net.address}/{link.net.length}",
            f'        description "{link.words}"',
        )
        if device.filtered and link.number == 1 and entries:
            yield from (
                "        firewall {",
                "            in {",
                "                name LAN_IN",
                "            }",
                "        }",
            )
        yield "    }"


def _vyos_routes(device: Plan) -> Iterator[str]:
    yield from ("}", "protocols {", "    static {")
    for prefix, way in (
        ("0.0.0.0/0", device.gateway),
        *((n.prefix, n.address) for n in device.routes),
    ):
        yield from (
            f"        route {prefix} {{",
            f"            next-hop {way} {{",
            "            }",
            "        }",
        )


def _vyos_system(device: Plan) -> Iterator[str]:
    rng = device.rng
    yield from (
        "    }",
        "}",
        "system {",
        f"    host-name {device.name}",
        "    login {",
        "        user vyos {",
    )
    yield from (
        "            authentication {",
        f'                encrypted-password "$6${token(rng)}${token(rng, 60)}"',
        "            }",
        "        }",
        "    }",
        "}",
    )
    yield from (
        "",
        "// Warning: Do not remove the following line.",
        '// vyos-config-version: "firewall@5:interfaces@22:nat@5:quagga@8:system@21"',
        "// Release version: 1.3.2",
    )


def vyos(device: Plan, entries: int) -> Iterator[str]:
    """VyOS 1.3 in braces."""
    yield from _vyos_firewall(device, entries)
    yield from _vyos_links(device, entries)
    yield from _vyos_routes(device)
    yield from _vyos_system(device)


def routeros(device: Plan, entries: int) -> Iterator[str]:
    """RouterOS, as `export` prints it."""
    rng = device.rng
    yield from (
        "# 2026-01-02 10:00:00 by RouterOS 7.16.1",
        f"# software id = {token(rng, 4).upper()}-1234",
        "#",
        "# model = CCR2004-16G-2S+",
        "/interface ethernet",
    )
    yield from (
        f'set [ find default-name=ether{link.number + 1} ] comment="{link.words}"'
        for link in device.links
    )
    yield from ("/snmp community", f"set [ find default=yes ] name={token(rng, 9)}", "/ip address")
    yield from (
        f"add address={link.net.address}/{link.net.length} interface=ether{link.number + 1} "
        f"network={dotted(link.net.value)}"
        for link in device.links
    )
    yield "/ip firewall filter"
    yield "add action=accept chain=forward connection-state=established,related,untracked"
    for rule in rules(device, max(1, entries), guard=True):
        words = [f"add action={'accept' if rule.permit else 'drop'} chain=forward"]
        if rule.dst is not None:
            words.append(f"dst-address={cidr(rule.dst)}")
        if rule.port is not None:
            words.append(f"dst-port={rule.port}")
        if rule.protocol != "ip":
            words.append(f"protocol={rule.protocol}")
        if rule.src is not None:
            words.append(f"src-address={cidr(rule.src)}")
        yield " ".join(words)
    yield from (
        "/ip route",
        f"add dst-address=0.0.0.0/0 gateway={device.gateway} routing-table=main",
    )
    yield from (
        f"add dst-address={n.prefix} gateway={n.address} routing-table=main" for n in device.routes
    )
    yield from ("/system identity", f"set name={device.name}")


def nft(device: Plan, entries: int) -> Iterator[str]:
    """Linux: `nft list ruleset`."""
    yield from (
        "table ip filter {",
        "\tchain input {",
        "\t\ttype filter hook input priority filter; policy drop;",
    )
    yield from (
        "\t\tct state established,related accept",
        '\t\tiifname "lo" accept',
        "\t\tip protocol icmp accept",
        "\t}",
        "",
    )
    yield from ("\tchain forward {", "\t\ttype filter hook forward priority filter; policy drop;")
    yield "\t\tct state established,related accept"
    for rule in rules(device, max(1, entries), guard=True):
        words = []
        if rule.src is not None:
            words.append(f"ip saddr {dotted(rule.src[0]) if rule.src[1] == 32 else cidr(rule.src)}")
        if rule.dst is not None:
            words.append(f"ip daddr {dotted(rule.dst[0]) if rule.dst[1] == 32 else cidr(rule.dst)}")
        if rule.port is not None:
            words.append(f"{rule.protocol} dport {rule.port}")
        elif rule.protocol != "ip":
            words.append(f"ip protocol {rule.protocol}")
        words += [
            f"counter packets {rule.port or 0} bytes {(rule.port or 0) * 60}",
            "accept" if rule.permit else "drop",
        ]
        yield "\t\t" + " ".join(words)
    yield from ("\t}", "}")


def iptables(device: Plan, entries: int) -> Iterator[str]:
    """Linux: `iptables-save`."""
    yield from (
        "# Generated by iptables-save v1.8.7 on Wed Nov 25 06:00:00 2026",
        "*filter",
        ":INPUT DROP [0:0]",
    )
    yield from (":FORWARD DROP [0:0]", ":OUTPUT ACCEPT [0:0]", "-A INPUT -i lo -j ACCEPT")
    yield "-A FORWARD -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT"
    for rule in rules(device, max(1, entries), guard=True):
        words = ["-A FORWARD"]
        if rule.src is not None:
            words.append(f"-s {cidr(rule.src)}")
        if rule.dst is not None:
            words.append(f"-d {cidr(rule.dst)}")
        if rule.protocol != "ip":
            words.append(f"-p {rule.protocol}")
        if rule.port is not None:
            words.append(f"-m {rule.protocol} --dport {rule.port}")
        words.append(f"-j {'ACCEPT' if rule.permit else 'DROP'}")
        yield " ".join(words)
    yield from ("COMMIT", "# Completed on Wed Nov 25 06:00:00 2026")


def linux_outputs(device: Plan) -> dict[str, list[str]]:
    """What else is collected of a Linux router, by the file's name."""
    addresses = []
    for link in device.links:
        name = f"eth{link.number}"
        state = "<BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc fq_codel state UP group default qlen 1000"
        addresses += [
            f"{link.number + 2}: {name}: {state}",
            f"    link/ether 02:00:00:00:00:{link.number:02x} brd ff:ff:ff:ff:ff:ff",
            f"    inet {link.net.address}/{link.net.length} scope global {name}",
            "       valid_lft forever preferred_lft forever",
        ]
    routes = [f"default via {device.gateway} dev eth0 proto static"]
    routes += [
        f"{link.net.prefix} dev eth{link.number} proto kernel scope link src {link.net.address}"
        for link in device.links
    ]
    return {
        "ip_address_show": addresses,
        "ip_route_show": routes,
        "uname_-r": ["5.15.0-91-generic"],
    }


WRITERS: dict[str, tuple[Callable[[Plan, int], Iterator[str]], int, int]] = {
    "vyos": (vyos, 4, 11),
    "mikrotik_routeros": (routeros, 2, 1),
    "linux_nft": (nft, 1, 1),
    "linux_iptables": (iptables, 1, 1),
}
"""For each platform: its writer, and how many lines an interface and a rule take."""
