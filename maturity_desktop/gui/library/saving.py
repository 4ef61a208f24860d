"""Taking an edition out of the library: as a printed book, or as an author's workbook."""

from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject

from maturity_desktop.gui.common.dialogs import FileWish
from maturity_desktop.gui.common.jobs import Failure, Success
from maturity_desktop.gui.common.widgets import Tone
from maturity_desktop.gui.library import words
from maturity_desktop.gui.library.ground import Ground
from maturity_desktop.services import authoring, books
from maturity_desktop.services.authoring import Exported
from maturity_desktop.services.books import WrittenBook
from maturity_desktop.services.context import Machine
from maturity_desktop.system.progress import Progress

_XLSX = ".xlsx"


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """An installed edition by its names."""

    standard_id: str
    edition_id: str


class Saving(QObject):
    """Asks where a file goes, has it written, and says what is in it."""

    def __init__(self, ground: Ground, parent: QObject) -> None:
        super().__init__(parent)
        self._ground = ground

    def choose_book(self, named: Named) -> None:
        """Ask where the book goes, then write it."""
        speech = self._ground.desk.speech
        start = words.file_name(named.standard_id, named.edition_id, speech, self._ground.folder())
        wish = FileWish(title=speech.say("library.print_title"), pattern="PDF (*.pdf)", start=start)
        self._ground.desk.dialogs.save_file(self._ground.page, wish, partial(self._print, named))

    def choose_workbook(self, named: Named) -> None:
        """Ask where the workbook goes, then write it."""
        say = self._ground.desk.speech.say
        start = self._ground.folder() / f"{named.standard_id}-{named.edition_id}{_XLSX}"
        wish = FileWish(title=say("importing.export_title"), pattern="Excel (*.xlsx)", start=start)
        self._ground.desk.dialogs.save_file(self._ground.page, wish, partial(self._export, named))

    def _print(self, named: Named, target: Path) -> None:
        job = partial(_write_book, self._ground.desk.machine, named, target, self._ground.desk.speech.language)
        self._ground.follow(job, self._on_printed, self._ground.desk.speech.say("library.printing"))

    def _on_printed(self, result: Success[WrittenBook] | Failure) -> None:
        self._ground.end()
        if isinstance(result, Failure):
            self._ground.tell(result)
            return
        book = result.value
        told = self._ground.desk.speech.say(
            "library.printed", path=book.path, pages=book.pages, items=book.items, criteria=book.criteria
        )
        self._ground.page.tell(told, Tone.GOOD)

    def _export(self, named: Named, target: Path) -> None:
        target = target if target.suffix.lower() == _XLSX else target.with_name(target.name + _XLSX)
        job = partial(_write_workbook, self._ground.desk.machine, named, target)
        self._ground.follow(job, self._on_exported, self._ground.desk.speech.say("importing.exporting"))

    def _on_exported(self, result: Success[Exported] | Failure) -> None:
        self._ground.end()
        if isinstance(result, Failure):
            self._ground.tell(result)
            return
        done, speech = result.value, self._ground.desk.speech
        told = speech.say(
            "importing.exported",
            path=done.path,
            nodes=done.counts.nodes,
            items=done.counts.rated_items,
            criteria=done.counts.criteria,
            evidence=done.counts.evidence_requests,
            links=done.rows["mappings"],
        )
        issues = speech.say("importing.exported_issues", count=len(done.issues)) if done.issues else ""
        self._ground.page.tell(told + issues, Tone.GOOD)


def _write_book(machine: Machine, named: Named, target: Path, language: str, progress: Progress) -> WrittenBook:
    return books.write_book(
        machine,
        named.standard_id,
        target=target,
        edition_id=named.edition_id,
        language="zh" if language == "zh" else "en",
        progress=progress,
    )


def _write_workbook(machine: Machine, named: Named, target: Path, progress: Progress) -> Exported:
    progress(0, 0, target.name)
    return authoring.export_workbook(machine, named.standard_id, target, named.edition_id)
