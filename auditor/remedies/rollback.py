"""How to take a remedy back, out of its commands alone: in the reverse order, so that nothing is used that is gone."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from auditor.remedies import frr
from auditor.remedies import rollback_old as old
from auditor.remedies import rollback_sets as sets
from auditor.remedies.blocks import header_of
from auditor.remedies.replaced import has_head, old_value, taken
from parsers.former_lines import WAS
from parsers.platform import Text

_NO = {
    "arista_eos": "no", "aruba_aoscx": "no", "cisco_ios": "no", "cisco_nxos": "no", "cisco_xe": "no",
    "cisco_xr": "no", "dell_os10": "no", "hp_comware": "undo", "huawei_vrp": "undo",
}  # fmt: skip
"""Systems with blocks below headers, and the word that takes a line back."""
_RENUMBERS = re.compile(r".*\bresequence\b.*|step \d+.*|rule move .*|move rule .*")
_CREATED = re.compile(
    r"route-map \S+ deny \d+|vlan access-map \S+ \d+|class ipv?6? ALLOW_SERVICE"
    r"|ip(?:v6)? access-list (?:extended )?(?:ALLOW-)?SERVICE"
)
"""Headers of what a remedy makes as a whole."""
_NEW = re.compile(r"traffic (?:classifier|behavior) ALLOW-SERVICE|acl (?:ipv6 )?(?:advanced )?\d+$")
"""Headers of what a remedy makes as a whole where the configuration does not have it."""
_NUMBERED = re.compile(r"(?P<id>(?:(?:seq|sequence|rule) )?\d+) (?:permit|deny|class) .*")
_WAS = re.compile(rf"[!#] {WAS}")
"""A remark that says what an entry was which a remedy takes out."""
_KEPT = re.compile(r"commit|copy .*|reload")


def rollback(platform: str, commands: Sequence[str], texts: Sequence[Text] = ()) -> tuple[str, ...]:
    """The commands that undo `commands`; empty where that needs a look at the device. What they replace is taken from
    the texts."""
    if any(" -c 'configure terminal' " in command for command in commands):
        return tuple(_vtysh(commands))
    typed = [c for c in commands if _WAS.match(c) or (c.strip() and c.lstrip()[0] not in "#!")]
    if not typed:
        return ()
    if platform in _NO:
        return tuple(_blocks(typed, _NO[platform], texts))
    if platform in _WITH_OLD:
        return tuple(_WITH_OLD[platform](typed, texts))
    make = _MAKERS.get(platform)
    return tuple(make(typed)) if make is not None else ()


def _vtysh(commands: Sequence[str]) -> Iterator[str]:
    """FRR: the same statement, made or taken back."""
    for command in reversed(commands):
        *headers, statement = frr.statements(command)
        kept = statement.removeprefix("no ")
        back = kept if kept != statement else f"no {statement}"
        yield frr.with_statements(command, [*headers, back])


def _blocks(commands: Sequence[str], no: str, texts: Sequence[Text]) -> Iterator[str]:
    """The blocks in reverse, what stands below their headers negated. Renumbering stays: it changes no verdict."""
    blocks: list[list[str]] = []
    for command in commands:
        if (command.startswith((" ", "\t")) or _WAS.match(command)) and blocks:
            blocks[-1].append(command)
        else:
            blocks.append([command])
    ending = [b for b in blocks if _KEPT.fullmatch(b[0])]
    unlike: list[list[str]] = []
    for block in blocks:
        if block not in ending and block[0] != "exit" and block not in unlike:
            unlike.append(block)
    for block in reversed(unlike):
        yield from _block(block, no, texts)
    yield from dict.fromkeys(line for block in ending for line in block)


def _policies(block: list[str], texts: Sequence[Text]) -> Iterator[str]:
    """EOS: a policy that the configuration does not have is taken back as a whole."""
    made = [x for x in block if x.strip().startswith("traffic-policy ") and not has_head(texts, x)]
    if made:
        yield from (block[0], *(f"   no {line.strip()}" for line in made))


def _whole(block: list[str], no: str, texts: Sequence[Text]) -> list[str] | None:
    """What takes back a block that was made as a whole; None for one that was there."""
    made = _CREATED.fullmatch(block[0])
    new = _NEW.match(block[0])
    if new is not None and texts and not has_head(texts, new[0]):
        made = new
    if made is not None:
        return [f"{no} {made[0]}"]
    return list(_policies(block, texts)) if block[0] == "traffic-policies" else None


def _block(block: list[str], no: str, texts: Sequence[Text]) -> Iterator[str]:
    if (whole := _whole(block, no, texts)) is not None:
        yield from whole
        return
    out = []
    undone = False
    for place, command in enumerate(block):
        if said := _WAS.match(command):
            out.append(command[said.end() :])
            undone = True
            continue
        text = command.strip()
        indent = command[: _depth(command)]
        following = block[place + 1] if place + 1 < len(block) else ""
        below = _depth(following) > len(indent) or bool(_WAS.match(following) and place == 0)
        if _RENUMBERS.fullmatch(text) or (place and _WAS.match(block[place - 1])):
            continue
        if text.startswith("rule name "):
            out.append(f"{indent}{no} {text}")
            undone = True
            break  # what stands below a rule goes with it
        if below:
            out.append(command)
            continue
        undone = True
        out += _negated(text, indent, no, header_of(block, place), texts)
    if undone:
        yield from out


def _negated(
    text: str, indent: str, no: str, header: str | None, texts: Sequence[Text]
) -> list[str]:
    """What takes one statement back: what it took away or replaced, else its negation."""
    if text.startswith(f"{no} "):
        wanted = text.removeprefix(f"{no} ")
        return _as_it_was(taken(texts, header, wanted), indent) or [f"{indent}{wanted}"]
    if was := old_value(texts, header, text):
        return [f"{indent}{was}"]
    numbered = _NUMBERED.fullmatch(text)
    named = numbered["id"] if numbered is not None else text
    if text.startswith("classifier "):
        named = " ".join(text.split()[:2])
    return [f"{indent}{no} {named}"]


def _as_it_was(lines: list[str], indent: str) -> list[str]:
    """Lines with another indentation of the first one."""
    cut = _depth(lines[0]) if lines else 0
    return [f"{indent}{line[cut:]}" for line in lines]


def _depth(line: str) -> int:
    return len(line) - len(line.lstrip())


def _asa(commands: Sequence[str], texts: Sequence[Text]) -> Iterator[str]:
    """Entries that were taken out come in last, each at the place that it had: the list has its length again then."""
    was = [found.string[found.end() :].strip() for c in commands if (found := _WAS.match(c))]
    entries = {re.sub(r"^(access-list \S+) line \d+ ", r"\1 ", one) for one in was}
    for command in reversed([c for c in commands if not _WAS.match(c)]):
        wanted = command.removeprefix("no ")
        if wanted != command:
            if wanted not in entries:
                yield from taken(texts, None, wanted) or [wanted]
        elif old_one := old_value(texts, None, command):
            yield old_one
        else:
            yield "no " + re.sub(r"^(access-list \S+) line \d+ ", r"\1 ", command)
    yield from was


def _junos(_: Sequence[str]) -> Iterator[str]:
    yield from ("rollback 1", "commit")


_WITH_OLD: dict[str, Callable[[Sequence[str], Sequence[Text]], Iterator[str]]] = {
    "checkpoint_gaia": old.gaia,
    "cisco_asa": _asa,
    "dell_sonic": old.sonic,
    "fortinet": old.fortios,
    "linux": old.linux,
    "mikrotik_routeros": old.routeros,
    "nokia_srl": old.srl,
    "nokia_sros": old.sros,
    "paloalto_panos": old.panos,
    "ubiquiti_edgerouter": old.vyatta,
    "vyos": old.vyatta,
}
"""Systems whose old values and statements are looked up in the texts."""
_MAKERS: dict[str, Callable[[Sequence[str]], Iterator[str]]] = {
    "cumulus_linux": sets.cumulus,
    "f5_tmsh": sets.tmsh,
    "juniper_junos": _junos,
}
