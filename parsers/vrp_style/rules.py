"""Reads the rules of an access list into first-match entries.

`rule [ID] [name N] permit|deny [PROTOCOL] [KEYWORD VALUES] …` with the keywords in any order. A word that is
not understood never loses the rule: the addresses and the protocol that were read stay as a superset, and
the entry becomes uncertain.
"""

from __future__ import annotations

from parsers.model.filters import Action, Entry
from parsers.vrp_style.dialect import Context
from parsers.vrp_style.rule_draft import RuleDraft
from parsers.vrp_style.terms import NotUnderstood

ACTIONS = {"permit": Action.PERMIT, "deny": Action.DENY}
UNREAD = "is not understood"
"""How the doubt of an entry ends that was not read to its end."""


class Rules(Context):
    """Reads the rules of access lists of one family."""

    def entries(self, tokens: list[str], kind: str, line: int, label: str) -> tuple[Entry, ...]:
        """The entries of a rule whose words, from permit or deny on, are `tokens`: several where part of it
        is certain. Nothing where the rule is for another VPN."""
        action = ACTIONS.get(tokens[0], Action.UNKNOWN)
        draft = RuleDraft(self, tokens)
        try:
            if action is Action.UNKNOWN:
                raise NotUnderstood(tokens[0])
            draft.read(kind)
        except NotUnderstood as stuck:
            draft.doubt = f"{stuck.args[0]!r} {UNREAD}"
            draft.stuck = True
        except IndexError:
            draft.doubt = f"the rule ends early, which {UNREAD}"
            draft.stuck = True
        return draft.finish(line, action, label)
