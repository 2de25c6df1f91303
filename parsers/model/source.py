"""Where a fact was read: the evidence that every finding must carry."""

from __future__ import annotations

from typing import Generic, NamedTuple, TypeVar

from pydantic import BaseModel, ConfigDict

T = TypeVar("T")


class Where(NamedTuple):
    """A line of a file the user gave; `line` counts from 1."""

    file: str
    line: int


class Frozen(BaseModel):
    """The base of the border models: immutable, and closed to unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)


class Sourced(Frozen, Generic[T]):
    """A value with the line that says so; `where` is None for a platform default."""

    value: T
    where: Where | None = None
    note: str = ""


IntFact = Sourced[int]
BoolFact = Sourced[bool]
TextFact = Sourced[str]
"""The three kinds in use, named once: subscripting a generic model at every call is slow."""
