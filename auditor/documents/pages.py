"""The pages of rules and platforms, by the names of their files."""

from __future__ import annotations

import re

from auditor.commands.explain import COLUMNS
from auditor.documents.markup import HEAD, code, plain, table
from auditor.platform_docs import WEIGHTS, PlatformDoc, platform_doc
from auditor.rule_docs import RuleDoc, rule_doc
from parsers.registry import PLATFORMS
from rules.rule import registry

FAMILIES = {
    "ACL": "Blocked ranges",
    "LB": "Load balancing that splits sessions",
    "MTU": "Path MTU Discovery",
    "RT": "Routing",
}


def rule_pages() -> dict[str, str]:
    """The page of each rule, and their index."""
    docs = [doc for found in registry() if (doc := rule_doc(found.rule.code)) is not None]
    pages = {f"docs/rules/{doc.code}.md": _rule(doc) for doc in docs}
    parts = [HEAD.format(source="rules/"), "# Rules\n", "`auditor rule CODE` prints these pages.\n"]
    for family, title in FAMILIES.items():
        rows = [
            (f"[{doc.code}]({doc.code}.md)", doc.severity, plain(doc.name), plain(doc.title))
            for doc in docs
            if re.fullmatch(rf"{family}\d+", doc.code)
        ]
        parts.append(f"## {title}\n\n{table(('code', 'worst', 'name', 'title'), rows)}")
    return pages | {"docs/rules/README.md": "\n".join(parts)}


def _rule(doc: RuleDoc) -> str:
    parts = [
        HEAD.format(source="the documentation in the rule's module"),
        f"# {doc.code} {plain(doc.title)}\n",
        f"Name `{doc.name}`, worst severity **{doc.severity}**. [All rules](README.md)\n",
        f"{plain(doc.summary)}\n",
    ]
    for heading, body in doc.sections.items():
        names = (code(name.strip()) for name in body.split(","))
        said = ", ".join(names) if heading == "Examples" else plain(body)
        parts.append(f"## {heading}\n\n{said}\n")
    return "\n".join(parts)


def platform_pages() -> dict[str, str]:
    """The page of each platform, and their index."""
    docs = [platform_doc(name) for name in sorted(PLATFORMS)]
    pages = {f"docs/platforms/{doc.name}.md": _platform(doc) for doc in docs}
    rows = [
        (f"[{doc.name}]({doc.name}.md)", plain(doc.title), *("x" if t in doc.topics else "" for t in COLUMNS.values()))
        for doc in docs
    ]  # fmt: skip
    legend = ", ".join(f"{short}: {topic}" for short, topic in COLUMNS.items())
    parts = [
        HEAD.format(source="parsers/"),
        "# Platforms\n",
        "`auditor platforms` prints this table, `auditor platform NAME` a page.\n",
        table(("name", "systems", *COLUMNS), rows),
        f"{legend}.\n",
    ]
    return pages | {"docs/platforms/README.md": "\n".join(parts)}


def _platform(doc: PlatformDoc) -> str:
    commands = [(code(command.text), plain(command.gives)) for command in doc.commands]
    tells = [(str(tell.weight), code(tell.pattern)) for tell in doc.tells]
    parts = [
        HEAD.format(source=f"parsers/{doc.name}"),
        f"# {plain(doc.title)}\n",
        f"`{doc.name}`, by {plain(doc.vendor)}{f': {plain(doc.about)}' if doc.about else ''}. "
        "[All platforms](README.md)\n",
        "## Commands\n",
        "`auditor collect` sends these; all are read-only.\n",
        table(("command", "gives"), commands),
        f"## What is read, in words\n\n{', '.join(doc.topics)}.\n",
        "## How it is recognised\n",
        f"Lines that match; {WEIGHTS}.\n",
        table(("weight", "pattern"), tells),
        *_aliases(doc),
        f"{doc.readme}\n",
    ]
    return "\n".join(parts)


def _aliases(doc: PlatformDoc) -> list[str]:
    if not doc.aliases:
        return []
    rows = [(code(other), code(command)) for other, command in doc.aliases]
    return [
        "Files named after these commands are read as well.\n",
        table(("command", "read as"), rows),
    ]
