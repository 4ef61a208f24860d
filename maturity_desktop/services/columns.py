"""Plain tables: which column is what, guessed, chosen, kept per set of headings, and what comes of it."""

import hashlib
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from maturity_desktop.domain.standard import Edition
from maturity_desktop.errors import InputRejected
from maturity_desktop.packs.foreign import table as tables
from maturity_desktop.packs.foreign.build import Imported
from maturity_desktop.packs.foreign.guessing import SheetLook, look_at
from maturity_desktop.packs.foreign.guessing import guess as guess_uses
from maturity_desktop.packs.foreign.plainly import load_bytes
from maturity_desktop.packs.foreign.recognise import open_table
from maturity_desktop.packs.foreign.uses import TableChoice, Use, as_columns, as_toml, from_columns
from maturity_desktop.packs.grids import Book
from maturity_desktop.services import authoring
from maturity_desktop.services.adopting import own_folder
from maturity_desktop.services.authoring import ImportPlan, ImportWishes
from maturity_desktop.services.context import Machine
from maturity_desktop.system.files import as_problem, write_atomically

__all__ = [
    "Attempt",
    "OpenTable",
    "SheetLook",
    "TableChoice",
    "Use",
    "apply",
    "as_wishes",
    "attempt",
    "begin",
    "load_choice",
    "look",
    "open_file",
    "plan",
    "remember",
    "save_choice",
    "start",
]

FOLDER = "columns"


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenTable:
    """A file read as a plain table; `book` is kept so that a choice can be tried at once."""

    file: Path
    sheets: tuple[SheetLook, ...]
    book: Book


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """What a choice would make, counted."""

    edition: Edition
    nodes: int
    rated_items: int
    criteria: int


def open_file(file: Path) -> OpenTable:
    """Read a CSV or Excel file as a plain table; sheets without any cell are left out.

    Raises:
        InputRejected: AUT-001 no table; AUT-002 to AUT-004 it cannot be read or is refused; AUT-006 it is empty.
        EnvironmentProblem: SYS-0xx the disk refuses.
    """
    book = open_table(file)
    sheets = tuple(look_at(grid) for grid in book.grids.values() if grid.rows)
    if not sheets:
        raise InputRejected("AUT-006", book.issues, name=file.name)
    return OpenTable(file=file, sheets=sheets, book=book)


def look(opened: OpenTable, sheet: str, header_row: int = 0) -> SheetLook:
    """Return a sheet, read with the headings in another row."""
    return look_at(opened.book.grids[sheet], header_row)


def begin(machine: Machine, opened: OpenTable, sheet: str = "", header_row: int = 0) -> tuple[SheetLook, TableChoice]:
    """Return a sheet (the first one when none is named), and the choice to begin with on it."""
    seen = look(opened, sheet or opened.sheets[0].name, header_row)
    return seen, start(machine, opened, seen)


def start(machine: Machine, opened: OpenTable, seen: SheetLook) -> TableChoice:
    """Return how a sheet with these headings was read before, else what its headings suggest."""
    guessed = guess_uses(opened.file.name, seen)
    with suppress(InputRejected):
        file = _kept(machine, seen)
        if file is not None and file.is_file():
            return _fitted(load_choice(file), seen, guessed)
    return guessed


def _fitted(choice: TableChoice, seen: SheetLook, guessed: TableChoice) -> TableChoice:
    """Return a kept or loaded choice on a sheet: columns it does not have are dropped, new ones ignored."""
    return TableChoice(
        standard_id=choice.standard_id or guessed.standard_id,
        edition_id=choice.edition_id,
        name=choice.name or guessed.name,
        language=choice.language,
        sheet=seen.name,
        header_row=seen.header_row,
        uses=tuple((heading, choice.use_of(heading)) for heading in seen.headings),
        levels=choice.levels,
        level_codes=tuple(pair for pair in choice.level_codes if pair[0] in seen.headings),
        released_on=choice.released_on,
    )


def apply(opened: OpenTable, choice: TableChoice) -> tuple[SheetLook, TableChoice]:
    """Return the sheet a loaded choice means, and the choice on it."""
    name = choice.sheet if choice.sheet in opened.book.grids else opened.sheets[0].name
    seen = look(opened, name, choice.header_row)
    return seen, _fitted(choice, seen, guess_uses(opened.file.name, seen))


def remember(machine: Machine, seen: SheetLook, choice: TableChoice) -> None:
    """Keep a choice for the next table with the same headings. Raises EnvironmentProblem SYS-0xx."""
    file = _kept(machine, seen)
    if file is not None:
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
        except OSError as problem:
            raise as_problem(problem, file.parent) from problem
        save_choice(choice, file)


def load_choice(file: Path) -> TableChoice:
    """Return the choice a column file stands for.

    Raises:
        InputRejected: AUT-002 too large; AUT-003 no TOML; AUT-014 something wanted is missing or unknown.
        EnvironmentProblem: SYS-0xx the disk refuses.
    """
    return from_columns(tables.read_columns(load_bytes(file), file.name))


def save_choice(choice: TableChoice, file: Path) -> None:
    """Write a choice as a column file, as the command line takes it. Raises EnvironmentProblem SYS-0xx."""
    write_atomically(file, as_toml(choice).encode())


def as_wishes(choice: TableChoice) -> ImportWishes:
    """Return a choice as what is wished of an import."""
    return ImportWishes(columns=as_columns(choice))


def attempt(machine: Machine, opened: OpenTable, choice: TableChoice) -> Attempt:
    """Make the edition of a choice, without the checks a pack must pass; raises as `plan`."""
    edition = _imported(machine, opened, choice).edition
    return Attempt(
        edition=edition,
        nodes=len(edition.node_by_code),
        rated_items=len(edition.item_by_code),
        criteria=len(edition.criterion_by_id),
    )


def plan(machine: Machine, opened: OpenTable, choice: TableChoice) -> ImportPlan:
    """Return the plan of a choice on the table that is open, checked as every pack; nothing is written.

    Raises:
        InputRejected: AUT-005 formulas and the like; AUT-006 no rows to assess; AUT-014 a column that is needed is
            missing; AUT-008, AUT-009 the tree cannot be made.
    """
    return authoring.foreign_plan(opened.file.name, "table", _imported(machine, opened, choice))


def _imported(machine: Machine, opened: OpenTable, choice: TableChoice) -> Imported:
    columns = tables.read_columns(as_toml(choice).encode(), opened.file.name)
    return tables.import_table(opened.file.name, opened.book, columns, machine.clock.today())


def _kept(machine: Machine, seen: SheetLook) -> Path | None:
    """Column files lie beside the user's own standards, each named after its set of headings."""
    own = own_folder(machine)
    name = hashlib.sha256("\x1f".join(sorted(seen.headings)).encode()).hexdigest()[:16]
    return own / FOLDER / f"{name}.toml" if own is not None else None
