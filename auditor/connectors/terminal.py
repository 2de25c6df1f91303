"""How each platform's terminal is made ready and read: data, by platform.

Nothing here changes a configuration, also not where netmiko's own preparation would: on FortiOS it sets the console's
output mode, on ASA the terminal's width, on BIG-IP the user's preference; all three are stored. There the pager is
answered instead.
"""

from __future__ import annotations

import re
from typing import NamedTuple

SETUP: dict[str, tuple[str, ...]] = {
    "arista_eos": ("terminal width 511", "terminal length 0"),
    "aruba_aoscx": ("no page",),
    "checkpoint_gaia": ("set clienv rows 0",),
    "cisco_asa": ("terminal pager 0",),
    "cisco_ios": ("terminal width 511", "terminal length 0"),
    "cisco_nxos": ("terminal width 511", "terminal length 0"),
    "cisco_xe": ("terminal width 511", "terminal length 0"),
    "cisco_xr": ("terminal width 511", "terminal length 0"),
    "cumulus_linux": (),
    "dell_os10": ("terminal length 0",),
    "dell_sonic": (),
    "f5_tmsh": (),
    "fortinet": (),
    "hp_comware": ("screen-length disable",),
    "huawei_vrp": ("screen-length 0 temporary",),
    "juniper_junos": ("set cli complete-on-space off", "set cli screen-width 511",
                      "set cli screen-length 0"),
    "linux": (),
    "mikrotik_routeros": (),
    "nokia_srl": ("environment complete-on-space false", "environment cli-engine type basic"),
    "nokia_sros": ("environment more false", "environment no more"),
    "paloalto_panos": ("set cli scripting-mode on", "set cli terminal width 500",
                       "set cli pager off"),
    "ubiquiti_edgerouter": ("terminal width 512", "terminal length 0"),
    "vyos": ("set terminal width 512", "set terminal length 0"),
}  # fmt: skip
"""Commands for this session only: no pager, wide lines, no completion. They are netmiko's."""

ENABLE = frozenset({"cisco_ios", "cisco_xe", "cisco_asa", "cisco_nxos", "arista_eos", "dell_os10"})
"""Where `enable` and its secret lead to the commands that show a configuration."""

MORE = re.compile(
    r"(?:^|[\r\n])[ \t]*(?:-+ ?\(?more(?: \d+%)?\)?[^\r\n]{0,60}|<-+ More -+>|---- More ----"
    r"|Press any key to continue \(Q to quit\)|---\(less \d+%\)---|-- \[Q quit\|D dump\|[^\]\r\n]{1,20}\]"
    r"|lines \d+-\d+(?:/\d+)?(?: \(END\))?)\s*$",
    re.IGNORECASE,
)
"""What a pager shows while it waits, at the end of what has come."""
DISPLAY_ALL = re.compile(r"Display all \d+ items\? \(y/n\)\s*$")
NEXT_PAGE = " "
YES = "y"

PAGER_LINE = re.compile(MORE.pattern.removeprefix(r"(?:^|[\r\n])").removesuffix(r"\s*$"), re.I)
"""A pager's own words, which stay in the text where the next page goes on in the same line."""


class Greeting(NamedTuple):
    """A question before the first prompt, and the answer that changes nothing."""

    pattern: re.Pattern[str]
    answer: str


GREETINGS = (
    Greeting(re.compile(r"\(Press 'a' to accept\):?\s*$"), "a"),
    Greeting(re.compile(r"Press Y or ENTER to continue, N to exit\.?\s*$"), "\n"),
    Greeting(re.compile(r"(?i)password needs to be changed.*\[Y/N\]:?\s*$", re.DOTALL), "N\n"),
    Greeting(re.compile(r"(?i)do you want to see the software license\? \[Y/n\]:?\s*$"), "n"),
    Greeting(re.compile(r"(?i)press any key to continue\.*\s*$"), " "),
)
ANSWERS = (NEXT_PAGE, YES, *(greeting.answer for greeting in GREETINGS))

PROMPT = re.compile(r"(?:^|\n)[^\n]{0,199}[>#$%\]][ \t]?$")
"""What looks like a prompt, before the device's own is known."""

HEADERS = {
    "juniper_junos": re.compile(r"\{(?:master|backup|primary|secondary|linecard)(?::[\w-]+)*\}"),
    "nokia_srl": re.compile(r"--\{.*\}--\[.*\]--"),
    "nokia_sros": re.compile(r"\*?(?:\([a-z]+\))?\[[^\]]*\]"),
}
"""The line above the prompt where a prompt has two lines; it is no part of an output."""
MOST_HEADER = 3
"""Lines at the end of an output that may belong to the prompt."""

ESCAPES = re.compile(
    # VRP and Comware wipe the pager's words so: to the left, blanks, to the left
    r"\x1b\[\d+D *\x1b\[\d+D|"
    r"\x1b\[[0-?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b[()#][0-9A-Za-z]|\x1b[=>78DEHMc]"
    r"|\x1bZ|[\x00\x07\x0e\x0f]"
)
"""Control sequences of terminals (ECMA-48), titles of windows, bells."""

REFUSALS = re.compile(
    r"^\s*(?:"
    r"% ?(?:Invalid|Incomplete|Ambiguous|Unknown|Unrecognized|Authorization|Permission|Bad|Error)\b"
    r"|ERROR: % |Command authorization failed|Line has invalid autocommand|.*command authorization failed"
    r"|Cmd exec error|Error: (?:Unrecognized|Incomplete|Wrong|Too many|Ambiguous|You do not have|No permission)"
    r"|% ?Wrong parameter|% ?Too many parameters|Permission denied"
    r"|syntax error|unknown command|error: (?:syntax error|unknown command|command is not valid|permission)"
    r"|(?:MINOR|MAJOR): [A-Z_]+ #\d|% ?This command is not authorized"
    r"|Error: (?:Bad|Invalid|Missing)|(?:Parsing error|Error): "
    r"|bad command name|expected end of command|syntax error \(line|not enough permissions"
    r"|command parse error|Command fail\.|Unknown action"
    r"|Invalid syntax|Server error|Unknown command:|Invalid command|Invalid input:"
    r"|Syntax Error:|CLINFR\d+|NMS[A-Z]+\d+"
    r"|(?:-?\w*sh|\w+): (?:\d+: |line \d+: )?\S+: (?:command )?not found|sudo: "
    r"|Operation not permitted|.*Operation not permitted \(you must be root\)|.*must be root"
    r")",
    re.IGNORECASE | re.MULTILINE,
)
"""How devices say that a command is not for this release, this user, or nobody."""
SHORT = 2000
"""Characters up to which an output may be nothing but a refusal."""


def refusal(text: str) -> str:
    """The line in which the device refuses, "" where the text is an output."""
    if len(text) > SHORT:
        return ""
    found = REFUSALS.search(text)
    if found is None:
        return ""
    end = text.find("\n", found.start() + len(found[0]) - len(found[0].lstrip()))
    return text[found.start() : end if end >= 0 else len(text)].strip()[:200]
