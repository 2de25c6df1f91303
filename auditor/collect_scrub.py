"""Scrubs what devices print before it touches the disk, line by line, for all platforms; a line stays a line.

Words that introduce a secret are known for each syntax; what follows is replaced. A line that still looks as if it held
one is cut off after the word: the self-scan fails closed. Private keys in blocks go whole, the count of lines stays.
"""

from __future__ import annotations

import re

from auditor.scrub import MASK, scrub

_VALUE = r"""(?:"(?:[^"\\]|\\.)*"|'[^']*'|[^\s;,<>\])}]+)"""
_SHAPES = (
    # how a value is given: encrypted or not, by which method; Cisco, Huawei, Comware, Fortinet, Nokia, F5
    r"(?:(?:encrypted|clear|clear-text|plain|plaintext|cipher|irreversible-cipher|simple|hash|sha-?\d*|sha512|md5"
    r"|hmac\S*|scrypt|pbkdf2|ENC|ascii-text|ascii|hexadecimal|hex|text|hmac-sha-\d+|level \d+|privilege \d+"
    r"|key-string|cmac\S*|is|value|local|remote|key|set-key|password|address \S+(?: 255\S+)?(?= key)"
    r"|\d{1,2}|8a|\d+(?= +(?:md5|sha-?\d*|hmac\S*|cmac\S*|authentication-mode) )) +)*"
)

_WORDS = (
    r"password[2-5]?|passwd|(?:key-)?pass-?phrase|secret|psk|psksecret|psksecret-remote|ppk-secret|pre-?shared-?key|preshared-key"
    r"|shared-secret|shared-key|sharedsecret|key-?string|auth-key|authentication-key|authkey"
    r"|auth-pass(?:word)?|auth-pwd|priv-pass(?:word)?|priv-pwd|authentication-password|privacy-password"
    r"|privacy-key|encryption-password|encryption-key|encrypted-password|encrypted-key|plaintext-password"
    r"|plain-text-password|plain-text-password-value|simple-password|hashed-password|ipsec-secret|wpa2?-pre-shared-key|wpa-psk"
    r"|phash|private-key|privatekey|enable-password|bind-password|bindpw|admin-password|area-password"
    r"|domain-password|master-key|master-passphrase|server-key|secret-key|secretkey|api-key|apikey|api-token|token|access-key"
    r"|radius-secret|tacacs-secret|community-name|snmp-community-string|authentication-phrase|privacy-phrase"
    r"|auth-passphrase|priv-passphrase|authpasswd|privpasswd|cak|message-digest-key \d+ md5|keypass|pin|webhook-key"
    r"|authpwd|privpwd"
    # words that a vendor puts something before: tcp-md5-key, secondary-secret, aes-128-cfb-key; names of lists, which
    # people mostly write in capitals, are left alone
    r"|(?-i:(?:[a-z0-9]+-)*(?:md5(?:-auth)?|cfb|plaintext|shared|private|pre-?shared)-key"
    r"|(?:[a-z0-9]+[-_])+(?:secret|password|passwd|passphrase)|password-(?:hash|encrypt))"
)
_AFTER_WORD = re.compile(
    rf"((?<![\w-])(?:{_WORDS})(?:\"|')?(?: *[=:] *| +|>)(?:\[ *)?{_SHAPES})({_VALUE})",
    re.IGNORECASE,
)
_MORE = tuple(
    re.compile(rf"({pattern})({_VALUE})", re.IGNORECASE)
    for pattern in (
        # SNMP: communities and users' keys
        r"\bsnmp\S* (?:\S+ )*?community(?:-map)?(?: (?:read|write|cipher|simple|ro|rw|[0-9]))* +",
        r"^\s*community(?= \"[^\"]*\" (?:hash2?|access-permissions)| \S+ \{\s*$) +",
        r"\bsnmp\S* .*\b(?:auth(?:entication)?(?:-mode)? (?:md5|sha\S*)(?: (?:cipher|simple|0x|\d))* +)",
        r"\bsnmp\S* .*\b(?:priv(?:acy)?(?:-mode)? (?:3des|des\S*|aes\S*)(?: \d+)?(?: (?:cipher|simple))? +)",
        r"\bsnmp-server user .*\bpriv +(?!3des |des|aes)",
        r"^\s*usm-community +",
        r"\bsnmp-server host \S+ (?:(?:traps|informs|version (?:1|2c|3)|vrf \S+|use-vrf \S+|auth|noauth|priv) +)*",
        r"\bsnmp\S* target-host .*\bsecurityname(?: cipher)? +",
        r"\bsnmp(?:-community)? .*\bname=",
        # servers, neighbours, first-hop redundancy
        r"\b(?:tacacs|radius|hwtacacs|ldap|aaa)\S*\b.*?\bkey(?: (?:[0-9]{1,2}|cipher|simple|shared))* +",
        r"^\s*(?:server-private|address) .*\bkey(?: \d)? +",
        r"^\s*key (?:[0-9]{1,2}|8a|(?:authentication|accounting|authorization)(?: (?:cipher|simple))?|cipher|simple) +",
        r"^\s*(?:primary|secondary) .*\bkey(?: (?:cipher|simple))? +",
        r"\bmd5 \d+ key +",
        r"\bauthentication (?:hmac|md5|sha)\S* key +",
        r"\bapi keys .*\bkey +",
        r"^\s*key (?=\")|\blicense keys key +",
        r"^\s*set key (?:ENC +)?",
        r"<(?:key|private-key|secret|community|bind-password)>",
        r"\bisakmp key(?: \d)? +",
        r"\bnhrp authentication +",
        r"\b(?:standby|vrrp|hsrp|glbp)\b.*\bauthentication"
        r"(?: (?:text|md5|mode|simple|key-string|cipher|hmac\S*|\d))* +",
        r"\bauthentication-mode (?:md5|hmac\S*|simple)(?: \d+)?(?: (?:cipher|plain|simple))? +",
        r"\bmd5-password(?: (?:cipher|plain|simple))? \S+ +",
        r"\bntp authentication-key \d+ \S+ +(?:(?:0|7|8|cipher|simple) +)*",
        r"\b(?:message-digest-key|authentication-key|md5-key|key-id|key) \d+"
        r" (?:md5|sha\d*|hmac\S*|authentication-mode \S+)(?: (?:\d|cipher|simple|key))* +",
        r"\b(?:wep-?key|key-octet-string|macsec .*\bkey)(?: \d+)? +",
        # user lists of Gaia, keys of administrators
        r"\bset user \S+ (?:password-hash|password) +",
        r"\b(?:ssh-rsa|ssh-dss|ssh-ed25519|ecdsa-sha2-nistp\d+) +",
    )
)
_HASHES = re.compile(
    r"\$(?:[0-9]{1,2}|1[a-z]|2[abxy]|[ch]\$\d|y|gy|7|sha1|sha256|sha512|aes\d*|M|ar2|argon2\w*)\$[^\s\";,<>']+"
)
_HIDDEN = re.compile(
    r"\b(?:ENC|SH2) [A-Za-z0-9+/=]{16,}"
    # Huawei's cipher texts stand between marks
    r"|(%\^%#|%#%#|%@%@|@%@%|%\$%\$|\^%\^%).+?\1"
)

_TRIGGERS = (
    "pass", "secret", "psk", "key", "communit", "snmp", "hash", "token", "$", "begin ", "enc ", "sh2 ", "ssh-",
    "ecdsa", "authentication", "bindpw", "cak", "pin ", "securityname", "pwd", "%#", "@%", "^%",
)  # fmt: skip
"""One of these, in lower case, is in every line that any pattern below is about."""
_RESIDUE = re.compile(
    rf"(?i)(?<![\w-])(?:{_WORDS})(?:\"|')?(?: *[=:] *| +)(?!{re.escape(MASK)}|[\"']?{re.escape(MASK)})\S*"
    r"(?:[0-9A-F]{12,}|[A-Za-z0-9+/]{24,}|\$)"
)
_BEGIN = re.compile(r"-----BEGIN [A-Z0-9 ]*PRIVATE KEY(?: BLOCK)?-----")
_END = re.compile(r"-----END [A-Z0-9 ]*PRIVATE KEY(?: BLOCK)?-----")


class Scrubber:
    """Scrubs one output, in blocks of whole lines; knows whether it is inside a private key."""

    def __init__(self) -> None:
        self._in_key = False

    def feed(self, block: str) -> str:
        """The block without secrets, as many lines as before."""
        if not self._in_key and not _is_suspect(block):
            return block
        return "\n".join(self._line(line) for line in block.split("\n"))

    def _line(self, line: str) -> str:
        if self._in_key:
            self._in_key = not _END.search(line)
            return MASK if line else line
        if not _is_suspect(line):
            return line
        found = _BEGIN.search(line)
        if found is not None:
            self._in_key = not _END.search(line, found.end())
            return line[: found.start()] + MASK
        return _scrubbed(line)


def _is_suspect(text: str) -> bool:
    lower = text.lower()
    return any(word in lower for word in _TRIGGERS)


def _scrubbed(line: str) -> str:
    line = _AFTER_WORD.sub(_masked, line)
    for pattern in _MORE:
        line = pattern.sub(_masked, line)
    line = _HIDDEN.sub(MASK, _HASHES.sub(MASK, scrub(line)))
    found = _RESIDUE.search(line)
    return line if found is None else line[: found.start()] + MASK


def _masked(found: re.Match[str]) -> str:
    value = found[2]
    if value.startswith(MASK[:-1]):
        return found[0]
    quote = value[0] if value[0] in "\"'" and value[-1] == value[0] and len(value) > 1 else ""
    return f"{found[1]}{quote}{MASK}{quote}"
