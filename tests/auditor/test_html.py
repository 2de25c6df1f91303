"""The HTML report as text: self-contained, escaped, allowed to run nothing but its own script."""

from __future__ import annotations

import base64
import hashlib
import re
from html.parser import HTMLParser

import pytest

from auditor.__main__ import main
from auditor.reports.formats import Style, written
from auditor.reports.html_drawing import _names
from auditor.reports.html_report import LAZY_FROM
from auditor.reports.json_report import load
from auditor.reports.model import Report
from tests.auditor.fleet import fleet
from tests.auditor.nasty import NASTY


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Report:
    file = tmp_path_factory.mktemp("demo") / "report.json"
    main(["audit", "--format", "json", "--output", str(file)])
    return load(str(file))


@pytest.fixture(scope="module")
def nasty(tmp_path_factory: pytest.TempPathFactory) -> Report:
    folder = tmp_path_factory.mktemp("nasty")
    (folder / "r1.cfg").write_text(NASTY, encoding="utf-8")
    main(["audit", str(folder), "--format", "json", "--output", str(folder / "r.json")])
    return load(str(folder / "r.json"))


def page(report: Report) -> str:
    return "".join(written(report, "html", Style()))


class Elements(HTMLParser):
    """All elements with their attributes, and whether each is closed where it must be."""

    VOID = frozenset(("meta", "input", "rect", "path"))

    def __init__(self, printed: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.data: list[str] = []
        self.feed(printed)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.data.append(data)


def test_elements_are_closed(demo: Report, nasty: Report) -> None:
    for report in (demo, nasty):
        elements = Elements(page(report))
        assert not elements.open
        identities = [a["id"] for _, a in elements.found if "id" in a]
        assert len(identities) == len(set(identities))


def test_nothing_is_fetched_and_nothing_else_runs(demo: Report, nasty: Report) -> None:
    for report in (demo, nasty, fleet(demo, LAZY_FROM)):
        elements = Elements(page(report)).found
        names = {name for name, _ in elements}
        assert not names & {"link", "img", "iframe", "object", "embed", "base", "image", "use"}
        scripts = [a for name, a in elements if name == "script"]
        assert [a for a in scripts if a.get("type") != "text/x-device"] == [{}]
        for name, attributes in elements:
            assert not [key for key in attributes if key.startswith("on") or key == "style"]
            for key in ("href", "src"):
                assert (attributes.get(key) or "#").startswith("#"), (name, attributes)


def test_the_policy_names_style_and_script_by_their_hashes(demo: Report) -> None:
    printed = page(demo)
    policy = next(a["content"] for _, a in Elements(printed).found if "http-equiv" in a)
    assert policy is not None
    assert policy.startswith("default-src 'none';")
    assert "unsafe" not in policy
    for element, directive in (("style", "style-src"), ("script", "script-src")):
        content = re.search(rf"<{element}>(.*?)</{element}>", printed, re.DOTALL)
        assert content is not None
        digest = base64.b64encode(hashlib.sha256(content[1].encode()).digest()).decode()
        assert f"{directive} 'sha256-{digest}'" in policy


def test_text_of_devices_stays_text(nasty: Report) -> None:
    printed = page(nasty)
    assert "<script>alert" not in printed.lower()
    assert "<img" not in printed
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in printed
    shown = "".join(Elements(printed).data)
    assert "<script>alert(1)</script>" in shown


def test_a_device_cannot_end_the_block_of_a_lazy_section(demo: Report, nasty: Report) -> None:
    report = fleet(demo, LAZY_FROM)
    findings = tuple(f.model_copy(update={"device": "dev-00007"}) for f in nasty.findings)
    elements = Elements(page(report.model_copy(update={"findings": findings})))
    blocks = [a for name, a in elements.found if name == "script"]
    assert len(blocks) == LAZY_FROM + 1
    assert not elements.open


@pytest.mark.parametrize(
    ("subject", "name", "expected"),
    [
        ("A in on Gi0/1 IPv4 outbound", "Gi0/1", True),
        ("A in on Gi0/10 IPv4 outbound", "Gi0/1", False),
        ("A in on Gi0/1.5 IPv4", "Gi0/1", False),
        ("A in on xe-0/0/1.0 IPv4", "xe-0/0/1.0", True),
        ("egress interface Gi0/1, Gi0/2", "Gi0/1", True),
        ("A-B in on Gi0/1", "B in", False),
        ("interface Gi0/1.", "Gi0/1", True),
    ],
)
def test_a_subject_names_an_interface_as_a_whole(subject: str, name: str, expected: bool) -> None:
    assert _names(subject, name) is expected


def test_the_culprit_is_marked(demo: Report) -> None:
    printed = page(demo)
    section = printed[printed.index("<h3>edge-ams-1</h3>") :]
    drawing = section[section.index("<svg") : section.index("</svg>")]
    assert "✖ LAN-IN in" in drawing
    assert "✖ GigabitEthernet0/1" in drawing
    assert "2 equal ways" in drawing
    assert 'class="gate culprit"' in drawing
