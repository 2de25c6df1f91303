"""What runs on the workers of a cluster for a collection: one device, logged in to from where the worker stands.

Secrets never travel: they come from the worker's own environment, files, keyring or programs. Texts are scrubbed
before they leave the worker.
"""

from __future__ import annotations

import threading
import zlib
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from auditor import __version__
from auditor.collect_credentials import Credentials
from auditor.collect_device import Realm, Work, collect_device
from auditor.collect_plan import plan_of
from auditor.collect_run import connector_of
from auditor.collect_ssh import SshOptions
from auditor.collect_store import HostState, Store
from auditor.connectors.protocol import Limits
from auditor.executors.cluster_task import WrongVersion
from inventory.host import Host


class Means(NamedTuple):
    """How one gets in: where passwords are found, who logs in, what the command line says about SSH, and the
    connector."""

    sources: Sequence[str]
    user: str | None
    ssh: SshOptions
    connector: str | None


class Order(NamedTuple):
    """A device to collect. `state` is how far an earlier run came, `there` the files that it has kept; `run`
    names the run, whose devices share what is known of their AAA realms."""

    host: Host
    means: Means
    limits: Limits
    retries: int
    state: HostState
    there: tuple[str, ...]
    run: str
    version: str


class Collected(NamedTuple):
    """How it went, and the new texts by the names of their files, compressed."""

    state: HostState
    texts: dict[str, bytes]


MANY = 1_000_000
"""Logins at a time; the cluster's resources are what bounds them."""
_realms: dict[tuple[str, str], Realm] = {}
_lock = threading.Lock()


def collect_one(order: Order) -> Collected:
    """Collects a device. Raises WrongVersion."""
    if order.version != __version__:
        raise WrongVersion(
            f"a worker has version {__version__} of the auditor, this is {order.version}"
        )
    host = order.host
    realm = host.realm or ""
    with _lock:
        shared = _realms.setdefault((order.run, realm), Realm(threading.Semaphore(MANY)))
    with TemporaryDirectory(prefix="auditor-") as place:
        store = Store(Path(place))
        store.hosts[host.name] = order.state
        folder = Path(place) / host.name
        folder.mkdir()
        for name in order.there:
            (folder / name).touch()
        sources, user, ssh, connector = order.means
        plan = plan_of(host, Credentials(sources, user), ssh, connector)
        work = Work(
            store=store,
            limits=order.limits,
            connector_of=connector_of,
            realms={realm: shared},
            stop=threading.Event(),
            retries=order.retries,
        )
        state = collect_device(plan, work)
        texts = {
            path.name: zlib.compress(path.read_bytes(), 1)
            for path in sorted(folder.iterdir())
            if path.name not in order.there and not path.name.startswith(".")
        }
    return Collected(state, texts)
