"""Real sessions through real routers: what the auditor says is what the traffic does; `python -m tests.lab` shows all."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor

import pytest

from tests.lab.case import Happens, Result, agrees, disagreements, happened
from tests.lab.cases import CASES
from tests.lab.judge import result_of, why_not
from tests.lab.topology import PREFIX

AT_ONCE = 2
"""Labs that stand at the same time: half of a case is waiting."""


@pytest.fixture(scope="module")
def results(request: pytest.FixtureRequest) -> Iterator[dict[str, Future[Result]]]:
    """The results of the cases that were chosen, while they come in."""
    reason = why_not()
    if reason is not None:
        pytest.skip(reason)
    items = [item.name for item in request.session.items if item.path == request.path]
    chosen = [name for name in CASES if any(item.endswith(f"[{name}]") for item in items)]
    pool = ThreadPoolExecutor(AT_ONCE)
    yield {name: pool.submit(result_of, CASES[name]) for name in chosen}
    pool.shutdown(cancel_futures=True)


@pytest.mark.parametrize("name", CASES)
def test_the_verdict_is_what_the_traffic_does(
    name: str, results: dict[str, Future[Result]]
) -> None:
    case = CASES[name]
    result = results[name].result()
    assert not disagreements(case, result, PREFIX[case.family]), "\n".join(result.messages)
    happens = happened(result.sessions)
    assert isinstance(happens, Happens)
    assert agrees(happens, result.says)
