"""What all tests share: the lab that CI must not skip, and examples that do not change."""

from __future__ import annotations

import os
from collections.abc import Generator, Iterator

import pytest
from hypothesis import settings

LAB_FILES = "_real_"
"""Test files with this in their name ask the kernel's own tools."""

# The same examples on every run; `HYPOTHESIS_PROFILE=explore pytest` looks for new ones.
settings.register_profile("house", derandomize=True, deadline=None, print_blob=True)
settings.register_profile("explore", deadline=None, print_blob=True)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "house"))


@pytest.fixture(autouse=True, scope="session")
def cache_of_its_own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Results of earlier runs of the user stay out, and ours stay here."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        yield


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--require-lab", action="store_true", help="a lab test that is skipped counts as failed"
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    for item in items:
        if LAB_FILES in item.path.name:
            item.add_marker(pytest.mark.lab)
    if config.getoption("--require-lab") and not any(
        item.get_closest_marker("lab") for item in items
    ):
        raise pytest.UsageError("--require-lab: no lab test was found")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    needed = item.config.getoption("--require-lab") and item.get_closest_marker("lab") is not None
    if needed and report.skipped:
        report.outcome = "failed"
        report.longrepr = f"--require-lab: this lab test was skipped: {report.longrepr}"
    return report
