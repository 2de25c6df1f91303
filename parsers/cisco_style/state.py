"""What show outputs add to a device: tables, versions, and statements about what is in effect."""

from __future__ import annotations

from typing import NamedTuple

from parsers.model.balancing import PathChoice
from parsers.model.routes import RouteTable
from parsers.platform import Inputs


class DeviceState(NamedTuple):
    """Facts from show outputs; None and empty where nothing was collected."""

    model: str | None = None
    os_version: str | None = None
    tables: tuple[RouteTable, ...] = ()
    path_choices: tuple[PathChoice, ...] = ()


def read_state(inputs: Inputs) -> DeviceState:
    """Reads all texts of `inputs` but the configuration."""
    return DeviceState()
