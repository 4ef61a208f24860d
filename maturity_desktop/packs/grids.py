"""Sheets as plain values: what is read from a spreadsheet or a CSV file, and what is written into one."""

from dataclasses import dataclass, field

from maturity_desktop.errors import Issue

MAX_CELL = 30_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of a sheet to be written.

    Attributes:
        is_id: cells already filled are protected.
        choices: values offered in a list; a single ``=sheet!$A$2:$A$99`` names cells that hold them.
    """

    name: str
    width: int = 16
    is_id: bool = False
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A sheet to be written; "" is an empty cell."""

    name: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """A sheet as read: `rows` from row 1 on, texts stripped, merged cells filled down."""

    name: str
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """All visible content of a spreadsheet file, and what must not stand in it."""

    grids: dict[str, Grid] = field(default_factory=dict)
    issues: tuple[Issue, ...] = ()
