"""Takes secrets out of text before it reaches a disk, a log or a report.

Patterns name the word that precedes a secret in the configurations of the platforms we read; what follows is
replaced. Doubtful words are scrubbed: a lost word costs a look at the device, a leaked one a password.
"""

from __future__ import annotations

import re

MASK = "<removed>"

_WORD = r"""(?:"[^"]*"|'[^']*'|\S+)"""
_PATTERNS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        # Cisco style: password 7 X, secret 5 X, key-string X, community X, authentication-key 1 md5 X
        rf"((?:\bpassword|\bpasswd|\bsecret|\bpassphrase)(?: (?:sha512|encrypted|[0-9]+|level \d+))* ){_WORD}",
        rf"(\bkey-string(?: \d)? ){_WORD}",
        rf"(\bsnmp-server community ){_WORD}",
        rf"(\bsnmp-server host \S+(?: (?:traps|informs|version \S+|vrf \S+|auth|noauth|priv))* ){_WORD}",
        rf"(\bsnmp-server user \S+ .*?\bauth (?:md5|sha\S*) ){_WORD}",
        rf"(\bsnmp-server user \S+ .*?\bpriv (?:(?:3des|des\S*|aes\S*) (?:\d+ )?)?){_WORD}",
        rf"(\b(?:tacacs-server|radius-server) (?:host \S+ )?.*?key(?: \d)? ){_WORD}",
        rf"(\bserver-private \S+ .*?key(?: \d)? ){_WORD}",
        rf"((?:\bauthentication-key|\bmessage-digest-key) \d+ (?:md5|sha\d*|hmac\S*)(?: \d)? ){_WORD}",
        rf"(\bip ospf authentication-key(?: \d)? ){_WORD}",
        rf"(\bisakmp key(?: \d)? ){_WORD}",
        rf"(\bpre-shared-key(?: (?:ascii-text|hexadecimal|local|remote|address \S+|key|\d))* ){_WORD}",
        rf"(\b(?:key|shared-key|psk|wpa-psk ascii|auth-key|keyring)(?: (?:0|5|6|7|8a)) ){_WORD}",
        rf"(\b(?:ppp chap password|ppp pap sent-username \S+ password)(?: \d)? ){_WORD}",
        rf"(\bstandby \d+ authentication(?: md5 key-string)?(?: \d)? ){_WORD}",
        rf"(\bvrrp \d+ authentication (?:text|md5 key-string) ){_WORD}",
        # Junos: encrypted-password "X"; secret "$9$..."; community X
        rf"(\b(?:encrypted-password|plain-text-password|authentication-password|privacy-password) ){_WORD}",
        rf"(\bset snmp community ){_WORD}",
        rf"(\b(?:ssh-rsa|ssh-dss|ssh-ed25519|ecdsa-sha2-nistp\d+) ){_WORD}",
        # hashes and cipher texts wherever they stand
        r"()\$(?:1|5|6|8|9|sha512|y|2[aby])\$[^\s\";]+",
    )
)


def scrub(text: str) -> str:
    """`text` with every secret that the patterns know replaced."""
    for pattern in _PATTERNS:
        text = pattern.sub(lambda m: f"{m.group(1)}{MASK}", text)
    return text
