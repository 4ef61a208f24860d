"""The library's presenter: lists the editions, searches their text, opens one as a book, prints it, checks packs.

It needs no workspace. The search index is built off the GUI thread each time the shelf is read.
"""

from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Slot

from maturity_desktop.domain.ids import CriterionId, Digest, NodeCode
from maturity_desktop.domain.standard import Edition
from maturity_desktop.errors import Issue
from maturity_desktop.gui.common.desk import Desk
from maturity_desktop.gui.common.dialogs import FileWish
from maturity_desktop.gui.common.jobs import Failure, Success
from maturity_desktop.gui.common.looks import Looks
from maturity_desktop.gui.common.screens import Destination, Place, Screen
from maturity_desktop.gui.common.shortcuts import Shortcut, bind
from maturity_desktop.gui.common.widgets import Tone
from maturity_desktop.gui.library import words
from maturity_desktop.gui.library.state.book import ABOUT, GLOSSARY, Reader
from maturity_desktop.gui.library.state.rows import HitRow, ShelfRow
from maturity_desktop.gui.library.views.page import LibraryPage
from maturity_desktop.services import books, library_search, standards
from maturity_desktop.services.books import WrittenBook
from maturity_desktop.services.context import Machine
from maturity_desktop.services.library_search import LibraryHits, LibraryIndex
from maturity_desktop.services.outcomes import Changes
from maturity_desktop.services.standards import StandardCard
from maturity_desktop.settings import options
from maturity_desktop.system.progress import Progress

_NOTHING = LibraryHits(passages=(), total=0)


@dataclass(frozen=True, slots=True)
class _Wish:
    """Where in a book to begin."""

    digest: Digest
    place: NodeCode
    criterion_id: CriterionId | None = None


class LibraryScreen(Screen):
    """Owns the conversation between the library's page and the services."""

    destination = Destination.LIBRARY
    needs_assessment = False

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        self.page = LibraryPage(Looks(desk.speech, desk.theme, desk.icons))
        super().__init__(desk, self.page, parent)
        self._cards: tuple[StandardCard, ...] = ()
        self._index: LibraryIndex | None = None
        self._hits = _NOTHING
        self._edition: Edition | None = None
        self._found: CriterionId | None = None
        self._checked: tuple[Path, tuple[Issue, ...]] | None = None
        shelf, book = self.page.shelf, self.page.book
        shelf.search_wanted.connect(self._search)
        shelf.read_wanted.connect(self._read)
        shelf.hit_wanted.connect(self._read_hit)
        shelf.check_wanted.connect(self.choose_pack)
        self.page.check.again_wanted.connect(self.choose_pack)
        book.page_wanted.connect(self._show_page)
        book.print_wanted.connect(self.choose_target)
        bind(Shortcut.SEARCH, self.page).activated.connect(self._focus_search)

    # --- screen contract ---------------------------------------------------------------------------------------

    def enter(self, place: Place | None) -> None:
        """Workspaces do not matter here."""
        self.place = place

    def deactivate(self) -> None:
        """Packs may change while another screen is shown: read the shelf again next time."""
        super().deactivate()
        self._is_stale = True

    def concerns(self, changes: Changes) -> bool:  # noqa: ARG002  nothing in a workspace matters here
        """Return False: the library rests on pack files alone."""
        return False

    def load(self) -> None:
        """Read the shelf, and its whole text into the index."""
        self.desk.jobs.work(partial(standards.library, self.desk.machine), self._on_shelf)

    def retranslate(self) -> None:
        """Say everything again."""
        self.page.retranslate()
        self._show_shelf()
        self._show_hits()
        if self._edition is not None:
            current = self.page.book.current
            self._show_book(current)
        if self._checked is not None:
            self._show_check(*self._checked)

    # --- shelf and search --------------------------------------------------------------------------------------

    def _on_shelf(self, result: Success[tuple[StandardCard, ...]] | Failure) -> None:
        if isinstance(result, Failure):
            self._tell(result)
            return
        self._cards = result.value
        self._show_shelf()
        if self._index is None:
            self.page.shelf.say_state(self.desk.speech.say("library.indexing"))
        self.desk.jobs.work(partial(library_search.build_index, self.desk.machine), self._on_index)

    def _on_index(self, result: Success[LibraryIndex] | Failure) -> None:
        if isinstance(result, Failure):
            self._tell(result)
            return
        self._index = result.value
        self._search(self.page.shelf.box.text())

    @Slot(str)
    def _search(self, text: str) -> None:
        if self._index is not None:
            self._hits = library_search.search(self._index, text)
        self._show_hits()

    def _show_shelf(self) -> None:
        self.page.shelf.show_editions(words.shelf_rows(self._cards, self.desk.speech))

    def _show_hits(self) -> None:
        speech, is_asked = self.desk.speech, bool(self.page.shelf.box.text().strip())
        if self._index is None:
            told = speech.say("library.indexing") if is_asked else ""
        else:
            told = words.found_words(self._hits, speech) if is_asked else ""
        self.page.shelf.show_hits(words.hit_rows(self._hits, self._cards, speech), told)

    @Slot()
    def _focus_search(self) -> None:
        self.page.show_shelf()
        self.page.shelf.focus_search()

    # --- reading -----------------------------------------------------------------------------------------------

    @Slot(object)
    def _read(self, row: ShelfRow) -> None:
        self._open(_Wish(row.digest, ABOUT))

    @Slot(object)
    def _read_hit(self, row: HitRow) -> None:
        place = GLOSSARY if row.is_term else row.place or ABOUT
        self._open(_Wish(row.digest, place, row.criterion_id))

    def _open(self, wish: _Wish) -> None:
        card = next((card for card in self._cards if card.digest == wish.digest), None)
        if card is not None:
            job = partial(standards.load, self.desk.machine, card.standard_id, card.edition_id)
            self.desk.jobs.work(job, partial(self._on_opened, wish))

    def _on_opened(self, wish: _Wish, result: Success[Edition] | Failure) -> None:
        if isinstance(result, Failure):
            self._tell(result)
            return
        self._edition, self._found = result.value, wish.criterion_id
        self._show_book(wish.place)
        self.page.show_book()

    def _show_book(self, place: NodeCode) -> None:
        edition, speech = self._edition, self.desk.speech
        if edition is None:
            return
        source = speech.pick(edition.provenance_note) or speech.say(f"book.provenance_word.{edition.provenance.value}")
        name = words.standard_name(edition.part, edition.name, speech)
        self.page.book.show_book(name, edition.edition_id, speech.say("library.source") + source)
        found = self._found
        self.page.book.show_tree(self._reader(edition).tree(), place)
        self._found = found
        self._show_page(place)

    @Slot(object)
    def _show_page(self, code: NodeCode) -> None:
        if self._edition is not None:
            found = self._found if self._found and self._item_of(self._found) == code else None
            self.page.book.show_page(self._reader(self._edition).page(code), found)

    def _item_of(self, criterion_id: CriterionId) -> NodeCode | None:
        item = self._edition.item_of_criterion.get(criterion_id) if self._edition else None
        return item.code if item else None

    def _reader(self, edition: Edition) -> Reader:
        return Reader(edition=edition, language=self.desk.speech.language, say=self.desk.speech.say)

    # --- printing ----------------------------------------------------------------------------------------------

    @Slot()
    def choose_target(self) -> None:
        """Ask where the book goes, then write it."""
        edition, speech = self._edition, self.desk.speech
        if edition is None:
            return
        start = words.file_name(edition.standard_id, edition.edition_id, speech, self._folder())
        wish = FileWish(title=speech.say("library.print_title"), pattern="PDF (*.pdf)", start=start)
        self.desk.dialogs.save_file(self.page, wish, partial(self._print, edition))

    def _print(self, edition: Edition, target: Path) -> None:
        job = partial(_write, self.desk.machine, edition, target, self.desk.speech.language)
        self.page.message.hide()
        self.page.strip.follow(self.desk.jobs.watch(job, self._on_printed), self.desk.speech.say("library.printing"))

    def _on_printed(self, result: Success[WrittenBook] | Failure) -> None:
        self.page.strip.finish()
        if isinstance(result, Failure):
            self._tell(result)
            return
        book = result.value
        told = self.desk.speech.say(
            "library.printed", path=book.path, pages=book.pages, items=book.items, criteria=book.criteria
        )
        self.page.tell(told, Tone.GOOD)

    # --- checking ----------------------------------------------------------------------------------------------

    @Slot()
    def choose_pack(self) -> None:
        """Ask for the folder of a pack, then check it."""
        wish = FileWish(title=self.desk.speech.say("library.check_choose"), start=self._folder())
        self.desk.dialogs.choose_folder(self.page, wish, self._check)

    def _check(self, path: Path) -> None:
        running = self.desk.jobs.watch(partial(_check, path), partial(self._on_checked, path))
        self.page.strip.follow(running, self.desk.speech.say("library.checking", name=path.name))

    def _on_checked(self, path: Path, result: Success[tuple[Issue, ...]] | Failure) -> None:
        self.page.strip.finish()
        if isinstance(result, Failure):
            self._tell(result)
            return
        self._checked = (path, result.value)
        self._show_check(path, result.value)
        self.page.show_check()

    def _show_check(self, path: Path, issues: tuple[Issue, ...]) -> None:
        speech = self.desk.speech
        self.page.check.show_issues(str(path), words.issue_rows(issues, speech), words.verdict(issues, speech))

    def _tell(self, failure: Failure) -> None:
        tone = Tone.NOTE if failure.is_cancelled else Tone.BAD
        self.page.tell(self.desk.problems.sentence(failure.problem), tone)

    def _folder(self) -> Path:
        return Path(self.desk.settings.text(options.DEFAULT_FOLDER) or Path.home())


def _write(machine: Machine, edition: Edition, target: Path, language: str, progress: Progress) -> WrittenBook:
    return books.write_book(
        machine,
        edition.standard_id,
        target=target,
        edition_id=edition.edition_id,
        language="zh" if language == "zh" else "en",
        progress=progress,
    )


def _check(path: Path, progress: Progress) -> tuple[Issue, ...]:
    progress(0, 0, path.name)
    return standards.check(path)
