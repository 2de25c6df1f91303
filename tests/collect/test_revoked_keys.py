"""A key that known_hosts marks as revoked pins nothing."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import paramiko
import pytest

from auditor.collect_ssh import Way
from auditor.connectors.netmiko_login import pin


@pytest.mark.parametrize("mark", ["", "@revoked r9 ", "@revoked * "])
def test_revoked_keys_pin_nothing(tmp_path: Path, mark: str) -> None:
    keys = [paramiko.ECDSAKey.generate() for _ in range(2)]
    file = tmp_path / "known_hosts"
    lines = [f"r1 {key.get_name()} {key.get_base64()}" for key in keys]
    if mark:
        lines.append(f"{mark}{keys[0].get_name()} {keys[0].get_base64()}")
    file.write_text("\n".join(lines) + "\n")
    client = paramiko.SSHClient()
    way = Way("r1", 22, known_hosts=(str(file),))
    pin(client, cast(Any, SimpleNamespace(way=way)))
    pinned = client.get_host_keys().lookup("r1")
    held = [key.get_base64() for key in pinned.values()] if pinned is not None else []
    assert (keys[0].get_base64() in held) == (not mark)
