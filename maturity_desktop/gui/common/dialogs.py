"""File and question dialogs behind a port, so that tests answer them by hand. Nothing here blocks."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from maturity_desktop.gui.common.language import Speech

PathTaker = Callable[[Path], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class FileWish:
    """Which file is wanted. `pattern` is Qt's filter text, such as ``PDF (*.pdf)``; `start` a folder or a file."""

    title: str
    pattern: str = ""
    start: Path | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question with two answers; `is_dangerous` makes the cautious answer the default one."""

    title: str
    text: str
    yes: str
    no: str = ""
    is_dangerous: bool = False


class Dialogs(Protocol):
    """Asks the user for files, folders and decisions; `then` is only called when they choose."""

    def open_file(self, parent: QWidget, wish: FileWish, then: PathTaker) -> None:
        """Ask for an existing file."""
        ...

    def open_files(self, parent: QWidget, wish: FileWish, then: Callable[[tuple[Path, ...]], None]) -> None:
        """Ask for one or more existing files."""
        ...

    def save_file(self, parent: QWidget, wish: FileWish, then: PathTaker) -> None:
        """Ask where to write a file (asks before overwriting)."""
        ...

    def choose_folder(self, parent: QWidget, wish: FileWish, then: PathTaker) -> None:
        """Ask for a folder."""
        ...

    def ask(self, parent: QWidget, question: Question, then: Callable[[], None]) -> None:
        """Ask a question; `then` is called for yes."""
        ...


class QtDialogs:
    """The dialogs of the real program: open, never block."""

    def __init__(self, speech: Speech) -> None:
        self._speech = speech

    def open_file(self, parent: QWidget, wish: FileWish, then: PathTaker) -> None:
        """Ask for an existing file."""
        dialog = self._dialog(parent, wish, QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda name: then(Path(name)))
        dialog.open()

    def open_files(self, parent: QWidget, wish: FileWish, then: Callable[[tuple[Path, ...]], None]) -> None:
        """Ask for one or more existing files."""
        dialog = self._dialog(parent, wish, QFileDialog.FileMode.ExistingFiles)
        dialog.filesSelected.connect(lambda names: then(tuple(Path(name) for name in names)))
        dialog.open()

    def save_file(self, parent: QWidget, wish: FileWish, then: PathTaker) -> None:
        """Ask where to write a file."""
        dialog = self._dialog(parent, wish, QFileDialog.FileMode.AnyFile)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        if wish.start is not None and not wish.start.is_dir():
            dialog.selectFile(str(wish.start))
        dialog.fileSelected.connect(lambda name: then(Path(name)))
        dialog.open()

    def choose_folder(self, parent: QWidget, wish: FileWish, then: PathTaker) -> None:
        """Ask for a folder."""
        dialog = self._dialog(parent, wish, QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(lambda name: then(Path(name)))
        dialog.open()

    def ask(self, parent: QWidget, question: Question, then: Callable[[], None]) -> None:
        """Ask a question; `then` is called for yes."""
        box = QMessageBox(parent)
        box.setObjectName("question")
        box.setWindowTitle(question.title)
        box.setText(question.text)
        yes = box.addButton(question.yes, QMessageBox.ButtonRole.AcceptRole)
        no = box.addButton(question.no or self._speech.say("common.cancel"), QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(no if question.is_dangerous else yes)
        box.setEscapeButton(no)
        box.buttonClicked.connect(lambda button: then() if button is yes else None)
        box.finished.connect(box.deleteLater)
        box.open()

    def _dialog(self, parent: QWidget, wish: FileWish, mode: QFileDialog.FileMode) -> QFileDialog:
        dialog = QFileDialog(parent, wish.title)
        dialog.setFileMode(mode)
        if wish.pattern:
            dialog.setNameFilter(wish.pattern)
        if wish.start is not None:
            dialog.setDirectory(str(wish.start if wish.start.is_dir() else wish.start.parent))
        dialog.finished.connect(dialog.deleteLater)
        return dialog
