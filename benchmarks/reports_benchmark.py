"""All formats for a large fleet: seconds and memory, and how soon a browser shows two thousand devices.

Run: python -m benchmarks.reports_benchmark [devices]. The fleet is the demo's findings under other names, five for
each device. Chromium and playwright are needed for the last figure only.
"""

from __future__ import annotations

import os
import resource
import shutil
import sys
import tempfile
import time
from pathlib import Path

from auditor.__main__ import main
from auditor.reports.formats import Style, written
from auditor.reports.json_report import load
from auditor.reports.model import Report
from tests.auditor.fleet import EACH, fleet

FORMATS = ("json", "sarif", "html", "junit", "csv", "markdown")
BROWSED = 2000


def megabytes() -> int:
    """The most memory that this process had."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def demo(folder: Path) -> Report:
    file = folder / "demo.json"
    main(["audit", "--format", "json", "--output", str(file)])
    return load(str(file))


def opening(file: Path) -> str:
    """Seconds by the clock, and of the browser's own work, until the page is drawn."""
    browser = next(filter(None, map(shutil.which, ("chromium", "google-chrome"))), None)
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        return "playwright is not installed"
    if browser is None:
        return "chromium is not installed"
    with sync_playwright() as driver:
        page = driver.chromium.launch(executable_path=browser, args=["--no-sandbox"]).new_page()
        session = page.context.new_cdp_session(page)
        session.send("Performance.enable")
        begin = time.perf_counter()
        page.goto(file.as_uri())
        page.evaluate(
            "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
        )
        clock = time.perf_counter() - begin
        metrics = session.send("Performance.getMetrics")["metrics"]
        work = next(m["value"] for m in metrics if m["name"] == "ProcessTime")
        return f"{clock:.2f} s by the clock, {work:.2f} s of work"


def run(devices: int) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        small = demo(folder)
        report = fleet(small, devices)
        print(f"{devices} devices, {devices * EACH} findings, load {os.getloadavg()[0]:.1f}")
        total = 0.0
        for kind in FORMATS:
            begin = time.process_time()
            with (folder / kind).open("w", encoding="utf-8") as file:
                file.writelines(written(report, kind, Style()))
            spent = time.process_time() - begin
            total += spent
            size = (folder / kind).stat().st_size / 1e6
            print(
                f"{kind:10} {spent:6.1f} s  {size:7.1f} MB written, {megabytes()} MB of memory at most"
            )
        print(f"{'all':10} {total:6.1f} s")
        page = folder / "page.html"
        page.write_text("".join(written(fleet(small, BROWSED), "html", Style())), encoding="utf-8")
        print(f"{BROWSED} devices in Chromium: {opening(page)}")


if __name__ == "__main__":
    run(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
