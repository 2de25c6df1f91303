"""What goes over the wire, byte by byte, to a device of every platform: the list, and nothing but the list."""

from __future__ import annotations

import pytest

from auditor.collect_plan import files_of
from auditor.collect_privilege import ways
from auditor.connectors.errors import NotAllowed
from auditor.connectors.gate import Gate
from auditor.connectors.terminal import ANSWERS, GREETINGS, SETUP
from inventory.secret import Secret
from parsers.registry import PLATFORMS, platform
from tests.collect.conftest import Collect
from tests.collect.device import Fleet
from tests.collect.makes import PROMPTS, make

CHANGES = (
    "conf",
    "write",
    "save",
    "commit",
    "copy",
    "delete",
    "reload",
    "system-view",
    "edit",
    "request",
    "install",
)
"""How commands begin that change something, on one platform or another."""


def listed(name: str) -> list[str]:
    """The commands of a platform that need nothing filled in."""
    found = [c.text for c in platform(name).commands]
    return [text for text in found if " LAYER " not in text]


def elsewhere(name: str) -> list[str]:
    """The same commands where their programs may lie, for a shell that has not found them."""
    return [ways(c)[1] for c in platform(name).commands if c.sbin]


def test_every_platform_is_tried() -> None:
    assert set(PROMPTS) == set(PLATFORMS) == set(SETUP)


@pytest.mark.parametrize("name", sorted(PLATFORMS))
def test_only_the_list_is_sent(name: str, devices: Fleet, collect: Collect) -> None:
    device = devices.add(make(name))
    outcome = collect({"d1": (name, device)})
    # every byte: the terminal's setup and the list, in order, each once, and no word at the end
    assert device.received.decode() == "".join(
        f"{line}\n" for line in (*SETUP[name], *listed(name))
    )
    assert outcome.code == 0, outcome.err
    files = files_of(platform(name).commands)
    for command in listed(name):
        assert outcome.text("d1", files[command]) == (
            f"first line of {command}\nlast line of {command}\n"
        )


@pytest.mark.parametrize("name", sorted(PLATFORMS))
def test_a_pager_and_refusals_bring_nothing_else(
    name: str, devices: Fleet, collect: Collect
) -> None:
    device = devices.add(make(name, page=3))
    first, *rest = listed(name)
    lines = [f"line {number} of the output\n" for number in range(1, 11)]
    device.outputs = {first: "".join(lines)}
    outcome = collect({"d1": (name, device)})
    sent = device.received.decode()
    assert sent.replace(" " * 3, "", 1) != sent
    again = elsewhere(name)
    allowed = {*SETUP[name], *listed(name), *again}
    assert {line.lstrip(" ") for line in sent.splitlines()} == allowed
    assert sent.count("\n") == len(SETUP[name]) + len(listed(name)) + len(again)
    assert outcome.text("d1", files_of(platform(name).commands)[first]) == "".join(lines)
    said = outcome.hosts["d1"]["commands"]
    assert isinstance(said, dict)
    assert {command for command, word in said.items() if word.startswith("refused: ")} == set(rest)
    assert not any(
        (outcome.folder / "d1" / files_of(platform(name).commands)[c]).exists() for c in rest
    )


@pytest.mark.parametrize("name", sorted(PLATFORMS))
def test_no_list_holds_a_change(name: str) -> None:
    for line in (*listed(name), *SETUP[name], *elsewhere(name)):
        assert not line.startswith(CHANGES), line
        assert not any(char in line for char in "\n\r;&`"), line


def test_the_gate_lets_nothing_else_through() -> None:
    gate = Gate(["show version"], ANSWERS)
    for text in ("show version\n", "\n", " "):
        gate.check(text)
    for text in (
        "show version", "show version \n", "show version\nreload\n", "reload\n", "configure terminal\n",
        "show version\r\n", "SHOW VERSION\n", "yes", "hunter2\n", "", "\n\n",
    ):  # fmt: skip
        with pytest.raises(NotAllowed) as error:
            gate.check(text)
        assert "hunter2" not in str(error.value)
    gate.allow_once(Secret("hunter2"))
    gate.check("hunter2\n")
    with pytest.raises(NotAllowed):
        gate.check("hunter2\n")
    assert {greeting.answer for greeting in GREETINGS} <= {"a", "\n", "N\n", "n", " "}
