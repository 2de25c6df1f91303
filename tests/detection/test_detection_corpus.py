"""Detection over the shared corpus, counted by `benchmarks/detection_table.py`."""

from __future__ import annotations

import pytest

from benchmarks.detection_table import CORPUS, SYSTEMS, detected, labelled

pytestmark = [
    pytest.mark.corpus,
    pytest.mark.slow,
    pytest.mark.skipif(not CORPUS.is_dir(), reason="the shared corpus is not beside the project"),
]


def test_no_file_gets_a_wrong_platform() -> None:
    wrong = [
        (path.name, found.platform)
        for _, path, allowed in labelled()
        if (found := detected(path)).platform is not None and found.platform not in allowed
    ]
    assert wrong == []


def test_nearly_every_configuration_is_recognised() -> None:
    answers = [
        (label, path.name, detected(path).platform)
        for label, path, allowed in labelled()
        if None not in allowed
    ]
    missed = [answer for answer in answers if answer[2] is None]
    # each of them is a few statements that IOS shares with EOS and NX-OS, without a header
    assert {label for label, _, _ in missed} <= {"cisco_ios"}
    assert len(missed) <= len(answers) // 50


def test_every_running_configuration_of_the_labs_is_recognised() -> None:
    missed = [
        path.name
        for label, path, allowed in labelled()
        if label.removeprefix("labs: ") in SYSTEMS and detected(path).platform not in allowed
    ]
    assert missed == []
