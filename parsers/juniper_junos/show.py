from typing import NamedTuple
class Shown(NamedTuple):
    model: str | None = None
    version: str | None = None
    tables: tuple = ()
def read_shown(inputs): return Shown()
