"""Judges a configuration given as text, for table tests."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from auditor import profile
from auditor.filters import FilterAnswers
from parsers.model.device import Device
from parsers.platform import CONFIGURATION, Inputs, Text
from parsers.registry import platform
from rules.finding import Finding, Outcome
from rules.rule import check_all
from rules.service import Network, Service
from rules.view import Options, View


@cache
def bitbucket() -> Service:
    """The profile that ships with the project."""
    return profile.load("bitbucket")


def device_of(platform_name: str, config: str, **outputs: str) -> Device:
    """The device of a configuration and show outputs (`show_ip_route="…"`)."""
    texts = [Text("r1.cfg", CONFIGURATION, config.splitlines())]
    texts += [
        Text(f"{command}.txt", command.replace("_", " "), text.splitlines())
        for command, text in outputs.items()
    ]
    return platform(platform_name).parse(Inputs("r1", platform_name, tuple(texts)))


def findings_of(
    platform_name: str, config: str, sources: tuple[Network, ...] = (), **outputs: str
) -> list[Finding]:
    """All findings about a configuration."""
    device = device_of(platform_name, config, **outputs)
    return check_all(View(device, bitbucket(), Options(sources)))


def brief(findings: list[Finding], family: str) -> set[tuple[str, str, str]]:
    """Code, severity and outcome of a family's findings, notes aside."""
    return {
        (f.code, f.severity.value, f.outcome.value)
        for f in findings
        if f.code.startswith(family) and f.outcome is not Outcome.NOTE
    }


def answer(
    folder: Path, platform_name: str, config: str, filter_name: str, **packet: object
) -> object:
    """What `auditor filter test` answers about one packet."""
    file = folder / "r1.cfg"
    file.write_text(config, encoding="utf-8")
    row = {"config": str(file), "platform": platform_name, "filter": filter_name, "packet": packet}
    return FilterAnswers(folder).answer(row)
