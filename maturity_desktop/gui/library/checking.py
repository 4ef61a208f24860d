"""Checking packs: a folder is chosen, everything to check in it is checked, and each problem is listed."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Slot

from maturity_desktop.gui.common.dialogs import FileWish
from maturity_desktop.gui.common.jobs import Failure, Success
from maturity_desktop.gui.library import words
from maturity_desktop.gui.library.ground import Ground
from maturity_desktop.services import pack_checks
from maturity_desktop.services.context import Machine
from maturity_desktop.services.pack_checks import Checked
from maturity_desktop.system.progress import Progress


class Checking(QObject):
    """Owns the result of the last check."""

    def __init__(self, ground: Ground, parent: QObject) -> None:
        super().__init__(parent)
        self._ground = ground
        self._checked: tuple[Path, Checked] | None = None

    @Slot()
    def choose(self) -> None:
        """Ask for the folder of a pack, or of several, then check."""
        wish = FileWish(title=self._ground.desk.speech.say("library.check_choose"), start=self._ground.folder())
        self._ground.desk.dialogs.choose_folder(self._ground.page, wish, self._check)

    def show(self) -> None:
        """Show the last result again, in the current language."""
        if self._checked is not None:
            path, checked = self._checked
            speech = self._ground.desk.speech
            told = words.verdict(checked.issues, speech)
            if len(checked.packs) + len(checked.mappings) > 1:
                counts = {"packs": len(checked.packs), "mappings": len(checked.mappings)}
                told = speech.say("library.check_counts", **counts) + told
            self._ground.page.check.show_issues(str(path), words.issue_rows(checked.issues, speech), told)

    def _check(self, path: Path) -> None:
        job = partial(_check, self._ground.desk.machine, path)
        told = self._ground.desk.speech.say("library.checking", name=path.name)
        self._ground.follow(job, partial(self._on_checked, path), told)

    def _on_checked(self, path: Path, result: Success[Checked] | Failure) -> None:
        self._ground.end()
        if isinstance(result, Failure):
            self._ground.tell(result)
            return
        self._checked = (path, result.value)
        self.show()
        self._ground.page.show_check()


def _check(machine: Machine, path: Path, progress: Progress) -> Checked:
    return pack_checks.check(machine, (path,), progress)
