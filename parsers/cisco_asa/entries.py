"""Reads one entry of an ASA access list.

`permit|deny PROTOCOL [user …] [security …] SOURCE [ports] DESTINATION [ports] [log …] [time-range T] [inactive]`.
A word that is not understood never loses the entry: it becomes uncertain, and what was read before it remains as
a superset (Cisco ASA command reference, `access-list extended`).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from parsers.cisco_asa import names
from parsers.cisco_asa.draft import AsaDraft
from parsers.cisco_asa.objects import (
    OPERATORS,
    address_terms,
    family_of,
    icmp_test,
    is_mask,
    port_ranges,
    protocol_number,
)
from parsers.cisco_style.entries import NotUnderstood
from parsers.cisco_style.groups import Groups
from parsers.model.addresses import AddressSpec, AddressTerm
from parsers.model.filters import (
    Action,
    Entry,
    IcmpTest,
    InterfaceSpec,
    Match,
    Ranges,
    Symptom,
)

ACTIONS = {"permit": Action.PERMIT, "deny": Action.DENY, "trust": Action.PERMIT}
IcmpGroup = tuple[tuple[IcmpTest, ...], str | None]
_IDENTITY = {
    "user": 1, "user-group": 1, "object-group-user": 1, "object-group-security": 1, "security-group": 2,
}  # fmt: skip
"""Conditions on who sends, with the number of words behind them."""

_USUAL: dict[str, Ranges | None] = {"ip": None, "tcp": ((6, 6),), "udp": ((17, 17),)}
"""Protocols of the lines that are read in one go."""


class Known(NamedTuple):
    """What entries refer to: the draft, its groups expanded, and the addresses of interfaces."""

    draft: AsaDraft
    groups: Groups
    icmp: Mapping[str, IcmpGroup]
    interfaces: Mapping[str, tuple[AddressTerm, ...]]


class Reader:
    """Reads the entries of one list. `family` 0 holds both; `memo` remembers addresses."""

    def __init__(self, known: Known, family: int, symptom: Symptom) -> None:
        self.known = known
        self.family = family
        self.symptom = symptom
        self.memo: dict[tuple[str, ...], AddressSpec] = {}

    def entries(self, text: str, line: int, label: str, standard: bool) -> tuple[Entry, ...]:
        """The entries of one line: none if it is inactive, two if a group is known in part."""
        tokens = text.split()
        if not standard and (match := self._usual(tokens)) is not None:
            return (Entry(line, ACTIONS[tokens[0]], (match,), None, None, self.symptom, label),)
        ace = _Ace(self, tokens)
        try:
            ace.action = ACTIONS.get(tokens[0], Action.UNKNOWN)
            if ace.action is Action.UNKNOWN:
                raise NotUnderstood(tokens[0])
            ace.standard() if standard else ace.extended()
        except NotUnderstood as stuck:
            ace.doubt = f"{stuck.args[0]!r} is not understood"
            ace.stuck = True
        except (ValueError, IndexError):
            ace.doubt = "the entry ends early or holds no address, which is not understood"
            ace.stuck = True
        return ace.finish(line, label)

    def _usual(self, tokens: list[str]) -> Match | None:
        """What the usual line matches: `permit|deny tcp|udp|ip`, sides as `any`, `host A` or `A MASK`, and at the
        end `eq PORT` as a number. None for every other form."""
        count, protocol = len(tokens), "".join(tokens[1:2])
        if self.family or protocol not in _USUAL or tokens[0] not in ("permit", "deny"):
            return None
        try:
            src, at = self._side(tokens, 2)
            dst, at = self._side(tokens, at)
        except (NotUnderstood, ValueError, IndexError):
            return None
        if at == count:
            return Match(0, _USUAL[protocol], src, dst)
        port = tokens[-1]
        if count - at != 2 or tokens[at] != "eq" or protocol == "ip":
            return None
        if not (port.isascii() and port.isdecimal() and len(port) < 6 and int(port) < 65536):
            return None
        return Match(0, _USUAL[protocol], src, dst, None, ((int(port), int(port)),))

    def _side(self, tokens: list[str], at: int) -> tuple[AddressSpec | None, int]:
        """The address at `at`, and the place behind it. Raises ValueError for an unusual form."""
        word = tokens[at]
        if word == "any":
            return None, at + 1
        pair = (word, tokens[at + 1])
        known = self.memo.get(pair)
        if known is None:
            if word != "host" and not (word[0].isdigit() and is_mask(pair[1])):
                raise ValueError(word)
            known = self.memo[pair] = AddressSpec(address_terms(self.known.draft, list(pair)))
        return known, at + 2


class _Ace:
    """The entry under construction. `partial` names the parts of which more may exist than is known."""

    __slots__ = (
        "action", "at", "doubt", "dst", "dst_ports", "family", "icmp", "inactive", "inside", "outside",
        "partial", "protocol", "protocols", "reader", "rule", "services", "src", "src_ports", "stuck", "tokens",
    )  # fmt: skip

    def __init__(self, reader: Reader, tokens: list[str]) -> None:
        self.reader = reader
        self.tokens = tokens
        self.at = 1
        self.action = Action.UNKNOWN
        self.family = reader.family
        self.protocol = "ip"
        self.protocols: Ranges | None = None
        self.services: tuple[Match, ...] | None = None
        self.src: AddressSpec | None = None
        self.dst: AddressSpec | None = None
        self.src_ports: Ranges | None = None
        self.dst_ports: Ranges | None = None
        self.icmp: tuple[IcmpTest, ...] | None = None
        self.inside: InterfaceSpec | None = None
        self.outside: InterfaceSpec | None = None
        self.rule: str | None = None
        self.doubt: str | None = None
        self.partial: dict[str, str] = {}
        self.inactive = False
        self.stuck = False

    def standard(self) -> None:
        """`permit any|host A|A MASK`: destinations only (Cisco, "Add a Standard ACL")."""
        if len(self.tokens) == 2 and self.tokens[1] not in ("any", "any4"):
            self.dst = AddressSpec(self._terms(["host", self.tokens[1]]))
            return
        self.dst = self._address("dst")
        self._rest()

    def extended(self) -> None:
        """The form with protocol, source and destination."""
        self._protocol()
        self._identity()
        self.inside = self._interface()
        self.src = self._address("src")
        self.src_ports = self._ports("src_ports", last=False)
        self._identity()
        self.outside = self._interface()
        self.dst = self._address("dst")
        if self.at < len(self.tokens):
            self.dst_ports = self._ports("dst_ports", last=True)
            self._rest()

    # -- the parts ----------------------------------------------------------------------------

    def _word(self) -> str:
        return self.tokens[self.at] if self.at < len(self.tokens) else ""

    def _take(self) -> str:
        self.at += 1
        return self.tokens[self.at - 1]

    def _protocol(self) -> None:
        word = self._take()
        if word in ("object-group", "object"):
            name = self._take()
            group = self.reader.known.groups.services.get(name)
            self.services = group.matches if group is not None else ()
            if group is None:
                self.partial["service"] = f"{word} {name} is not defined"
            elif group.doubt:
                self.partial["service"] = group.doubt
            return
        if word == "icmp" and self.reader.family == 6:
            word = "icmp6"
        self.protocol = word
        number = protocol_number(word)
        self.protocols = None if number is None else ((number, number),)
        self.family = family_of(word) or self.family

    def _identity(self) -> None:
        while self.at < len(self.tokens) and self.tokens[self.at] in _IDENTITY:
            word = self._take()
            count = _IDENTITY[word]
            if word == "security-group" and self._word() not in ("name", "tag"):
                count = 1
            said = [self._take() for _ in range(count)]
            self.doubt = f"{word} {' '.join(said)} cannot be decided from a packet alone"

    def _interface(self) -> InterfaceSpec | None:
        """`ifc I` of the advanced form."""
        if self.at < len(self.tokens) and self.tokens[self.at] != "ifc":
            return None
        self.at += 1
        return InterfaceSpec((self._take(),))

    def _terms(self, tokens: list[str]) -> tuple[AddressTerm, ...]:
        terms = address_terms(self.reader.known.draft, tokens)
        family = self.reader.family
        if family and any(term.family != family for term in terms):
            raise NotUnderstood(" ".join(tokens))
        return terms

    def _address(self, side: str) -> AddressSpec | None:
        word = self.tokens[self.at]
        self.at += 1
        if word == "any":
            return None
        if word in ("object", "object-group"):
            return self._group(side, word, self._take())
        if word == "object-group-network-service":
            self.partial[side] = f"{word} {self._take()} cannot be decided from a packet alone"
            return AddressSpec(())
        if word == "interface":
            return self._own(side, self._take())
        words = (word, self._take()) if word == "host" else (word,)
        if word not in ("host", "any4", "any6") and "/" not in word:
            words = (word, self._take())
            if not is_mask(words[1]):
                raise NotUnderstood(words[1])
        known = self.reader.memo.get(words)
        if known is None:
            known = self.reader.memo[words] = AddressSpec(self._terms(list(words)))
        return known

    def _own(self, side: str, name: str) -> AddressSpec:
        """`interface I`: the address of an interface of the firewall."""
        terms = self.reader.known.interfaces.get(name)
        if not terms:
            self.partial[side] = f"the address of interface {name} is not in the text"
            return AddressSpec(())
        return AddressSpec(terms)

    def _group(self, side: str, word: str, name: str) -> AddressSpec:
        group = self.reader.known.groups.networks.get(name)
        if group is None:
            self.partial[side] = f"{word} {name} is not defined"
            return AddressSpec(())
        if group.doubt:
            self.partial[side] = group.doubt
        family = self.reader.family
        if not family:
            return AddressSpec(group.terms)
        return AddressSpec(tuple(term for term in group.terms if term.family == family))

    def _ports(self, side: str, last: bool) -> Ranges | None:
        """The ports at the cursor, None if none stand there. An object group there is one of ports, behind
        the source it may as well be the destination."""
        word = self._word()
        if word in OPERATORS:
            count = 3 if word == "range" else 2
            if self.protocols not in (((6, 6),), ((17, 17),), ((132, 132),)) and (
                self.services is None
            ):
                raise NotUnderstood(word)
            found = port_ranges(self.tokens[self.at : self.at + count], self.protocol)
            self.at += count
            return found
        if word != "object-group":
            return None
        name = self.tokens[self.at + 1]
        group = self.reader.known.groups.ports.get(name)
        if group is None:
            if last and self.protocol in ("icmp", "icmp6"):
                self._icmp_group(name)
            elif last:
                self.at += 2
                self.partial[side] = f"object-group {name} is not defined"
                return ()
            return None
        self.at += 2
        if group.doubt:
            self.partial[side] = group.doubt
        return group.ranges

    def _icmp_group(self, name: str) -> None:
        self.at += 2
        found = self.reader.known.icmp.get(name)
        if found is None:
            self.partial["icmp"] = f"object-group {name} is not defined"
            self.icmp = ()
            return
        self.icmp, doubt = found
        if doubt:
            self.partial["icmp"] = doubt

    def _rest(self) -> None:
        while self.at < len(self.tokens):
            word = self._take()
            if word == "inactive":
                self.inactive = True
            elif word == "log":
                self._log()
            elif word == "time-range":
                self.doubt = f"time-range {self._take()} cannot be decided from the text"
            elif word == "rule-id":
                self.rule = self._take()
            elif word == "event-log":
                if self._word() in ("flow-start", "flow-end", "both"):
                    self.at += 1
            elif word in _IDENTITY:
                self.at -= 1
                self._identity()
            else:
                self._icmp_type(word)

    def _log(self) -> None:
        if self._word() in ("disable", "default"):
            self.at += 1
            return
        if self._word() in names.LOG_LEVELS or (
            self._word().isdecimal() and len(self._word()) == 1
        ):
            self.at += 1
        if self._word() == "interval":
            self.at += 2

    def _icmp_type(self, word: str) -> None:
        if self.protocols not in (((1, 1),), ((58, 58),)) or self.icmp is not None:
            raise NotUnderstood(word)
        tokens = [word]
        if self._word().isdecimal():
            tokens.append(self._take())
        self.icmp = (icmp_test(tokens, "icmp6" if self.protocols == ((58, 58),) else "icmp"),)

    # -- the result ---------------------------------------------------------------------------

    def finish(self, line: int, label: str) -> tuple[Entry, ...]:
        """The entries of what was read; see Reader.entries."""
        if self.inactive and not self.stuck:
            return ()
        action, doubt = self._decided()
        symptom = self.reader.symptom
        if self.stuck:
            # a word in doubt may belong to what stood before it: only addresses and protocol are certain
            self.src_ports = self.dst_ports = self.icmp = None
        if not self.stuck and doubt is None:
            certain = Entry(line, action, self._matches(), None, None, symptom, label)
            if not self.partial:
                return (certain,)
        wide = self._matches(frozenset(self.partial))
        if self.stuck or doubt is not None:
            return (Entry(line, action, wide, doubt, None, symptom, label),)
        reason = "; ".join(self.partial.values())
        return (certain, Entry(line, action, wide, reason, None, symptom, label))

    def _decided(self) -> tuple[Action, str | None]:
        """The action; what the packet engine permits for a rule of layer 7 is for Snort to decide."""
        if self.rule is None or self.action is not Action.PERMIT or self.tokens[0] == "trust":
            return self.action, self.doubt
        said = self.reader.known.draft.snort.get(self.rule, "")
        if "L4 RULE" in said:
            return self.action, self.doubt
        why = f"rule {self.rule} is decided by Snort: {said or 'no remark says at which layer it works'}"
        return Action.UNKNOWN, self.doubt or why

    def _matches(self, wide: frozenset[str] = frozenset()) -> tuple[Match, ...]:
        if not wide and self.services is None and self.inside is None and self.outside is None:
            sides = (self.src, self.dst, self.src_ports, self.dst_ports, self.icmp)
            return (Match(self.family, self.protocols, *sides),)
        base = Match(
            self.family,
            self.protocols,
            None if "src" in wide else self.src,
            None if "dst" in wide else self.dst,
            None if "src_ports" in wide else self.src_ports,
            None if "dst_ports" in wide else self.dst_ports,
            None if "icmp" in wide else self.icmp,
            in_interfaces=self.inside,
            out_interfaces=self.outside,
        )
        if self.services is None or "service" in wide:
            return (base,)
        return tuple(
            base._replace(
                family=service.family or base.family,
                protocols=service.protocols,
                src_ports=service.src_ports if base.src_ports is None else base.src_ports,
                dst_ports=service.dst_ports if base.dst_ports is None else base.dst_ports,
                icmp=service.icmp if base.icmp is None else base.icmp,
            )
            for service in self.services
        )
