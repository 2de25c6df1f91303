"""The walk of packets through filters: first match, jumps and returns, and entries in doubt.

Packets are walked in boxes. A box is cut where an entry matches a part of it; each part goes its
own way. An entry that only *may* match decides nothing: its packets go on with a note of what the
entry would have done, and at the end all notes must agree with the decision, or the packets are
undecided.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from parsers.model.filters import Action
from rules.packets.addresses import PrefixIndex
from rules.packets.compiled import Candidate, CompiledFilter, Step
from rules.packets.cubes import Box, covers, cut, family_of, meet

LIMIT = 4_000_000
"""Comparisons in one walk (about a second); beyond it the packets that are left are undecided."""

SEVERAL = 24
"""A box that more entries meet is not cut piece by piece (see `Walk._by_entry`)."""

TOO_LARGE = "the filter cuts these packets into too many pieces to judge"

Pending = tuple[Step, ...]
"""Entries that may have matched on the way, in order."""


class Scope(NamedTuple):
    """The filter that is walked, the place to come back to, and the filters entered so far."""

    chain: CompiledFilter
    caller: Place | None
    active: frozenset[str]


class Place(NamedTuple):
    """Where a walk goes on after a jump. `scope` None ends a walk that was only tried out."""

    candidates: list[Candidate]
    position: int
    scope: Scope | None


class Leaf(NamedTuple):
    """Packets at the end of their walk: those of `box` that are in none of `holes`.

    `step` None: nothing decided in a walk that was only tried out.
    """

    box: Box
    step: Step | None
    pending: Pending
    holes: tuple[Box, ...] = ()


Item = tuple[Box, list[Candidate], int, Scope, Pending]

NOWHERE = Place([], 0, None)


class Walk:
    """One evaluation. `find` gives the filter that a jump names, None if there is none."""

    def __init__(self, base: CompiledFilter, find: Callable[[str], CompiledFilter | None]) -> None:
        self.base = base
        self.find = find
        self.compared = 0
        self.trying = 0

    def start(self, box: Box, candidates: list[Candidate]) -> list[Leaf]:
        """Walks `box` from the top of the base filter, whose candidates are given."""
        scope = Scope(self.base, None, frozenset({self.base.filter.key}))
        return self._run([(box, candidates, 0, scope, ())])

    def _run(self, work: list[Item]) -> list[Leaf]:
        leaves: list[Leaf] = []
        while work:
            box, candidates, position, scope, pending = work.pop()
            hits = meeting(box, candidates, position)
            self.compared += len(candidates) - position + 1
            if self.compared > LIMIT:
                leaves.append(Leaf(box, undecided(scope.chain.end, TOO_LARGE), pending))
                continue
            if not hits:
                self._leave(box, scope, pending, True, work, leaves)
                continue
            if len(hits) > SEVERAL and self._by_entry(box, hits, scope, pending, leaves):
                continue
            first = hits[0]
            inside, outside = cut(box, first[:11])
            work += [(piece, hits, 1, scope, pending) for piece in outside]
            step = first[12]
            if first[11]:
                leaves.append(Leaf(inside, step, pending))
            else:
                self._act(inside, step, hits, scope, pending, work, leaves)
        return leaves

    def _by_entry(
        self,
        box: Box,
        hits: list[Candidate],
        scope: Scope,
        pending: Pending,
        leaves: list[Leaf],
    ) -> bool:
        """Judges a box that many entries meet by looking at each entry alone.

        The packets of an entry are those of its box that no earlier entry has; what is left at the
        end is the box with holes. Nothing is cut here, so lists that would cut the box into
        thousands of pieces cost no more than their overlaps. False if an entry does not decide.
        """
        covered = covers(hits[-1][:11], box)
        if self.trying or not (covered or scope.caller is None):
            return False
        if not all(hit[11] for hit in hits):
            return False
        family = family_of(box[0])
        by_dst = len({hit[3:5] for hit in hits}) >= len({hit[1:3] for hit in hits})
        first = 3 if by_dst else 1
        index = PrefixIndex(family)
        for number, hit in enumerate(hits):
            index.file(*(hit[3:5] if by_dst else hit[1:3]), number)
        for number, hit in enumerate(hits):
            inside = meet(box, hit[:11])
            if inside is None:
                continue
            lists = index.meeting(inside[first], inside[first + 1])
            earlier = sorted({n for found in lists for n in found if n < number})
            self.compared += len(earlier)
            knives = meeting(inside, [hits[n] for n in earlier], 0)
            if not knives or not covers(knives[-1][:11], inside):
                leaves.append(Leaf(inside, hit[12], pending, tuple(k[:11] for k in knives)))
        if not covered:
            holes = tuple(hit[:11] for hit in hits)
            end = scope.chain.end
            if end.action in (Action.RETURN, Action.CONTINUE):
                end = self.base.end
            leaves.append(Leaf(box, last_step(end), pending, holes))
        return True

    def _act(
        self,
        box: Box,
        step: Step,
        hits: list[Candidate],
        scope: Scope,
        pending: Pending,
        work: list[Item],
        leaves: list[Leaf],
    ) -> None:
        """Does what a step says that does not end the walk."""
        position = 1
        while position < len(hits) and hits[position][12].number == step.number:
            position += 1
        if step.doubt is None:
            if step.action is Action.RETURN:
                self._leave(box, scope, pending, False, work, leaves)
                return
            entered = self._enter(box, step, hits, position, scope)
            if isinstance(entered, Step):
                leaves.append(Leaf(box, entered, pending))
            else:
                candidates, inner = entered
                work.append((box, candidates, 0, inner, pending))
            return
        if step.action in (Action.PERMIT, Action.DENY, Action.UNKNOWN):
            work.append((box, hits, position, scope, joined(pending, (step,))))
            return
        for part, noted, returns in self._tried(box, step, hits, position, scope):
            notes = joined(pending, noted)
            if returns:
                self._leave(part, scope, notes, False, work, leaves)
            else:
                work.append((part, hits, position, scope, notes))

    def _enter(
        self, box: Box, step: Step, hits: list[Candidate], position: int, scope: Scope
    ) -> tuple[list[Candidate], Scope] | Step:
        """The walk inside the filter that a jump names, or why it cannot be walked."""
        key = step.entry.target if step.entry is not None else None
        target = None if key is None else self.find(key)
        if key is None or target is None:
            return undecided(step, f"it jumps to {key or 'no name'}, which is not defined")
        if key in scope.active:
            return undecided(step, f"it jumps to {key}, which jumps back here")
        if target.filter.uncertain:
            return undecided(step, f"it jumps to {key}: {target.filter.uncertain}")
        caller = scope.caller
        if step.action is Action.JUMP:
            caller = Place(hits, position, scope)
        inner = Scope(target, caller, scope.active | {key})
        return target.candidates(box), inner

    def _tried(
        self, box: Box, step: Step, hits: list[Candidate], position: int, scope: Scope
    ) -> list[tuple[Box, Pending, bool]]:
        """The parts of `box` after a jump or return that only may happen.

        Each part comes with the notes to take along, and True if its walk goes on after leaving
        this filter. A jump that may happen is tried out: what it would decide becomes a note, and
        what falls out of it goes on as if it had not happened. A return that may happen is the
        other way round: what the rest of this filter would decide becomes a note.
        """
        stop = scope._replace(caller=NOWHERE)
        if step.action is Action.RETURN:
            trial: list[Item] = [(box, hits, position, stop, ())]
        else:
            entered = self._enter(box, step._replace(action=Action.GOTO), hits, position, stop)
            if isinstance(entered, Step):
                return [(box, (step._replace(action=Action.UNKNOWN),), False)]
            trial = [(box, entered[0], 0, entered[1], ())]
        parts: list[tuple[Box, Pending, bool]] = []
        self.trying += 1
        ends = self._run(trial)
        self.trying -= 1
        for leaf in ends:
            if leaf.step is not None:
                note = step._replace(action=settled(leaf.step, leaf.pending)[0])
                parts.append((leaf.box, (note,), step.action is Action.RETURN))
            elif step.action is Action.GOTO:
                again = step._replace(action=Action.RETURN)
                for part, notes, returns in self._tried(leaf.box, again, hits, position, scope):
                    parts.append((part, joined(leaf.pending, notes), returns))
            else:
                parts.append((leaf.box, leaf.pending, step.action is Action.RETURN))
        return parts

    def _leave(
        self,
        box: Box,
        scope: Scope,
        pending: Pending,
        at_end: bool,
        work: list[Item],
        leaves: list[Leaf],
    ) -> None:
        """Leaves a filter at its end or by a return."""
        end = scope.chain.end
        if at_end and end.action not in (Action.RETURN, Action.CONTINUE):
            leaves.append(Leaf(box, last_step(end), pending))
        elif scope.caller is None:
            leaves.append(Leaf(box, last_step(self.base.end), pending))
        elif scope.caller.scope is None:
            leaves.append(Leaf(box, None, pending))
        else:
            place = scope.caller
            work.append((box, place.candidates, place.position, scope.caller.scope, pending))


def last_step(end: Step) -> Step:
    """The last action of a filter as a decision: what is neither permit nor deny is unknown."""
    if end.action in (Action.PERMIT, Action.DENY):
        return end
    return undecided(end, end.reason)


def joined(pending: Pending, more: Pending) -> Pending:
    """Notes with more of them behind; only the first of each action can ever be reported."""
    for note in more:
        if all(note.action is not known.action for known in pending):
            pending = (*pending, note)
    return pending


def settled(step: Step, pending: Pending) -> tuple[Action, Step]:
    """The outcome of a decision with its notes, and the step to report for it.

    The decision stands if every note agrees. Otherwise the first note that does not is what the
    outcome depends on; with an unknown decision that is the first of all.
    """
    for note in pending:
        if note.action is not step.action or step.action is Action.UNKNOWN:
            return Action.UNKNOWN, note
    return step.action, step


def undecided(step: Step, reason: str) -> Step:
    """A step of which the outcome is not known, and why."""
    return step._replace(action=Action.UNKNOWN, doubt=None, reason=reason)


def meeting(box: Box, candidates: list[Candidate], position: int) -> list[Candidate]:
    """The candidates from `position` on that meet `box`, to the first that decides all of it."""
    _, sv, sc, dv, dc, al, ah, bl, bh, bits, states = box
    hits: list[Candidate] = []
    for candidate in candidates[position:] if position else candidates:
        _, c_sv, c_sc, c_dv, c_dc, c_al, c_ah, c_bl, c_bh, c_bits, c_states, final, _ = candidate
        if (
            (c_dv ^ dv) & c_dc & dc
            or (c_sv ^ sv) & c_sc & sc
            or c_bl > bh
            or c_bh < bl
            or c_al > ah
            or c_ah < al
            or not c_bits & bits
            or not c_states & states
        ):
            continue
        hits.append(candidate)
        if (
            final
            and not c_dc & ~dc
            and not c_sc & ~sc
            and c_bl <= bl
            and bh <= c_bh
            and c_al <= al
            and ah <= c_ah
            and not bits & ~c_bits
            and not states & ~c_states
        ):
            break
    return hits
