"""What the interpreters have found so far, and the account of the lines they took."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from parsers.fortinet.blocks import NONE, Block, Setting
from parsers.ledger import IRRELEVANT, USED, Ledger
from parsers.model.balancing import PathChoice
from parsers.model.filters import Binding, Filter, Range
from parsers.model.interfaces import Interface
from parsers.model.routes import Route
from parsers.model.source import Sourced, Where

SWITCHES = frozenset(
    {
        "send-pmtu-icmp", "honor-df", "allow-traffic-redirect", "mtu-override", "blackhole", "sdwan",
        "virtual-wan-link", "dynamic-gateway", "secondary-IP", "preserve-session-route", "src-check", "nat",
        "utm-status",
        "send-deny-packet", "srcaddr-negate", "dstaddr-negate", "srcaddr6-negate", "dstaddr6-negate", "service-negate",
        "internet-service-src", "internet-service6", "internet-service6-src", "exclude", "link-monitor-exempt",
        "defaultgw", "strict-src-check", "snat-route-change", "asymroute", "asymroute6", "deny-tcp-with-icmp",
        "central-nat",
        "consolidated-firewall-mode", "match-vip", "proxy", "input-device-negate", "ztna-status", "fsso", "nat46",
        "nat64", "drop-fragment", "wccp", "ipmac",
    }
)  # fmt: skip
"""Keys that are `enable` or `disable`; with another value the statement is not understood."""


class Settings:
    """The values of a block's keys, as they are at the end; `unknown` are the keys that its table lacks."""

    def __init__(self, values: dict[str, Setting], unknown: dict[str, int]) -> None:
        self.values = values
        self.unknown = unknown

    def get(self, key: str) -> Setting:
        """The value of `key`, an empty one if nothing sets it."""
        return self.values.get(key, NONE)

    def has(self, key: str) -> bool:
        """Whether `key` has a value."""
        found = self.values.get(key)
        return found is not None and bool(found.values)

    def on(self, key: str, default: bool = False) -> bool:
        """Whether `key` is `enable`."""
        found = self.values.get(key)
        return default if found is None or not found.values else found.text == "enable"


@dataclass
class Draft:
    """The mutable state of one configuration's interpretation."""

    file: str
    lines: list[str]
    ledger: Ledger
    release: tuple[int, int] | None = None
    version: str | None = None
    model: str | None = None
    hostname: str | None = None
    damage: str | None = None
    source_ports: Range | None = None
    redirects: bool | None = None
    moves_translated: bool = False
    sends_ptb: Sourced[bool] | None = None
    interfaces: dict[str, Interface] = field(default_factory=dict)
    filters: dict[tuple[str, int], Filter] = field(default_factory=dict)
    bindings: list[Binding] = field(default_factory=list)
    routes: list[Route] = field(default_factory=list)
    routes_doubt: list[Where] = field(default_factory=list)
    sources: list[Sourced[str]] = field(default_factory=list)
    choices: list[PathChoice] = field(default_factory=list)
    steering: list[tuple[int, str]] = field(default_factory=list)
    keeping: set[str] = field(default_factory=set)
    unchecked: set[str] = field(default_factory=set)
    df_cleared: list[Sourced[str]] = field(default_factory=list)
    recognised: list[Sourced[str]] = field(default_factory=list)
    missed: list[tuple[int, str, str | None]] = field(default_factory=list)

    def where(self, line: int) -> Where:
        """`line` of the configuration file."""
        return Where(self.file, line)

    def recognise(self, value: str, line: int, note: str) -> None:
        """Notes something that is seen and not modelled, and that could change a verdict."""
        self.recognised.append(Sourced[str](value=value, where=self.where(line), note=note))

    def use(self, lines: Iterable[int]) -> None:
        """The lines are taken."""
        status = self.ledger.status
        for line in lines:
            status[line] = USED

    def use_all(self, block: Block) -> None:
        """All lines of a block are taken."""
        self.use(block.lines())

    def ignore_all(self, block: Block) -> None:
        """No verdict depends on a block; lines in it that are no statements stay not understood."""
        status = self.ledger.status
        for line in block.lines():
            if not status[line]:
                status[line] = IRRELEVANT
        for part in block.walk():
            for line in part.bad:
                self.missed.append((line, "other", None))

    def miss(self, block: Block, topic: str = "other", subject: str | None = None) -> None:
        """A block is not understood."""
        self.missed.extend((line, topic, subject) for line in block.lines())

    def miss_line(self, line: int, topic: str = "other", subject: str | None = None) -> None:
        """A line is not understood."""
        self.missed.append((line, topic, subject))

    def settle(self) -> None:
        """Writes the misses into the ledger, over whatever else took their lines."""
        for line, topic, subject in self.missed:
            self.ledger.miss(line, topic, subject)

    def take(
        self,
        block: Block,
        known: Collection[str],
        ignored: Mapping[str, str],
        topic: str = "other",
        subject: str | None = None,
        tables: Collection[str] = (),
    ) -> Settings:
        """Reads the statements of a block: keys in `known` are used, keys in `ignored` can decide nothing (the
        value says why; a trailing `*` stands for any ending), others are not understood. Blocks inside are
        for the caller if they are in `tables`.
        """
        unknown = self._statements(block, known, ignored, topic, subject)
        for line in block.bad:
            unknown[f"line {line}"] = line
            self.missed.append((line, topic, subject))
        for name, inner in block.tables.items():
            if name in ignored and name not in tables:
                self.ignore_all(inner)
            elif name not in tables:
                unknown[name] = inner.line
                self.miss(inner, topic, subject)
        values = block.settings()
        for key in SWITCHES.intersection(values, known):
            if values[key].values not in ((), ("enable",), ("disable",)):
                unknown[key] = values[key].line
                self.missed.append((values[key].line, topic, subject))
        return Settings(values, unknown)

    def _statements(
        self,
        block: Block,
        known: Collection[str],
        ignored: Mapping[str, str],
        topic: str,
        subject: str | None,
    ) -> dict[str, int]:
        """Accounts for the statements of a block; gives the keys that are not understood, with their lines."""
        self.use(block.frame)
        unknown: dict[str, int] = {}
        for _, key, _, line, last in block.statements:
            if key in known:
                self.ledger.use_range(line, last)
            elif key in ignored or _begins(key, ignored):
                self.ledger.ignore_range(line, last)
            else:
                unknown[key] = line
                self.missed.extend((n, topic, subject) for n in range(line, last + 1))
        return unknown

    def rows(self, table: Block, topic: str, subject: str | None = None) -> list[Block]:
        """The entries of a table, in order; entries that stand for damaged lines are among them. Statements
        that stand in no entry are not understood, and put the table in doubt."""
        self.use(table.frame)
        for statement in table.statements:
            table.doubted("statements stand outside of its entries")
            for line in range(statement.line, statement.last + 1):
                self.missed.append((line, topic, subject))
        for line in table.bad:
            self.missed.append((line, topic, subject))
        for inner in table.tables.values():
            table.doubted("a block stands outside of its entries")
            self.miss(inner, topic, subject)
        return list(table.entries.values())


def _begins(key: str, patterns: Mapping[str, str]) -> bool:
    position = key.find("-")
    while position != -1:
        if key[: position + 1] + "*" in patterns:
            return True
        position = key.find("-", position + 1)
    return False
