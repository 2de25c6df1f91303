"""Filters beside the policies: `firewall acl` on an interface, and policies for the device's own packets.

Sources: Fortinet, CLI reference, `firewall acl`, `acl6` (packets that an entry matches are dropped where they arrive,
all others go on) and `firewall local-in-policy` (packets to the device, no transit).
"""

from __future__ import annotations

from parsers.fortinet.draft import Draft
from parsers.fortinet.policies import Books, Policy, read_policy
from parsers.fortinet.scopes import Scope
from parsers.model.filters import Action, Binding, Entry, Filter, LaterFragments

ACLS = (("firewall acl", 4), ("firewall acl6", 6))
LOCAL_IN = "firewall local-in-policy"


def read_other_filters(draft: Draft, scope: Scope, books: Books) -> None:
    """Adds the filters of a virtual domain that are no policies between zones."""
    prefix = "" if scope.shared is None else f"{scope.name}/"
    for name, family in ACLS:
        table = scope.table(name)
        if table is None:
            continue
        by_interface: dict[str, list[Policy]] = {}
        for entry in draft.rows(table, "filter", name):
            policy = read_policy(draft, entry, books, (family,), f"{name} {entry.name}")
            if policy is not None:
                for interface in policy.settings.get("interface").values or ("any",):
                    by_interface.setdefault(interface, []).append(policy)
        for interface, policies in by_interface.items():
            _acl(draft, prefix, name, family, interface, policies)
    table = scope.table(LOCAL_IN)
    if table is not None:
        local = [
            policy
            for entry in draft.rows(table, "filter", LOCAL_IN)
            if (policy := read_policy(draft, entry, books, (4,), f"local-in {entry.name}"))
        ]
        key = f"{prefix}local-in-policy"
        entries = tuple(
            entry._replace(uncertain=entry.uncertain or "the policy is for one interface")
            if policy.settings.get("intf").text not in ("", "any")
            else entry
            for policy in local
            for entry in policy.entries
        )
        draft.filters[key, 4] = _filter(draft, key, 4, table.line, entries, Action.UNKNOWN, True)


def _acl(
    draft: Draft, prefix: str, name: str, family: int, interface: str, policies: list[Policy]
) -> None:
    short = name.removeprefix("firewall ")
    key = f"{prefix}{short}:{interface}"
    entries = tuple(
        entry._replace(action=Action.DENY) for policy in policies for entry in policy.entries
    )
    line = policies[0].line
    draft.filters[key, family] = _filter(
        draft, key, family, line, entries, Action.PERMIT, stateful=False
    )
    known = interface if interface != "any" else None
    if draft.interfaces and known is not None and known not in draft.interfaces:
        for policy in policies:
            draft.miss_line(policy.settings.get("interface").line)
    draft.bindings.append(
        Binding(key, family, known, "in" if known else "forward", draft.where(line), order=-1)
    )


def _filter(
    draft: Draft,
    key: str,
    family: int,
    line: int,
    entries: tuple[Entry, ...],
    default: Action,
    stateful: bool,
) -> Filter:
    return Filter(
        key=key,
        family=family,
        file=draft.file,
        line=line,
        entries=entries,
        default=default,
        names=(key,),
        kind="acl",
        later_fragments=LaterFragments.UNKNOWN,
        stateful=stateful,
    )
