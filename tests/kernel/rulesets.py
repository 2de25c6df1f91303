"""Random rule sets for iptables and nft."""

from __future__ import annotations

from random import Random
from typing import NamedTuple

from tests.kernel.pool import PORTS, RANGES, TYPES, ports, prefix


class Ruleset(NamedTuple):
    """A rule set for a tool. `tracked` says that it asks connection tracking."""

    tool: str
    family: int
    text: str
    tracked: bool


def _not(chance: Random) -> str:
    return "! " if chance.randrange(5) == 0 else ""


def iptables(chance: Random, family: int) -> Ruleset:
    """A filter table with a FORWARD chain and user chains below it."""
    tracked = chance.randrange(3) == 0
    policy = chance.choice(("ACCEPT", "DROP"))
    out = ["*filter", ":INPUT ACCEPT [0:0]", f":FORWARD {policy} [0:0]", ":OUTPUT ACCEPT [0:0]"]
    users = [f"user{n}" for n in range(chance.randint(0, 3))]
    out += [f":{name} - [0:0]" for name in users]
    chains = [("FORWARD", users)]
    chains += [(name, users[place + 1 :]) for place, name in enumerate(users)]
    for name, below in chains:
        for _ in range(chance.randint(1, 5)):
            out.append(f"-A {name}{_xt_rule(chance, family, below, tracked, name != 'FORWARD')}")
    variant = chance.choice(("nft", "legacy"))
    tool = f"{'iptables' if family == 4 else 'ip6tables'}-{variant}-restore"
    return Ruleset(tool, family, "\n".join([*out, "COMMIT", ""]), tracked)


def _xt_rule(chance: Random, family: int, below: list[str], tracked: bool, in_user: bool) -> str:
    rule = ""
    if chance.randrange(3):
        rule += f" {_not(chance)}-s {prefix(chance, family)}"
    if chance.randrange(3):
        rule += f" {_not(chance)}-d {prefix(chance, family)}"
    if chance.randrange(5) == 0:
        rule += (
            f" {_not(chance)}{chance.choice(('-i lan0', '-o wan0', '-i lan+', '-i wan0', '-o w+'))}"
        )
    is_tcp = False
    roll = chance.randrange(10)
    if roll < 5:
        protocol = chance.choice(("tcp", "tcp", "udp"))
        is_tcp = protocol == "tcp"
        rule += f" -p {protocol}" + _xt_ports(chance, protocol)
        if is_tcp and chance.randrange(4) == 0 and not tracked:
            rule += chance.choice(
                (" --tcp-flags SYN,ACK SYN", " --syn", " ! --syn", " --tcp-flags FIN,SYN,RST,ACK RST",
                 " ! --tcp-flags ACK,PSH ACK")
            )  # fmt: skip
    elif roll < 7:
        kind, code = chance.choice(TYPES[family])
        word = chance.choice((str(kind), f"{kind}/{code}"))
        option = "icmp --icmp-type" if family == 4 else "ipv6-icmp --icmpv6-type"
        rule += f" -p {option.split()[0]} {_not(chance)}{option.split()[1]} {word}"
    elif roll == 7:
        rule += f" {_not(chance)}-p {chance.choice(('gre', 'udp', 'tcp'))}"
    if chance.randrange(6) == 0:
        first, last = chance.choice(RANGES[family])
        side = chance.choice(("--src-range", "--dst-range"))
        rule += f" -m iprange {_not(chance)}{side} {first}-{last}"
    if tracked and chance.randrange(2):
        states = chance.choice(("NEW", "NEW,ESTABLISHED", "ESTABLISHED,RELATED", "INVALID"))
        rule += f" -m conntrack {_not(chance)}--ctstate {states}"
    if chance.randrange(8) == 0:
        rule += ' -m comment --comment "a -j DROP in words"'
    return rule + _xt_target(chance, family, below, is_tcp, in_user)


def _xt_ports(chance: Random, protocol: str) -> str:
    rule = ""
    if chance.randrange(4) == 0:
        low, high = ports(chance)
        rule += f" -m {protocol} {_not(chance)}--sport {low}:{high}"
    roll = chance.randrange(4)
    if roll == 0:
        several = ",".join(str(p) for p in sorted(chance.sample(PORTS, 3)))
        option = chance.choice(("--dports", "--sports", "--ports"))
        return rule + f" -m multiport {_not(chance)}{option} {several},440:450"
    if roll < 3:
        low, high = ports(chance)
        if " -m " not in rule:
            rule += f" -m {protocol}"
        rule += f" {_not(chance)}--dport {low}:{high}"
    return rule


def _xt_target(chance: Random, family: int, below: list[str], is_tcp: bool, in_user: bool) -> str:
    roll = chance.randrange(10)
    if below and roll < 3:
        return f" {chance.choice(('-j', '-j', '-g'))} {chance.choice(below)}"
    if in_user and roll == 3:
        return " -j RETURN"
    if roll == 4:
        if is_tcp and chance.randrange(2):
            return " -j REJECT --reject-with tcp-reset"
        words = {
            4: ("icmp-port-unreachable", "icmp-admin-prohibited", "icmp-net-unreachable"),
            6: ("icmp6-port-unreachable", "icmp6-adm-prohibited"),
        }
        return f" -j REJECT --reject-with {chance.choice(words[family])}"
    return f" -j {chance.choice(('ACCEPT', 'ACCEPT', 'DROP'))}"


def nft(chance: Random, family: int) -> Ruleset:
    """A table with sets, a base chain at the forward hook, and chains below it."""
    tracked = chance.randrange(3) == 0
    users = [f"user{n}" for n in range(chance.randint(0, 3))]
    table = chance.choice(("inet", "ip" if family == 4 else "ip6"))
    address = "ipv4_addr" if family == 4 else "ipv6_addr"
    some = sorted({prefix(chance, family) for _ in range(3)})
    low, high = RANGES[family][0]
    out = [
        f"table {table} probe {{",
        f"  set nets {{ type {address}; flags interval; auto-merge; elements = {{ {', '.join(some)}, {low}-{high} }} }}",
        "  set doors { type inet_service; flags interval; elements = { 22, 440-450, 8080 } }",
    ]
    for place in range(len(users) - 1, -1, -1):
        out += [f"  chain {users[place]} {{"]
        for _ in range(chance.randint(1, 4)):
            out.append(f"    {_nft_rule(chance, family, users[place + 1 :], tracked, True)}")
        out.append("  }")
    policy = chance.choice(("accept", "drop"))
    out += ["  chain PROBE {", f"    type filter hook forward priority 0; policy {policy};"]
    for _ in range(chance.randint(2, 6)):
        out.append(f"    {_nft_rule(chance, family, users, tracked, False)}")
    return Ruleset("nft", family, "\n".join([*out, "  }", "}", ""]), tracked)


def _equal(chance: Random) -> str:
    return "!= " if chance.randrange(5) == 0 else ""


_NFT_FLAGS = (
    "tcp flags & (syn | ack) == syn", "tcp flags & (fin | syn | rst | ack) == rst", "tcp flags syn",
    "tcp flags != syn", "tcp flags & ack != 0x0",
)  # fmt: skip
_NFT_INTERFACES = (
    'iifname "lan0"', 'oifname != "wan0"', 'iifname "lan*"', 'oifname { "wan0", "lan0" }',
)  # fmt: skip


def _nft_rule(chance: Random, family: int, below: list[str], tracked: bool, in_user: bool) -> str:
    said = _nft_addresses(chance, family)
    roll = chance.randrange(10)
    protocol = chance.choice(("tcp", "tcp", "udp", "th")) if roll < 5 else ""
    if protocol:
        said += _nft_ports(chance, protocol)
        if protocol == "tcp" and chance.randrange(4) == 0 and not tracked:
            said.append(chance.choice(_NFT_FLAGS))
    elif roll < 7:
        said += _nft_icmp(chance, family)
    elif roll == 7:
        protocols = chance.choice(("gre", "udp", "{ tcp, udp }", "47"))
        said.append(f"meta l4proto {_equal(chance)}{protocols}")
    if chance.randrange(6) == 0:
        said.append(chance.choice(_NFT_INTERFACES))
    if tracked and chance.randrange(2):
        states = chance.choice(("new", "new,established", "established,related", "invalid"))
        said.append(f"ct state {_equal(chance)}{states}")
    if chance.randrange(6) == 0:
        said.append("counter")
    verdict = _nft_verdict(chance, family, below, protocol == "tcp", in_user, roll > 7)
    return " ".join([*said, verdict])


def _nft_addresses(chance: Random, family: int) -> list[str]:
    word = "ip" if family == 4 else "ip6"
    said = []
    for side in ("saddr", "daddr"):
        roll = chance.randrange(6)
        if roll < 2:
            said.append(f"{word} {side} {_equal(chance)}{prefix(chance, family)}")
        elif roll == 2:
            said.append(f"{word} {side} {_equal(chance)}@nets")
        elif roll == 3:
            low, high = chance.choice(RANGES[family])
            said.append(f"{word} {side} {_equal(chance)}{low}-{high}")
    return said


def _nft_icmp(chance: Random, family: int) -> list[str]:
    kind, code = chance.choice(TYPES[family])
    name = "icmp" if family == 4 else "icmpv6"
    said = [f"{name} type {_equal(chance)}{kind}"]
    return [*said, f"{name} code {code}"] if chance.randrange(2) else said


def _nft_ports(chance: Random, protocol: str) -> list[str]:
    said = []
    if protocol == "th":
        said.append("meta l4proto { tcp, udp }")
    low, high = ports(chance)
    one = str(low) if low == high else f"{low}-{high}"
    if chance.randrange(4) == 0:
        said.append(f"{protocol} sport {_equal(chance)}{one}")
    roll = chance.randrange(4)
    if roll == 0:
        several = ", ".join(str(p) for p in sorted(chance.sample(PORTS, 3)))
        said.append(f"{protocol} dport {_equal(chance)}{{ {several} }}")
    elif roll == 1:
        said.append(f"{protocol} dport {_equal(chance)}@doors")
    elif roll == 2 or not said or protocol == "th":
        low, high = ports(chance)
        one = str(low) if low == high else f"{low}-{high}"
        said.append(f"{protocol} dport {_equal(chance)}{one}")
    return said


def _nft_verdict(
    chance: Random, family: int, below: list[str], is_tcp: bool, in_user: bool, free: bool
) -> str:
    roll = chance.randrange(10)
    if below and roll < 3:
        return f"{chance.choice(('jump', 'jump', 'goto'))} {chance.choice(below)}"
    if in_user and roll == 3:
        return "return"
    if roll == 4:
        if is_tcp and chance.randrange(2):
            return "reject with tcp reset"
        word = "icmp" if family == 4 else "icmpv6"
        kinds = ("admin-prohibited", "port-unreachable")
        return f"reject with {word} type {chance.choice(kinds)}"
    if roll in (5, 6) and free:
        return "tcp dport vmap { 22 : accept, 443 : drop, 1024-2000 : accept }"
    return chance.choice(("accept", "accept", "drop"))


def random_ruleset(chance: Random) -> Ruleset:
    """A rule set for one of the tools and families."""
    family = chance.choice((4, 4, 6))
    return chance.choice((iptables, nft))(chance, family)
