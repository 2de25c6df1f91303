"""What a terminal session leaves around and inside a device's text: pagers, escapes, prompts.

All functions keep the number of lines: what is removed leaves an empty line or a shorter one, so
that line numbers stay those of the file. The pager texts are those of IOS, NX-OS, EOS, Junos, ASA,
Comware, VRP, FastIron, ProCurve, AireOS and `less`.
"""

from __future__ import annotations

import re

PAGER = re.compile(
    r"[ \t]*(?:"
    # --More--, --More--(12%), <--- More --->, ---- More ----, ---(more 12%)---
    r"<?-{1,5} ?\(?more(?: \d{1,3}%)?\)? ?-{1,5}>?(?:\(\d{1,3}%\))?"
    r"(?:,? (?:next page: .{1,60}?quit: control-c|or \(q\)uit))?"  # ProCurve, FastIron, AireOS
    r"|lines \d+-\d+(?:/\d+)?(?: (?:\(END\)|\d{1,3}%))?(?= *$)"  # less
    r"|press (?:any key|<?space>?|enter) to (?:continue|page).{0,60}$"
    r")",
    re.IGNORECASE,
)
"""A pager's text at the beginning of a line; what follows it on the line is the device's."""

_HINT = re.compile(r"- ?\(?more|^[ \t]*(?:lines \d+-\d|press (?:any|<?space|enter))", re.I | re.M)
_ESCAPE = re.compile(
    r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b\n]*(?:\x07|\x1b\\)?|[()*+][0-9A-Za-z]|[ -/]*[0-~])"
    r"|\x9b[0-?]*[@-~]"
)
_LEFT = re.compile(r"\x1b\[(\d{0,4})D")
_WIDEST = 512
"""No terminal is wider; a cursor movement beyond it goes to the first column anyway."""

_NAME = (
    r"(?:RP/\d+/\w+/\w+:)?[\w.\-@:/~+]+(?:\((?:config|active|passive|primary|secondary)[\w\-]*\))?"
)
_PROMPT = rf"(?:\[?{_NAME}(?: ~)?\]?\s?[#>$%]|<[\w.\-]+>|\[~?\*?{_NAME}\])"
_COMMAND = (
    r"(?:do |sudo |admin )?(?:show?|sh|sho|display|term(?:inal)?|more|cat|en(?:able)?|set cli|ip"
    r"|nft|iptables-save|ip6tables-save|vtysh|sysctl|no page|screen-length|export|copy|write|wr"
    r"|conf\w*|run|info|admin|exit|quit|logout)"
)
_ECHO = re.compile(rf"{_PROMPT}\s*{_COMMAND}(?:\s[^{{;]*)?")
_SHOW = re.compile(rf"{_PROMPT}\s*(?:sho?w?|display) +[a-z][a-z ]+")
_BARE_PROMPT = re.compile(rf"\[?{_NAME}(?: ~)?\]?\s?[#>$%]\s*(?:exit|quit|logout|end)?\s*")
_DATE = r"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) \w{3} +\d{1,2} [\d:.]+ .{0,40}"
_ROLE = r"\{(?:master|backup|primary|secondary|linecard)(?::\w+)?\}|\[edit[^\]]*\]"
"""The lines that Junos prints above its prompt."""
_PREAMBLE = re.compile(
    r"(?:show?|sh|sho|display|term(?:inal)?|set cli) (?:run|conf|len|wid|screen-|current|\|).*"
    r"|(?:Building|Generating) configuration\.*"
    r"|(?:Current|Startup|Using) [Cc]onfiguration ?:(?: *\d+ bytes)?|Using \d+ out of \d+ bytes"
    rf"|{_DATE}|{_ROLE}"
)
_FAREWELL = re.compile(
    rf"(?i)(?:shared )?connection (?:to \S+ )?closed.*|logout|exit|<[\w.\-]+>(?:quit)?|{_ROLE}"
)
_HEAD = 60
"""Lines at the top within which a session's own lines are looked for."""


def shown(line: str) -> str:
    """What a terminal shows of `line`: backspaces move left, later text overwrites, escapes go."""
    if "\x1b" in line or "\x9b" in line:
        line = _LEFT.sub(lambda found: "\b" * min(int(found[1] or 1), _WIDEST), line)
        line = _ESCAPE.sub("", line).replace("\x1b", "")
    if "\b" not in line:
        return line
    cells: list[str] = []
    column = 0
    for character in line:
        if character == "\b":
            column = max(0, column - 1)
        elif column < len(cells):
            cells[column] = character
            column += 1
        else:
            cells.append(character)
            column += 1
    return "".join(cells).rstrip()


def without_pager(line: str) -> str:
    """`line` without the pager text at its beginning, nor the blanks that wiped the pager away."""
    found = PAGER.match(line)
    if found is None:
        return line
    rest = line[found.end() :]
    if rest.startswith(" "):
        rest = rest[1:]
        # IOS wipes with eight blanks between two runs of backspaces; loggers drop the backspaces
        rest = rest.removeprefix(" " * 8)
    return rest


def is_pager(line: str) -> bool:
    """Whether `line` holds a pager's text and nothing else."""
    found = PAGER.match(line)
    return found is not None and not line[found.end() :].strip()


def may_have_pager(text: str) -> bool:
    """Whether any line of `text` can begin with a pager's text; a cheap test."""
    return _HINT.search(text) is not None


def second_output(lines: list[str]) -> int | None:
    """The line of the first prompt with a `show` command in `lines`, which `clear_session` left."""
    for number, line in enumerate(lines, 1):
        if ("#" in line or ">" in line) and _SHOW.match(line):
            return number
    return None


def clear_session(lines: list[str]) -> None:
    """Empties, in place, the lines before and after the output that belong to the session.

    Before it: prompts with the echoed command, `Building configuration...`, `Current configuration
    : 1234 bytes`, the date that IOS XR prints. After it: bare prompts and farewells.
    """
    for number, line in enumerate(lines[:_HEAD]):
        text = line.strip()
        if not text or text[0] in "!#":
            continue
        if not (_PREAMBLE.fullmatch(text) or _ECHO.fullmatch(text) or _BARE_PROMPT.fullmatch(text)):
            break
        lines[number] = ""
    for number in range(len(lines) - 1, max(-1, len(lines) - _HEAD), -1):
        text = lines[number].strip()
        if not text:
            continue
        if not (_FAREWELL.fullmatch(text) or _BARE_PROMPT.fullmatch(text)):
            break
        if text == "exit" and lines[number][0] == " ":
            break
        lines[number] = ""
