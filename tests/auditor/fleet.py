"""Large reports, made from the demo's devices and findings under other names."""

from __future__ import annotations

from auditor.reports.model import Report

EACH = 5
"""Findings of each device."""


def fleet(demo: Report, devices: int) -> Report:
    """A report on so many devices, with five findings each."""
    model = next(device for device in demo.devices if device.name == "dc-edge-1")
    names = [f"dev-{number:05d}" for number in range(devices)]
    chosen = [f for f in demo.findings if f.outcome == "fail"][:EACH]
    assert len(chosen) == EACH
    findings = tuple(
        finding.model_copy(update={"device": name, "id": f"{number:08x}{place:08x}"})
        for number, name in enumerate(names)
        for place, finding in enumerate(chosen)
    )
    summary = demo.summary.model_copy(update={"devices": devices, "audited": devices})
    copies = tuple(model.model_copy(update={"name": name}) for name in names)
    return demo.model_copy(update={"devices": copies, "findings": findings, "summary": summary})
