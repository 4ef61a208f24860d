"""What the tests of an author's work stand on: a library of two shipped standards and an empty folder of own ones."""

import shutil
from pathlib import Path

import openpyxl

from maturity_desktop.gui.common.differences.state import DifferenceRow
from maturity_desktop.gui.library.presenter import LibraryScreen
from maturity_desktop.services.context import Machine
from maturity_desktop.system import paths
from maturity_desktop.system.clock import SystemClock
from tests.gui.conftest import ManualExecutor

STANDARD, OTHER = "cn-devops-3", "cn-devops-pm"
EDITION = "2021.1"


def two_folders(folder: Path) -> Machine:
    """Return a machine whose library looks into a shipped folder and the user's own."""
    shipped = folder / "shipped"
    for standard in (STANDARD, OTHER):
        shutil.copytree(paths.standards() / standard, shipped / standard)
    shutil.copytree(paths.standards() / "mappings", shipped / "mappings")
    return Machine(clock=SystemClock(), standards=(shipped, folder / "own"), cache=folder / "cache")


def edit(book: Path, sheet: str, code: str, **words: str) -> None:
    """Change the cells of one row, found by its code, under some headings (``label__zh`` for ``label::zh``)."""
    workbook = openpyxl.load_workbook(book)
    page = workbook[sheet]
    headings = [cell.value for cell in page[1]]
    row = next(row for row in page.iter_rows(min_row=2) if row[headings.index("code")].value == code)
    for heading, word in words.items():
        row[headings.index(heading.replace("__", "::"))].value = word
    workbook.save(book)


def import_file(screen: LibraryScreen, source: Path, executor: ManualExecutor) -> None:
    """Import a file as the file dialog or a drop would."""
    screen.importing.look_at(source)
    executor.settle()


def differences(screen: LibraryScreen) -> list[DifferenceRow]:
    """Return the differences on show."""
    return list(screen.page.draft.differences.model.rows)


def tree_below(folder: Path) -> list[str]:
    """Return all files below a folder."""
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())
