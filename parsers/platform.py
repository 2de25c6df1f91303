"""What a platform is: how it is recognised, which read-only commands it answers, how it is read."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from parsers.model.device import Device
from parsers.model.source import Where

CONFIGURATION = "running-config"
"""The command name that every platform uses for its configuration."""


class Text(NamedTuple):
    """One text of a device: the file it came from (as reports show it), the command that printed
    it (`running-config` for a configuration), and its lines without line ends."""

    file: str
    command: str
    lines: list[str]


class Inputs(NamedTuple):
    """All texts of one device. `name` is what the inventory or the folder calls it."""

    name: str
    platform: str
    texts: tuple[Text, ...]

    def of(self, command: str) -> Text | None:
        """The text that `command` printed, None if it was not collected."""
        return next((text for text in self.texts if text.command == command), None)


class Tell(NamedTuple):
    """A regular expression (multi-line mode, case kept) that speaks for a platform.

    `weight`: 100 settles it (the device names its own system), 10 is typical, 3 is a hint; a negative
    weight speaks against it. It says nothing where `unless`, if given, is found too.
    """

    pattern: str
    weight: int
    unless: str = ""


class Command(NamedTuple):
    """A read-only command, and what it gives in a few words.

    On systems with a shell: `root` says that others than root are refused, `sbin` that its program lies where the
    PATH of others may not lead. `none` says that printing nothing means that there is none.
    """

    text: str
    gives: str
    root: bool = False
    sbin: bool = False
    none: bool = False


class Remedy(NamedTuple):
    """What a rule wants changed, in neutral words, for the platform to say in commands.

    `kind` is one of: permit-flow, permit-return, permit-ptb, send-ptb, clamp-mss, per-flow,
    remove-null-route, remove-former (entry `number`, which permits TCP to one prefix and port), resequence (`number`
    is the step), raise-ptb-limit, lower-mss-only (`number` is the MSS),
    harden-ptb (which hardening guide asks for silence, and the setting that satisfies it and sends the message).
    The other fields are given where the kind needs them; `number` is the first free number for new entries. `decides`
    is the key of the filter that holds the deciding entry or last action, where a jump from `filter` leads there;
    `before`, `number` and `last` (the greatest number in use) are of that filter, and `form` is its kind (for per-flow
    the statement that spreads, as the message has it). `unused` is a number that no entry of any filter of the device
    has, for systems that count all their policies together. `texts` are what the device printed and `where` the line
    that the finding rests on, for remedies that have to name what stands there or to build on it; both are filled in
    when commands are made.
    """

    kind: str
    filter: str | None = None
    family: int = 4
    interface: str | None = None
    prefixes: tuple[str, ...] = ()
    ports: tuple[int, ...] = ()
    before: str | None = None
    number: int | None = None
    decides: str | None = None
    last: int | None = None
    form: str = ""
    unused: int | None = None
    texts: Sequence[Text] = ()
    where: Where | None = None


class Platform(NamedTuple):
    """One platform. `topics` is computed by the platform from its own tables: which kinds of
    statements and outputs it reads (`filters`, `groups`, `interfaces`, `static routes`, `rib`, …)."""

    name: str
    vendor: str
    title: str
    tells: tuple[Tell, ...]
    commands: tuple[Command, ...]
    topics: frozenset[str]
    parse: Callable[[Inputs], Device]
    remedy: Callable[[Remedy], tuple[str, ...]]
    aliases: Mapping[str, str] = {}
