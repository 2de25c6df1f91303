"""What platforms say about themselves, for `auditor platform` and for the pages in docs/platforms."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import NamedTuple

from parsers.platform import Command, Tell
from parsers.registry import PLATFORMS, platform


class PlatformDoc(NamedTuple):
    """A platform's documentation. `readme` is the text of its folder, without its title."""

    name: str
    title: str
    vendor: str
    aliases: tuple[tuple[str, str], ...]
    commands: tuple[Command, ...]
    topics: tuple[str, ...]
    tells: tuple[Tell, ...]
    about: str
    readme: str


@cache
def platform_doc(name: str) -> PlatformDoc:
    """The documentation of a platform. Raises UnknownPlatform."""
    found = platform(name)
    text = resources.files(PLATFORMS[name]).joinpath("README.md").read_text("utf-8")
    head, _, body = text.strip().partition("\n")
    return PlatformDoc(
        found.name,
        found.title,
        found.vendor,
        tuple(found.aliases.items()),
        found.commands,
        tuple(sorted(found.topics)),
        tuple(sorted(found.tells, key=lambda tell: -tell.weight)),
        head.lstrip("# ").partition(": ")[2],
        body.strip(),
    )


WEIGHTS = "100 settles it, 10 is typical, 3 is a hint, below 0 speaks against it"
