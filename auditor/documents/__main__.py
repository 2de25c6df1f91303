"""`python -m auditor.documents [--check] [FOLDER]`: writes what is made, below the project's folder."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from auditor.documents.manual import manual
from auditor.documents.pages import platform_pages, rule_pages
from auditor.documents.settings_table import with_table

FOLDERS = ("docs/rules", "docs/platforms")
"""Nothing else stands in these: a page that is not made any more goes."""
SETTINGS = "docs/settings.md"


def made(root: Path) -> dict[str, str]:
    """The texts of all files that are made, by their names below `root`."""
    settings = (root / SETTINGS).read_text("utf-8")
    return {
        **rule_pages(),
        **platform_pages(),
        "docs/auditor.1": manual(),
        SETTINGS: with_table(settings),
    }


def stale(root: Path) -> dict[str, str | None]:
    """What differs from the files below `root`; None for a file that should not be there."""
    texts = made(root)
    there = {p.relative_to(root).as_posix() for f in FOLDERS for p in (root / f).glob("*")}
    kept = {
        name: text
        for name, text in texts.items()
        if not (root / name).is_file() or (root / name).read_text("utf-8") != text
    }
    return dict.fromkeys(sorted(there - set(texts))) | kept


def main() -> int:
    """Writes, or with `--check` names what is out of date and gives 1."""
    parser = argparse.ArgumentParser(prog="python -m auditor.documents", description=__doc__)
    parser.add_argument("folder", nargs="?", default=".", help="the project's folder (default .)")
    parser.add_argument(
        "--check", action="store_true", help="write nothing; 1 where a file is stale"
    )
    options = parser.parse_args()
    root = Path(options.folder)
    found = stale(root)
    for name, text in found.items():
        sys.stdout.write(f"{name}: {'to be removed' if text is None else 'out of date'}\n")
        if options.check:
            continue
        if text is None:
            (root / name).unlink()
        else:
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_text(text, "utf-8")
    return int(bool(found) and options.check)


if __name__ == "__main__":
    raise SystemExit(main())
