"""Which foreign form a file has, and its import. Our own authoring workbook is told apart first."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from maturity_desktop.errors import InputRejected
from maturity_desktop.packs import spreadsheet
from maturity_desktop.packs.foreign import ciso, ciso_excel, oscal, plainly, samm, table
from maturity_desktop.packs.foreign.build import Imported
from maturity_desktop.packs.foreign.entries import Left
from maturity_desktop.packs.foreign.scales import Groups
from maturity_desktop.packs.grids import Book
from maturity_desktop.packs.sheets import REQUIRED

_YAML = (".yaml", ".yml")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What the user says about a file.

    Attributes:
        today: release date for models that carry none.
        columns: the column file of a plain table, or its content.
        framework: which one of a library with several; "" is the first.
    """

    today: date
    columns: Path | table.Columns | None = None
    groups: Groups = Groups.AUTO
    framework: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recognised:
    """An authoring workbook to be read, or an imported model; `form` names which.

    Attributes:
        left: what a library without a framework holds, of which nothing can be carried; it has neither of the two.
    """

    form: str
    book: Book | None = None
    imported: Imported | None = None
    left: tuple[Left, ...] = ()


def recognise(path: Path, wishes: Wishes) -> Recognised:
    """Read a file or folder in whatever form it has.

    Raises:
        InputRejected: AUT-001 unknown form; AUT-002 to AUT-019 as the importers say.
        EnvironmentProblem: SYS-0xx the disk refuses.
    """
    suffix = path.suffix.lower()
    if path.is_dir() or suffix == ".zip":
        return _archive(path, wishes)
    if suffix == spreadsheet.SUFFIX:
        return _sheets(path, wishes)
    if suffix == ".csv":
        return _table(path, table.read_csv(plainly.load_bytes(path), path.name), wishes)
    if suffix in (*_YAML, ".json"):
        return _document(path, wishes)
    raise InputRejected("AUT-001", (), name=path.name)


def _archive(path: Path, wishes: Wishes) -> Recognised:
    files = plainly.files_in(path, _YAML)
    if not samm.is_model(files):
        raise InputRejected("AUT-001", (), name=path.name)
    return Recognised(form="samm", imported=samm.import_model(path.name, files, wishes.today))


def _sheets(path: Path, wishes: Wishes) -> Recognised:
    book = spreadsheet.read(spreadsheet.load(path), path.name)
    if set(REQUIRED[:3]) <= set(book.grids):
        return Recognised(form="workbook", book=book)
    book = _cleaned(book)
    if ciso_excel.is_form(book):
        library = ciso_excel.as_library(path.name, book)
        return _library("ciso-excel", path.name, library, wishes)
    return _table(path, book, wishes)


def _cleaned(book: Book) -> Book:
    grids = {
        title: replace(grid, rows=tuple(tuple(map(plainly.clean, row)) for row in grid.rows))
        for title, grid in book.grids.items()
    }
    return replace(book, grids=grids)


def open_table(path: Path) -> Book:
    """Read a file as a plain table, whatever else it may be.

    Raises:
        InputRejected: AUT-001 no table; AUT-002 to AUT-004 as `recognise`.
        EnvironmentProblem: SYS-0xx the disk refuses.
    """
    suffix = path.suffix.lower()
    if suffix == ".csv":
        return table.read_csv(plainly.load_bytes(path), path.name)
    if suffix == spreadsheet.SUFFIX:
        return _cleaned(spreadsheet.read(spreadsheet.load(path), path.name))
    raise InputRejected("AUT-001", (), name=path.name)


def _table(path: Path, book: Book, wishes: Wishes) -> Recognised:
    columns = wishes.columns
    if columns is None:
        raise InputRejected("AUT-001", (), name=path.name)
    if isinstance(columns, Path):
        columns = table.read_columns(plainly.load_bytes(columns), columns.name)
    return Recognised(form="table", imported=table.import_table(path.name, book, columns, wishes.today))


def _document(path: Path, wishes: Wishes) -> Recognised:
    content = plainly.load_bytes(path)
    is_json = path.suffix.lower() == ".json"
    value = plainly.from_json(content, path.name) if is_json else plainly.from_yaml(content, path.name)
    if isinstance(value, dict) and oscal.is_catalog(value):
        return Recognised(form="oscal", imported=oscal.import_catalog(path.name, value, wishes.today))
    if isinstance(value, dict) and ciso.is_library(value):
        return _library("ciso", path.name, value, wishes)
    other = oscal.other_model(value) if isinstance(value, dict) else ""
    if other:
        raise InputRejected("AUT-018", (), name=path.name, kind=other)
    raise InputRejected("AUT-001", (), name=path.name)


def _library(form: str, name: str, library: Mapping[str, Any], wishes: Wishes) -> Recognised:  # Any: a plain document
    if not ciso.frameworks_of(library):
        return Recognised(form=form, left=ciso.left_without_framework(library))
    made = ciso.import_library(name, library, wishes.today, wishes.groups, wishes.framework)
    return Recognised(form=form, imported=made)
