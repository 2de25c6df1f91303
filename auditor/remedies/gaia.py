"""Commands of `mgmt_cli`, carried out on what `show-access-rulebase` answered."""

from __future__ import annotations

import json
import shlex
from collections.abc import Sequence
from typing import Any

from auditor.remedies.errors import NotCarriedOut
from parsers.platform import CONFIGURATION, Text

KNOWN = {"ssh": "22", "http": "80", "https": "443"}
"""Services that every management server has, whether an answer lists them or not."""
_ANY, _ACCEPT = ("CpmiAnyObject", ""), ("RulebaseAction", "Accept")
_OPEN = ("source", "destination", "service", "vpn", "content", "time")

_FIELDS = {
    "subnet": ("subnet4", False), "mask-length": ("mask-length4", True), "port": ("port", False),
    "icmp-type": ("icmp-type", True), "icmp-code": ("icmp-code", True),
}  # fmt: skip
"""Fields of objects in an answer, by the word that sets them, and whether they are numbers there."""

Json = dict[str, Any]


def carried_out(texts: list[Text], commands: Sequence[str]) -> list[Text]:
    """The texts after the commands: those of clish are read like the configuration, which they look like."""
    typed = [c for c in commands if not c.startswith("mgmt_cli ")]
    if typed:
        return _clish(texts, typed)
    place = next((i for i, text in enumerate(texts) if "rulebase" in text.command), None)
    if place is None:
        raise NotCarriedOut("there is no answer of show-access-rulebase")
    document = json.loads("\n".join(texts[place].lines))
    pages: list[Json] = document if isinstance(document, list) else [document]
    objects = next((p["objects-dictionary"] for p in pages if "objects-dictionary" in p), None)
    if objects is None:
        raise NotCarriedOut("the answer has no objects")
    for command in commands:
        _one(pages, objects, command)
    lines = json.dumps(document, indent=2).splitlines()
    return [*texts[:place], texts[place]._replace(lines=lines), *texts[place + 1 :]]


def _clish(texts: list[Text], commands: Sequence[str]) -> list[Text]:
    place = next((i for i, text in enumerate(texts) if text.command == CONFIGURATION), None)
    if place is None or not all(c.startswith("set ") for c in commands):
        raise NotCarriedOut(f"not of a form that can be carried out here: {commands[0]}")
    lines = list(texts[place].lines)
    for command in commands:
        if command.endswith(" off"):
            head = command.removesuffix("off")
            lines = [line for line in lines if not line.startswith(head)]
        else:
            lines.append(command)
    return [*texts[:place], texts[place]._replace(lines=lines), *texts[place + 1 :]]


def _one(pages: list[Json], objects: list[Json], command: str) -> None:
    words = shlex.split(command)
    if words[:3] != ["mgmt_cli", "-r", "true"] or len(words) < 5:
        raise NotCarriedOut(f"not of a form that can be carried out here: {command}")
    verb, kind = words[3:5]
    given = dict(zip(words[5::2], words[6::2], strict=False))
    if kind == "access-rule":
        _rule(pages, objects, verb, given)
    elif verb == "add":
        made: Json = {"uid": given["name"], "name": given["name"], "type": kind}
        for word, (field, number) in _FIELDS.items():
            if word in given:
                made[field] = int(given[word]) if number else given[word]
        objects.append(made)
    else:
        raise NotCarriedOut(f"not of a form that can be carried out here: {command}")


def _rule(pages: list[Json], objects: list[Json], verb: str, given: dict[str, str]) -> None:
    page = next((p for p in pages if given["layer"] in (p.get("uid"), p.get("name"))), None)
    if page is None:
        raise NotCarriedOut(f"there is no layer {given['layer']}")
    if verb == "delete":
        holder, at = _find(page["rulebase"], given["name"])
        del holder[at]
        return
    rule: Json = {"uid": given["name"], "name": given["name"], "type": "access-rule"}
    anything = _uid(objects, *_ANY)
    for word in _OPEN:
        named = [v for k, v in given.items() if k == word or k.startswith(f"{word}.")]
        rule[word] = [_named(objects, name) for name in named] or [anything]
    for word in ("source", "destination", "service", "content"):
        rule[f"{word}-negate"] = False
    rule |= {"content-direction": "any", "enabled": True, "comments": ""}
    rule |= {"action": _uid(objects, *_ACCEPT), "install-on": _targets(objects)}
    if above := given.get("position.above"):
        holder, at = _find(page["rulebase"], above)
    else:
        holder = page["rulebase"]
        at = len(holder)
    holder.insert(at, rule)
    for word in ("to", "total"):
        if isinstance(page.get(word), int):
            page[word] += 1


def _targets(objects: list[Json]) -> list[str]:
    return [o["uid"] for o in objects if o.get("name") == "Policy Targets"][:1]


def _find(rulebase: list[Json], name: str) -> tuple[list[Json], int]:
    for at, item in enumerate(rulebase):
        if name in (item.get("name"), item.get("uid")):
            return rulebase, at
        if isinstance(item.get("rulebase"), list):
            try:
                return _find(item["rulebase"], name)
            except NotCarriedOut:
                continue
    raise NotCarriedOut(f"no rule is called {name}")


def _uid(objects: list[Json], kind: str, name: str) -> str:
    for found in objects:
        if found.get("type") == kind and name in ("", found.get("name")):
            return str(found["uid"])
    raise NotCarriedOut(f"the answer has no object {name or kind}")


def _named(objects: list[Json], name: str) -> str:
    for found in objects:
        if found.get("name") == name:
            return str(found["uid"])
    if name not in KNOWN:
        raise NotCarriedOut(f"there is no object {name}")
    objects.append({"uid": name, "name": name, "type": "service-tcp", "port": KNOWN[name]})
    return name
