"""What a rule is, and the registry that finds all of them."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterator
from functools import cache
from typing import NamedTuple

import rules
from rules.errors import UnknownRule
from rules.finding import Finding, Severity
from rules.view import View

FAMILIES = ("acl", "lb", "mtu", "rt")


class Rule(NamedTuple):
    """The identity of a rule: its code keeps its meaning for ever. `name` is the problem in a few
    words joined by hyphens, `severity` the worst it reports."""

    code: str
    name: str
    title: str
    severity: Severity
    references: tuple[str, ...] = ()


class Found(NamedTuple):
    """A rule with the module that holds it."""

    rule: Rule
    check: Callable[[View], Iterator[Finding]]
    text: str


@cache
def registry() -> tuple[Found, ...]:
    """All rules in the order of their codes: every module of a family folder that has RULE and check."""
    found = []
    for family in FAMILIES:
        package = importlib.import_module(f"{rules.__name__}.{family}")
        for info in sorted(pkgutil.iter_modules(package.__path__), key=lambda item: item.name):
            module = importlib.import_module(f"{package.__name__}.{info.name}")
            if hasattr(module, "RULE"):
                found.append(Found(module.RULE, module.check, module.__doc__ or ""))
    return tuple(sorted(found, key=lambda item: item.rule.code))


def rule(code: str) -> Found:
    """The rule with `code`, in any case of letters.

    Raises UnknownRule with the codes there are.
    """
    for found in registry():
        if found.rule.code == code.upper():
            return found
    codes = ", ".join(found.rule.code for found in registry())
    raise UnknownRule(f"no rule has the code {code!r}; there are {codes}")


def check_all(view: View) -> list[Finding]:
    """All findings of all rules, the worst first, then by code and subject."""
    findings = [finding for found in registry() for finding in found.check(view)]
    return sorted(findings, key=lambda f: (f.severity.rank, f.code, f.subject, f.message))
