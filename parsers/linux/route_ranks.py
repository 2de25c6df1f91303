"""Which of several routes to one prefix the kernel uses (ip-route(8), `metric`)."""

from __future__ import annotations

from parsers.model.routes import Route


def ranked(routes: list[Route]) -> tuple[Route, ...]:
    """Marks routes that a lower metric for the same prefix keeps idle (ip-route(8), `metric`)."""
    if len({route[1] << 8 | route[2] for route in routes}) == len(routes):
        return tuple(routes)
    best: dict[tuple[int, int, int, str], int] = {}
    for route in routes:
        key = (route.family, route.value, route.length, route.vrf)
        if not route.backup and not (route.conditional or "").startswith("only packets"):
            metric = route.metric or 0
            best[key] = min(best.get(key, metric), metric)
    out = []
    taken: set[tuple[int, int, int, str]] = set()
    for route in routes:
        key = (route.family, route.value, route.length, route.vrf)
        if route.backup or key not in best or (route.conditional or "").startswith("only packets"):
            out.append(route)
        elif (route.metric or 0) > best[key]:
            out.append(route._replace(backup=True))
        elif key in taken and route.family == 4:
            # the kernel uses the first of several equal IPv4 routes, the others are appended ones
            out.append(route._replace(backup=True))
        elif key in taken:
            reason = "several routers of one metric: the kernel selects one"
            out.append(route._replace(conditional=route.conditional or reason))
        else:
            taken.add(key)
            out.append(route)
    return tuple(out)
