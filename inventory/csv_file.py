"""A table of devices: CSV with a line of headings."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from inventory.describe import host_of
from inventory.errors import BadInventory
from inventory.host import Host
from inventory.yaml_file import read_text

HEADINGS = {
    "name": "name", "hostname": "name", "device": "name", "host": "name", "device_name": "name",
    "address": "address", "ip": "address", "ip_address": "address", "management_ip": "address",
    "mgmt_ip": "address", "primary_ip": "address",
    "port": "port", "ssh_port": "port",
    "platform": "platform", "device_type": "platform", "os": "platform", "network_os": "platform",
    "user": "user", "username": "user",
    "password": "password", "enable": "enable", "secret": "enable",
    "key_file": "key_file", "jump": "jump", "jump_host": "jump", "proxy_jump": "jump",
    "group": "groups", "groups": "groups", "realm": "realm", "connector": "connector",
    "legacy": "legacy",
}  # fmt: skip
"""Headings as people write them (case, blanks and `-` aside), and what they mean here."""


def read_csv(path: Path) -> tuple[Host, ...]:
    """The devices of a table; `,`, `;` or tab separates, whichever the headings use most.

    Raises BadInventory for a table without a heading for names or addresses.
    """
    text = read_text(path)
    heads, _, _ = text.partition("\n")
    delimiter = max(",;\t", key=heads.count)
    reader = csv.reader(io.StringIO(text), delimiter=delimiter)
    hosts: list[Host] = []
    fields: list[str | None] = []
    try:
        for row in reader:
            if not any(cell.strip() for cell in row) or row[0].startswith("#"):
                continue
            if not fields:
                fields = _headings(row, path)
            else:
                hosts.append(_host(row, fields, f"{path}:{reader.line_num}"))
    except csv.Error as error:
        raise BadInventory(f"{path}:{reader.line_num}: not CSV: {error}") from None
    return tuple(hosts)


def _headings(row: list[str], path: Path) -> list[str | None]:
    fields = [HEADINGS.get(_plain(cell)) for cell in row]
    if "name" not in fields and "address" not in fields:
        raise BadInventory(
            f"{path}: the first line should name the columns: name, address, platform, and what of "
            f"{', '.join(sorted(set(HEADINGS.values()) - {'name', 'address', 'platform'}))} there is"
        )
    return fields


def _plain(heading: str) -> str:
    return heading.strip().lower().replace(" ", "_").replace("-", "_")


def _host(row: list[str], fields: list[str | None], where: str) -> Host:
    said: dict[str, object] = {}
    for field, cell in zip(fields, row, strict=False):
        if field is not None and cell.strip():
            said[field] = cell if field in ("password", "enable") else cell.strip()
    if isinstance(groups := said.get("groups"), str):
        said["groups"] = groups.replace(";", " ").replace("|", " ").replace(",", " ").split()
    name = said.pop("name", None) or said.get("address")
    if name is None:
        return host_of(where, {"problem": "the row has no name"}, where)
    return host_of(str(name), said, where)
