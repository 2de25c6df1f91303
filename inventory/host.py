"""A device as inventories describe it: where it is, what it runs, how one logs in."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from inventory.devices import Skipped
from inventory.secret import Secret


@dataclass(frozen=True, slots=True)
class Host:
    """A device to collect from. What the inventory does not say is None: SSH's own configuration
    or the command line may.

    `platform` is the auditor's name, `device_type` netmiko's; they differ where netmiko has one
    type for each way to connect or release. `jump` is a chain as ssh's ProxyJump writes it. `realm`
    is what shares an AAA server. `legacy` allows SSH algorithms that are off by default.
    `secret_source` says where `password` was found; the other sources are asked later. `problem`
    says why nothing can be collected, `notes` what was read differently than one may think. `text` is
    a configuration that was collected before, which tells the platform where the inventory does not.
    """

    name: str
    address: str
    port: int | None = None
    platform: str | None = None
    device_type: str | None = None
    user: str | None = None
    password: Secret | None = None
    enable: Secret | None = None
    secret_source: str = ""
    key_file: str | None = None
    jump: str | None = None
    groups: tuple[str, ...] = ()
    realm: str | None = None
    connector: str | None = None
    legacy: bool = False
    notes: tuple[str, ...] = ()
    problem: str = ""
    text: Path | None = None


@dataclass(frozen=True, slots=True)
class HostList:
    """The devices of an inventory by name; `source` is what it is called, `skipped` what in it was
    not used."""

    source: str
    hosts: tuple[Host, ...]
    skipped: tuple[Skipped, ...] = ()
