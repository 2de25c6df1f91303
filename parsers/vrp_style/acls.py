"""Access lists: their lines while the text is read, and the filters that they become."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from parsers.model.filters import Action, Entry, Filter, LaterFragments
from parsers.reader import Statement, Table
from parsers.vrp_style.dialect import Dialect
from parsers.vrp_style.draft import Draft, RawAcl
from parsers.vrp_style.rules import UNREAD, Rules

Found = re.Match[str]
_RULE = re.compile(r"rule(?: (\d{1,10})(?!\S))?(?: name \S+)?\s+(\S.*)")
_REMARK = re.compile(r"rule \d+ (?:description|comment|remark)(?!\S)")
_NOT_RULES = re.compile(
    r"(?:description|step|acl-description|undo|statistic|statistics|increment|counter|hardware-count|match-order)"
    r"(?:\s.*)?|rule \d+ (?:description|comment|remark)(?:\s.*)?"
)


def kind_of(number: int) -> str:
    """The kind that the number of an access list tells (Huawei and H3C: `acl`)."""
    if 2000 <= number <= 2999:
        return "basic"
    if 3000 <= number <= 3999 or 42768 <= number <= 75535:
        return "advanced"
    if 6000 <= number <= 9999:
        return "user"
    return "interface" if 1000 <= number <= 1999 else "other"


def open_acl(
    state: Draft, names: tuple[str, ...], family: int, kind: str, line: int, auto: bool
) -> RawAcl:
    """Enters the view of an access list; a second view of one list continues it."""
    found = next(
        (state.acls[name, family] for name in names if (name, family) in state.acls),
        RawAcl(names, family, kind, line),
    )
    for name in names:
        state.acls[name, family] = found
    if len(names) > len(found.names):
        found.names = names
    if auto:
        found.auto = line
    if kind == "other":
        state.other_acls.update(names)
    state.acl = found
    state.subject = names[0]
    return found


def rule(state: Draft, match: Found, line: int) -> None:
    """A line below an access list."""
    if state.acl is not None:
        state.acl.lines.append((line, match[0]))


def step(state: Draft, match: Found, line: int) -> None:
    """`step N`: the distance between the numbers that rules get by themselves."""
    if state.acl is not None and int(match["step"]):
        state.acl.step = int(match["step"])


def remark(state: Draft, match: Found, line: int) -> None:
    """A description, which decides nothing."""


TABLE: Table[Draft] = Table(
    (
        Statement(r"step (?P<step>\d{1,4})", step),
        Statement(r"rule \d+ (?:description|comment|remark)(?: .*)?", reason="text"),
        Statement(r"rule(?: .*)?", rule, topic="filters"),
        Statement(r"description(?: .*)?", reason="text"),
        Statement(r"undo step", reason="the default step"),
        Statement(r"(?:counter|statistics|statistic|hardware-count)(?: .*)?", reason="counts"),
    ),
    missed="filter",
)


def take_block(state: Draft, acl: RawAcl, first: int, last: int) -> None:
    """The lines of an access list, without a look-up for each."""
    state.ledger.use(first)
    lines = state.lines
    for number in range(first + 1, last + 1):
        text = lines[number - 1].strip()
        if not text:
            state.ledger.ignore(number)
        elif text.startswith("rule ") and not _REMARK.match(text):
            acl.lines.append((number, text))
        elif text.startswith("step ") and text[5:].isdecimal() and 0 < int(text[5:10]) < 10000:
            acl.step = int(text[5:10])
            state.ledger.use(number)
        elif text[0] == "#" or _NOT_RULES.fullmatch(text):
            state.ledger.ignore(number)
        else:
            acl.lines.append((number, text))


def filters(
    state: Draft, dialect: Dialect, rules: dict[int, Rules], default: tuple[Action, int | None]
) -> dict[tuple[str, int], Filter]:
    """All access lists that look at IP headers as filters; `default` is what happens to packets that no
    rule decides, with the line that says so."""
    found = {}
    for acl in dict.fromkeys(state.acls.values()):
        if acl.kind == "other":
            _use_all(state, acl)
            continue
        made = make(state, acl, dialect, rules[acl.family], default, mark=True)
        found[made.key, made.family] = made
    return found


def make(
    state: Draft,
    acl: RawAcl,
    dialect: Dialect,
    rules: Rules,
    default: tuple[Action, int | None],
    mark: bool = False,
) -> Filter:
    """One access list as a filter; `mark` writes its lines into the ledger."""
    entries = tuple(read_rules(state, acl, dialect, rules, mark))
    uncertain = None
    if acl.auto is not None and len(entries) > 1 and len({e.action for e in entries}) > 1:
        uncertain = "match-order auto sorts the rules in an order that depends on the model"
    action, line = default
    if not entries and action is Action.DENY:
        action, line = Action.UNKNOWN, None
        uncertain = (
            "an access list without rules: no document says whether the default action applies"
        )
    return Filter(
        key=acl.names[0],
        family=acl.family,
        file=state.file,
        line=acl.first,
        entries=entries,
        default=action,
        names=acl.names,
        default_line=line,
        later_fragments=LaterFragments.UNKNOWN,
        uncertain=uncertain,
    )


def read_rules(
    state: Draft, acl: RawAcl, dialect: Dialect, rules: Rules, mark: bool
) -> Iterable[Entry]:
    """The entries of an access list in the order of their numbers. A rule without one gets the next multiple
    of the step; a number that occurs twice makes the later rule uncertain, since a device merges them."""
    numbered: dict[int, tuple[Entry, ...]] = {}
    last = -1
    ordered = True
    for line, text in acl.lines:
        match = _RULE.fullmatch(text)
        if match is None:
            number, body = None, text.removeprefix("rule ")
        else:
            number, body = (int(match[1]) if match[1] else None), match[2]
        if number is None:
            number = _next_number(last, acl.step, dialect.first_id)
        entries = rules.entries(body.split(), acl.kind, line, str(number))
        if mark:
            _mark(state, acl, line, entries)
        if number in numbered:
            doubted = tuple(
                e._replace(uncertain=e.uncertain or "the same rule number occurs twice")
                for e in entries
            )
            numbered[number] = (*numbered[number], *doubted)
        else:
            numbered[number] = entries
        ordered = ordered and number >= last
        last = max(last, number)
    order = numbered if ordered else sorted(numbered)
    return (entry for number in order for entry in numbered[number])


def _next_number(last: int, step_size: int, first_id: int | None) -> int:
    if last < 0:
        return step_size if first_id is None else first_id
    return (last // step_size + 1) * step_size


def _mark(state: Draft, acl: RawAcl, line: int, entries: tuple[Entry, ...]) -> None:
    if any(e.uncertain is not None and e.uncertain.endswith(UNREAD) for e in entries):
        state.ledger.miss(line, "filter", acl.names[0])
    else:
        state.ledger.use(line)


def _use_all(state: Draft, acl: RawAcl) -> None:
    for line, _text in acl.lines:
        state.ledger.use(line)


def undefined(state: Draft, name: str, family: int, action: Action) -> Filter:
    """An access list that is applied and not defined, with what the platform does then."""
    return Filter(
        key=name,
        family=family,
        file=state.file,
        line=None,
        entries=(),
        default=action,
        names=(name,),
        later_fragments=LaterFragments.WHOLE,
        defined=False,
        uncertain=f"access list {name} is applied and not defined"
        if action is Action.UNKNOWN
        else None,
    )


def all_acls(state: Draft) -> Iterator[RawAcl]:
    """Every access list once."""
    return iter(dict.fromkeys(state.acls.values()))
