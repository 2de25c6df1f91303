"""Hosts files: entries that override the service's names, and where their addresses lie."""

from __future__ import annotations

import datetime
import re
from typing import NamedTuple

from auditor.diagnosis.addresses import Address, Place, address_of, place_of
from auditor.diagnosis.errors import UnreadableInput
from auditor.diagnosis.secrets import clean
from auditor.diagnosis.text_input import TruncatedText, blocks, opened
from rules.service import Service

MARK = "auditor: work-around"
"""What marks an entry that `auditor hosts` wrote."""
NAMES: dict[str, tuple[str, ...]] = {"bitbucket": ("bitbucket.org", "bytebucket.org")}
"""Domains of the services that ship with the project; what lies below them counts too."""

_MARKED = re.compile(re.escape(MARK) + r", added (\d{4}-\d\d-\d\d), remove by (\d{4}-\d\d-\d\d)")


class Entry(NamedTuple):
    """A line that gives an address to names of the service."""

    line: int
    text: str
    address: Address
    names: tuple[str, ...]
    place: Place
    added: datetime.date | None
    until: datetime.date | None


class HostsFile(NamedTuple):
    """What a hosts file says of the service. `strange` are lines that are no entry, with the service's name."""

    file: str
    lines: int
    entries: tuple[Entry, ...]
    strange: tuple[tuple[int, str], ...]


def read_hosts(file: str, service: Service, domains: tuple[str, ...]) -> HostsFile:
    """Reads a hosts file. Raises UnreadableInput if it is none; an empty one says nothing."""
    entries, strange, lines = [], [], 0
    try:
        with opened(file) as stream:
            for block in blocks(stream, file):
                for number, text in enumerate(
                    block.text.decode("utf-8", "replace").splitlines(), block.line
                ):
                    lines = number
                    entry = _entry(number, text.lstrip("\ufeff"), service, domains)
                    if isinstance(entry, Entry):
                        entries.append(entry)
                    elif entry:
                        strange.append((number, clean(text)))
    except TruncatedText as error:
        raise UnreadableInput(f"{file}: {error}") from None
    return HostsFile(file, lines, tuple(entries), tuple(strange))


def _entry(number: int, text: str, service: Service, domains: tuple[str, ...]) -> Entry | bool:
    """The entry in a line; True where a line names the service and cannot be read, False for all else."""
    said, _, comment = text.partition("#")
    words = said.split()
    names = tuple(word.lower().rstrip(".") for word in words[1:] if _ours(word, domains))
    if not names:
        return False
    address = address_of(words[0])
    if address is None:
        return True
    marked = _MARKED.search(comment)
    return Entry(
        number,
        clean(text),
        address,
        names,
        place_of(address, service),
        _date(marked[1]) if marked else None,
        _date(marked[2]) if marked else None,
    )


def _ours(word: str, domains: tuple[str, ...]) -> bool:
    name = word.lower().rstrip(".")
    return any(name == domain or name.endswith(f".{domain}") for domain in domains)


def _date(text: str) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        return None
