"""Rows of SONiC's CONFIG_DB, written and deleted in the `config_db.json` that holds them."""

from __future__ import annotations

import json
import shlex
from collections.abc import Sequence

from auditor.remedies.errors import NotCarriedOut
from parsers.platform import CONFIGURATION, Text

PRIORITY = "PRIORITY"
HASH = ["sudo", "config", "switch-hash", "global", "ecmp-hash-algorithm"]
ALGORITHM = "ecmp_hash_algorithm"


def carried_out(texts: list[Text], commands: Sequence[str]) -> list[Text]:
    """The texts after `sonic-db-cli CONFIG_DB HSET|DEL KEY FIELD VALUE ...`."""
    place = next((i for i, text in enumerate(texts) if text.command == CONFIGURATION), None)
    if place is None:
        raise NotCarriedOut("there is no configuration to write the rows into")
    try:
        tables = json.loads("\n".join(texts[place].lines))
    except json.JSONDecodeError as error:
        raise NotCarriedOut(f"the configuration is no JSON: {error}") from error
    if "ACL_RULE" not in tables and "acl" in tables:
        raise NotCarriedOut(
            "acl-loader made the rules from a file, which the rule has to be written into by hand"
        )
    for command in commands:
        words = shlex.split(command)
        if words[:5] == HASH and len(words) == 6:
            tables.setdefault("SWITCH_HASH", {}).setdefault("GLOBAL", {})[ALGORITHM] = words[5]
            continue
        if words[:2] != ["sonic-db-cli", "CONFIG_DB"] or len(words) < 4 or "|" not in words[3]:
            raise NotCarriedOut(f"not of a form that can be carried out here: {command}")
        table, _, row = words[3].partition("|")
        rows = tables.setdefault(table, {})
        if words[2] == "DEL":
            if rows.pop(row, None) is None:
                raise NotCarriedOut(f"there is no such row: {command}")
            continue
        fields = dict(zip(words[4::2], words[5::2], strict=True))
        _check(rows, row, fields)
        rows[row] = fields
    lines = json.dumps(tables, indent=4).splitlines()
    return [*texts[:place], texts[place]._replace(lines=lines), *texts[place + 1 :]]


def _check(rows: dict[str, dict[str, str]], row: str, fields: dict[str, str]) -> None:
    """Rules of a table have different priorities, and a new one does not replace another."""
    if row in rows:
        raise NotCarriedOut(f"the table has a row {row}")
    table = row.partition("|")[0]
    taken = {v.get(PRIORITY) for k, v in rows.items() if k.partition("|")[0] == table}
    if fields.get(PRIORITY) in taken:
        raise NotCarriedOut(f"the priority {fields[PRIORITY]} is taken in {table}")
