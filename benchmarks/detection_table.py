"""Prints which platform is detected for each file of the shared corpus: label by detected.

Run it from the repository's root: `python -m benchmarks.detection_table [--wrong]`. The label is
the folder a file lies in, and for the labs what `show/host_nos.txt` says. `--wrong` lists each file
that has another answer than its label asks for.
"""

from __future__ import annotations

import json
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from parsers.detection import Detection, detect
from parsers.errors import UnreadableText
from parsers.text import lines_of

CORPUS = Path(__file__).resolve().parents[2] / "shared" / "corpus"

FOLDERS = {
    "arista_eos": {"arista_eos"},
    "checkpoint_gaia": {"checkpoint_gaia"},
    "cisco_asa": {"cisco_asa"},
    "cisco_ios": {"cisco_ios", "cisco_xe"},
    "cisco_nxos": {"cisco_nxos"},
    "cisco_xr": {"cisco_xr"},
    "cumulus_linux": {"cumulus_linux"},
    "cumulus_nclu": {"cumulus_linux"},
    "f5_tmsh": {"f5_tmsh"},
    "fortinet": {"fortinet"},
    "juniper_junos": {"juniper_junos"},
    "linux_iptables": {"linux"},
    "nokia_sros": {"nokia_sros"},
    "paloalto_panos": {"paloalto_panos"},
}
"""What each folder of `configs/` may be detected as; every other folder: nothing."""

SYSTEMS = {
    "arista": {"arista_eos"},
    "cumulus": {"cumulus_linux"},
    "fortios": {"fortinet"},
    "ios": {"cisco_ios", "cisco_xe"},
    "iosxe": {"cisco_ios", "cisco_xe"},
    "iosxr": {"cisco_xr"},
    "junos": {"juniper_junos"},
    "nx": {"cisco_nxos"},
    "panos": {"paloalto_panos"},
    "sros": {"nokia_sros"},
}
"""The same for the names in `host_nos.txt`."""


def labelled() -> Iterator[tuple[str, Path, set[str | None]]]:
    """Label, file, and the platforms that are right for it."""
    for folder in sorted((CORPUS / "configs").iterdir()):
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            if path.name == "BUILD.bazel":
                yield "BUILD.bazel", path, {None}
            else:
                yield folder.name, path, set(FOLDERS.get(folder.name, {None}))
    for lab in sorted((CORPUS / "labs").iterdir()):
        systems = json.loads((lab / "show" / "host_nos.txt").read_text())
        for path in sorted(path for path in (lab / "configs").rglob("*") if path.is_file()):
            system = systems.get(path.relative_to(lab / "configs").parts[0], "?")
            if system == "?":
                system = _by_file(path)
            yield f"labs: {system}", path, set(SYSTEMS.get(system, {None}))
    for path in sorted((CORPUS / "networks").rglob("*")):
        if path.suffix == ".cfg":
            yield "networks", path, {"cisco_ios"}
        elif path.suffix == ".iptables":
            yield "networks: iptables", path, {"linux"}


def _by_file(path: Path) -> str:
    """The system of a lab device that `host_nos.txt` leaves out, by how its file is called."""
    return "junos" if "display_set" in path.name else "cumulus"


def detected(path: Path) -> Detection:
    """The detection for one file; a file that holds no text is a detection of nothing."""
    try:
        return detect(lines_of(path.read_bytes()))
    except UnreadableText as error:
        return Detection(None, 0.0, f"{path.name} {error}", ())


def main() -> None:
    """Prints the table, and with `--wrong` the files behind it."""
    table: dict[str, Counter[str]] = defaultdict(Counter)
    right: Counter[str] = Counter()
    wrong: list[str] = []
    start = time.perf_counter()
    for label, path, allowed in labelled():
        found = detected(path)
        table[label][found.platform or "-"] += 1
        if found.platform in allowed:
            right[label] += 1
        else:
            wrong.append(
                f"{path.relative_to(CORPUS)}: {found.platform}: {found.reason} "
                f"{[(candidate.name, candidate.score) for candidate in found.candidates[:3]]}"
            )
    for label, row in sorted(table.items()):
        total = sum(row.values())
        cells = "  ".join(f"{name} {count}" for name, count in row.most_common())
        print(
            f"{label:24} {right[label]:4}/{total:<4} {100 * right[label] / total:5.1f} %   {cells}"
        )
    print(f"{time.perf_counter() - start:.1f} s")
    if "--wrong" in sys.argv:
        print("\n".join(wrong))


if __name__ == "__main__":
    main()
