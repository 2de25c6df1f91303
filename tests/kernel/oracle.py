"""Sends packets through the kernel's own filters and compares what happened with our verdicts."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from random import Random
from types import TracebackType
from typing import NamedTuple

from auditor.filters import filters_called
from parsers.model.filters import LaterFragments, Symptom
from parsers.platform import Inputs, Text
from parsers.registry import platform
from rules.packets.evaluate import decide
from rules.packets.packet import Packet
from rules.packets.verdicts import Outcome
from tests.kernel.pool import packet
from tests.kernel.rulesets import Ruleset, random_ruleset
from tests.kernel.wire import Seen, decode, encode

ROOT = Path(__file__).parents[2]
PACKETS = 80
TOOLS = (
    "nft", "iptables-nft-restore", "ip6tables-nft-restore", "iptables-legacy-restore",
    "ip6tables-legacy-restore", "ip", "unshare",
)  # fmt: skip


def _commands(rules: Ruleset) -> tuple[str, ...]:
    """The commands that the listings of a rule set come from, as a snapshot names them."""
    if rules.tool == "nft":
        return "nft list ruleset", "nft -j list ruleset"
    return ("iptables-save" if rules.family == 4 else "ip6tables-save",)


def why_not() -> str | None:
    """Why this machine cannot run the router; None where it can."""
    missing = [tool for tool in TOOLS if shutil.which(tool) is None]
    if missing:
        return f"not installed: {', '.join(missing)}"
    if os.geteuid() != 0:
        return "needs root for a network namespace of its own"
    if not Path("/dev/net/tun").exists():
        return "there is no /dev/net/tun"
    return None


class Router:
    """The router process in its namespace; use it with `with`."""

    def __enter__(self) -> Router:
        self.process = subprocess.Popen(
            ["unshare", "-n", sys.executable, "-m", "tests.kernel.router"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT,
        )  # fmt: skip
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        assert self.process.stdin is not None and self.process.stdout is not None
        self.process.stdin.close()
        self.process.wait(timeout=20)
        self.process.stdout.close()

    def ask(self, rules: Ruleset, packets: list[Packet]) -> tuple[list[Seen], list[str]]:
        """What came out, and how the tool lists the rules. Raises ValueError where the tool refuses them."""
        assert self.process.stdin is not None and self.process.stdout is not None
        sent = [encode(one, tag).hex() for tag, one in enumerate(packets, 1)]
        job = {"tool": rules.tool, "ruleset": rules.text, "packets": sent}
        self.process.stdin.write(json.dumps(job) + "\n")
        self.process.stdin.flush()
        answer = json.loads(self.process.stdout.readline())
        if "error" in answer:
            raise ValueError(answer["error"])
        seen = [decode(bytes.fromhex(text)) for text in answer["out"]]
        return [one for one in seen if one is not None], answer["listings"]


class Verdict(NamedTuple):
    """What we say about a packet, and the symptom of a denial."""

    outcome: Outcome
    symptom: Symptom | None


class Tally(NamedTuple):
    """Rule sets, packets, wrong and unknown verdicts, wrong symptoms, and the first mistake."""

    rulesets: int = 0
    packets: int = 0
    wrong: int = 0
    unknown: int = 0
    wrong_symptoms: int = 0
    example: str | None = None


def ours(rules: Ruleset, command: str, listing: str, packets: list[Packet]) -> list[Verdict]:
    """Our verdicts from one listing."""
    text = Text("r1.txt", command, listing.splitlines())
    device = platform("linux").parse(Inputs("r1", "linux", (text,)))
    unread = [line.text for line in device.not_understood]
    assert not unread, f"{unread}\n{listing}"
    name = "PROBE" if rules.tool == "nft" else "FORWARD"
    found = filters_called(device, name, rules.family, "forward")
    assert found, f"no chain called {name}"
    one = found[0]
    verdicts = []
    for asked in packets:
        if one.later_fragments is LaterFragments.WHOLE:
            asked = asked._replace(later_fragment=False)
        decision = decide(
            device.filters, one.key, one.family or rules.family, asked,
            in_interface="lan0", out_interface="wan0",
        )  # fmt: skip
        denied = decision.outcome is Outcome.DENY
        verdicts.append(Verdict(decision.outcome, decision.symptom if denied else None))
    return verdicts


def check(seed: int, count: int) -> Tally:
    """Compares `count` random rule sets. Each that asks connection tracking has a router of its own: it remembers
    flows of earlier ones, and once it is on in a namespace, fragments are put together before any rule sees them."""
    tally = Tally()
    with Router() as plain:
        for number in range(count):
            tally = _one(tally, seed, number, plain)
    return tally


def _ask(plain: Router, rules: Ruleset, packets: list[Packet]) -> tuple[list[Seen], list[str]]:
    if not rules.tracked:
        return plain.ask(rules, packets)
    with Router() as fresh:
        return fresh.ask(rules, packets)


def _first_packets(packets: list[Packet]) -> list[Packet]:
    """Those that answer no other one: tracking would take them for the second packet of its flow."""
    pairs: set[tuple[int, int]] = set()
    kept = []
    for one in packets:
        if (one.dst, one.src) not in pairs and one.src != one.dst:
            pairs.add((one.src, one.dst))
            kept.append(one)
    return kept


def _one(tally: Tally, seed: int, number: int, plain: Router) -> Tally:
    chance = Random(f"{seed}/{number}")
    rules = random_ruleset(chance)
    packets = [
        packet(chance, rules.family, first_only=rules.tracked, fragments=not rules.tracked)
        for _ in range(PACKETS)
    ]
    if rules.tracked:
        packets = _first_packets(packets)
    seen, listings = _ask(plain, rules, packets)
    for command, listing in zip(_commands(rules), listings, strict=True):
        said = ours(rules, command, listing, packets)
        tally = _count(tally, packets, seen, said, f"seed {seed}, rule set {number}\n{listing}")
    return tally._replace(rulesets=tally.rulesets + 1)


def _count(
    tally: Tally, packets: list[Packet], seen: list[Seen], said: list[Verdict], about: str
) -> Tally:
    passed = {one.tag for one in seen if one.tag is not None}
    replies = {(one.to, one.reply) for one in seen if one.reply is not None}
    wrong = unknown = symptoms = 0
    example = tally.example
    for tag, (asked, verdict) in enumerate(zip(packets, said, strict=True), 1):
        if verdict.outcome is Outcome.UNKNOWN:
            unknown += 1
        elif (verdict.outcome is Outcome.PERMIT) != (tag in passed):
            wrong += 1
            example = example or f"{asked} is {verdict.outcome.value} for us\n{about}"
        elif verdict.symptom is not None and not _answered(asked, verdict.symptom, replies):
            symptoms += 1
            example = example or f"{asked}: no {verdict.symptom.value} seen\n{about}"
    return Tally(
        tally.rulesets, tally.packets + len(packets), tally.wrong + wrong, tally.unknown + unknown,
        tally.wrong_symptoms + symptoms, example,
    )  # fmt: skip


def _answered(asked: Packet, symptom: Symptom, replies: set[tuple[tuple[int, int], str]]) -> bool:
    """Whether the answer that the symptom promises was seen. The kernel answers no RST with a RST (RFC 9293,
    3.5.2), no ICMP error with an ICMP error (RFC 1122, 3.2.2), and no later fragment."""
    if symptom is Symptom.TIMEOUT or asked.later_fragment:
        return True
    if symptom is Symptom.RESET:
        return bool(asked.flags & 4) or ((asked.src, asked.src_port), "reset") in replies
    is_error = asked.icmp_type in ((3, 11) if asked.family == 4 else (1, 2, 3))
    if asked.protocol in (1, 58) and is_error:
        return True
    return ((asked.src, 0), "icmp-error") in replies
