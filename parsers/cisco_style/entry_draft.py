"""One filter entry while its words are read."""

from __future__ import annotations

from parsers.cisco_style import words
from parsers.cisco_style.dialect import (
    Context,
    NotUnderstood,
    address_term,
    complement,
    host_term,
)
from parsers.model.addresses import AddressSpec
from parsers.model.filters import (
    ESTABLISHED_FLAGS,
    Action,
    Entry,
    FlagTest,
    Fragments,
    IcmpTest,
    Match,
    Ranges,
)


class EntryDraft:
    """The entry under construction."""

    __slots__ = (
        "at", "doubt", "dst", "dst_ports", "family", "flags", "fragments", "icmp", "partial",
        "protocols", "reader", "services", "src", "src_ports", "stuck", "tokens",
    )  # fmt: skip

    def __init__(self, reader: Context, tokens: list[str]) -> None:
        self.reader = reader
        self.family = reader.family
        self.tokens = tokens
        self.at = 1
        self.protocols: Ranges | None = None
        self.services: tuple[Match, ...] | None = None
        self.src: AddressSpec | None = None
        self.dst: AddressSpec | None = None
        self.src_ports: Ranges | None = None
        self.dst_ports: Ranges | None = None
        self.icmp: tuple[IcmpTest, ...] | None = None
        self.flags: tuple[FlagTest, ...] | None = None
        self.fragments = Fragments.ANY
        self.doubt: str | None = None
        self.partial: dict[str, str] = {}
        self.stuck = False

    # -- the two forms ------------------------------------------------------------------------

    def standard(self) -> None:
        """`permit SOURCE`: a bare address is a host."""
        tokens = self.tokens
        if len(tokens) == 2 and tokens[1] not in ("any",) and "/" not in tokens[1]:
            self.src = AddressSpec((host_term(self.family, tokens[1]),))
            self.at = 2
        elif len(tokens) > 2 and tokens[2] in self.reader.dialect.harmless:
            self.src = (
                None if tokens[1] == "any" else AddressSpec((host_term(self.family, tokens[1]),))
            )
            self.at = 2
        else:
            self.src = self._address("src")
        self._features()

    def extended(self) -> None:
        """`permit PROTOCOL SOURCE [ports] DESTINATION [ports] [features]`."""
        tokens = self.tokens
        protocol = tokens[1]
        self.at = 2
        if protocol not in words.ANY_PROTOCOL or (protocol == "ipv6" and self.family == 4):
            self.protocol(protocol)
        self.src = self._address("src")
        self.src_ports = self.ports("src_ports")
        self.dst = self._address("dst")
        if self.at < len(tokens):
            self.dst_ports = self.ports("dst_ports")
            if self.at < len(tokens):
                self._features()

    # -- the parts ----------------------------------------------------------------------------

    def protocol(self, word: str) -> None:
        """Takes a protocol by name or number, or a service group."""
        number = words.PROTOCOLS.get(word)
        if word == "icmp" and self.family == 6:
            number = 58
        elif word == "ipv6":
            number = 41
        elif word in ("nd", "hbh", "auth", "destopts", "mobility", "routing"):
            raise NotUnderstood(word)
        elif number is None and word.isdigit():
            number = int(word)
            if number > 255:
                raise NotUnderstood(word)
        if number is not None:
            self.protocols = ((number, number),)
        elif word in self.reader.dialect.group_words:
            self._service_group(self.tokens[2])
            self.at = 3
        else:
            raise NotUnderstood(word)

    def _service_group(self, name: str) -> None:
        group = self.reader.groups.services.get(name)
        if group is None:
            self.partial["service"] = f"object-group {name} is not defined"
            self.services = ()
            return
        self.services = group.matches
        if group.doubt:
            self.partial["service"] = group.doubt

    def _address(self, side: str) -> AddressSpec | None:
        tokens = self.tokens
        word = tokens[self.at]
        if word == "any":
            self.at += 1
            return None
        if word == "host":
            self.at += 2
            key = tokens[self.at - 1]
            known = self.reader.addresses.get(key)
            if known is None:
                known = AddressSpec((host_term(self.family, key),))
                self.reader.addresses[key] = known
            return known
        if word in self.reader.dialect.group_words:
            self.at += 2
            return self._group(side, tokens[self.at - 1])
        if "/" in word:
            self.at += 1
            return self._memo(word, None)
        self.at += 2
        return self._memo(word, tokens[self.at - 1])

    def _memo(self, address: str, wildcard: str | None) -> AddressSpec:
        key = address if wildcard is None else f"{address} {wildcard}"
        known = self.reader.addresses.get(key)
        if known is None:
            term = address_term(self.family, address, wildcard)
            known = AddressSpec((term,))
            self.reader.addresses[key] = known
        return known

    def _group(self, side: str, name: str) -> AddressSpec | None:
        group = self.reader.groups.networks.get(name)
        if group is None:
            self.partial[side] = f"object-group {name} is not defined"
            return AddressSpec(())
        if group.doubt:
            self.partial[side] = group.doubt
        terms = tuple(term for term in group.terms if term.family == self.family)
        return AddressSpec(terms)

    def ports(self, side: str) -> Ranges | None:
        """The ports at the cursor, None if no operator or port group stands there."""
        tokens = self.tokens
        if self.at >= len(tokens):
            return None
        word = tokens[self.at]
        dialect = self.reader.dialect
        if word in dialect.port_group_words:
            self.at += 2
            group = self.reader.groups.ports.get(tokens[self.at - 1])
            if group is None:
                self.partial[side] = f"port group {tokens[self.at - 1]} is not defined"
                return ()
            if group.doubt:
                self.partial[side] = group.doubt
            return group.ranges
        if word not in ("eq", "neq", "lt", "gt", "range"):
            return None
        self.at += 1
        return self.port_operator(word)

    def port_operator(self, word: str) -> Ranges:
        """The port ranges of an operator whose operands begin at the cursor."""
        if word == "range":
            low, high = self._port(self.tokens[self.at]), self._port(self.tokens[self.at + 1])
            self.at += 2
            return ((min(low, high), max(low, high)),)
        port = self._port(self.tokens[self.at])
        self.at += 1
        if word == "lt":
            return ((0, port - 1),) if port else ()
        if word == "gt":
            return ((port + 1, 65535),) if port < 65535 else ()
        ports = [port]
        while self.reader.dialect.port_lists and self.at < len(self.tokens):
            more = self._port_or_none(self.tokens[self.at])
            if more is None:
                break
            ports.append(more)
            self.at += 1
        if word == "eq":
            return tuple((value, value) for value in sorted(set(ports)))
        return complement(tuple((value, value) for value in sorted(set(ports))))

    def _port_or_none(self, word: str) -> int | None:
        if word.isdigit():
            number = int(word)
            return number if number <= 65535 else None
        dialect = self.reader.dialect
        tcp, udp = dialect.tcp_ports.get(word), dialect.udp_ports.get(word)
        if self.protocols == ((17, 17),):
            return udp if udp is not None else None
        if self.protocols == ((6, 6),):
            return tcp
        return tcp if tcp is not None else udp

    def _port(self, word: str) -> int:
        port = self._port_or_none(word)
        if port is None:
            raise NotUnderstood(word)
        return port

    def _features(self) -> None:
        tokens = self.tokens
        dialect = self.reader.dialect
        bare_flags: list[int] = []
        compared: int | None = None
        while self.at < len(tokens):
            word = tokens[self.at]
            self.at += 1
            if word == dialect.flags_mask:
                compared = self._compared_flags()
            elif word in dialect.harmless:
                self.at += dialect.harmless[word]
                if word in ("reflect", "nexthop1"):
                    self.at = len(tokens)
            elif word == "established" and self.family in (4, 6):
                self.flags = ESTABLISHED_FLAGS
            elif word == "fragments":
                self.fragments = Fragments.LATER
            elif word in dialect.uncertain:
                self._skip_uncertain(word, dialect.uncertain[word])
            elif word in words.FLAGS:
                bare_flags.append(int(words.FLAGS[word]))
            elif word in ("match-any", "match-all"):
                self._signed_flags(word == "match-all")
            else:
                self.icmp_word(word)
        if compared is not None:
            self.flags = (FlagTest(compared, sum(set(bare_flags)) & compared),)
        elif bare_flags:
            self._bare_flags(bare_flags)

    def _bare_flags(self, bits: list[int]) -> None:
        if self.reader.dialect.bare_flags_and:
            every = sum(set(bits))
            self.flags = (FlagTest(every, every),)
            return
        self.flags = tuple(FlagTest(bit, bit) for bit in bits)
        if len(bits) > 1 and not self.reader.dialect.bare_flags_or:
            self.doubt = "no document says whether all of several TCP flags must be set"

    def _compared_flags(self) -> int:
        """The flags that a mask leaves to be compared: its zero bits, of the six classic flags."""
        word = self.tokens[self.at]
        self.at += 1
        if not word.isdecimal() or int(word) > 63:
            raise NotUnderstood(word)
        return 63 ^ int(word)

    def _skip_uncertain(self, word: str, arity: int) -> None:
        tokens = self.tokens
        following = tokens[self.at : self.at + 3]
        if arity < 0 and following:
            arity = {"range": 3, "eq": 2, "neq": 2, "gt": 2, "lt": 2}.get(following[0], 1)
        self.at += arity
        self.doubt = (
            f"{word} {' '.join(following[:arity])}".strip() + " cannot be decided from the text"
        )

    def _signed_flags(self, every: bool) -> None:
        tests: list[FlagTest] = []
        while self.at < len(self.tokens) and self.tokens[self.at][0] in "+-":
            sign, name = self.tokens[self.at][0], self.tokens[self.at][1:]
            bit = words.FLAGS.get(name)
            if bit is None:
                raise NotUnderstood(self.tokens[self.at])
            tests.append(FlagTest(int(bit), int(bit) if sign == "+" else 0))
            self.at += 1
        if not tests:
            raise NotUnderstood("match-all" if every else "match-any")
        if every:
            mask = value = 0
            for test in tests:
                mask |= test.mask
                value |= test.value
            self.flags = (FlagTest(mask, value),)
        else:
            self.flags = tuple(tests)

    def icmp_word(self, word: str) -> None:
        """Takes an ICMP type by name or number, and a code that follows it."""
        if self.protocols == ((2, 2),) and word.isdecimal() and int(word) < 16:
            self.doubt = f"IGMP type {word} cannot be decided from the text"
            return
        number = 58 if self.family == 6 else 1
        if self.protocols != ((number, number),) or self.icmp is not None:
            raise NotUnderstood(word)
        named = (words.ICMPV6 if self.family == 6 else words.ICMP).get(word)
        if named is not None:
            self.icmp = (named,)
            return
        kind = int(word) if word.isdigit() else 256
        if kind > 255:
            raise NotUnderstood(word)
        self.icmp = (IcmpTest(kind),)
        if self.at < len(self.tokens) and self.tokens[self.at].isdigit():
            code = int(self.tokens[self.at])
            if code > 255:
                raise NotUnderstood(self.tokens[self.at])
            self.icmp = (IcmpTest(kind, code, code),)
            self.at += 1

    # -- the result ---------------------------------------------------------------------------

    def finish(self, line: int, action: Action, label: str | None) -> tuple[Entry, ...]:
        """The entries of what was read; see Reader.entries."""
        symptom = self.reader.dialect.deny_symptom
        if self.stuck:
            # A word that is not understood may belong to what stood before it (one more port of a list):
            # only the addresses and the protocol that were read are certain to limit the entry.
            self.src_ports = self.dst_ports = self.icmp = self.flags = None
            matches = self._matches(wide=frozenset(self.partial))
            return (Entry(line, action, matches, self.doubt, None, symptom, label),)
        if self.doubt is None and not self.partial:
            return (Entry(line, action, self._matches(), None, None, symptom, label),)
        if self.doubt is not None:
            matches = self._matches(wide=frozenset(self.partial))
            return (Entry(line, action, matches, self.doubt, None, symptom, label),)
        reason = "; ".join(self.partial.values())
        doubtful = Entry(
            line, action, self._matches(wide=frozenset(self.partial)), reason, None, symptom, label
        )
        certain = Entry(line, action, self._matches(), None, None, symptom, label)
        return (certain, doubtful)

    def _matches(self, wide: frozenset[str] = frozenset()) -> tuple[Match, ...]:
        src = None if "src" in wide else self.src
        dst = None if "dst" in wide else self.dst
        src_ports = None if "src_ports" in wide else self.src_ports
        dst_ports = None if "dst_ports" in wide else self.dst_ports
        base = Match(
            self.family, self.protocols, src, dst, src_ports, dst_ports, self.icmp, self.flags,
            self.fragments,
        )  # fmt: skip
        if self.services is None or "service" in wide:
            return (base,)
        return tuple(
            base._replace(
                protocols=service.protocols,
                src_ports=service.src_ports if src_ports is None else src_ports,
                dst_ports=service.dst_ports if dst_ports is None else dst_ports,
                icmp=service.icmp,
            )
            for service in self.services
        )
