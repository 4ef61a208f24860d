"""The library's presenter: lists the editions, searches their text, opens one as a book; its parts do the rest.

It needs no workspace. The search index is built off the GUI thread each time the shelf is read.
"""

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, Slot

from maturity_desktop.domain.ids import CriterionId, Digest, NodeCode
from maturity_desktop.domain.standard import Edition
from maturity_desktop.gui.common.desk import Desk
from maturity_desktop.gui.common.jobs import Failure, Success
from maturity_desktop.gui.common.looks import Looks
from maturity_desktop.gui.common.screens import Destination, Place, Screen
from maturity_desktop.gui.common.shortcuts import Shortcut, bind
from maturity_desktop.gui.common.widgets import Tone
from maturity_desktop.gui.library import draft_words, signers, words
from maturity_desktop.gui.library.checking import Checking
from maturity_desktop.gui.library.comparing import Comparing
from maturity_desktop.gui.library.ground import Ground
from maturity_desktop.gui.library.importing import Importing
from maturity_desktop.gui.library.saving import Named, Saving
from maturity_desktop.gui.library.state.book import ABOUT, GLOSSARY, Reader
from maturity_desktop.gui.library.state.rows import HitRow, ShelfRow
from maturity_desktop.gui.library.views.page import LibraryPage
from maturity_desktop.services import library_search, standards
from maturity_desktop.services.adopting import Adopted
from maturity_desktop.services.library_search import LibraryHits, LibraryIndex
from maturity_desktop.services.outcomes import Changes
from maturity_desktop.services.standards import RefusedPack, Shelf, StandardCard
from maturity_desktop.settings import options

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
        self._refused: tuple[RefusedPack, ...] = ()
        self._index: LibraryIndex | None = None
        self._hits = _NOTHING
        self._edition: Edition | None = None
        self._found: CriterionId | None = None
        self._wanted: Digest | None = None
        self._ground = Ground(desk, self.page)
        self.saving = Saving(self._ground, self)
        self.checking = Checking(self._ground, self)
        self.importing = Importing(self._ground, self)
        self.comparing = Comparing(self._ground, self)
        self._connect()

    def _connect(self) -> None:
        shelf, book, actions = self.page.shelf, self.page.book, self.page.shelf.authoring
        shelf.search_wanted.connect(self._search)
        shelf.read_wanted.connect(self._read)
        shelf.hit_wanted.connect(self._read_hit)
        shelf.check_wanted.connect(self.checking.choose)
        actions.file_wanted.connect(self.importing.choose_file)
        actions.folder_wanted.connect(self.importing.choose_source_folder)
        actions.export_wanted.connect(self.save_chosen_workbook)
        actions.compare_wanted.connect(self._compare)
        self.page.dropped.connect(self.importing.look_at)
        self.page.check.again_wanted.connect(self.checking.choose)
        self.page.compare.again_wanted.connect(self.comparing.ask_again)
        book.page_wanted.connect(self._show_page)
        book.print_wanted.connect(self.save_book)
        book.export_wanted.connect(self.save_open_workbook)
        self.importing.adopted.connect(self._on_adopted)
        bind(Shortcut.SEARCH, self.page).activated.connect(self._focus_search)
        bind(Shortcut.IMPORT, self.page).activated.connect(self.importing.choose_file)

    # --- screen contract ---------------------------------------------------------------------------------------

    def enter(self, place: Place | None) -> None:
        """Keep the workspace: its trust store tells whose signatures are believed."""
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
        roots = self.desk.settings.text(options.TRUST_ROOTS)
        workspace = self.place.workspace if self.place is not None else None
        self.desk.jobs.work(partial(signers.read_shelf, self.desk.machine, roots, workspace), self._on_shelf)

    def retranslate(self) -> None:
        """Say everything again."""
        self.page.retranslate()
        self._show_shelf()
        self._show_hits()
        if self._edition is not None:
            self._show_book(self.page.book.current)
        for part in (self.checking, self.importing, self.comparing):
            part.show()

    # --- shelf and search --------------------------------------------------------------------------------------

    def _on_shelf(self, result: Success[Shelf] | Failure) -> None:
        if isinstance(result, Failure):
            self._ground.tell(result)
            return
        self._cards, self._refused = result.value.cards, result.value.refused
        self._show_shelf()
        if self._wanted is not None:
            self.page.shelf.choose(self._wanted)
            self._wanted = None
        if self._index is None:
            self.page.shelf.say_state(self.desk.speech.say("library.indexing"))
        self.desk.jobs.work(partial(library_search.build_index, self.desk.machine), self._on_index)

    def _on_index(self, result: Success[LibraryIndex] | Failure) -> None:
        if isinstance(result, Failure):
            self._ground.tell(result)
            return
        self._index = result.value
        self._search(self.page.shelf.box.text())

    @Slot(str)
    def _search(self, text: str) -> None:
        if self._index is not None:
            self._hits = library_search.search(self._index, text)
        self._show_hits()

    def _show_shelf(self) -> None:
        speech = self.desk.speech
        refused = signers.refused_rows(self._refused, len(self._cards), speech)
        self.page.shelf.show_editions((*words.shelf_rows(self._cards, speech), *refused))

    def _show_hits(self) -> None:
        speech, is_asked = self.desk.speech, bool(self.page.shelf.box.text().strip())
        told = ""
        if is_asked:
            told = speech.say("library.indexing") if self._index is None else words.found_words(self._hits, speech)
        self.page.shelf.show_hits(words.hit_rows(self._hits, self._cards, speech), told)

    @Slot()
    def _focus_search(self) -> None:
        self.page.show_shelf()
        self.page.shelf.focus_search()

    # --- reading -----------------------------------------------------------------------------------------------

    @Slot(object)
    def _read(self, row: ShelfRow) -> None:
        if row.is_refused:
            self.page.tell(row.details, Tone.BAD)
            return
        self.page.message.hide()
        self._open(_Wish(row.digest, ABOUT))

    @Slot(object)
    def _read_hit(self, row: HitRow) -> None:
        place = GLOSSARY if row.is_term else row.place or ABOUT
        self._open(_Wish(row.digest, place, row.criterion_id))

    def _open(self, wish: _Wish) -> None:
        if card := next((one for one in self._cards if one.digest == wish.digest), None):
            job = partial(standards.load, self.desk.machine, card.standard_id, card.edition_id)
            self.desk.jobs.work(job, partial(self._on_opened, wish))

    def _on_opened(self, wish: _Wish, result: Success[Edition] | Failure) -> None:
        if isinstance(result, Failure):
            self._ground.tell(result)
            return
        self._edition, self._found = result.value, wish.criterion_id
        self._show_book(wish.place)
        self.page.show_book()

    def _show_book(self, place: NodeCode) -> None:
        edition, speech = self._edition, self.desk.speech
        if edition is None:
            return
        name = words.standard_name(edition.part, edition.name, speech)
        self.page.book.show_book(name, edition.edition_id, signers.about(edition, self._cards, speech))
        found = self._found
        self.page.book.show_tree(self._reader(edition).tree(), place)
        self._found = found  # showing the tree asks for its first page
        self._show_page(place)

    @Slot(object)
    def _show_page(self, code: NodeCode) -> None:
        if self._edition is not None:
            item = self._edition.item_of_criterion.get(self._found) if self._found else None
            found = self._found if item is not None and item.code == code else None
            self.page.book.show_page(self._reader(self._edition).page(code), found)

    def _reader(self, edition: Edition) -> Reader:
        return Reader(edition=edition, language=self.desk.speech.language, say=self.desk.speech.say)

    @Slot()
    def save_book(self) -> None:
        """Ask where the book that is open goes as PDF, then write it."""
        if self._edition is not None:
            self.saving.choose_book(_named(self._edition))

    @Slot()
    def save_open_workbook(self) -> None:
        """Ask where the workbook of the open book goes, then write it."""
        if self._edition is not None:
            self.saving.choose_workbook(_named(self._edition))

    @Slot()
    def save_chosen_workbook(self) -> None:
        """Ask where the workbook of the edition chosen on the shelf goes, then write it."""
        if row := self.page.shelf.chosen:
            self.saving.choose_workbook(Named(standard_id=row.standard_id, edition_id=row.edition_id))

    @Slot()
    def _compare(self) -> None:
        row = self.page.shelf.chosen
        self.comparing.ask(self._cards, f"{row.standard_id}@{row.edition_id}" if row is not None else "")

    @Slot(object)
    def _on_adopted(self, done: Adopted) -> None:
        """Say where it lies, and show the shelf anew with it chosen."""
        name = draft_words.edition_title(done.edition, self.desk.speech)
        key = "importing.adopted" if done.card is not None else "importing.adopted_elsewhere"
        self.page.show_shelf()
        self.page.tell(self.desk.speech.say(key, name=name, path=done.folder), Tone.GOOD)
        self._wanted = done.card.digest if done.card is not None else None
        self.load()


def _named(edition: Edition) -> Named:
    return Named(standard_id=edition.standard_id, edition_id=edition.edition_id)
