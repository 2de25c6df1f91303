"""One rule of an access list while its words are read."""

from __future__ import annotations

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
from parsers.vrp_style import words
from parsers.vrp_style.dialect import Context
from parsers.vrp_style.groups import merged
from parsers.vrp_style.terms import NotUnderstood, port_ranges, rule_term


class RuleDraft:
    """The rule under construction."""

    __slots__ = (
        "at", "doubt", "dst", "dst_ports", "family", "flags", "fragments", "icmp", "loose_flags", "other_vpn",
        "partial", "protocols", "rules", "src", "src_ports", "stuck", "tokens", "vpn",
    )  # fmt: skip

    def __init__(self, rules: Context, tokens: list[str]) -> None:
        self.rules = rules
        self.family = rules.family
        self.tokens = tokens
        self.at = 1
        self.protocols: Ranges | None = None
        self.src: AddressSpec | None = None
        self.dst: AddressSpec | None = None
        self.src_ports: Ranges | None = None
        self.dst_ports: Ranges | None = None
        self.icmp: tuple[IcmpTest, ...] | None = None
        self.flags: tuple[FlagTest, ...] | None = None
        self.loose_flags: tuple[FlagTest, ...] | None = None
        self.fragments = Fragments.ANY
        self.vpn: str | None = None
        self.other_vpn = False
        self.doubt: str | None = None
        self.partial: dict[str, str] = {}
        self.stuck = False

    def read(self, kind: str) -> None:
        """Takes all words. Raises NotUnderstood or IndexError where that fails."""
        tokens = self.tokens
        if kind not in ("basic", "interface"):
            self._protocol(tokens[1])
            self.at = 2
        while self.at < len(tokens):
            word = tokens[self.at]
            self.at += 1
            self._keyword(word)
        self._vpn_instance()

    def _protocol(self, word: str) -> None:
        if word in words.ANY_PROTOCOL[self.family]:
            return
        number = words.PROTOCOLS.get(word)
        if word in ("icmp", "icmpv6") and (word == "icmpv6") != (self.family == 6):
            number = None if self.family == 4 else 58
        if number is None:
            number = self._number(word, 255)
        self.protocols = ((number, number),)

    def _keyword(self, word: str) -> None:
        dialect = self.rules.dialect
        if word in _KEYWORDS:
            _KEYWORDS[word](self)
        elif word in ("source-pool", "destination-pool"):
            side = "src" if word[0] == "s" else "dst"
            setattr(self, side, self._address_group(side, self._word()))
        elif word in ("source-port-pool", "destination-port-pool"):
            side = "src_ports" if word[0] == "s" else "dst_ports"
            setattr(self, side, self._port_group(side, self._word()))
        elif word in words.FLAGS:
            self._valued_flags(word)
        elif word in dialect.harmless:
            self._skip(dialect.harmless[word])
        elif word in dialect.uncertain:
            first = self.at
            self._skip(dialect.uncertain[word])
            shown = " ".join([word, *self.tokens[first : self.at]])
            self.doubt = f"{shown} cannot be decided from the text"
        else:
            raise NotUnderstood(word)

    def _skip(self, count: int) -> None:
        if count == -2:
            count = len(self.tokens) - self.at
        elif count == -1:
            following = self._peek()
            count = {"range": 3, "eq": 2, "neq": 2, "gt": 2, "lt": 2}.get(following, 1)
        if self.at + count > len(self.tokens):
            raise IndexError
        self.at += count

    def _word(self) -> str:
        self.at += 1
        return self.tokens[self.at - 1]

    def _peek(self) -> str:
        return self.tokens[self.at] if self.at < len(self.tokens) else ""

    def _number(self, word: str, most: int) -> int:
        if word.isdecimal() and word.isascii() and (number := int(word)) <= most:
            return number
        raise NotUnderstood(word)

    # -- addresses --------------------------------------------------------------------------------------------

    def source(self) -> None:
        """`source any | A W | A/L | object-group G`."""
        self.src = self._address("src")

    def destination(self) -> None:
        """`destination …`, as source."""
        self.dst = self._address("dst")

    def _address(self, side: str) -> AddressSpec | None:
        word = self._word()
        if word == "any":
            return None
        if word in ("object-group", "address-set"):
            return self._address_group(side, self._word())
        if "/" in word:
            return self._known(word, "")
        return self._known(word, self._word())

    def _known(self, address: str, mask: str) -> AddressSpec:
        known = self.rules.addresses.get((address, mask))
        if known is None:
            known = AddressSpec(
                (rule_term(self.family, address, mask, self.rules.dialect.lengths),)
            )
            self.rules.addresses[address, mask] = known
        return known

    def _address_group(self, side: str, name: str) -> AddressSpec:
        found = self.rules.groups.find(self.rules.groups.networks, name)
        if found.doubt:
            self.partial[side] = f"address group {found.doubt}"
        return AddressSpec(tuple(term for term in found.items if term.family == self.family))

    # -- ports, ICMP, flags -----------------------------------------------------------------------------------

    def source_port(self) -> None:
        """`source-port OPERATOR P [P2] | object-group G`."""
        self.src_ports = self._ports("src_ports")

    def destination_port(self) -> None:
        """`destination-port …`, as source-port."""
        self.dst_ports = self._ports("dst_ports")

    def _ports(self, side: str) -> Ranges:
        if self.protocols not in (((6, 6),), ((17, 17),)):
            raise NotUnderstood(self.tokens[self.at - 1])
        operator = self._word()
        if operator == "object-group":
            return self._port_group(side, self._word())
        return port_ranges(operator, self._port)

    def _port(self) -> int:
        word = self._word()
        if word.isdecimal():
            return self._number(word, 65535)
        table = words.UDP_PORTS if self.protocols == ((17, 17),) else words.TCP_PORTS
        port = table.get(word.lower())
        if port is None:
            raise NotUnderstood(word)
        return port

    def _port_group(self, side: str, name: str) -> Ranges:
        found = self.rules.groups.find(self.rules.groups.ports, name)
        if found.doubt:
            self.partial[side] = f"port group {found.doubt}"
        return merged(found.items)

    def icmp_type(self) -> None:
        """`icmp-type NAME | T [C]`, with `icmp6-type` and `icmpv6-type` for IPv6."""
        number = 58 if self.family == 6 else 1
        if self.protocols != ((number, number),):
            raise NotUnderstood(self.tokens[self.at - 1])
        word = self._word()
        named = (words.ICMP6 if self.family == 6 else words.ICMP).get(word.lower())
        if named is None:
            kind = self._number(word, 255)
            named = IcmpTest(kind)
            if self._peek().isdecimal():
                code = self._number(self._word(), 255)
                named = IcmpTest(kind, code, code)
        self.icmp = (named,)

    def established(self) -> None:
        """`established`: ACK or RST is set."""
        self._need_tcp()
        self.flags = ESTABLISHED_FLAGS

    def tcp_flag(self) -> None:
        """Huawei's `tcp-flag established | NUMBER [mask M] | NAMES`. A number is compared with all six flags, or
        with those of the mask (CloudEngine command reference). Whether one name leaves the other flags
        free, and whether several names mean all or any, no document says: certain is only the packet
        that has exactly these flags."""
        self._need_tcp()
        word = self._word()
        if word == "established":
            self.flags = ESTABLISHED_FLAGS
        elif word.isdecimal():
            value, mask = self._number(word, 63), 63
            if self._peek() == "mask":
                self.at += 1
                mask = self._number(self._word(), 63)
            self.flags = (FlagTest(mask, value & mask),)
        else:
            bits = [int(words.FLAGS[word])] if word in words.FLAGS else []
            if not bits:
                raise NotUnderstood(word)
            while self._peek() in words.FLAGS:
                bits.append(int(words.FLAGS[self._word()]))
            self.flags = (FlagTest(63, sum(set(bits))),)
            self.loose_flags = tuple(FlagTest(bit, bit) for bit in bits)
            self.partial["flags"] = "no document says how the other TCP flags are taken"

    def _valued_flags(self, word: str) -> None:
        """Comware's `ack 1 syn 0`: several are joined by AND or by OR, which depends on the model (H3C ACL
        command reference); packets for which both agree are certain."""
        self._need_tcp()
        tests = []
        while True:
            bit, value = int(words.FLAGS[word]), self._number(self._word(), 1)
            tests.append(FlagTest(bit, bit if value else 0))
            if self._peek() not in words.FLAGS:
                break
            word = self._word()
        if len(tests) == 1:
            self.flags = (tests[0],)
            return
        mask = value = 0
        for test in tests:
            mask |= test.mask
            value |= test.value
        self.flags = (FlagTest(mask, value),)
        self.loose_flags = tuple(tests)
        self.partial["flags"] = "whether all of several TCP flags must match depends on the model"

    def _need_tcp(self) -> None:
        if self.protocols != ((6, 6),):
            raise NotUnderstood(self.tokens[self.at - 1])

    # -- the rest ---------------------------------------------------------------------------------------------

    def later_fragment(self) -> None:
        """`fragment`, `none-first-fragment`: fragments with an offset above 0."""
        self.fragments = Fragments.LATER

    def fragment_type(self) -> None:
        """`fragment-type WORD`. `fragment` names first fragments too, which are no whole packets; what is asked
        here is a whole packet or a later fragment, so it is exact."""
        word = self._word()
        if word in ("fragment", "fragment-subseq"):
            self.fragments = Fragments.LATER
        elif word in ("non-fragment", "non-subseq"):
            self.fragments = Fragments.NOT_LATER
        elif word == "fragment-spe-first":
            self.fragments = Fragments.NOT_LATER
            self.doubt = "first fragments alone cannot be told from whole packets here"
        else:
            raise NotUnderstood(word)

    def vpn_instance(self) -> None:
        """`vpn-instance V`: packets of that VPN only."""
        self.vpn = self._word()

    def _vpn_instance(self) -> None:
        """A rule that names a VPN sees its packets only; whether one that names none sees packets of a VPN
        depends on the model (H3C packet filter command references say both)."""
        if self.rules.blind:
            return
        vrf = self.rules.vrf
        if self.vpn is None:
            if vrf is not None and vrf != "default":
                self.doubt = (
                    self.doubt or f"whether it sees packets of VPN {vrf} depends on the model"
                )
        elif vrf is None:
            self.doubt = self.doubt or f"it is for packets of VPN {self.vpn} only"
        elif self.vpn != vrf:
            self.other_vpn = True

    # -- the result -------------------------------------------------------------------------------------------

    def finish(self, line: int, action: Action, label: str) -> tuple[Entry, ...]:
        """The entries of what was read; see Rules.entries."""
        if self.stuck:
            # the word may belong to what stood before it: only addresses and protocol are certain limits
            self.src_ports = self.dst_ports = self.icmp = self.flags = self.loose_flags = None
            self.fragments = Fragments.ANY
            return (self._entry(line, action, label, self.doubt, True),)
        if self.other_vpn:
            return ()
        if self.doubt is not None:
            return (self._entry(line, action, label, self.doubt, True),)
        certain = self._entry(line, action, label, None, False)
        if not self.partial:
            return (certain,)
        reason = "; ".join(self.partial.values())
        return (certain, self._entry(line, action, label, reason, True))

    def _entry(self, line: int, action: Action, label: str, doubt: str | None, wide: bool) -> Entry:
        free = self.partial if wide else {}
        flags = self.loose_flags if "flags" in free else self.flags
        match = Match(
            self.family,
            self.protocols,
            None if "src" in free else self.src,
            None if "dst" in free else self.dst,
            None if "src_ports" in free else self.src_ports,
            None if "dst_ports" in free else self.dst_ports,
            self.icmp,
            flags,
            self.fragments,
        )
        return Entry(line, action, (match,), doubt, label=label)


_KEYWORDS = {
    "source": RuleDraft.source,
    "destination": RuleDraft.destination,
    "source-port": RuleDraft.source_port,
    "destination-port": RuleDraft.destination_port,
    "icmp-type": RuleDraft.icmp_type,
    "icmp6-type": RuleDraft.icmp_type,
    "icmpv6-type": RuleDraft.icmp_type,
    "established": RuleDraft.established,
    "tcp-flag": RuleDraft.tcp_flag,
    "fragment": RuleDraft.later_fragment,
    "none-first-fragment": RuleDraft.later_fragment,
    "fragment-type": RuleDraft.fragment_type,
    "vpn-instance": RuleDraft.vpn_instance,
}
