"""Collecting on the workers of a Dask cluster, each device from a worker that stands in its network.

A worker says with a resource which devices are its own: `realm-NAME` for those of a realm (the site, in NetBox),
`collect` for those without one. The number is how many it collects at a time:

    dask worker tcp://HOST:8786 --nthreads 10 --resources "realm-ams=10"

Workers without such a resource are never asked, so that credentials and management networks stay where they are.
"""

from __future__ import annotations

import queue
import uuid
import zlib
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import CancelledError
from dataclasses import replace
from typing import TYPE_CHECKING

from auditor import __version__
from auditor.collect_store import FAILED, HostState, Store
from auditor.connectors.protocol import Limits
from auditor.errors import UsageError
from auditor.executors.cluster_connection import Connection
from auditor.executors.cluster_task import WrongVersion
from auditor.executors.collect_task import Collected, Means, Order, collect_one
from auditor.executors.local import TICK, interrupts
from inventory.host import Host

if TYPE_CHECKING:
    from distributed import Future

Say = Callable[[str, str], None]


def run(
    address: str,
    hosts: Sequence[Host],
    store: Store,
    means: Means,
    limits: Limits,
    retries: int,
    say: Say,
) -> bool:
    """Collects every device into `store`; False if the user has stopped it.

    Raises UsageError for a cluster that cannot be reached or used, and for secrets that would have to travel.
    """
    if any(source.partition(":")[0] == "prompt" for source in means.sources):
        raise UsageError(
            "--password-from prompt: passwords do not travel to workers; give the workers env, netrc, "
            "keyring or command"
        )
    name = uuid.uuid4().hex
    connection = Connection(address)
    try:
        tagged = _resources(connection)
        orders = []
        for host in hosts:
            lack = _lack(host, tagged)
            if host.problem or lack:
                _record(store, host, HostState(host.platform, FAILED, host.problem or lack), say)
                continue
            orders.append(
                Order(
                    _without_secrets(host), means, limits, retries,
                    store.hosts[host.name], _there(store, host.name), name, __version__,
                )
            )  # fmt: skip
        return _gather(connection, orders, store, say)
    finally:
        connection.close()


def resource_of(host: Host) -> str:
    """What a worker must have to collect a device."""
    return f"realm-{host.realm}" if host.realm else "collect"


def _without_secrets(host: Host) -> Host:
    return replace(host, password=None, enable=None)


def _resources(connection: Connection) -> set[str]:
    try:
        workers = connection.client.scheduler_info(n_workers=-1)["workers"].values()
    except (OSError, RuntimeError, TimeoutError) as error:
        raise UsageError(f"--executor: the scheduler does not answer: {error}") from None
    return {name for worker in workers for name in worker.get("resources", {})}


def _lack(host: Host, tagged: set[str]) -> str:
    needed = resource_of(host)
    if needed in tagged:
        return ""
    return f"no worker of the cluster collects it; start one in its network with --resources '{needed}=10'"


def _there(store: Store, host: str) -> tuple[str, ...]:
    folder = store.folder / host
    if not folder.is_dir():
        return ()
    return tuple(sorted(p.name for p in folder.iterdir() if not p.name.startswith(".")))


def _gather(connection: Connection, orders: Iterable[Order], store: Store, say: Say) -> bool:
    done: queue.SimpleQueue[str] = queue.SimpleQueue()
    out: dict[str, tuple[Order, Future]] = {}
    for order in orders:
        key = f"auditor-{order.run}-{order.host.name}"
        try:
            future = connection.client.submit(
                collect_one, order, key=key, pure=False, resources={resource_of(order.host): 1}
            )
        except (OSError, RuntimeError, TimeoutError):
            _lost([order], store, say)
            continue
        out[key] = order, future
        future.add_done_callback(lambda _, key=key: done.put(key))
        say(order.host.name, "waiting for a worker")
    with interrupts() as stopped:
        while out:
            if stopped():
                connection.client.cancel([future for _, future in out.values()], force=True)
                return False
            try:
                key = done.get(timeout=TICK)
            except queue.Empty:
                if connection.threads() is None:
                    _lost((order for order, _ in out.values()), store, say)
                    return True
                continue
            order, future = out.pop(key)
            _take(order, future, store, say)
    return True


def _take(order: Order, future: Future, store: Store, say: Say) -> None:
    """Keeps what a worker has sent."""
    try:
        collected: Collected = future.result(timeout=600)
    except WrongVersion as error:
        raise UsageError(f"--executor: {error}") from None
    except (Exception, CancelledError) as error:
        reason = f"the cluster gave up on it: {type(error).__name__}; collect again to go on"
        _record(store, order.host, HostState(order.host.platform, FAILED, reason), say)
        return
    for file, packed in collected.texts.items():
        with store.text(order.host.name, file) as keeper:
            keeper.write(zlib.decompress(packed).decode("utf-8"))
            keeper.keep()
    _record(store, order.host, collected.state, say)


def _lost(left: Iterable[Order], store: Store, say: Say) -> None:
    for order in left:
        reason = "the scheduler of the cluster went away; collect again to go on"
        _record(store, order.host, HostState(order.host.platform, FAILED, reason), say)


def _record(store: Store, host: Host, state: HostState, say: Say) -> None:
    store.record(host.name, state)
    say(host.name, state.status if not state.error else f"{state.status}: {state.error}")
