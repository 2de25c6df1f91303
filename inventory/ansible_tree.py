"""Ansible's groups and hosts, and which variables a host ends up with.

Order, later wins (docs.ansible.com, "Understanding variable precedence"): variables of groups in the inventory,
`group_vars/all`, other `group_vars`, variables of the host in the inventory, `host_vars`. Among groups: parents
before children, then `ansible_group_priority`, then the alphabet.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from inventory.errors import BadInventory

Variables = dict[str, object]

MOST_HOSTS_OF_A_RANGE = 65_536

_RANGE = re.compile(r"\[([0-9]+|[a-zA-Z]):([0-9]+|[a-zA-Z])(?::([0-9]+))?\]")


@dataclass(slots=True)
class Group:
    """A group: its variables, and the names of what is in it."""

    variables: Variables = field(default_factory=dict)
    children: list[str] = field(default_factory=list)
    hosts: list[str] = field(default_factory=list)


class Tree:
    """An inventory of Ansible while it is read; several files add to one tree."""

    def __init__(self) -> None:
        self.groups: dict[str, Group] = {"all": Group(), "ungrouped": Group()}
        self.hosts: dict[str, Variables] = {}
        self.group_vars: dict[str, Variables] = {}
        self.host_vars: dict[str, Variables] = {}

    def group(self, name: str) -> Group:
        """The group called `name`; a new one if there is none."""
        return self.groups.setdefault(name, Group())

    def add_host(self, name: str, group: str, variables: Mapping[str, object]) -> None:
        """Adds a host to a group; variables of an earlier mention stay unless given again."""
        self.hosts.setdefault(name, {}).update(variables)
        members = self.group(group).hosts
        if name not in members:
            members.append(name)

    def groups_by_host(self) -> dict[str, tuple[list[str], str]]:
        """For each host its groups from the most general on, and what is wrong with them."""
        parents: dict[str, list[str]] = {name: [] for name in self.groups}
        for name, group in self.groups.items():
            for child in group.children:
                parents.setdefault(child, []).append(name)
        depths = {name: self._depth(name, parents, ()) for name in parents}
        direct: dict[str, list[str]] = {name: [] for name in self.hosts}
        for name, group in self.groups.items():
            for host in group.hosts:
                direct[host].append(name)
        return {host: self._order(names, parents, depths) for host, names in direct.items()}

    def _depth(self, name: str, parents: Mapping[str, list[str]], below: tuple[str, ...]) -> int:
        """How far a group is from `all`; -1 in or below a cycle."""
        if name in below:
            return -1
        found = 0 if name == "all" else 1
        for parent in parents[name]:
            depth = self._depth(parent, parents, (*below, name))
            if depth < 0:
                return -1
            found = max(found, depth + 1)
        return found

    def _order(
        self, names: list[str], parents: Mapping[str, list[str]], depths: Mapping[str, int]
    ) -> tuple[list[str], str]:
        found, queue = {"all"}, list(names)
        while queue:
            name = queue.pop()
            if name not in found:
                found.add(name)
                queue += parents[name]
        looped = sorted(name for name in found if depths[name] < 0)
        wrong = f"the groups {', '.join(looped)} contain one another" if looped else ""
        ordered = sorted(found, key=lambda name: (depths[name], self._priority(name), name))
        return ordered, wrong

    def _priority(self, name: str) -> int:
        for variables in (self.group_vars.get(name, {}), self.group(name).variables):
            said = str(variables.get("ansible_group_priority", ""))
            if said.lstrip("-").isdecimal():
                return int(said)
        return 1

    def variables_of(self, host: str, groups: list[str]) -> Variables:
        """What holds for a host in `groups`, which stand from the most general on."""
        found: Variables = {}
        for name in groups:
            found |= self.groups[name].variables if name in self.groups else {}
        for name in groups:
            found |= self.group_vars.get(name, {})
        return found | self.hosts[host] | self.host_vars.get(host, {})


def names_in(pattern: str, where: str) -> Iterator[str]:
    """The hosts that a pattern with ranges stands for: `r[01:12:2].example.net`, `r[a:c]`.

    Raises BadInventory for a range that Ansible would refuse, or that no inventory can mean.
    """
    found = _RANGE.search(pattern)
    if found is None:
        yield pattern
        return
    first, last, step = found[1], found[2], int(found[3] or 1)
    if first.isdecimal() and last.isdecimal():
        width = len(first) if first.startswith("0") else 0
        steps = [str(n).zfill(width) for n in _counted(int(first), int(last), step, where)]
    elif not first.isdecimal() and not last.isdecimal():
        steps = [chr(n) for n in _counted(ord(first), ord(last), step, where)]
    else:
        raise BadInventory(f"{where}: the range {found[0]} mixes letters and numbers")
    for part in steps:
        yield from names_in(f"{pattern[: found.start()]}{part}{pattern[found.end() :]}", where)


def _counted(first: int, last: int, step: int, where: str) -> range:
    if step < 1 or last < first or last - first > MOST_HOSTS_OF_A_RANGE:
        raise BadInventory(f"{where}: the range from {first} to {last} cannot be meant")
    return range(first, last + 1, step)
