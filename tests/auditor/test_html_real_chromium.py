"""The HTML report in a real browser: clicks, filters, keys, printing, hostile text, and two thousand devices."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

from auditor.__main__ import main
from auditor.reports.formats import Style, written
from auditor.reports.html_report import LAZY_FROM
from auditor.reports.json_report import load
from auditor.reports.model import Report
from tests.auditor.fleet import fleet
from tests.auditor.nasty import NASTY

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

playwright = pytest.importorskip(
    "playwright.sync_api", reason="playwright, which drives the browser, is not installed"
)
CHROMIUM = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), ""
)
pytestmark = pytest.mark.skipif(not CHROMIUM, reason="chromium is not installed")

SECONDS = 3.0
"""The browser's own work for two thousand devices; a busy machine may take longer by the clock."""


class Opened(NamedTuple):
    """A page with everything that it complained about or asked for."""

    page: Page
    complaints: list[str]
    requests: list[str]

    def showing(self, *names: str) -> None:
        """Waits until the table shows these devices."""
        shown = self.page.locator("#matrix tbody tr:visible th")
        playwright.expect(shown).to_have_text(list(names))

    def settled(self, said: str) -> None:
        """Waits until the number of devices shown is so."""
        playwright.expect(self.page.locator("#shown")).to_have_text(said)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with playwright.sync_playwright() as driver:
        found = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield found
        found.close()


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Report:
    file = tmp_path_factory.mktemp("demo") / "report.json"
    main(["audit", "--format", "json", "--output", str(file)])
    return load(str(file))


@pytest.fixture
def opened(
    browser: Browser, tmp_path: Path, request: pytest.FixtureRequest, demo: Report
) -> Iterator[Opened]:
    """The report that a test's mark asks for: the demo, a hostile device, or so many devices."""
    wanted: object = getattr(request, "param", "demo")
    report = hostile(tmp_path) if wanted == "nasty" else demo
    if isinstance(wanted, int):
        report = fleet(demo, wanted)
    file = tmp_path / "report.html"
    file.write_text("".join(written(report, "html", Style())), encoding="utf-8")
    context = browser.new_context(viewport={"width": 1200, "height": 900})
    page = context.new_page()
    complaints: list[str] = []
    requests: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("dialog", lambda dialog: complaints.append(f"dialog {dialog.message}"))
    page.on("request", lambda asked: requests.append(asked.url))
    page.goto(file.as_uri())
    yield Opened(page, complaints, requests)
    assert not complaints
    assert requests == [file.as_uri()], "the page asks for nothing but itself"
    context.close()


def hostile(folder: Path) -> Report:
    (folder / "r1.cfg").write_text(NASTY, encoding="utf-8")
    target = folder / "report.json"
    main(["audit", str(folder / "r1.cfg"), "--format", "json", "--output", str(target)])
    return load(str(target))


def test_search_and_filters(opened: Opened) -> None:
    page = opened.page
    opened.settled("10 of 10 devices shown")
    page.fill("#q", "edge-AMS")
    opened.showing("edge-ams-1")
    page.fill("#q", "ip cef")  # a line of a remedy
    opened.showing("legacy-r9")
    page.fill("#q", "")
    page.select_option("#kind", "unknown")
    opened.showing("legacy-r9")
    page.select_option("#kind", "pass")
    opened.showing("core-fra-1", "core-mad-2", "fw-osl-2")
    page.click("button[type=reset]")
    opened.settled("10 of 10 devices shown")


def test_families_can_be_left_out(opened: Opened) -> None:
    page = opened.page
    section = page.locator("section.device", has_text="edge-ams-1")
    assert section.locator(".finding:visible").count() == 2
    page.uncheck("input[value=LB]")
    playwright.expect(section.locator(".finding:visible")).to_have_count(1)
    assert "LB" not in page.locator("#matrix thead").inner_text()
    page.select_option("#kind", "fail")
    opened.showing("branch-lyon", "dc-edge-1", "edge-ams-1", "leaf-ber-3", "nat-gw-1", "pe-par-1")


def test_everything_works_from_the_keyboard(opened: Opened) -> None:
    page = opened.page
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "q"
    page.keyboard.type("core-fra/")
    assert page.input_value("#q") == "core-fra/", "in a field a slash is a slash"
    page.fill("#q", "core-fra")
    opened.showing("core-fra-1")
    page.locator("#matrix tbody tr:visible a").focus()
    details = page.locator("section.device:visible > details")
    assert details.get_attribute("open") is None
    page.keyboard.press("Enter")
    playwright.expect(details).to_have_attribute("open", "")
    page.locator("section.device:visible summary").first.focus()
    page.keyboard.press("Enter")
    playwright.expect(details).not_to_have_attribute("open", "")


def test_remedies_can_be_copied(opened: Opened) -> None:
    page = opened.page
    origin = page.url
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    button = page.locator("section.device", has_text="edge-ams-1").locator("button.copy").first
    button.click()
    playwright.expect(button).to_have_text("Copied")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.splitlines()[:2] == [
        "interface GigabitEthernet0/1",
        " no ip load-sharing per-packet",
    ]
    assert page.url == origin


def luminance(colour: str) -> float:
    """Relative luminance (WCAG 2.2)."""
    parts = [int(part) / 255 for part in re.findall(r"\d+", colour)[:3]]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_verdicts_are_told_by_signs_and_with_contrast(opened: Opened) -> None:
    cells = opened.page.locator("#matrix tbody td[data-f]")
    for said in cells.all_inner_texts():
        assert re.match(r"[✖▲△ℹ✔⏸?∅]+ \w", said), said
    colours = cells.evaluate_all("all => all.map(cell => getComputedStyle(cell).color)")
    for colour in set(colours):
        assert 1.05 / (luminance(colour) + 0.05) >= 4.5, f"{colour} on white"


def test_drawings_have_names(opened: Opened) -> None:
    drawings = opened.page.locator("svg.way")
    assert drawings.count() == 10
    named = drawings.evaluate_all("all => all.map(one => one.getAttribute('aria-label'))")
    assert any("filters: LAN-IN in on GigabitEthernet0/0" in name for name in named)


@pytest.mark.parametrize("width", [400, 1200])
def test_the_page_fits(opened: Opened, width: int) -> None:
    opened.page.set_viewport_size({"width": width, "height": 800})
    assert opened.page.evaluate("document.documentElement.scrollWidth") <= width


def test_printing_unfolds_and_leaves_controls_out(opened: Opened) -> None:
    page = opened.page
    page.emulate_media(media="print")
    folded = page.locator("section.device > details:not([open])")
    before = folded.count()
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert folded.count() == 0
    assert not page.locator("#filters").is_visible()
    assert page.pdf()[:5] == b"%PDF-"
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert folded.count() == before > 0


@pytest.mark.parametrize("opened", ["nasty"], indirect=True)
def test_hostile_text_is_text(opened: Opened) -> None:
    page = opened.page
    assert page.locator("script").count() == 1
    assert page.locator("img, iframe, a:not([href^='#'])").count() == 0
    assert "<script>alert(1)</script>" in page.locator("section.device").inner_text()


@pytest.mark.parametrize("opened", ["nasty"], indirect=True)
def test_even_markup_that_slipped_through_could_not_run(opened: Opened) -> None:
    page = opened.page
    page.evaluate(
        """() => { const script = document.createElement("script"); script.textContent = "window.ran = 1";
        document.body.append(script); document.body.insertAdjacentHTML("beforeend",
        "<img src='x' onerror='window.ran = 2'>"); }"""
    )
    page.wait_for_timeout(100)
    assert page.evaluate("window.ran") is None
    assert any("Content Security Policy" in said for said in opened.complaints)
    opened.complaints.clear()
    opened.requests[:] = opened.requests[:1]


@pytest.mark.parametrize("opened", [LAZY_FROM], indirect=True)
def test_large_reports_fill_in_what_is_asked_for(opened: Opened) -> None:
    page = opened.page
    assert page.locator("section.device > details").count() == 0
    page.fill("#q", "dev-00042")
    opened.showing("dev-00042")
    page.click("#matrix tbody tr:visible a")
    playwright.expect(page.locator("section.device:visible .finding")).to_have_count(5)
    page.fill("#q", "no ip load-sharing per-packet")
    opened.settled(f"{LAZY_FROM} of {LAZY_FROM} devices shown")
    page.uncheck("input[value=MTU]")
    page.fill("#q", "dev-00043")
    opened.showing("dev-00043")
    page.click("#unfold")
    playwright.expect(page.locator("#d43 .finding")).to_have_count(5)
    assert page.locator("#d43 .finding[data-f=MTU]:visible").count() == 0
    assert page.locator("#d43 .finding:visible").count() > 0
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator("section.device:not([hidden]).later").count() == 0


@pytest.mark.slow
@pytest.mark.parametrize("opened", [2000], indirect=True)
def test_two_thousand_devices_open_soon(opened: Opened) -> None:
    session = opened.page.context.new_cdp_session(opened.page)
    session.send("Performance.enable")
    opened.page.reload()
    opened.page.evaluate(
        "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
    )
    numbers = {m["name"]: m["value"] for m in session.send("Performance.getMetrics")["metrics"]}
    assert numbers["ProcessTime"] < SECONDS
    opened.settled("2000 of 2000 devices shown")
    del opened.requests[1:]
