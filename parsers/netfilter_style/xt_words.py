"""Words of an iptables line: shell quoting, and the options that take no conditions."""

from __future__ import annotations

import re

_WORD = re.compile(r"""(?:[^\s"'\\]+|\\.|"(?:[^"\\]|\\.)*"|'[^']*')+""")
_PART = re.compile(r"""([^\s"'\\]+)|\\(.)|"((?:[^"\\]|\\.)*)"|'([^']*)'""")
_ESCAPE = re.compile(r"\\(.)")


def words_of(line: str) -> list[str] | None:
    """The words of `line` as a shell splits them; None where a quote never closes."""
    if '"' not in line and "'" not in line and "\\" not in line:
        return line.split()
    out = []
    end = 0
    for match in _WORD.finditer(line):
        if line[end : match.start()].strip():
            return None
        end = match.end()
        out.append("".join(_text(part) for part in _PART.finditer(match.group())))
    return None if line[end:].strip() else out


def _text(part: re.Match[str]) -> str:
    plain, escaped, double, single = part.groups()
    if double is not None:
        return _ESCAPE.sub(r"\1", double)
    found: str = plain or escaped or single or ""
    return found


TARGET_OPTIONS = frozenset(
    [
        "log-level",
        "log-prefix",
        "log-tcp-sequence",
        "log-tcp-options",
        "log-ip-options",
        "log-uid",
        "log-macdecode",
        "nflog-group",
        "nflog-prefix",
        "nflog-range",
        "nflog-size",
        "nflog-threshold",
        "ulog-nlgroup",
        "ulog-prefix",
        "ulog-cprange",
        "ulog-qthreshold",
        "set-mark",
        "set-xmark",
        "and-mark",
        "or-mark",
        "xor-mark",
        "save-mark",
        "restore-mark",
        "nfmask",
        "ctmask",
        "mask",
        "set-mss",
        "clamp-mss-to-pmtu",
        "reject-with",
        "to-destination",
        "to-source",
        "to-ports",
        "to",
        "random",
        "random-fully",
        "persistent",
        "set-tos",
        "and-tos",
        "or-tos",
        "xor-tos",
        "set-dscp",
        "set-dscp-class",
        "add-set",
        "del-set",
        "map-set",
        "exist",
        "timeout",
        "map-mark",
        "map-prio",
        "map-queue",
        "ttl-set",
        "ttl-dec",
        "ttl-inc",
        "hl-set",
        "hl-dec",
        "hl-inc",
        "checksum-fill",
        "set-class",
        "notrack",
        "helper",
        "ctevents",
        "expevents",
        "zone",
        "zone-orig",
        "zone-reply",
        "gateway",
        "type",
        "queue-num",
        "queue-balance",
        "queue-bypass",
        "queue-cpu-fanout",
        "ecn-tcp-remove",
        "strip-options",
        "selctx",
        "save",
        "restore",
        "led-trigger-id",
        "led-delay",
        "led-always-blink",
        "rateest-name",
        "rateest-interval",
        "rateest-ewmalog",
        "hmark-tuple",
        "hmark-mod",
        "hmark-offset",
        "hmark-rnd",
        "hmark-src-prefix",
        "hmark-dst-prefix",
        "hmark-sport-mask",
        "hmark-dport-mask",
        "hmark-spi-mask",
        "hmark-proto-mask",
        "on-port",
        "on-ip",
        "tproxy-mark",
        "sack-perm",
        "timestamp",
        "wscale",
        "mss",
        "ecn",
    ]
)
"""Options of targets: they say what is done, never which packets are meant."""

CONTINUE_TARGETS = frozenset(
    [
        "LOG",
        "NFLOG",
        "ULOG",
        "MARK",
        "CONNMARK",
        "TCPMSS",
        "TOS",
        "DSCP",
        "SET",
        "TRACE",
        "CT",
        "NOTRACK",
        "CLASSIFY",
        "TTL",
        "HL",
        "CHECKSUM",
        "AUDIT",
        "SECMARK",
        "CONNSECMARK",
        "LED",
        "RATEEST",
        "IDLETIMER",
        "ECN",
        "TCPOPTSTRIP",
        "TEE",
        "HMARK",
    ]
)
"""Targets after which the next rule is tried (their kernel modules return XT_CONTINUE)."""

NAT_TARGETS = frozenset(["DNAT", "SNAT", "MASQUERADE", "REDIRECT", "NETMAP", "SAME"])
"""Targets that end the nat table's hook and let the packet go on."""

EXACT_MODULES = frozenset(
    [
        "tcp",
        "udp",
        "udplite",
        "sctp",
        "dccp",
        "icmp",
        "icmp6",
        "icmpv6",
        "multiport",
        "iprange",
        "conntrack",
        "state",
        "comment",
        "standard",
    ]
)
"""Modules whose conditions are read exactly; every other `-m` makes its rule uncertain."""

PROTOCOL_MODULES = {"tcp": 6, "udp": 17, "udplite": 136, "sctp": 132, "dccp": 33, "icmp": 1}

SHORT_OPTIONS = {
    "-p": "protocol", "-s": "source", "-d": "destination", "-i": "in-interface",
    "-o": "out-interface", "-j": "jump", "-g": "goto", "-m": "match", "-f": "fragment",
    "-c": "set-counters", "-4": "ipv4", "-6": "ipv6", "-t": "table", "-w": "wait", "-v": "verbose",
    "-n": "numeric", "-x": "exact",
}  # fmt: skip
COMMANDS = {
    "-A": "append", "-I": "insert", "-D": "delete", "-R": "replace", "-N": "new-chain",
    "-X": "delete-chain", "-P": "policy", "-F": "flush", "-E": "rename-chain", "-Z": "zero",
    "-L": "list", "-S": "list-rules", "-C": "check",
}  # fmt: skip
LONG_COMMANDS = frozenset(COMMANDS.values())
ALIASES = {
    "proto": "protocol", "src": "source", "dst": "destination", "in": "in-interface",
    "out": "out-interface", "sport": "source-port", "dport": "destination-port",
    "sports": "source-ports", "dports": "destination-ports",
}  # fmt: skip
