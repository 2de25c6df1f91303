"""One device: log in, run what is still missing, scrub, keep. Never raises: what goes wrong is its state."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, field

from auditor.collect_credentials import NoSecret
from auditor.collect_plan import Plan
from auditor.collect_privilege import is_short, lacking, next_way, output_of, ways, word_on
from auditor.collect_scrub import Scrubber
from auditor.collect_store import COLLECTED, FAILED, PARTIAL, HostState, Keeper, Store
from auditor.connectors.errors import CollectError, LoginRefused, TooSlow, Unreachable
from auditor.connectors.protocol import Clock, Connector, Limits, Session, Target
from auditor.scrub import scrub
from parsers.platform import Command

OK = "ok"
EMPTY = "ok, empty"
MOST_REFUSED = 3
"""Logins that an AAA realm may refuse before any has worked; then the rest of it is left alone."""
PAUSE = 2.0
"""Seconds before the second try, on average; each further one waits twice as long."""


@dataclass(slots=True)
class Realm:
    """Devices that share an AAA server: how many log in at a time, and whether it lets us in."""

    logins: threading.Semaphore
    refused: int = 0
    accepted: bool = False
    lock: threading.Lock = field(default_factory=threading.Lock)

    def locked_out(self) -> bool:
        """Whether trying on would only lock the account."""
        return self.refused >= MOST_REFUSED and not self.accepted


@dataclass(slots=True)
class Work:
    """What all devices of a run share."""

    store: Store
    limits: Limits
    connector_of: Callable[[str], Connector]
    realms: dict[str, Realm]
    stop: threading.Event
    retries: int
    state: Callable[[str, str], None] = lambda _name, _words: None


def collect_device(plan: Plan, work: Work) -> HostState:
    """Collects one device, tries again where the network failed, and records how it went."""
    state = work.store.hosts[plan.host.name]
    if plan.problem:
        state = HostState(plan.host.platform, FAILED, plan.problem)
    elif work.stop.is_set():
        return state
    else:
        state = _tried(plan, work, HostState(plan.host.platform, commands=dict(state.commands)))
    if not (work.stop.is_set() and state.status != COLLECTED):
        work.store.record(plan.host.name, state)
        work.state(
            plan.host.name, state.status if not state.error else f"{state.status}: {state.error}"
        )
    return state


def missing(plan: Plan, state: HostState, store: Store) -> list[Command]:
    """The commands whose outputs are not there and were not refused."""
    host = plan.host.name
    return [
        command
        for command in plan.commands
        if not store.has(host, plan.files[command.text])
        and not state.commands.get(command.text, "").startswith((EMPTY, "refused"))
    ]


def _tried(plan: Plan, work: Work, state: HostState) -> HostState:
    clock = Clock(work.limits, work.stop)
    for attempt in range(work.retries + 1):
        try:
            _collect(plan, work, state, clock)
        except (Unreachable, TooSlow) as error:
            state.error = scrub(str(error))
            if attempt == work.retries or work.stop.is_set():
                break
            work.state(plan.host.name, f"again soon: {error}")
            # jitter, so that devices behind one link do not come back all at once
            work.stop.wait(PAUSE * 2**attempt * random.uniform(0.5, 1.5))  # noqa: S311
        except (CollectError, NoSecret) as error:
            state.error = scrub(str(error))
            break
        except Exception as error:
            # the boundary of the device: its message may hold anything, and is left out
            state.error = f"internal error, please report it: {type(error).__name__}"
            break
        else:
            state.error = None
            break
    state.status = _status(plan, state)
    return state


def _status(plan: Plan, state: HostState) -> str:
    good = sum(said.startswith("ok") for said in state.commands.values())
    if state.error is None and good:
        state.error = _no_configuration(plan, state) or lacking(plan.user, state.commands)
    if state.error is None and good:
        return COLLECTED
    if good:
        return PARTIAL
    state.error = state.error or _all_refused(state)
    return FAILED


def _no_configuration(plan: Plan, state: HostState) -> str | None:
    """What is wrong where the platform has a command for its configuration, and none gave it."""
    asked = [c.text for c in plan.commands if c.gives.startswith("configuration")]
    if not asked or any(state.commands.get(text) == OK for text in asked):
        return None
    said = state.commands.get(asked[0], "not asked")
    return f"no configuration: {asked[0]}: {said}; may {plan.user} show it?"


def _all_refused(state: HostState) -> str:
    reasons = sorted(set(state.commands.values()))
    return "every command was refused: " + (reasons[0] if reasons else "the platform lists none")


def _collect(plan: Plan, work: Work, state: HostState, clock: Clock) -> None:
    name = plan.host.name
    wanted = missing(plan, state, work.store)
    for command in plan.commands:
        if work.store.has(name, plan.files[command.text]):
            state.commands[command.text] = OK
    if not wanted:
        return
    session = _logged_in(plan, work, clock)
    try:
        for number, command in enumerate(wanted, 1):
            text = command.text
            work.state(name, f"{number}/{len(wanted)} {text}")
            state.commands[text] = _kept(session, command, work.store, name, plan.files[text])
    finally:
        session.close()


def _logged_in(plan: Plan, work: Work, clock: Clock) -> Session:
    host = plan.host
    realm = work.realms[host.realm or ""]
    target = Target(
        name=host.name,
        platform=host.platform or "",
        device_type=host.device_type or host.platform or "",
        way=plan.way,
        user=plan.user,
        password=plan.credentials.password_for(host, plan.user),
        enable=plan.credentials.enable_for(host),
        legacy=host.legacy,
        commands=tuple(way for command in plan.commands for way in ways(command)),
    )
    with realm.logins:
        clock.check()
        if realm.locked_out():
            raise LoginRefused(
                f"not tried: {realm.refused} devices of this AAA realm have refused {plan.user}, and "
                "one more could lock the account"
            )
        work.state(host.name, "logging in")
        # waiting for the others is not the device's time
        clock.started = time.monotonic()
        try:
            session = work.connector_of(plan.connector).open(target, clock)
        except LoginRefused:
            with realm.lock:
                realm.refused += 1
            raise
        realm.accepted = True
    return session


def _kept(session: Session, command: Command, store: Store, host: str, file: str) -> str:
    """Runs a command, in another way where it is refused; a word on how it went."""
    way: str | None = command.text
    said = ""
    while way is not None:
        said, way = _kept_once(session, command, way, store.text(host, file))
    return said


def _kept_once(
    session: Session, command: Command, way: str, place: AbstractContextManager[Keeper]
) -> tuple[str, str | None]:
    """Sends one line and keeps its scrubbed output; a word on how it went, and what to send next."""
    scrubber = Scrubber()
    with place as keeper:
        blocks = session.run(way)
        start, whole = _start(blocks)
        start = output_of(way, start)
        reason = word_on(command, way, start) if whole else ""
        if reason:
            return scrub(reason), next_way(command, way, start)
        if whole and not start.strip():
            if command.none:
                keeper.keep()
            return EMPTY, None
        keeper.write(scrubber.feed(start))
        for block in blocks:
            keeper.write(scrubber.feed(block))
        keeper.keep()
    return OK, None


def _start(blocks: Iterator[str]) -> tuple[str, bool]:
    """The first lines of an output, and whether they are all of it: refusals are short."""
    start = ""
    for block in blocks:
        start += block
        if not is_short(start):
            return start, False
    return start, True
