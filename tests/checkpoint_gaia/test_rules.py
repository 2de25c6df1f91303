"""Rules and layers: knowledge, filters, 1.21 and test vectors T150, B15."""

from __future__ import annotations

from pathlib import Path

import pytest

from parsers.model.filters import Action
from tests.checkpoint_gaia.policies import (
    F22,
    F80,
    F443,
    Json,
    gateway,
    layer,
    rule,
    text_of,
    verdict,
)

DROP = rule("drop")
INNER = {"uid": "inner", "name": "Inner Layer", "type": "Global"}
AGENTS = {"uid": "uid-Agents", "name": "Agents", "type": "access-layer"}


@pytest.mark.parametrize(
    ("rules", "packet", "expected"),
    [
        ([rule(service=["https"]), DROP], F443, ("permit", "Network-1")),
        ([rule(service=["https"]), DROP], F22, ("deny", "Network-2")),
        ([rule("reject", service=["https"]), rule()], F443, ("deny", "Network-1")),
        ([rule("drop", enabled=False), rule()], F443, ("permit", "Network-2")),
        ([rule("ask"), rule()], F443, ("unknown", "Network-1")),
        ([rule(service=["ssh"])], F443, ("deny", "")),
        ([rule("drop", vpn=["community"]), rule()], F443, ("unknown", "Network-1")),
        ([rule("drop", time=["night"]), rule()], F443, ("unknown", "Network-1")),
        ([rule("drop", content=["files"]), rule()], F443, ("unknown", "Network-1")),
        ([rule("drop", **{"a-new-column": 1}), rule()], F443, ("unknown", "Network-1")),
        ([rule("drop", install_on=["other-gw"]), rule()], F443, ("unknown", "Network-1")),
        ([rule("drop", source=["lan"], source_negate=True), rule()], F443, ("permit", "Network-2")),
        ([rule("drop", service=["ssh"], service_negate=True), rule()], F443, ("deny", "Network-1")),
        ([rule("drop", service=["ssh"], service_negate=True), rule()], F22, ("permit", "Network-2")),
        ([rule("drop", service=["any"], service_negate=True), rule()], F22, ("permit", "Network-2")),
        ([rule("drop", source=["any"], source_negate=True), rule()], F22, ("permit", "Network-2")),
        ([{"type": "access-rule", "enabled": True}, rule()], F443, ("unknown", "Network-1")),
    ],
)  # fmt: skip
def test_rules(tmp_path: Path, rules: list[Json], packet: Json, expected: tuple[str, str]) -> None:
    assert verdict(tmp_path, packet, layer(rules)) == expected


def test_sections_are_flattened(tmp_path: Path) -> None:
    page = layer([])
    page["rulebase"] = [
        {
            "type": "access-section",
            "name": "a",
            "rulebase": [{"uid": "x", **rule(service=["ssh"])}],
        },
        {"type": "access-section", "name": "b", "rulebase": [{"uid": "y", **DROP}]},
    ]
    assert verdict(tmp_path, F22, page) == ("permit", "x")
    assert verdict(tmp_path, F443, page) == ("deny", "y")


@pytest.mark.parametrize("packet", [F443, F80])
def test_an_inline_layer_does_not_fall_back(tmp_path: Path, packet: Json) -> None:
    """T150."""
    outer = layer([rule("inner", inline_layer="uid-Agents"), rule()], INNER, AGENTS)
    inner = layer([rule(service=["http"])], name="Agents")
    action = "permit" if packet is F80 else "deny"
    assert verdict(tmp_path, packet, outer, inner)[0] == action


def test_an_inline_layer_may_accept_the_rest(tmp_path: Path) -> None:
    outer = layer([rule("inner", inline_layer="uid-Agents"), DROP], INNER)
    inner = layer([rule("drop", service=["http"])], name="Agents")
    inner["objects-dictionary"].append({**AGENTS, "implicit-cleanup-action": "accept"})
    assert verdict(tmp_path, F443, outer, inner)[0] == "permit"
    assert verdict(tmp_path, F80, outer, inner)[0] == "deny"


def test_an_inline_layer_that_was_not_exported(tmp_path: Path) -> None:
    outer = layer([rule("inner", service=["https"], inline_layer="uid-Agents"), rule()], INNER)
    assert verdict(tmp_path, F443, outer) == ("unknown", "Network-1")
    assert verdict(tmp_path, F22, outer) == ("permit", "Network-2")


def test_all_ordered_layers_are_bound() -> None:
    """B15."""
    package = {
        "name": "Standard", "type": "package",
        "access-layers": [
            {"uid": "uid-Network", "name": "Network"}, {"uid": "uid-App", "name": "App"},
            {"uid": "uid-More", "name": "More"},
        ],
    }  # fmt: skip
    device = gateway(
        "set hostname gw", text_of(package, layer([rule()]), layer([DROP], name="App"))
    )
    bound = [binding.key for binding in device.bindings if binding.family == 4]
    assert bound == ["access/uid-Network", "access/uid-App", "access/uid-More"]
    assert device.filters["access/uid-More", 4].uncertain
    assert device.filters["access/uid-App", 4].default is Action.UNKNOWN


def test_pages_of_one_layer_are_joined(tmp_path: Path) -> None:
    first = layer([rule(service=["ssh"])], total=2)
    second = {**layer([]), "from": 2, "to": 2, "total": 2}
    second["rulebase"] = [{"uid": "Network-2", **DROP}]
    assert verdict(tmp_path, F443, first, second) == ("deny", "Network-2")
    assert verdict(tmp_path, F443, first)[0] == "unknown"


def test_other_rulebases_are_left_alone() -> None:
    nat = layer([{"type": "nat-rule"}], name="nat")
    device = gateway("set hostname gw", text_of(nat))
    assert not device.bindings
    assert device.missing
