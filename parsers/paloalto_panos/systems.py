"""Virtual systems, shared gateways and device groups: their zones, objects and rules, and the pairs of zones.

Sources: Palo Alto Networks, PAN-OS Administrator's Guide, "Virtual Systems" (external zones, shared gateways) and
Panorama Administrator's Guide, "Device Groups" (objects are inherited from `shared` and from the ancestors).
"""

from __future__ import annotations

from dataclasses import dataclass, field

from parsers.hierarchy.interpret import read
from parsers.hierarchy.tree import Node
from parsers.paloalto_panos import irrelevant
from parsers.paloalto_panos.draft import Draft, Statements, Zone, word_of
from parsers.paloalto_panos.object_lines import object_statements, read_objects
from parsers.paloalto_panos.objects import Place, Scope
from parsers.paloalto_panos.rulebases import Rulebase
from parsers.paloalto_panos.zones import read_zones

PRE, LOCAL, POST = "pre-rulebase", "rulebase", "post-rulebase"


@dataclass
class System:
    """A virtual system, a shared gateway or a device group."""

    name: str
    rulebase: Rulebase
    is_gateway: bool = False
    zones: dict[str, Zone] = field(default_factory=dict)
    imports: dict[str, int] = field(default_factory=dict)

    def zone_of(self, interface: str) -> Zone | None:
        """The zone that an interface is in."""
        return next((zone for zone in self.zones.values() if interface in zone.members), None)

    def zones_in_rules(self) -> list[str]:
        """The zones that rules name."""
        found: dict[str, None] = {}
        for rule in self.rulebase.rules:
            if not rule.disabled:
                found.update(dict.fromkeys(sorted((rule.from_zones | rule.to_zones) - {"any"})))
        return list(found)


class Reader:
    """Reads the parts that hold rules and objects, in the order in which they need each other."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.shared = Place("shared")
        self.pushed = Place("pushed by Panorama")
        self.places: dict[str, Place] = {}

    def objects(self) -> None:
        """The objects of all places; rules look for names only after all are there."""
        root = self.draft.root
        self._objects(root.get("shared"), self.shared)
        for node in self._pushed(None):
            self._objects(node, self.pushed)
        vsys = root.get("vsys")
        for child in vsys.children.values() if vsys is not None else ():
            place = self.places.setdefault(child.word, Place(child.word))
            self._objects(child, place)
        places = [*self.places.values(), self.pushed, self.shared]
        self.draft.masks = [place.masks for place in places]

    def _objects(self, node: Node | None, place: Place) -> None:
        if node is not None:
            read_objects(self.draft, place, node)

    def _pushed(self, vsys: str | None) -> list[Node]:
        """Where a firewall keeps what Panorama pushed: for all virtual systems, or for one."""
        root = self.draft.root
        if vsys is None:
            paths = [("policy", "panorama"), ("policy", "shared"), ("panorama",)]
        else:
            paths = [("panorama", "vsys", vsys), ("policy", "panorama", "vsys", vsys)]
        return [node for path in paths if (node := root.get(*path)) is not None]

    def systems(self) -> list[System]:
        """The virtual systems and shared gateways, with their rules in order."""
        root = self.draft.root
        self._other_parts()
        vsys = root.get("vsys")
        if vsys is not None:
            self.draft.use(vsys)
        names = list(vsys.children) if vsys is not None else []
        if not names and self._has_pushed_rules():
            names = ["vsys1"]
        found = [self._system(name, vsys.get(name) if vsys is not None else None) for name in names]
        gateways = root.get("network", "shared-gateway")
        if gateways is not None:
            self.draft.use(gateways)
            found += [self._gateway(child) for child in gateways.children.values()]
        return found

    def _has_pushed_rules(self) -> bool:
        root = self.draft.root
        holders = [
            *self._pushed(None),
            *([root.children["shared"]] if "shared" in root.children else []),
        ]
        return "device-group" not in root.children and any(
            word in node.children for node in holders for word in (PRE, POST)
        )

    def _other_parts(self) -> None:
        """What stands beside objects and rules in `shared` and in what was pushed."""
        root, draft = self.draft.root, self.draft
        known = set(object_statements(self.shared)) | {PRE, POST, LOCAL, "vsys"}
        for path in (
            ("shared",),
            ("policy",),
            ("policy", "panorama"),
            ("policy", "shared"),
            ("panorama",),
        ):
            node = root.get(*path)
            if node is None:
                continue
            draft.use(node)
            inner = known | ({"panorama", "shared"} if path == ("policy",) else set())
            rest = Node("", 0)
            rest.children = {w: c for w, c in node.children.items() if w not in inner}
            read(draft, rest, irrelevant.OBJECTS)

    def _system(self, name: str, node: Node | None) -> System:
        draft = self.draft
        system = System(name, Rulebase(name))
        pushed = self._pushed(name)
        own = self.places.setdefault(name, Place(name))
        local = Scope([own, self.pushed, self.shared])
        above = Scope([self.pushed, self.shared])
        shared = draft.root.get("shared")
        panorama_only = "device-group" in draft.root.children
        everywhere = [*([shared] if shared is not None and not panorama_only else [])]
        for holder in (*everywhere, *self._pushed(None)):
            self._rules(system, holder, PRE, above)
        for holder in pushed:
            self._objects(holder, own)
            self._rules(system, holder, PRE, local)
        if node is not None:
            self._vsys(system, node, own, local)
        for holder in pushed:
            self._rules(system, holder, POST, local)
        for holder in (*self._pushed(None), *everywhere):
            self._rules(system, holder, POST, above)
        return system

    def _rules(self, system: System, node: Node, word: str, scope: Scope) -> None:
        found = node.children.get(word)
        if found is not None:
            system.rulebase.add(self.draft, found, scope)

    def _vsys(self, system: System, node: Node, place: Place, scope: Scope) -> None:
        draft = self.draft
        draft.use(node)
        if node.doubt:
            system.rulebase.doubt = system.rulebase.doubt or node.doubt
        for word in (PRE, LOCAL, POST):
            self._rules(system, node, word, scope)
        table: Statements = {
            "zone": lambda d, n: read_zones(d, n, system.zones),
            "import": lambda d, n: _imports(d, n, system),
            **irrelevant.VSYS,
            **irrelevant.OBJECTS,
        }
        done = {*object_statements(place), PRE, LOCAL, POST}
        rest = Node("", 0)
        rest.children = {w: c for w, c in node.children.items() if w not in done}
        read(draft, rest, table)

    def _gateway(self, node: Node) -> System:
        place = Place(node.word)
        system = System(node.word, Rulebase(node.word), is_gateway=True)
        self._objects(node, place)
        self._vsys(system, node, place, Scope([place, self.pushed, self.shared]))
        return system

    def groups(self) -> list[System]:
        """The device groups of Panorama: each with its ancestors' rules around its own. The rules of the firewalls
        themselves are not in such a text."""
        root, draft = self.draft.root, self.draft
        holder = root.get("device-group")
        if holder is None:
            return []
        draft.use(holder)
        for node in holder.children.values():
            place = self.places.setdefault(f"device-group {node.word}", Place(node.word))
            self._objects(node, place)
        shared = root.get("shared")
        found = []
        for node in holder.children.values():
            draft.use(node)
            line, doubt = self._line_of(holder, node)
            system = System(node.word, Rulebase(node.word))
            system.rulebase.doubt = doubt or node.doubt
            chain = [*([shared] if shared is not None else []), *reversed(line)]
            for level, group in enumerate(chain):
                self._rules(system, group, PRE, self._scope(chain[: level + 1]))
            system.rulebase.gap = len(system.rulebase.rules)
            for level in range(len(chain) - 1, -1, -1):
                self._rules(system, chain[level], POST, self._scope(chain[: level + 1]))
            self._rest_of_group(node, place)
            found.append(system)
        return found

    def _scope(self, chain: list[Node]) -> Scope:
        names = [f"device-group {node.word}" for node in reversed(chain)]
        places = [self.places[name] for name in names if name in self.places]
        return Scope([*places, self.shared])

    def _rest_of_group(self, node: Node, place: Place) -> None:
        place = self.places[f"device-group {node.word}"]
        done = {*object_statements(place), PRE, POST}
        rest = Node("", 0)
        rest.children = {w: c for w, c in node.children.items() if w not in done}
        read(self.draft, rest, {**irrelevant.DEVICE_GROUP, **irrelevant.OBJECTS})

    def _line_of(self, holder: Node, node: Node) -> tuple[list[Node], str | None]:
        """A device group with its ancestors, the nearest first."""
        found = [node]
        read_only = self.draft.root.get("readonly")
        while True:
            last = found[-1]
            parent = word_of(last, "parent-dg")
            for part in read_only.walk() if read_only is not None and parent is None else ():
                if part.word == last.word and "parent-dg" in part.children:
                    parent = word_of(part, "parent-dg")
            if parent is None or parent == "shared":
                return found, None
            above = holder.children.get(parent)
            if above is None or above in found:
                return (
                    found,
                    f"the parent {parent} of device group {last.word} is missing or its own child",
                )
            found.append(above)


def _imports(draft: Draft, node: Node, system: System) -> None:
    draft.use(node)
    for child in node.children.values():
        draft.use_all(child)
        if child.word != "network":
            continue  # resources and the systems that may be seen
        for kind in child.children.values():
            if kind.word == "interface":
                for member in kind.children.values():
                    system.imports[member.word] = member.end or member.line
