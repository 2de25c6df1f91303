"""The letters that routing tables print for the source of a route, as words.

Sources: the legends that the devices print above their tables (`Codes: …`).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

_COMMON = {
    "C": "connected",
    "S": "static",
    "R": "rip",
    "B": "bgp",
    "D": "eigrp",
    "EX": "eigrp",
    "O": "ospf",
    "i": "isis",
    "I": "isis",
    "L": "local",
    "U": "static",
    "o": "odr",
    "l": "lisp",
    "a": "application",
    "M": "mobile",
}

IOS: Mapping[str, str] = _COMMON | {
    "I": "igrp",
    "E": "egp",
    "P": "static",
    "H": "nhrp",
    "m": "omp",
    "n": "nat",
    "G": "nhrp",
    "g": "nhrp",
}

IOS_IPV6: Mapping[str, str] = _COMMON | {
    "LC": "local",
    "HA": "mobile",
    "MR": "mobile",
    "NM": "mobile",
    "H": "nhrp",
    "I1": "isis",
    "I2": "isis",
    "IA": "isis",
    "IS": "isis",
    "ND": "nd",
    "NDp": "nd",
    "NDr": "nd",
    "DCE": "nd",
    "RL": "rpl",
    "OI": "ospf",
    "OE1": "ospf",
    "OE2": "ospf",
    "ON1": "ospf",
    "ON2": "ospf",
    "la": "lisp",
    "ls": "lisp",
    "lr": "lisp",
    "ld": "lisp",
    "lA": "lisp",
    "le": "lisp",
    "lp": "lisp",
    "m": "omp",
}

XR: Mapping[str, str] = _COMMON | {
    "E": "egp",
    "G": "dagr",
    "A": "subscriber",
    "r": "rpl",
    "t": "te",
}

EOS: Mapping[str, str] = _COMMON | {
    "K": "kernel",
    "M": "martian",
    "A B": "bgp",
    "A O": "ospf",
    "NG": "static",
    "O3": "ospf",
    "V": "vxlan",
    "DH": "dhcp",
    "DP": "policy",
    "G": "gribi",
    "RC": "cache",
    "CL": "cbf",
}

IOS_FLAGS: Mapping[str, str | None] = {
    "*": None,  # candidate default
    "+": None,  # replicated from another VRF
    "&": None,  # replicated local route
    "p": "overridden by PfR",
    "%": "next hop override",
}
"""Signs after the letters: what they make the route depend on."""


class Code(NamedTuple):
    """What the letters before a prefix say; `known` is False if the legend of ours lacks them."""

    protocol: str
    conditional: str | None
    known: bool


def code_of(
    text: str, words: Mapping[str, str], flags: Mapping[str, str | None] = IOS_FLAGS
) -> Code:
    """The meaning of the letters and signs before a prefix (`O*E2`, `S   +p`, `B I`)."""
    conditional = None
    letters = ""
    for position, sign in enumerate(text):
        if sign in flags and position and not (sign == "p" and text[position - 1].isalnum()):
            conditional = flags[sign] or conditional
            letters += " "
        else:
            letters += sign
    tokens = letters.split()
    word = words.get(" ".join(tokens[:2])) or words.get(tokens[0] if tokens else "")
    if word is None:
        return Code("_".join(tokens).lower() or "unknown", conditional, False)
    return Code(word, conditional, True)


EOS_FLAGS: Mapping[str, str | None] = {"*": None, "%": "not programmed in the kernel"}
"""The signs of EOS, where `%` means something else."""
