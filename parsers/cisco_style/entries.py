"""Reads one entry of a Cisco-style filter into first-match terms.

`[seq] permit|deny PROTOCOL SOURCE [ports] DESTINATION [ports] [features]`; the ports that follow an
address belong to it. A word that is not understood never loses the entry: what was understood before
it stays as a superset and the entry becomes uncertain.
"""

from __future__ import annotations

from parsers.cisco_style.dialect import Context, Dialect, NotUnderstood, complement, host_term
from parsers.cisco_style.entry_draft import EntryDraft
from parsers.model.filters import Action, Entry, Match

__all__ = ["Dialect", "EntryDraft", "NotUnderstood", "Reader", "complement", "host_term"]

ACTIONS = {"permit": Action.PERMIT, "deny": Action.DENY}


class Reader(Context):
    """Reads the entries of one filter."""

    def entries(
        self, tokens: list[str], line: int, label: str | None, standard: bool = False
    ) -> tuple[Entry, ...]:
        """The entries of `tokens`, which begin with permit or deny: one, or two where part of an
        object group is not known (a certain one for its known members, an uncertain one)."""
        if tokens[0] == "evaluate":
            doubt = f"{' '.join(tokens)} permits sessions that another list has reflected"
            every = (Match(self.family),)
            return (Entry(line, Action.PERMIT, every, doubt, label=label),)
        action = ACTIONS.get(tokens[0], Action.UNKNOWN)
        draft = EntryDraft(self, tokens)
        try:
            if action is Action.UNKNOWN:
                raise NotUnderstood(tokens[0])
            draft.standard() if standard else draft.extended()
        except NotUnderstood as stuck:
            draft.doubt = f"{stuck.args[0]!r} is not understood"
            draft.stuck = True
        except IndexError:
            draft.doubt = "the entry ends early, which is not understood"
            draft.stuck = True
        return draft.finish(line, action, label)
