"""The cases of Path MTU Discovery: what each shows is in its name."""

from __future__ import annotations

from tests.lab.case import Case, Happens, Traffic
from tests.lab.settings import (
    BEFORE,
    BEHIND,
    DOWNLOAD,
    DROPPED,
    DROPPED_COVERED,
    OWN,
    OWN_LAN,
    PLAIN,
    STALL,
    SURVIVE,
    UNTOLD,
    UNTOLD_COVERED,
    UPLOAD,
    chain,
)

TOO_BIG = {4: "icmp type destination-unreachable icmp code frag-needed drop", 6: "icmpv6 type packet-too-big drop"}  # fmt: skip
UNREACHABLE = {4: "icmp type destination-unreachable drop", 6: TOO_BIG[6]}
ECHO = {4: "icmp type echo-request drop", 6: "icmpv6 type echo-request drop"}
CLAMP = "tcp flags syn tcp option maxseg size set"
FITS = {4: 1360, 6: 1340}
"""The MSS that fits 1400 bytes: less 40 for IPv4, less 60 for IPv6 (RFC 9293, section 3.7.1)."""


TABLE = {4: "ip", 6: "ip6"}
NEIGHBOURS: dict[int, tuple[str, ...]] = {
    4: (), 6: ("icmpv6 type { nd-neighbor-solicit, nd-neighbor-advert } accept",)
}  # fmt: skip
LIMITS = {
    4: (("net.ipv4.icmp_ratelimit", 100_000), ("net.ipv4.icmp_ratemask", 0x3FFFF)),
    6: (("net.ipv6.icmp.ratelimit", 100_000),),
}
"""One error of each kind in 100 seconds; the kernel exempts what Path MTU Discovery needs."""


def stateful(states: str) -> str:
    """A firewall that forwards sessions from inside, and of the rest what has one of these states."""
    rules = f"ct state {states} accept", 'iifname "lan0" tcp dport 443 accept'
    return chain("forward", *rules, policy="drop")


def cases_of(family: int) -> tuple[Case, ...]:
    """The cases of Path MTU Discovery: a hop of 1400 bytes at `r` itself, behind it, or before it."""

    def case(
        name: str, traffic: Traffic, happens: Happens, narrow: tuple[str, str], nft: str, *says: str
    ) -> Case:
        return Case(
            f"IPv{family} {name}", traffic, happens, says, family, PLAIN, nft=nft, narrow=narrow
        )

    drop, echo, fits = (
        chain("forward", UNREACHABLE[family]),
        chain("forward", ECHO[family]),
        FITS[family],
    )
    silent = chain("output", TOO_BIG[family])

    def strict(states: str) -> str:
        """A router that sends of its own what has one of these states, and looks for its neighbours."""
        rules = f"ct state {states} accept", *NEIGHBOURS[family]
        return chain("output", *rules, policy="drop", table=f"{TABLE[family]} lab")

    def clamped(nft: str, size: object) -> str:
        return nft + chain("forward", f"{CLAMP} {size}", table="inet clamp")

    return (
        case("narrow way out, echo dropped", UPLOAD, SURVIVE, OWN, echo),
        case("narrow way to clients, echo dropped", DOWNLOAD, SURVIVE, OWN_LAN, echo),
        case("narrow hop behind, echo dropped", UPLOAD, SURVIVE, BEHIND, echo),
        case("narrow hop behind, related passes", UPLOAD, SURVIVE, BEHIND, stateful("established,related")),
        case("narrow hop behind, related does not pass", UPLOAD, STALL, BEHIND, stateful("established"), *DROPPED, *DROPPED),
        case("too big dropped in transit", UPLOAD, STALL, BEHIND, drop, *DROPPED),
        case("too big of clients dropped in transit", DOWNLOAD, STALL, BEFORE, drop, *DROPPED),
        case("too big dropped in transit, clamp", UPLOAD, SURVIVE, BEHIND, clamped(drop, 1300), *DROPPED_COVERED),
        case("own too big suppressed", UPLOAD, STALL, OWN, silent, UNTOLD),
        case("own too big suppressed to clients", DOWNLOAD, STALL, OWN_LAN, silent, UNTOLD),
        case("own related does not pass", UPLOAD, STALL, OWN, strict("established"), UNTOLD),
        case("own related passes", UPLOAD, SURVIVE, OWN, strict("established,related")),
        case("errors limited by the kernel", UPLOAD, SURVIVE, OWN, "")._replace(settings=LIMITS[family]),
        case("own too big suppressed, clamp", UPLOAD, SURVIVE, OWN, clamped(silent, 1300), UNTOLD_COVERED),
        case("own too big suppressed, clamp that just fits", UPLOAD, SURVIVE, OWN, clamped(silent, fits), UNTOLD_COVERED),
        case("own too big suppressed, clamp a byte too large", UPLOAD, STALL, OWN, clamped(silent, fits + 1), UNTOLD),
        case("own too big suppressed, clamp to the path", UPLOAD, SURVIVE, OWN, clamped(silent, "rt mtu"), UNTOLD_COVERED),
    )  # fmt: skip
