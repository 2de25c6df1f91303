"""One device of the HTML report: its way to the service, its findings with evidence, budgets and remedies."""

from __future__ import annotations

from collections.abc import Sequence

from auditor.reports import words
from auditor.reports.html_drawing import drawing
from auditor.reports.html_text import element, kind_of, listed, text, verdict
from auditor.reports.model import BudgetPart, DevicePart, FindingPart, Line

UNREAD_SHOWN = 20
BLOCKED_SHOWN = 40


def device_section(
    device: DevicePart,
    findings: Sequence[FindingPart],
    service: str,
    number: int,
    is_open: bool,
    lazy: bool,
) -> str:
    """The section of a device; its body is in a `details`, which browsers lay out only when it is open.

    A `lazy` section is a block of data, which browsers do not even parse, until the page's script puts it in.
    Every `<` that a device printed is `&lt;` in it, so that no text of a device can end the block.
    """
    facts = [
        device.platform or "platform not known",
        device.vendor,
        device.model,
        device.os_version,
    ]
    head = element("h3", text(device.name)) + element(
        "span", text(" · ".join(fact for fact in facts if fact)), class_="facts"
    )
    counts = "".join(
        element("span", verdict(said), class_=f"v v-{kind_of(said)}")
        for said in _worst(device, findings)
    )
    body = [_status(device), drawing(device, findings, service)]
    body += [finding_article(finding) for finding in findings]
    if not findings and device.status != "failed":
        body.append(element("p", "Nothing was found.", class_="quiet"))
    body.append(_unread(device))
    summary = element("summary", head + element("span", counts, class_="counts"))
    opened = " open" if is_open or lazy else ""
    inner = f"<details{opened}>{summary}<div>{''.join(body)}</div></details>"
    if lazy:
        inner = f'<script type="text/x-device">{inner}</script>'
    return (
        element("section", inner, class_="later device" if lazy else "device", id=f"d{number}")
        + "\n"
    )


def _worst(device: DevicePart, findings: Sequence[FindingPart]) -> list[str]:
    said = {words.verdict(device, findings, family) for family in words.FAMILIES} - {"ok"}
    return sorted(said) or ["ok"]


def _status(device: DevicePart) -> str:
    if device.status == "failed":
        return element("p", f"Not audited: {text(device.error or '')}", class_="alarm")
    lines = device.lines
    said = f"{lines.total} lines: {lines.used} used, {lines.irrelevant} irrelevant, "
    said += f"{lines.not_understood} not understood."
    if device.error:
        said += f" {device.error}"
    return element("p", text(said), class_="quiet")


def _unread(device: DevicePart) -> str:
    if not device.not_understood:
        return ""
    shown = device.not_understood[:UNREAD_SHOWN]
    more = device.lines.not_understood - len(shown)
    rest = element("p", f"and {more} more") if more > 0 else ""
    head = element("summary", f"Lines not understood ({device.lines.not_understood})")
    return element("details", head + _code(shown, ()) + rest, class_="unread")


def finding_article(finding: FindingPart) -> str:
    """A finding with all that an engineer needs."""
    kind = (
        "waived"
        if finding.waived
        else finding.severity
        if finding.outcome == "fail"
        else finding.outcome
    )
    label = element("span", text(words.label(finding)), class_=f"label l-{kind}")
    code = element("a", text(finding.code), href=f"#rule-{finding.code}", class_="code")
    head = element("h4", f"{label} {code} {text(finding.title)}")
    parts = [head, element("p", text(finding.message))]
    if finding.waived is not None:
        parts.append(element("p", text(words.waived_words(finding)), class_="waiver"))
    if finding.witness is not None:
        parts.append(element("p", text(words.witness_words(finding)), class_="witness"))
    if finding.blocked:
        shown = words.blocked_words(finding, BLOCKED_SHOWN)
        parts.append(element("p", f"Blocked: {text(shown)}"))
    if finding.budget is not None:
        parts.append(budget_table(finding.budget))
    if finding.evidence:
        parts.append(element("h5", "Evidence") + _code(finding.context, finding.evidence))
    parts += _remedy(finding)
    parts.append(element("p", f"id {text(finding.id)}", class_="quiet"))
    return element(
        "article", "".join(parts), class_=f"finding k-{kind}", data_f=words.family_of(finding.code)
    )


def _code(context: Sequence[Line], evidence: Sequence[Line]) -> str:
    """Lines of files; those of the evidence are marked, in its order where they stand alone."""
    marked = {(line.file, line.line) for line in evidence}
    seen = {(line.file, line.line) for line in context}
    rows = []
    last: tuple[str, int] | None = None
    for line in (*context, *(line for line in evidence if (line.file, line.line) not in seen)):
        if last is not None and (line.file, line.line - 1) != last:
            rows.append('<span class="gap">⋮</span>')
        is_marked = (line.file, line.line) in marked
        sign = "▶" if is_marked else " "
        place = element("span", f"{sign} {text(line.file)}:{line.line}", class_="place")
        row = f"{place}  {text(line.text)}"
        rows.append(element("mark", row) if is_marked else element("span", row))
        last = (line.file, line.line)
    return element("pre", "\n".join(rows), class_="lines", tabindex="0")


def _remedy(finding: FindingPart) -> list[str]:
    commands = finding.remediation[: finding.commands]
    advice = finding.remediation[finding.commands :]
    parts = []
    if commands:
        button = element("button", "Copy", type="button", class_="copy")
        block = element("pre", text("\n".join(commands)), class_="commands", tabindex="0")
        parts.append(element("h5", "Remedy") + element("div", button + block, class_="remedy"))
    if finding.proof is not None:
        sign = "✔ proved" if finding.proof.holds else "✖ not proved"
        opened = listed(finding.proof.opened) if finding.proof.opened else ""
        kind = "proof" if finding.proof.holds else "proof alarm"
        parts.append(element("p", f"{sign}: {text(finding.proof.words)}", class_=kind) + opened)
    if finding.rollback:
        head = element("summary", "Rollback")
        block = element("pre", text("\n".join(finding.rollback)), class_="commands")
        parts.append(element("details", head + block))
    if advice:
        parts.append(element("h5", "What to do") + listed(advice))
    return parts


def budget_table(budget: BudgetPart) -> str:
    """The sizes along the path, hop by hop; assumed numbers carry `~`."""
    way = "uploads" if budget.direction == "up" else "downloads"
    caption = element(
        "caption", f"IPv{budget.family} {way}: packets of up to {budget.packet} bytes"
    )
    names = ("hop", "MTU", "overhead", "needs", "what happens")
    head = element("tr", "".join(element("th", name, scope="col") for name in names))
    rows = []
    for hop in budget.hops:
        room = "?" if hop.mtu is None else f"{'~' if hop.assumed else ''}{hop.mtu}"
        numbers = ("" if n is None else str(n) for n in (hop.overhead, hop.needs))
        cells = [
            element("th", text(f"{hop.interface} ({hop.role})"), scope="row", title=hop.source)
        ]
        cells += [element("td", text(cell), class_="n") for cell in (room, *numbers)]
        cells.append(element("td", text(hop.does)))
        rows.append(element("tr", "".join(cells)))
    body = element("tbody", "".join(rows))
    table = element("table", caption + element("thead", head) + body, class_="budget")
    scrolled = element("div", table, class_="scroll", tabindex="0")
    return scrolled + element("p", f"Decides: {text(budget.decides)}")
