"""Firewall policies: from an entry of the policy table to entries of filters.

Sources: Fortinet, CLI reference, `firewall policy` (the action is deny where nothing sets it, `status` is enable);
Administration Guide, "Policies": the first policy whose every condition holds decides, in the order of the list.
A policy of which only a part is known gives two entries: one that is certain for what is known, one that is not
for all that the policy may match.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from parsers.fortinet import policy_keys as keys
from parsers.fortinet.addresses import ALL, AddressBook, Addresses
from parsers.fortinet.blocks import DAMAGE, Block
from parsers.fortinet.complement import complement
from parsers.fortinet.draft import Draft, Settings
from parsers.fortinet.services import Service, ServiceBook, Shape
from parsers.model.addresses import AddressSpec
from parsers.model.filters import Action, Entry, Match, Symptom

_LAST_ID = 4294967294
_ACTIONS = {"accept": Action.PERMIT, "deny": Action.DENY, "": Action.DENY}


@dataclass
class Books:
    """The objects that the policies of a virtual domain name; `symptom` is what a denied sender sees."""

    addresses: dict[int, AddressBook]
    services: ServiceBook
    always: frozenset[str]
    symptom: Symptom = Symptom.TIMEOUT


class Ends(NamedTuple):
    """The interfaces and zones on one side of a policy; `names` None is any. `open` is True where it may be
    for others too."""

    names: frozenset[str] | None
    open: bool = False
    line: int = 0


class Policy(NamedTuple):
    """A policy: its interfaces and zones, and its entries."""

    name: str
    line: int
    sources: Ends
    destinations: Ends
    entries: tuple[Entry, ...]
    settings: Settings
    action: Action


class _Side(NamedTuple):
    """One side of a policy in one family: what matches for certain and at most; None is every address."""

    certain: AddressSpec | None
    most: AddressSpec | None
    none_certain: bool
    none_at_all: bool
    doubt: str | None


def read_policy(
    draft: Draft, entry: Block, books: Books, families: tuple[int, ...], subject: str
) -> Policy | None:
    """The policy of an entry; None if it is turned off."""
    if entry.name.startswith(DAMAGE):
        draft.use(entry.frame)
        for line in entry.lines():
            draft.miss_line(line, "filter", subject)
        unknown = Entry(
            entry.line, Action.UNKNOWN, (Match(),), "the line is not understood", label=None
        )
        anywhere = Ends(None)
        return Policy(
            "", entry.line, anywhere, anywhere, (unknown,), Settings({}, {}), Action.UNKNOWN
        )
    values = draft.take(entry, keys.ALL_READ, keys.IGNORED, "filter", subject)
    if values.get("status").text == "disable" and not entry.doubt:
        return None
    return _Reader(draft, entry, books, values, families).policy()


class _Reader:
    """One policy in the making."""

    def __init__(
        self,
        draft: Draft,
        entry: Block,
        books: Books,
        values: Settings,
        families: tuple[int, ...],
    ) -> None:
        self.draft = draft
        self.entry = entry
        self.books = books
        self.values = values
        self.families = families
        self.doubts: list[str] = []

    def policy(self) -> Policy:
        """The policy with its entries."""
        values = self.values
        self._conditions()
        action, effect = self._action()
        service = self._service()
        sources, destinations = self._ends("srcintf"), self._ends("dstintf")
        certain: list[Match] = []
        most: list[Match] = []
        part_doubts: dict[str, None] = {}
        for family in self.families:
            pair = self._sides(family)
            if pair is None:
                continue
            src, dst = pair
            for doubt in (src.doubt, dst.doubt, service.doubt):
                if doubt:
                    part_doubts[doubt] = None
            if not (src.none_certain or dst.none_certain):
                certain += _matches(family, src.certain, dst.certain, self._shapes(service, True))
            if not (src.none_at_all or dst.none_at_all):
                most += _matches(family, src.most, dst.most, self._shapes(service, False))
        symptom = Symptom.RESET if values.on("send-deny-packet") else self.books.symptom
        label = self.entry.name
        line = self.entry.line
        entries = []
        if self.doubts:
            reason = "; ".join(dict.fromkeys((*self.doubts, *part_doubts)))
            entries.append(Entry(line, action, tuple(most), reason, symptom=symptom, label=label))
        else:
            if certain:
                matches = tuple(certain)
                entries.append(Entry(line, action, matches, None, symptom=symptom, label=label))
            if part_doubts:
                reason = "; ".join(part_doubts)
                entries.append(
                    Entry(line, action, tuple(most), reason, symptom=symptom, label=label)
                )
        if effect:
            entries = [_undecided(found, effect) for found in entries]
        return Policy(
            self.entry.name,
            line,
            sources,
            destinations,
            tuple(entries),
            values,
            action,
        )

    def _conditions(self) -> None:
        """What makes it uncertain whether the policy matches."""
        values, doubts = self.values, self.doubts
        self._soundness()
        for key, reason in keys.CONDITIONS.items():
            if reason and values.has(key):
                doubts.append(reason)
        for key, reason in keys.SWITCHES.items():
            if reason and values.get(key).text not in ("", "disable"):
                doubts.append(reason)
        if any(values.get(key).text not in ("", "0") for key in keys.REPUTATION):
            doubts.append("it asks for the reputation of addresses")
        mask = values.get("tos-mask").text
        if mask and _hexadecimal(mask) != 0:
            doubts.append("it looks at the TOS")
        for key in ("internet-service", "internet-service-src"):
            if 4 in self.families and values.get(key).text not in ("", "disable"):
                doubts.append("it is for services that the device has a list of")
        schedule = values.get("schedule")
        if schedule.values and schedule.text not in self.books.always:
            doubts.append(f"schedule '{schedule.text}' does not hold at every time")

    def _soundness(self) -> None:
        """What of the entry itself is not understood."""
        values, doubts = self.values, self.doubts
        if self.entry.doubt:
            doubts.append(self.entry.doubt)
        doubts.extend(f"'{key}' is not understood" for key in values.unknown)
        name = self.entry.name
        if not (name.isascii() and name.isdecimal()) or int(name) > _LAST_ID:
            doubts.append(f"'{name}' is no number of a policy")
        if values.get("status").text not in ("", "enable", "disable"):
            doubts.append("its status is not understood")

    def _action(self) -> tuple[Action, str | None]:
        """The action, and what may happen to packets that it permits."""
        values = self.values
        word = values.get("action").text
        action = _ACTIONS.get(word)
        if action is None:
            return Action.UNKNOWN, f"action '{word}' is not worked out"
        if action is not Action.PERMIT:
            return action, None
        for key, reason in keys.EFFECTS.items():
            if values.get(key).text not in ("", "disable"):
                return action, reason
        if values.get(keys.BOTNET).text == "block":
            return action, "it blocks addresses on a list of the device"
        if values.on("utm-status"):
            profiles = [key for key in sorted(keys.PROFILES) if values.has(key)]
            if values.get("ssl-ssh-profile").text not in keys.UNINSPECTED:
                profiles.append("ssl-ssh-profile")
            if profiles:
                return action, f"security profiles may block sessions: {', '.join(profiles)}"
        return action, None

    def _service(self) -> Service:
        values = self.values
        named = values.get("service")
        if not named.values:
            if not any(values.on(key) for key in ("internet-service", "internet-service6")):
                self.doubts.append("the policy has no service")
            return Service((Shape(None),))
        if "ALL" in named.values and len(named.values) > 1:
            rest = self.books.services.union([n for n in named.values if n != "ALL"], named.line)
            return Service(rest.shapes, "ALL stands beside other services")
        return self.books.services.union(named.values, named.line)

    def _shapes(self, service: Service, certain: bool) -> tuple[Shape, ...]:
        """The alternatives that match for certain, or at most."""
        negated = self.values.get("service-negate").text == "enable"
        if not negated:
            return service.shapes if certain else service.widest
        if certain and service.doubt:
            return ()
        inverse = complement(service.shapes)
        if inverse is None:
            self.doubts.append("the negation of these services is not worked out")
            return (Shape(None),)
        return inverse

    def _sides(self, family: int) -> tuple[_Side, _Side] | None:
        """Both sides in a family; None if the policy is not for the family."""
        sides = []
        for word in ("src", "dst"):
            side = self._side(word, family)
            if side is None:
                return None
            sides.append(side)
        return sides[0], sides[1]

    def _side(self, word: str, family: int) -> _Side | None:
        values = self.values
        own = f"{word}addr" if family == 4 or len(self.families) == 1 else f"{word}addr6"
        if family == 4 and values.has(f"{word}addr4"):
            own = f"{word}addr4"
        elif family == 6 and values.has(f"{word}addr6"):
            own = f"{word}addr6"
        named = values.get(own)
        service = "internet-service" if family == 4 else "internet-service6"
        if word == "src":
            service += "-src"
        if values.get(service).text not in ("", "disable"):
            # 6.4 and later: one policy for both families
            if family == 6:
                self.doubts.append("it is for services that the device has a list of")
            return _Side(None, None, True, False, None)
        if not named.values:
            if len(self.families) == 2 and self._has_other(word, family):
                return None
            self.doubts.append(f"the policy has no {own}")
            return _Side(None, None, True, False, None)
        book = self.books.addresses[family]
        found = book.union(named.values, named.line)
        if "all" in named.values and len(named.values) > 1:
            rest = book.union([n for n in named.values if n != "all"], named.line)
            found = Addresses(rest.terms, "'all' stands beside other addresses")
        negated = self._negated(word, family)
        if negated is None:
            reason = f"whether {word}addr-negate is for IPv6 depends on the release"
            return _Side(None, None, True, False, reason)
        return _side_of(found, negated, family)

    def _has_other(self, word: str, family: int) -> bool:
        """Whether a policy for both families names addresses of the other one."""
        other = (f"{word}addr", f"{word}addr4") if family == 6 else (f"{word}addr6",)
        service = "internet-service6" if family == 4 else "internet-service"
        return any(self.values.has(key) for key in other) or self.values.on(service)

    def _negated(self, word: str, family: int) -> bool | None:
        """Whether a side is turned round. Up to 7.0 one switch is for both families (CLI reference,
        `srcaddr-negate`); None where the release decides and is not known."""
        values = self.values
        plain = values.get(f"{word}addr-negate")
        if family == 4 or len(self.families) == 1:
            return plain.text == "enable"
        six = values.get(f"{word}addr6-negate")
        if six.values:
            return six.text == "enable"
        if plain.text == "enable":
            release = self.draft.release
            return None if release is None else release < (7, 2)
        return False

    def _ends(self, key: str) -> Ends:
        """The interfaces and zones of a side; a policy of one interface has one side."""
        named = self.values.get(key)
        if not named.values and not self.values.has("interface") and not self.values.has("intf"):
            self.doubts.append(f"the policy has no {key}")
            return Ends(frozenset(), True)
        names = frozenset(named.values)
        if not names or names == {"any"}:
            return Ends(None, line=named.line)
        return Ends(names - {"any"}, "any" in names, named.line)


def _undecided(entry: Entry, effect: str) -> Entry:
    """An entry that decides, and of which it is not known how."""
    reason = "; ".join(filter(None, (entry.uncertain, effect)))
    return entry._replace(action=Action.UNKNOWN, uncertain=reason)


def _side_of(found: Addresses, negated: bool, family: int) -> _Side:
    everything = ALL[family]
    terms = found.terms
    whole = everything in terms
    if not negated:
        certain = None if whole else AddressSpec(terms)
        none_certain = not terms
        if found.doubt and not whole:
            return _Side(certain, None, none_certain, False, found.doubt)
        return _Side(certain, certain, none_certain, none_certain, None)
    if whole:
        return _Side(None, None, True, True, None)
    most = AddressSpec(terms, negated=True) if terms else None
    if found.doubt:
        return _Side(None, most, True, False, found.doubt)
    return _Side(most, most, False, False, None)


def _matches(
    family: int,
    src: AddressSpec | None,
    dst: AddressSpec | None,
    shapes: tuple[Shape, ...],
) -> Iterator[Match]:
    wrong = 58 if family == 4 else 1
    for shape in shapes:
        if shape.icmp is not None and shape.protocols == ((wrong, wrong),):
            continue
        yield Match(
            family=family,
            protocols=shape.protocols,
            src=src,
            dst=dst,
            src_ports=shape.src_ports,
            dst_ports=shape.dst_ports,
            icmp=shape.icmp,
        )


def _hexadecimal(text: str) -> int:
    try:
        return int(text, 16)
    except ValueError:
        return -1
