"""One iptables rule: its options become conditions, a target and what the target is told."""

from __future__ import annotations

from typing import NamedTuple

from parsers.model.filters import Match, Ranges
from parsers.netfilter_style.loopback import loopback_by_address
from parsers.netfilter_style.xt_matches import HANDLERS, RuleReader
from parsers.netfilter_style.xt_words import (
    ALIASES,
    EXACT_MODULES,
    PROTOCOL_MODULES,
    SHORT_OPTIONS,
    TARGET_OPTIONS,
)


class Parts(NamedTuple):
    """What the options of one rule say. `target` None is a rule that only counts, unless `lost`
    says that a word was not understood: it may have been the target.
    """

    matches: tuple[Match, ...]
    uncertain: str | None
    target: str | None
    goto: bool
    reject_with: str | None
    modules: frozenset[str]
    options: dict[str, list[str]]
    only_family: int
    lost: bool


def read_rule(words: list[str], index: int, family: int) -> Parts:
    """The parts of the rule that begins at `words[index]` (behind `-A CHAIN`)."""
    reader = RuleReader(words, index, family)
    while reader.index < len(words):
        _option(reader)
    for name, protocol in PROTOCOL_MODULES.items():
        if name in reader.modules and not _covers(reader.protocols, protocol):
            reader.doubt(f"-m {name} without -p {name}")
    lost = bool(reader.doubts)
    matches = loopback_by_address(reader.joined(), family)
    return Parts(
        matches,
        "; ".join(reader.doubts) or None,
        reader.target,
        reader.goto,
        " ".join(reader.options.get("reject-with", ())) or None,
        frozenset(reader.modules),
        reader.options,
        reader.only,
        lost,
    )


def _covers(protocols: Ranges | None, protocol: int) -> bool:
    return protocols is not None and protocols == ((protocol, protocol),)


def _option(reader: RuleReader) -> None:
    word = reader.words[reader.index]
    reader.index += 1
    negated = False
    if word == "!":
        negated = True
        if reader.index >= len(reader.words):
            reader.doubt("a lone !")
            return
        word = reader.words[reader.index]
        reader.index += 1
    name = SHORT_OPTIONS.get(word)
    if name is None:
        if word[:2] == "--":
            name, equals, value = word[2:].partition("=")
            if equals:
                reader.index -= 1
                reader.words = [
                    *reader.words[: reader.index],
                    value,
                    *reader.words[reader.index + 1 :],
                ]
            name = ALIASES.get(name, name)
        elif word[:1] == "-" and word[:2] in SHORT_OPTIONS and len(word) > 2:
            name = SHORT_OPTIONS[word[:2]]
            reader.index -= 1
            reader.words = [
                *reader.words[: reader.index],
                word[2:],
                *reader.words[reader.index + 1 :],
            ]
        else:
            reader.doubt(f"{word} is not understood")
            return
    arguments = reader.arguments()
    if arguments[:1] == ["!"]:
        negated = True
        del arguments[0]
    handler = HANDLERS.get(name)
    if handler is None:
        reader.options[f"!{name}" if negated else name] = arguments
        if name in ("mark", "mss", "mode") and negated:
            reader.options[name] = arguments
        if not (name in TARGET_OPTIONS and reader.target) and not reader.modules - EXACT_MODULES:
            reader.doubt(f"--{name}")
        return
    try:
        handler(reader, arguments, negated)
    except (ValueError, IndexError):
        reader.doubt(f"{' '.join([word, *arguments])} is not understood")
