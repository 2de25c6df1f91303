"""A run over many devices: nornir's threads, one bounded pool, a row for each device."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from types import FrameType

from nornir.core import Nornir
from nornir.core.inventory import Defaults, Groups, Hosts, Inventory
from nornir.core.inventory import Host as NornirHost
from nornir.core.task import Result, Task
from nornir.plugins.runners import ThreadedRunner

from auditor.collect_device import Realm, Work, collect_device
from auditor.collect_plan import Plan
from auditor.collect_store import Store
from auditor.connectors.protocol import Connector, Limits


def connector_of(name: str) -> Connector:
    """The connector called `name`; each is imported when it is used first."""
    if name == "napalm":
        from auditor.connectors.napalm_driver import NapalmConnector

        return NapalmConnector()
    from auditor.connectors.netmiko_ssh import NetmikoConnector

    return NetmikoConnector()


def run(
    make: Sequence[Callable[[], Plan]],
    names: Sequence[str],
    store: Store,
    limits: Limits,
    workers: int,
    per_realm: int,
    retries: int,
    realms: Sequence[str],
    state: Callable[[str, str], None],
) -> bool:
    """Collects every device; False if the user has stopped it. `make` plans a device, in its
    thread: OpenSSH's configuration is asked for each."""
    stop = threading.Event()
    work = Work(
        store=store,
        limits=limits,
        connector_of=connector_of,
        realms={name: Realm(threading.Semaphore(per_realm)) for name in realms},
        stop=stop,
        retries=retries,
        state=state,
    )
    plans = dict(zip(names, make, strict=True))

    def task(one: Task) -> Result:
        if not stop.is_set():
            collect_device(plans[one.host.name](), work)
        return Result(host=one.host)

    hosts = Hosts({name: NornirHost(name=name) for name in names})
    engine = Nornir(
        inventory=Inventory(hosts=hosts, groups=Groups(), defaults=Defaults()),
        runner=ThreadedRunner(num_workers=workers),
    )
    with _interruptible(stop):
        engine.run(task=task, name="collect")
    return not stop.is_set()


@contextmanager
def _interruptible(stop: threading.Event) -> Iterator[None]:
    """The first Ctrl-C lets the devices end where they are; the second ends everything."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def ask(number: int, frame: FrameType | None) -> None:
        if stop.is_set():
            raise KeyboardInterrupt
        stop.set()

    before = {number: signal.signal(number, ask) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
