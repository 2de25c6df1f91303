"""The block `traffic-policies` of EOS: field sets, policies, their rules, and what the rules do.

Lines are told apart by their first word and by what is open, not by indentation. A rule without
`drop` permits; a policy ends with the rules `ipv4-all-default` and `ipv6-all-default`, which
forward unless they drop (README: traffic policies).
"""

from __future__ import annotations

from parsers.arista_eos.field_sets import PortSet, PrefixSet
from parsers.arista_eos.traffic_rules import TrafficRule
from parsers.cisco_style.blocks import block_last
from parsers.cisco_style.draft import Draft
from parsers.cisco_style.filter_lines import Found, block_lines
from parsers.model.filters import Action, Filter, LaterFragments

KEY = "traffic-policy "
"""How the key of a traffic policy begins: an access list may have the same name."""


class TrafficPolicy:
    """A policy with its rules in their order; `doubt` is about the whole of it."""

    def __init__(self, name: str, line: int) -> None:
        self.name = name
        self.line = line
        self.rules: list[TrafficRule] = []
        self.doubt: str | None = None

    def redirects(self) -> bool:
        """Whether a rule sends packets past the routing table."""
        return any(rule.redirect for rule in self.rules)


class Policies:
    """The contents of the block, and what of it is open while it is read."""

    def __init__(self) -> None:
        self.prefix_sets: dict[tuple[str, int], PrefixSet] = {}
        self.port_sets: dict[str, PortSet] = {}
        self.policies: dict[str, TrafficPolicy] = {}
        self.doubt: str | None = None
        self.open_set: PrefixSet | PortSet | None = None
        self.open_policy: TrafficPolicy | None = None

    # -- reading ----------------------------------------------------------------------------------

    def read(self, line: int, text: str) -> bool:
        """Takes one line of the block; False if it is not understood, and the doubt is noted."""
        tokens = text.split()
        word = tokens[0]
        if word == "field-set":
            return self._field_set(tokens)
        if word == "traffic-policy" and len(tokens) == 2:
            self.open_set = None
            self.open_policy = TrafficPolicy(tokens[1], line)
            self.policies[tokens[1]] = self.open_policy
            return True
        if tokens[:2] == ["no", "traffic-policy"] and len(tokens) == 3:
            self.policies.pop(tokens[2], None)
            return True
        if word in ("counter", "cpu", "exit") and not self._in_actions():
            return True  # counters decide nothing, `cpu` binds a policy to the control plane
        if self.open_set is not None:
            return self.open_set.add(text)
        return self._policy_line(line, text, tokens)

    def _in_actions(self) -> bool:
        policy = self.open_policy
        return policy is not None and bool(policy.rules) and policy.rules[-1].in_actions

    def _field_set(self, tokens: list[str]) -> bool:
        self.open_policy = None
        self.open_set = None
        if len(tokens) == 3 and tokens[1] == "l4-port":
            self.open_set = self.port_sets.setdefault(tokens[2], PortSet(tokens[2]))
            return True
        if len(tokens) == 4 and tokens[1] in ("ipv4", "ipv6") and tokens[2] == "prefix":
            key = (tokens[3], 6 if tokens[1] == "ipv6" else 4)
            self.open_set = self.prefix_sets.setdefault(key, PrefixSet(*key))
            return True
        self.open_set = PrefixSet(tokens[-1], 4)  # its members must not pass for something else
        return False

    def _policy_line(self, line: int, text: str, tokens: list[str]) -> bool:
        policy = self.open_policy
        if policy is None:
            self.doubt = f"a line of traffic-policies is not understood: {text!r}"
            return False
        if tokens[0] == "match":
            if len(tokens) != 3 or tokens[2] not in ("ipv4", "ipv6"):
                policy.doubt = f"a match of the policy is not understood: {text!r}"
                return False
            policy.rules.append(TrafficRule(tokens[1], 6 if tokens[2] == "ipv6" else 4, line))
            return True
        if not policy.rules:
            policy.doubt = f"a line of the policy is not understood: {text!r}"
            return False
        if policy.rules[-1].read(tokens, text):
            return True
        if tokens[-1] in ("ipv4", "ipv6") or "match" in text or "policy" in text:
            # perhaps the beginning of another rule, whose lines then pass for this one's
            policy.doubt = f"a line of the policy is not understood: {text!r}"
        return False

    # -- the result -------------------------------------------------------------------------------

    def filters(self, file: str) -> dict[tuple[str, int], Filter]:
        """Each policy as one filter for both families."""
        found = {}
        for policy in self.policies.values():
            entries = tuple(
                entry
                for rule in policy.rules
                for entry in rule.entries(self.prefix_sets, self.port_sets)
            )
            key = KEY + policy.name
            found[key, 0] = Filter(
                key=key,
                family=0,
                file=file,
                line=policy.line,
                entries=entries,
                default=Action.PERMIT,
                names=(policy.name,),
                kind="traffic-policy",
                later_fragments=LaterFragments.UNKNOWN,
                uncertain=policy.doubt or self.doubt,
            )
        return found


def undefined_policy(file: str, name: str) -> Filter:
    """A policy that an interface names and the text does not define: no document says what EOS
    does.
    """
    return Filter(
        key=KEY + name,
        family=0,
        file=file,
        line=None,
        entries=(),
        default=Action.UNKNOWN,
        names=(name,),
        kind="traffic-policy",
        defined=False,
        uncertain=f"traffic policy {name} is applied and not defined",
    )


def read_block(state: Draft, policies: Policies, first: int, last: int) -> None:
    """`traffic-policies` with all lines below it."""
    state.ledger.use(first)
    for line, text in block_lines(state, first, block_last(state.lines, first, last)):
        if policies.read(line, text):
            state.ledger.use(line)
        else:
            subject = policies.open_policy.name if policies.open_policy else None
            state.ledger.miss(line, "filter", subject)


def field_set_block(state: Draft, policies: Policies, match: Found, first: int, last: int) -> None:
    """A field set outside the block, as newer releases may print it."""
    for number, text in [
        (first, match[0]),
        *block_lines(state, first, block_last(state.lines, first, last)),
    ]:
        if policies.read(number, text):
            state.ledger.use(number)
        else:
            state.ledger.miss(number, "filter", None)
    policies.open_set = None
