"""Commands that need root, sent by a user who is not: where programs lie, and `sudo -n`, which asks for nothing.

The ways are part of the list that the gate knows: a listed command, the same with the PATH of administrators, the
same through sudo. The next way is taken only where the device has refused the one before for the reason that it mends.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from auditor.connectors.terminal import SHORT, refusal
from parsers.platform import Command

_SBIN = "env PATH=/usr/sbin:/usr/bin:/sbin:/bin "
_SUDO = "sudo -n "

_NOT_FOUND = re.compile(
    r"^(?:.*: (?:command )?not found|env: .{1,60}: No such file or directory|Command '.{1,40}' not found\b.*"
    r"|.*is not included in the PATH environment variable\.?)\s*$",
    re.MULTILINE,
)
"""How shells, env(1) and Debian's command-not-found say that there is no such program."""
_DENIED = re.compile(
    r'^[^"#\n]*(?:Permission denied|Operation not permitted|must be root|as a privileged user)',
    re.MULTILINE,
)
"""How nft, iptables-save, vtysh and lldpctl say that the user may not ask (seen on Debian 12)."""
_NOT_RUNNING = re.compile(r"^Exiting: failed to connect to any daemons\.", re.MULTILINE)
"""vtysh, where no FRR runs."""
_SUDO_REFUSES = re.compile(
    r"^(?:sudo(?:-rs)?: (?!.*command not found)|.*sudo: (?:command )?not found|Sorry, user "
    r"|.* is not in the sudoers file|.* is not allowed to (?:run sudo|execute))",
    re.MULTILINE,
)
_ASKS = re.compile(
    r"^sudo(?:-rs)?: (?:a (?:password|terminal) is required|interactive authentication is required)",
    re.MULTILINE,
)
_SUDO_WARNS = re.compile(r"\A(?:sudo(?:-rs)?: (?:unable to resolve host|setrlimit\().*\n)+")
"""What sudo says before it does what it was asked for (its hostname is often in no table)."""

NO_PRIVILEGE = "no privilege"
"""How the word on such a command begins; unlike a refusal, it is asked again by the next run."""


def ways(command: Command) -> tuple[str, ...]:
    """All lines that may be sent for a listed command: itself first."""
    found = [command.text]
    if command.sbin:
        found.append(_SBIN + command.text)
    if command.root:
        found.append(_SUDO + command.text)
    return tuple(found)


def next_way(command: Command, way: str, said: str) -> str | None:
    """What to send after `way` was answered with `said`, a short text; None where that is the answer."""
    if _NOT_FOUND.search(said):
        return _SBIN + command.text if command.sbin and way == command.text else None
    if command.root and not way.startswith(_SUDO) and _DENIED.search(said):
        return _SUDO + command.text
    return None


def word_on(command: Command, way: str, said: str) -> str:
    """Why `said`, a short text, is no output, "" where it is one."""
    if way.startswith(_SUDO) and _SUDO_REFUSES.search(said):
        words = said.strip().splitlines()[-1]
        # in words of our own: the scrubber takes what follows the word for a secret
        return f"{NO_PRIVILEGE}: {'sudo asks for a password' if _ASKS.search(words) else words}"
    if command.root and _DENIED.search(said):
        return f"{NO_PRIVILEGE}: {refusal(said) or said.strip().splitlines()[0]}"
    if command.sbin and (found := _NOT_FOUND.search(said)):
        return f"refused: {found[0].strip()}"
    if command.root and (found := _NOT_RUNNING.search(said)):
        return f"refused: {found[0]}"
    reason = refusal(said)
    return f"refused: {reason}" if reason else ""


def output_of(way: str, start: str) -> str:
    """The start of an output without what sudo says for itself."""
    return _SUDO_WARNS.sub("", start, count=1) if way.startswith(_SUDO) else start


def lacking(user: str, said: dict[str, str]) -> str | None:
    """What is wrong with a device, and what helps, where commands lack privilege; `said` by command."""
    texts = [text for text, word in said.items() if word.startswith(NO_PRIVILEGE)]
    if not texts:
        return None
    why = said[texts[0]].removeprefix(f"{NO_PRIVILEGE}: ")
    return (
        f"{NO_PRIVILEGE} for {', '.join(texts)} ({why}); let {user} run them with sudo, without a password: "
        "docs/collecting.md has the line for sudoers"
    )


def is_short(text: str) -> bool:
    """Whether an output may be nothing but a refusal."""
    return len(text) <= SHORT


PATHS = {"vtysh": "/usr/bin/"}
"""Where programs lie on Debian and its kin; all others in /usr/sbin."""


def sudoers(user: str, commands: Iterable[Command]) -> str:
    """A rule for sudo that lets a user run exactly the commands that need root."""
    found = [_rule(command.text) for command in commands if command.root]
    return f"{user} ALL=(root) NOPASSWD: " + ", \\\n    ".join(found) + "\n"


def _rule(text: str) -> str:
    program, _, words = text.partition(" ")
    # sudo compares the words joined by blanks; without any, "" forbids all
    words = words.replace("'", "") or '""'
    return f"{PATHS.get(program, '/usr/sbin/')}{program} {words}"
