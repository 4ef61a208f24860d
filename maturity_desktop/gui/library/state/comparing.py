"""Which two editions are to be compared."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionChoice:
    """An edition that can be chosen: `name` finds it (``id@edition``, a folder or a pack file), `title` says it."""

    name: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two names of editions, the older first."""

    old: str
    new: str
