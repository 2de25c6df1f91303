"""How to take back commands that set paths, rows and rules: what was made is deleted by its name.

Objects that a rule names (addresses, services, groups) stay where another remedy may use them; they change no verdict.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator, Sequence

_IPTABLES = re.compile(r"(ip6?tables(?: -t \w+)?) -[IA] (\S+)(?: \d+)? (-.*)")
_NFT = re.compile(
    r"nft (?:insert|add) rule (?P<place>\w+ \S+ \S+)(?: position \d+)? .* comment (?P<name>\S+)"
)
_BLACKHOLE = re.compile(r"(?P<ip>ip(?: -6)?) route del (?P<route>.*)")
_ROUTEROS = re.compile(r"(?P<menu>/[a-z0-9 -]+?) add (?P<fields>.+?)(?: place-before=.*)?")
_DISABLED = re.compile(r"(?P<menu>/[a-z0-9 -]+?) disable (?P<which>\[.*\])")


def _paths(commands: Sequence[str], path: str, delete: str) -> list[str]:
    """For each path that the commands set something below, the command that deletes it; the newest first."""
    found = dict.fromkeys(m[1] for c in commands if (m := re.match(path, c)))
    return [f"{delete}{one}" for one in reversed(found)]


def sros(commands: Sequence[str]) -> Iterator[str]:
    """SR OS in MD-CLI."""
    if lines := _paths(commands, r'(/configure filter \S+ "[^"]+" entry \d+) ', "delete "):
        yield from (*lines, "commit")


def srl(commands: Sequence[str]) -> Iterator[str]:
    """SR Linux."""
    if lines := _paths(commands, r"set (/ acl .* entry \d+) ", "delete "):
        yield from (*lines, "commit stay")


def vyatta(commands: Sequence[str]) -> Iterator[str]:
    """VyOS and EdgeOS."""
    lines = _paths(commands, r"set (firewall .* rule \d+) ", "delete ")
    lines += [f"set {c.removeprefix('delete ')}" for c in commands if c.startswith("delete ")]
    if lines:
        yield from (*lines, "compare", "commit-confirm 5")


def panos(commands: Sequence[str]) -> Iterator[str]:
    """PAN-OS: the rule; a switch of a zone protection profile that was turned off is turned on again."""
    lines = _paths(commands, r"set (.*rulebase security rules \S+) ", "delete ")
    lines += [c.removesuffix(" no") + " yes" for c in commands if c.endswith(" no")]
    if lines:
        yield from (*lines, "commit")


def cumulus(commands: Sequence[str]) -> Iterator[str]:
    """Cumulus Linux: NVUE, NCLU, and files of rules."""
    for command in commands:
        if found := re.match(r"sudo tee (\S+) ", command):
            yield from (f"sudo rm {found[1]}", "sudo cl-acltool -i")
            return
    lines = _paths(commands, r"nv set (acl \S+ rule \d+) ", "nv unset ")
    lines += [f"nv set {c.removeprefix('nv unset ')}" for c in commands if c.startswith("nv unset")]
    if lines:
        yield from (*lines, "nv config apply")
    turned = {"net add": "net del", "net del": "net add"}
    if nclu := [f"{turned[c[:7]]}{c[7:]}" for c in commands if c[:7] in turned]:
        yield from (*reversed(nclu), "net commit")


def sonic(commands: Sequence[str]) -> Iterator[str]:
    """SONiC: the rows."""
    keys = [shlex.split(c)[3] for c in commands if c.startswith("sonic-db-cli CONFIG_DB HSET ")]
    lines = [f"sonic-db-cli CONFIG_DB DEL '{key}'" for key in reversed(keys)]
    if lines:
        yield from (*lines, "sudo config save -y")


def tmsh(commands: Sequence[str]) -> Iterator[str]:
    """F5: the rule or the virtual servers."""
    for command in reversed(commands):
        if found := re.match(r"(modify security firewall policy \S+ rules) add \{ (\S+) ", command):
            yield f"{found[1]} delete {{ {found[2]} }}"
        elif found := re.match(r"create (ltm virtual \S+) ", command):
            yield f"delete {found[1]}"


def gaia(commands: Sequence[str]) -> Iterator[str]:
    """Check Point: the rule, and the installation."""
    for command in commands:
        found = re.match(
            r'(mgmt_cli -r true) add (access-rule layer "[^"]+") .*? (name "[^"]+")', command
        )
        if found is not None:
            yield f"{found[1]} delete {found[2]} {found[3]}"
            yield "# then install the policy package of this gateway"


def fortios(commands: Sequence[str]) -> Iterator[str]:
    """FortiOS: the policy, then the objects; the device keeps those that another policy uses."""
    made: list[tuple[str, str]] = []
    section = ""
    for command in commands:
        if command.startswith("config "):
            section = command
        elif command.startswith("edit "):
            made.append((section, command.removeprefix("edit ")))
    if not any(section == "config firewall policy" for section, _ in made):
        return
    for section, name in reversed(made):
        yield from (section, f"delete {name}", "end")


def routeros(commands: Sequence[str]) -> Iterator[str]:
    """RouterOS: what has all fields of the rule; what was disabled is enabled."""
    for command in reversed(commands):
        if found := _DISABLED.fullmatch(command):
            yield f"{found['menu']} enable {found['which']}"
        elif (found := _ROUTEROS.fullmatch(command)) and "firewall" in found["menu"]:
            fields = re.sub(r"=([^ \"]*,[^ \"]*)", r'="\1"', found["fields"])
            yield f"{found['menu']} remove [find {fields}]"


def linux(commands: Sequence[str]) -> Iterator[str]:
    """Rules of iptables by themselves, nft by the handle of the rule with its comment, and routes."""
    lines = []
    for command in reversed(commands):
        if found := _IPTABLES.fullmatch(command):
            lines.append(f"{found[1]} -D {found[2]} {found[3]}")
        elif found := _NFT.fullmatch(command):
            place, name = found["place"], found["name"]
            handle = f"$(nft -a list chain {place} | sed -n 's/.*comment \"{name}\" # handle //p')"
            lines.append(f"nft delete rule {place} handle {handle}")
        elif found := _BLACKHOLE.fullmatch(command):
            lines.append(f"{found['ip']} route add {found['route']}")
        else:
            return
    yield from lines
