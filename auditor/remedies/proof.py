"""Whether a remedy does what it should, and nothing else: carried out, parsed and judged again.

Three things are compared. The finding must be gone. Nothing may be worse: no new finding, no line that the parser
understands less. And of every filter that changed, the packets with another verdict than before must all be the
service's: what is beyond them is listed, since that is what a remedy opens by mistake.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from auditor.remedies.apply import REMOVALS, carried_out
from auditor.remedies.changed_packets import bare, content, treated_otherwise
from auditor.remedies.errors import NotCarriedOut
from auditor.remedies.joint import bound_since, differs
from auditor.remedies.proposed import proposed
from auditor.remedies.way_back import not_led_back
from auditor.reports.model import ProofPart
from parsers.model.addresses import prefix_term
from parsers.model.device import Device
from parsers.model.filters import Filter
from parsers.platform import CONFIGURATION, Inputs, Platform, Text
from rules.finding import Finding
from rules.packets.cubes import (
    ICMP,
    ICMP_NUMBER,
    LATER,
    TCP,
    TCP_NUMBER,
    Box,
    full_box,
    kind_of,
    shape_of,
)
from rules.packets.evaluate import evaluate
from rules.packets.sets import EMPTY, PacketSet, between
from rules.packets.verdicts import Outcome
from rules.rule import check_all
from rules.service import Service
from rules.view import View

SHOWN = 6
LED_BACK = "taken back, all is judged as before"


def proof(
    view: View,
    platform: Platform,
    texts: Sequence[Text],
    before: Sequence[Finding],
    finding: Finding,
) -> ProofPart | None:
    """The proof for the commands that a finding proposes; None where it proposes none."""
    commands = proposed(platform, finding, texts)
    if not commands:
        return None
    try:
        changed = carried_out(platform.name, texts, commands)
    except NotCarriedOut as error:
        return ProofPart(holds=False, words=f"not tried: {error}")
    device = platform.parse(Inputs(view.device.name, platform.name, changed))
    known = {unread.text for unread in view.device.not_understood}
    unread = [u.text.strip() for u in device.not_understood if u.text not in known]
    if unread or device.lines.not_understood > view.device.lines.not_understood:
        said = f": {unread[0]}" if unread else ""
        if said.startswith(": move rulebase "):
            said = " by this firewall: Panorama pushed the rule that decides, and one before it is made there"
        return ProofPart(holds=False, words=f"not tried: the remedy cannot be read back{said}")
    if lost := _lost(view.device, device, commands):
        return ProofPart(
            holds=False, words=f"not tried: read back, {lost} would lose other entries"
        )
    outputs = {text.file for text in texts if text.command != CONFIGURATION}
    found = _compared(view, device, before, finding)
    stale = [place.file for place in finding.evidence if place.file in outputs]
    if (
        not found.holds
        and not found.opened
        and stale
        and changed_only(texts, changed, CONFIGURATION)
    ):
        said = f"not tried: the finding rests on {stale[0]}, which the device would print anew"
        return ProofPart(holds=False, words=said)
    if not found.holds:
        return found
    failed = not_led_back(view, platform, texts, changed, before, commands)
    if failed is None:
        return found
    said = f"the way back was not proved: {failed}" if failed else LED_BACK
    return found.model_copy(update={"words": f"{found.words}; {said}"})


def _lost(old: Device, new: Device, commands: Sequence[str]) -> str:
    """A filter whose entries are not all there any more, though no command takes one away: the parser reads what
    was typed behind the configuration as a list that replaces the first, which no device does."""
    if any(command.strip().startswith(REMOVALS) for command in commands):
        return ""
    for name, _, before, after in _changed_filters(old, new):
        entries = iter([bare(entry) for entry in after.entries])
        if not all(bare(entry) in entries for entry in before.entries):
            return name
    return ""


def changed_only(before: Sequence[Text], after: Sequence[Text], command: str) -> bool:
    """Whether no text but that of `command` changed."""
    return all(old == new or old.command == command for old, new in zip(before, after, strict=True))


def _compared(view: View, device: Device, before: Sequence[Finding], finding: Finding) -> ProofPart:
    after = check_all(View(device, view.service, view.options))
    keys = {(f.code, f.subject) for f in before}
    if any((f.code, f.subject) == (finding.code, finding.subject) for f in after):
        return ProofPart(holds=False, words="carried out, the finding is still there")
    new = [f for f in after if (f.code, f.subject) not in keys and f.outcome.value != "note"]
    if new:
        said = f"the finding is gone, but there is a new one: {new[0].code} {new[0].message}"
        return ProofPart(holds=False, words=said)
    return _opened(view, device)


def _opened(view: View, device: Device) -> ProofPart:
    mine = service_packets(view.service)
    words: list[str] = []
    beyond: list[str] = []
    closed: list[str] = []
    for name, family, old, new in _changed_filters(view.device, device):
        bound = bound_since(view.device, device, new, family)
        if bound is None:
            difference = treated_otherwise(view.device, device, old, new, family)
        else:
            difference = differs(view.device, device, old, new, family, bound)
            if not difference:
                continue
        if difference is None:
            said = f"the finding is gone; {name} is too long to compare every packet"
            return ProofPart(holds=False, words=said)
        left = closed_to_former(view, device, new, family, difference)
        words.append(f"{name} (IPv{family}) treats otherwise: {_described(difference - left)}")
        if left:
            closed.append(f"{name} (IPv{family}) drops now: {_described(left)}")
        if other := difference - mine - left:
            beyond.append(f"{name} (IPv{family}): {other.describe(SHOWN)}")
    if beyond:
        said = "the finding is gone, but packets that are not the service's change too"
        return ProofPart(holds=False, words=said, opened=tuple(beyond))
    if not words:
        return ProofPart(
            holds=True, words="carried out and judged again: the finding is gone, no filter changed"
        )
    said = f"carried out and judged again: the finding is gone; {'; '.join(words)}; all of it is the service's"
    if closed:
        said += f"; {'; '.join(closed)}, which was the service's and is no longer published"
    return ProofPart(holds=True, words=said)


def closed_to_former(
    view: View, device: Device, found: Filter, family: int, difference: PacketSet
) -> PacketSet:
    """Packets of a difference that are no longer let through to ranges which the service has left."""
    terms = tuple(prefix_term(str(p)) for p in view.service.former if p.version == family)
    if not terms:
        return EMPTY
    shapes = [*_tcp(family, view.service, 7), _later(family, TCP_NUMBER)]
    left = difference & between(None, terms, shapes)
    return evaluate(device.filters, found.key, family, left).part(Outcome.DENY) if left else EMPTY


def _described(packets: PacketSet) -> str:
    """A set in words; later fragments are many small sets, and are only mentioned."""
    whole = PacketSet(box for box in packets.boxes if kind_of(box[0]) != LATER)
    more = " and later fragments" if len(whole.boxes) < len(packets.boxes) else ""
    return f"{whole.describe(SHOWN)}{more}" if whole else "later fragments"


def service_packets(service: Service) -> PacketSet:
    """Whatever may be opened for a service: its sessions from anywhere, both ways, and the messages of Path MTU
    Discovery. Later fragments show neither ports nor types, so those of TCP with the service, and those of ICMP,
    go along."""
    found = EMPTY
    for family in (4, 6):
        if terms := service.terms(family):
            later = [_later(family, TCP_NUMBER)]
            found |= between(None, terms, [*_tcp(family, service, 7), *later])
            found |= between(terms, None, [*_tcp(family, service, 5), *later])
    return found | PacketSet([*_ptb(), *(_later(f, ICMP_NUMBER[f]) for f in (4, 6))])


def _tcp(family: int, service: Service, at: int) -> list[Box]:
    """Every TCP packet to (`at` 7) or from (`at` 5) a port of the service."""
    whole = full_box(shape_of(family, TCP))
    ports = service.port_numbers()
    if at == 7:
        return [(*whole[:7], port, port, *whole[9:]) for port in ports]
    return [(*whole[:5], port, port, *whole[7:]) for port in ports]


def _ptb() -> list[Box]:
    """Frag-Needed and Packet Too Big between any two addresses, in any state."""
    four, six = full_box(shape_of(4, ICMP)), full_box(shape_of(6, ICMP))
    return [(*four[:5], 3, 3, 4, 4, *four[9:]), (*six[:5], 2, 2, 0, 0, *six[9:])]


def _later(family: int, protocol: int) -> Box:
    """Later fragments of a protocol."""
    whole = full_box(shape_of(family, LATER))
    return (*whole[:5], 0, 0, 0, 0, 1 << protocol, whole[10])


def _changed_filters(old: Device, new: Device) -> Iterator[tuple[str, int, Filter, Filter]]:
    """The filters that are not what they were, for each family that they see; lines aside."""
    for key, after in new.filters.items():
        before = old.filters.get(key)
        if before is None or content(before) == content(after):
            continue
        for family in (4, 6) if key[1] == 0 else (key[1],):
            yield (after.names[0] if after.names else after.key), family, before, after
    for before, after in _exchanged(old, new):
        for family in (4, 6) if after.family == 0 else (after.family,):
            yield after.names[0] if after.names else after.key, family, before, after


def _exchanged(old: Device, new: Device) -> Iterator[tuple[Filter, Filter]]:
    """Filters that another one acts in the place of, each pair once."""
    was, now = _acting(old), _acting(new)
    pairs = {
        (before, after)
        for place, keys in was.items()
        if len(keys) == len(now.get(place, ()))
        for before, after in zip(keys, now[place], strict=True)
        if before != after
    }
    for before, after in sorted(pairs):
        yield old.filters[before], new.filters[after]


def _acting(device: Device) -> dict[tuple[str, str, int], list[tuple[str, int]]]:
    """The keys of the filters that act on an interface in a direction, in the order in which packets meet them."""
    found: dict[tuple[str, str, int], list[tuple[str, int]]] = {}
    for bound in sorted(device.bindings, key=lambda one: one.order):
        key = (bound.key, bound.family)
        if key in device.filters:
            place = (bound.interface or "", bound.direction, bound.family)
            found.setdefault(place, []).append(key)
    return found
