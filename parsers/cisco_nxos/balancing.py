"""Load sharing of NX-OS: the hash, per-packet input interfaces, and dynamic load balancing."""

from __future__ import annotations

import re

from parsers.cisco_nxos.names import canonical
from parsers.cisco_style import interface_lines
from parsers.cisco_style.blocks import block_last
from parsers.cisco_style.draft import Draft
from parsers.cisco_style.filter_lines import block_lines
from parsers.model.balancing import HashField, PathChoice, Scope, Spread, Stage

Found = re.Match[str]
DEFAULT_FIELDS = frozenset(
    {HashField.SRC, HashField.DST, HashField.SRC_PORT, HashField.DST_PORT, HashField.PROTOCOL}
)
HARDWARE = (
    "only Nexus 3000 is documented to share load per packet by this statement: 'show ip interface' "
    "tells whether it is in effect"
)
_PARAMETERS = re.compile(
    r"(?:no )?(?:mac-address|flowlet-aging|dre-thresholds?|decay-factor|sampling-interval"
    r"|load-awareness) .*|exit"
)


def per_packet(state: Draft, match: Found, line: int) -> None:
    """`ip load-sharing per-packet` on an interface: packets that enter there go out by turns
    (Nexus 3000 unicast routing guide, 5.0(3)U1); whether the hardware does so is decided later."""
    draft = interface_lines.current(state)
    draft.choices = [c for c in draft.choices if c.scope is not Scope.INGRESS]
    if match[0].startswith("no ") or match["mode"] == "per-destination":
        return
    draft.choices.append(
        PathChoice(
            stage=Stage.ECMP,
            scope=Scope.INGRESS,
            spread=Spread.PER_PACKET,
            statement=match[0],
            interface=draft.name,
            family=4,
            in_effect=None,
            reason=HARDWARE,
            where=state.where(line),
        )
    )


def settled(choice: PathChoice, nexus_3000: bool) -> PathChoice:
    """A per-packet choice of an interface, in effect where the device is known to be a Nexus 3000."""
    if nexus_3000 and choice.scope is Scope.INGRESS:
        return choice.model_copy(update={"in_effect": True, "reason": ""})
    return choice


def ecmp_hash(state: Draft, match: Found, line: int) -> None:
    """`ip load-sharing address … [port …] [universal-id N] [rotate N] [ttl] …`: a hash, whichever
    fields it takes; only whole words of the command reference are read as fields."""
    words = match["rest"].split()
    fields: set[HashField] = set()
    for at, word in enumerate(words[:-1]):
        side = words[at + 1]
        if word == "address":
            fields |= {HashField.SRC, HashField.DST} if "source" in side else {HashField.DST}
        elif word == "port":
            fields |= (
                {HashField.SRC_PORT, HashField.DST_PORT}
                if "source" in side
                else {HashField.DST_PORT}
            )
    if "ttl" in words:
        fields.add(HashField.TTL)
    if "flowlabel" in words or "flow-label" in words:
        fields.add(HashField.FLOW_LABEL)
    state.choices.append(
        PathChoice(
            stage=Stage.ECMP,
            scope=Scope.DEVICE,
            spread=Spread.FLOW,
            statement=match[0],
            fields=frozenset(fields),
            where=state.where(line),
        )
    )


def default_hash(state: Draft) -> list[PathChoice]:
    """The hash of a device that names none."""
    if any(c.stage is Stage.ECMP and c.spread is Spread.FLOW for c in state.choices):
        return []
    return [
        PathChoice(
            stage=Stage.ECMP,
            scope=Scope.DEVICE,
            spread=Spread.FLOW,
            statement="ip load-sharing address source-destination port source-destination",
            fields=DEFAULT_FIELDS,
            reason="NX-OS hashes addresses and ports of both ends by default",
        )
    ]


def bundle_hash(state: Draft, match: Found, line: int) -> None:
    """`port-channel load-balance …`: a hash per flow; words that speak of anything else are not
    documented here, and their effect is unknown."""
    odd = re.search(r"round-?robin|random|per-packet|spray|dynamic|flowlet", match[0])
    state.choices.append(
        PathChoice(
            stage=Stage.BUNDLE,
            scope=Scope.DEVICE,
            spread=Spread.UNKNOWN if odd else Spread.FLOW,
            statement=match[0],
            where=state.where(line),
            reason="what this statement does to the packets of one flow is not documented"
            if odd
            else "",
        )
    )


def unknown_statement(state: Draft, match: Found, line: int) -> None:
    """A device-wide statement that speaks of spreading packets and whose effect no document that
    was read describes."""
    state.choices.append(
        PathChoice(
            stage=Stage.ECMP,
            scope=Scope.DEVICE,
            spread=Spread.UNKNOWN,
            statement=match[0],
            in_effect=None,
            where=state.where(line),
            reason="what this statement does to the packets of one flow is not documented",
        )
    )


def dlb(state: Draft, match: Found, first: int, last: int) -> None:
    """`hardware profile dlb`: layer 3 dynamic load balancing on the interfaces it names; flowlet
    is the default mode (Nexus 9000 unicast routing guide 10.5, dynamic load balancing)."""
    state.ledger.use(first)
    mode, mode_line = "flowlet", first
    interfaces: dict[str, int] = {}
    odd: tuple[str, int] | None = None
    for line, text in block_lines(state, first, block_last(state.lines, first, last)):
        if text.startswith("mode "):
            mode, mode_line = text[5:].strip(), line
        elif (names := _dlb_interfaces(text)) is not None:
            interfaces.update(dict.fromkeys(names, line))
        elif text.startswith(("static-pinning", "source ", "no static-pinning")):
            pass  # fixes the path of what enters one port; the others keep the mode
        elif not _PARAMETERS.fullmatch(text):
            odd = (text, line)
            state.ledger.miss(line, "other")
            continue
        state.ledger.use(line)
    if not interfaces and odd is None:
        return
    spread, in_effect, reason = _mode(mode)
    if odd is not None:
        spread, in_effect, reason = Spread.UNKNOWN, None, f"{odd[0]!r} is not understood"
    for name in interfaces or {"all": first}:
        whole = name.lower() == "all"
        state.choices.append(
            PathChoice(
                stage=Stage.ECMP,
                scope=Scope.DEVICE if whole else Scope.EGRESS,
                spread=spread,
                statement=f"hardware profile dlb, mode {mode}",
                interface=None if whole else name,
                in_effect=in_effect,
                reason=reason,
                where=state.where(mode_line),
            )
        )


def _dlb_interfaces(text: str) -> list[str] | None:
    """The interfaces of `dlb-interface Eth1/1 , Eth1/2` or `dlb-interface all`; None for other lines
    and for names that no interface has."""
    if not text.startswith("dlb-interface "):
        return None
    names = re.split(r"\s*,\s*|\s+", text[14:].strip())
    if not all(
        re.fullmatch(r"all|(?:[Ee]th(?:ernet)?|[Pp]o|port-channel)\d[\d/]*", name) for name in names
    ):
        return None
    return [canonical(name) for name in names]


def _mode(mode: str) -> tuple[Spread, bool | None, str]:
    if mode == "per-packet":
        return Spread.PER_PACKET, True, ""
    if mode == "policy-driven per-packet":
        return (
            Spread.PER_PACKET,
            None,
            "a policy map chooses the packets that are spread, and it is not modelled",
        )
    if mode in ("flowlet", "policy-driven flowlet"):
        return Spread.FLOWLET, True, ""
    return Spread.UNKNOWN, None, f"what mode {mode} does is not documented"
