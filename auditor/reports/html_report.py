"""The HTML compliance report: one file that loads nothing, for managers (summary, devices x families) and for
engineers (per device: the way to the service, findings, budgets, remedies).

Style and script stand in the page and are named by their hashes in its Content Security Policy, so that nothing
that a device printed could ever run, even if it were not escaped. Without a script everything but large fleets
can be read.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from importlib import resources

from auditor.reports import words
from auditor.reports.formats import Style
from auditor.reports.html_device import device_section
from auditor.reports.html_text import element, kind_of, listed, text, verdict
from auditor.reports.model import DevicePart, FindingPart, Report
from auditor.rule_docs import rule_doc

OPEN_BELOW = 30
"""Reports with fewer devices show those with findings unfolded."""
LAZY_FROM = 200
"""Reports with this many devices leave the parts about devices to the script, one by one when they are opened:
browsers take too long for tens of megabytes of elements."""


def write(report: Report, style: Style) -> Iterator[str]:
    """The page, device by device."""
    css, script = _asset("page.css"), _asset("page.js")
    yield _head(report, css, script)
    found = words.by_device(report)
    yield '<body><a class="skip" href="#matrix">To the devices</a>\n'
    yield _masthead(report)
    yield "<main>\n" + _summary(report) + _waivers(report) + _filters()
    yield from _matrix(report, found)
    yield '<section aria-label="Devices" id="devices"><h2>Devices</h2>\n'
    few, lazy = len(report.devices) < OPEN_BELOW, len(report.devices) >= LAZY_FROM
    if lazy:
        yield "<p>Choose a device in the table above to see it here, or unfold all that are shown.</p>"
        yield "<noscript><p>In reports of this size that needs a script.</p></noscript>\n"
    for number, device in enumerate(report.devices):
        own = found.get(device.name, [])
        is_open = few and bool(own or device.status == "failed")
        yield device_section(device, own, report.service.name, number, is_open, lazy)
    yield "</section>\n" + _rules(report) + "</main>\n"
    yield f"<script>{script}</script></body></html>\n"


def _asset(name: str) -> str:
    return resources.files("auditor.reports").joinpath(name).read_text("utf-8")


def _hash(content: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()}'"


def _head(report: Report, css: str, script: str) -> str:
    policy = (
        f"default-src 'none'; style-src {_hash(css)}; script-src {_hash(script)}; "
        "base-uri 'none'; form-action 'none'"
    )
    title = f"Sessions to {report.service.name}: compliance of {words.count(len(report.devices), 'device')}"
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{text(policy)}">\n'
        '<meta name="viewport" content="width=device-width,initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n'
        f"<title>{text(title)}</title>\n<style>{css}</style></head>\n"
    )


def _masthead(report: Report) -> str:
    service = report.service
    facts = {
        "Service": service.name,
        "Ranges": f"{len(service.prefixes)}, published {service.published or 'without a date'}",
        "Source": service.source,
        "Ports": ", ".join(f"{p.protocol} {p.port}" for p in service.ports),
        "Made with": f"{report.tool.name} {report.tool.version}",
    }
    pairs = "".join(element("dt", text(k)) + element("dd", text(v)) for k, v in facts.items())
    head = element("h1", f"Sessions to {text(service.name)}") + element("dl", pairs)
    return element("header", head) + "\n"


def _summary(report: Report) -> str:
    summary, counts = report.summary, report.summary.findings
    passed = sum(_passes(device, own) for device, own in _pairs(report))
    tiles = [
        ("devices", summary.devices, ""),
        ("pass", passed, "ok"),
        ("audited in part", summary.partial, "unknown" if summary.partial else ""),
        ("not audited", summary.failed, "unknown" if summary.failed else ""),
    ]
    tiles += [
        (name, getattr(counts, name), name if getattr(counts, name) else "")
        for name in words.SEVERITIES
    ]
    tiles += [
        ("unknown", counts.unknown, "unknown" if counts.unknown else ""),
        ("waived", counts.waived, ""),
    ]
    items = "".join(
        element("li", f"<b>{number}</b> {text(name)}", class_=f"tile t-{kind}" if kind else "tile")
        for name, number, kind in tiles
    )
    parts = [element("h2", "Summary"), element("ul", items, class_="tiles")]
    if change := words.trend(report):
        parts.append(element("p", f"Trend {text(change)}", class_="trend"))
    return element("section", "".join(parts), aria_label="Summary") + "\n"


def _pairs(report: Report) -> Iterator[tuple[DevicePart, Sequence[FindingPart]]]:
    found = words.by_device(report)
    for device in report.devices:
        yield device, found.get(device.name, [])


def _passes(device: DevicePart, findings: Sequence[FindingPart]) -> bool:
    """Looked at in full, and nothing found but what was waived."""
    verdicts = (words.verdict(device, findings, family) for family in words.FAMILIES)
    return device.status == "audited" and all(said in ("ok", "waived") for said in verdicts)


def _waivers(report: Report) -> str:
    loud = words.loud(report)
    if not loud:
        return ""
    said = [f"{waiver.state.upper()}: {words.waiver_words(waiver)}" for waiver in loud]
    head = element("h2", "Waivers that need care")
    return element("section", head + listed(said), class_="alarm", aria_label="Waivers") + "\n"


def _filters() -> str:
    families = "".join(
        f'<label><input type="checkbox" name="family" value="{code}" checked> {code} '
        f"<span>{text(title)}</span></label>"
        for code, title in words.FAMILIES.items()
    )
    kinds = ("all", "fail", "unknown", "not audited", "waived", "pass")
    options = "".join(element("option", text(kind), value=kind) for kind in kinds)
    return (
        '<form id="filters" role="search" hidden><label>Search <input type="search" id="q" '
        'placeholder="device, code, address, text" accesskey="/"></label>'
        f'<label>Show <select id="kind">{options}</select></label>'
        f"<fieldset><legend>Families</legend>{families}</fieldset>"
        '<button type="reset">Reset</button><button type="button" id="unfold">Unfold all shown</button>'
        '<output id="shown" aria-live="polite"></output></form>\n'
    )


def _matrix(report: Report, found: Mapping[str, Sequence[FindingPart]]) -> Iterator[str]:
    names = ("device", "platform", "lines not understood")
    head = "".join(element("th", name, scope="col") for name in names)
    head += "".join(
        element("th", text(code), scope="col", title=title, data_f=code)
        for code, title in words.FAMILIES.items()
    )
    yield '<section aria-label="Devices and families"><h2>Devices × families</h2><div class="scroll">'
    yield f'<table id="matrix"><thead><tr>{head}</tr></thead><tbody>\n'
    for number, device in enumerate(report.devices):
        own = found.get(device.name, [])
        link = element("a", text(device.name), href=f"#d{number}")
        cells = [element("th", link, scope="row"), element("td", text(device.platform or "?"))]
        cells.append(element("td", str(device.lines.not_understood), class_="n"))
        cells += [
            element("td", verdict(said), class_=f"v-{kind_of(said)}", data_f=family)
            for family in words.FAMILIES
            if (said := words.verdict(device, own, family))
        ]
        yield element("tr", "".join(cells), data_s=device.status) + "\n"
    yield "</tbody></table></div></section>\n"


def _rules(report: Report) -> str:
    parts = [element("h2", "Rules")]
    for code in sorted({finding.code for finding in report.findings}):
        doc = rule_doc(code)
        if doc is None:
            continue
        rows = "".join(
            element("dt", text(name)) + element("dd", text(body))
            for name, body in doc.sections.items()
            if name != "Examples"
        )
        head = element("h3", f"{text(code)} {text(doc.title)}")
        parts.append(
            element("article", head + element("dl", rows), class_="rule", id=f"rule-{code}")
        )
    return element("section", "".join(parts), aria_label="Rules") + "\n" if len(parts) > 1 else ""
