"""Permits what a traffic policy drops: in the list of its class where nothing else uses that list and the behavior lets
through what it permits, else by a class of its own in front of the one that drops.

Source: HPE 5130 HI, ACL and QoS Command Reference, "classifier behavior" (`insert-before`); Huawei, "Traffic policy
configuration commands", `classifier behavior` (`precedence`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from parsers.platform import Remedy
from parsers.standing import configuration, path_at, path_of

NAME = "ALLOW-SERVICE"
"""Of the class and the behavior that are made."""
_LIST = re.compile(r"acl (?:ipv6 )?(?:number |advanced |basic )?(?:name )?(?P<name>\S+).*")
_PAIR = re.compile(
    r"classifier (?P<classifier>\S+)(?: operator \S+)? behavior (?P<behavior>\S+)"
    r"(?: precedence (?P<order>\d+))?(?: .*)?"
)


class Used(NamedTuple):
    """How a policy comes to use a list: the policy's header, its pairs, and the one whose class has the list."""

    name: str
    policy: str
    pairs: tuple[re.Match[str], ...]
    pair: re.Match[str]
    alone: bool
    denies: bool


def used(wanted: Remedy) -> Used | None:
    """The use of the list that the finding rests on; None where the deciding line is in no list."""
    lines = configuration(wanted)
    path = path_of(wanted)
    head = _LIST.fullmatch(path[0]) if len(path) > 1 else None
    if head is None:
        return None
    name = head["name"]
    paths = [path_at(lines, at) for at, line in enumerate(lines) if line.strip(" #!")]
    word = re.compile(rf"(?<!\S){re.escape(name)}(?!\S)")
    classes = {
        p[0].split()[2]
        for p in paths
        if p[0].startswith("traffic classifier ") and word.search(p[-1])
    }
    every = [(p[0], m) for p in paths if len(p) == 2 and (m := _PAIR.fullmatch(p[1]))]
    policy = re.compile(
        rf"(?:traffic|qos) policy {re.escape((wanted.filter or '').split()[-1])}(?: .*)?"
    )
    own = tuple(m for header, m in every if policy.fullmatch(header))
    pair = next((m for m in own if m["classifier"] in classes), None)
    if pair is None:
        return None
    header = next(header for header, m in every if m is pair)
    uses = [p for p in paths if word.search(p[-1]) and p[0] != path[0]]
    alone = len(uses) == 1 and sum(m["classifier"] in classes for _, m in every) == 1
    verdicts = [
        p[1] for p in paths if p[0] == f"traffic behavior {pair['behavior']}" and len(p) == 2
    ]
    return Used(name, header, own, pair, alone, any(v.endswith("deny") for v in verdicts))


def free_list(lines: Sequence[str]) -> int | None:
    """A number for an advanced list that no line holds."""
    taken = {word for line in lines for word in line.split()}
    return next((number for number in range(3000, 4000) if str(number) not in taken), None)


def beside(
    wanted: Remedy, found: Used, rules: Callable[[Remedy], tuple[str, ...]], place: str
) -> tuple[str, ...]:
    """A list, a class and a behavior of their own; `place` is what puts the class in front."""
    lines = configuration(wanted)
    number = free_list(lines)
    taken = {word for line in lines for word in line.split()}
    if number is None or NAME in taken:
        return ()
    family = "ipv6 " if wanted.family == 6 else ""
    permit = "filter permit" if found.policy.startswith("qos ") else "permit"
    return (
        *rules(wanted._replace(filter=str(number), number=0)),
        f"traffic classifier {NAME} operator or",
        f" if-match acl {family}{number}",
        f"traffic behavior {NAME}",
        f" {permit}",
        found.policy,
        f" classifier {NAME} behavior {NAME} {place}",
    )


def by_hand(wanted: Remedy) -> tuple[str, ...]:
    """What is left to people, and why."""
    return (
        f"# traffic {wanted.filter} drops by a class: its list serves others too, or the configuration does not show",
        "# where a class that permits would stand; which of them to change has to be decided by hand",
    )
