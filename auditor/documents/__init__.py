"""Documentation made from what the program says: pages of rules and platforms, the table of settings, the manual.

`python -m auditor.documents` writes them; with `--check` it only says which ones are out of date.
"""
