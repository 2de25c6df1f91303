"""From which hooks each chain is reached, over all jumps."""

from __future__ import annotations

from parsers.linux.filters import Built

Hooks = dict[tuple[str, int], frozenset[tuple[str, str]]]


def reached(built: list[Built]) -> Hooks:
    """The (hook, kind) pairs from which each chain, by key and family, is reached."""
    out: dict[tuple[str, int], set[tuple[str, str]]] = {}
    by_key = {(one.chain.key, one.chain.family): one.chain for one in built}
    for one in built:
        base = one.chain.base
        if base is None or one.inactive:
            continue
        waiting = [one.chain]
        while waiting:
            chain = waiting.pop()
            hooks = out.setdefault((chain.key, chain.family), set())
            if (base.hook, base.kind) in hooks:
                continue
            hooks.add((base.hook, base.kind))
            for _, rule in chain.special():
                for entry in rule.entries:
                    target = by_key.get((entry.target or "", chain.family))
                    if target is not None:
                        waiting.append(target)
    return {key: frozenset(hooks) for key, hooks in out.items()}
