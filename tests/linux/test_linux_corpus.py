"""Real texts of the shared corpus: nothing raises, and what is left unread is known."""

from __future__ import annotations

from pathlib import Path

import pytest

from parsers.linux import PLATFORM
from parsers.model.device import Device
from parsers.platform import Inputs, Text

CORPUS = Path(__file__).parents[3] / "shared" / "corpus"
pytestmark = [
    pytest.mark.corpus,
    pytest.mark.skipif(not CORPUS.is_dir(), reason="the shared corpus is not beside the project"),
]


def read(file: Path, command: str = "running-config") -> Device:
    """The device of one file."""
    lines = file.read_text(errors="replace").splitlines()
    return PLATFORM.parse(Inputs(file.stem, "linux", (Text(file.name, command, lines),)))


def test_hosts_with_their_own_rules_only() -> None:
    for file in sorted((CORPUS / "networks/example-live/iptables").glob("*")):
        found = read(file)
        assert found.not_understood == ()
        assert found.is_host
        assert {b.direction for b in found.bindings if b.inactive is None} >= {"in", "out"}


def test_lines_that_iptables_would_refuse() -> None:
    found = read(CORPUS / "configs/linux_iptables/unsupported_command")
    unread = {line.text for line in found.not_understood}
    assert "-h" in unread
    assert "--append INPUT -p tcp -j ACCEPT" not in unread


def test_routes_and_addresses() -> None:
    for file in sorted((CORPUS / "show/linux").glob("*/*.raw")):
        found = read(file)
        assert found.not_understood == ()
        assert found.tables or found.interfaces


def test_frr_tables_of_the_labs() -> None:
    files = sorted((CORPUS / "labs").glob("cumulus*/show/*/*show_ip_route_vrf_all_json*"))
    assert files
    for file in files:
        (table,) = read(file, file.stem.replace("_", " ")).tables
        assert table.complete
        assert table.family == 4
        assert any(route.protocol == "connected" for route in table.routes)


def test_every_text_of_the_labs_is_survived() -> None:
    for file in sorted((CORPUS / "labs").glob("cumulus*/show/*/*.txt")):
        read(file, file.stem.replace("_", " "))
