"""Plain values with their places: what a pack file says before anybody asks whether it makes sense.

Every scalar is text; nothing is guessed to be a number, a date or a truth value.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands: file (relative to the pack), line and column, both from 1; 0 when unknown."""

    file: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}" if self.line else self.file


@dataclass(frozen=True, slots=True)
class Scalar:
    """A single text."""

    text: str
    place: Place


@dataclass(frozen=True, slots=True)
class Listing:
    """An ordered list."""

    items: tuple["Value", ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Table:
    """Keys with values, in the order of the file; `key_places` tells where each key stands."""

    entries: dict[str, "Value"]
    place: Place
    key_places: dict[str, Place] = field(default_factory=dict)

    def word(self, key: str, default: str = "") -> str:
        """Return the text under `key`, stripped; `default` when there is none."""
        value = self.entries.get(key)
        return value.text.strip() if isinstance(value, Scalar) else default

    def place_of(self, key: str) -> Place:
        """Return where the value of `key` stands, or the table itself when it is missing."""
        value = self.entries.get(key)
        return self.place if value is None else value.place

    def table(self, key: str) -> "Table | None":
        """Return the table under `key`, or None."""
        value = self.entries.get(key)
        return value if isinstance(value, Table) else None

    def tables(self, key: str) -> tuple["Table", ...]:
        """Return the tables of the list under `key`; empty when there is none."""
        value = self.entries.get(key)
        return tuple(item for item in value.items if isinstance(item, Table)) if isinstance(value, Listing) else ()

    def scalars(self, key: str) -> tuple[Scalar, ...]:
        """Return the texts of the list under `key`; empty when there is none."""
        value = self.entries.get(key)
        return tuple(item for item in value.items if isinstance(item, Scalar)) if isinstance(value, Listing) else ()


Value: TypeAlias = Scalar | Listing | Table
Plain: TypeAlias = "str | Mapping[str, Plain] | Sequence[Plain]"


def plain(value: Value) -> "Plain":
    """Return a value without its places."""
    if isinstance(value, Scalar):
        return value.text.strip()
    if isinstance(value, Listing):
        return [plain(item) for item in value.items]
    return {key: plain(inner) for key, inner in value.entries.items()}


def walk_tables(value: Value) -> Iterator[Table]:
    """Yield every table inside a value, the value itself included, in the order of the file."""
    if isinstance(value, Table):
        yield value
        for inner in value.entries.values():
            yield from walk_tables(inner)
    elif isinstance(value, Listing):
        for inner in value.items:
            yield from walk_tables(inner)


def walk_nodes(root: Table, depth: int = 1) -> Iterator[tuple[Table, int]]:
    """Yield the node tables of a tree file with their depth (the root is 1), parents first."""
    yield root, depth
    for child in root.tables("nodes"):
        yield from walk_nodes(child, depth + 1)


def is_item(node: Table) -> bool:
    """Whether a node table is a rated item."""
    return "cells" in node.entries
