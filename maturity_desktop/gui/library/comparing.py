"""Comparing two editions: which two is asked, then what differs is shown criterion by criterion."""

from functools import partial

from PySide6.QtCore import QObject, Slot

from maturity_desktop.gui.common.dialogs import FileWish
from maturity_desktop.gui.common.jobs import Failure, Success
from maturity_desktop.gui.common.looks import Looks
from maturity_desktop.gui.library import draft_words, words
from maturity_desktop.gui.library.ground import Ground
from maturity_desktop.gui.library.state.comparing import EditionChoice, Pair
from maturity_desktop.gui.library.state.drafts import ComparisonProps
from maturity_desktop.gui.library.views.comparing import CompareDialog
from maturity_desktop.services import adopting
from maturity_desktop.services.adopting import Comparison
from maturity_desktop.services.context import Machine
from maturity_desktop.services.standards import StandardCard
from maturity_desktop.system.progress import Progress


class Comparing(QObject):
    """Owns the comparison on show."""

    def __init__(self, ground: Ground, parent: QObject) -> None:
        super().__init__(parent)
        self._ground = ground
        self._cards: tuple[StandardCard, ...] = ()
        self._first = ""
        self._found: Comparison | None = None
        self._dialog: CompareDialog | None = None

    def ask(self, cards: tuple[StandardCard, ...], first: str = "") -> None:
        """Ask which two editions, beginning with one of them and another edition of the same standard."""
        self._cards, self._first = cards, first or self._first
        desk = self._ground.desk
        choices = tuple(_choice(card, words.standard_name(card.part, card.name, desk.speech)) for card in cards)
        looks = Looks(desk.speech, desk.theme, desk.icons)
        dialog = CompareDialog(looks, choices, self._begins(choices), self._ground.page)
        dialog.chosen.connect(self._compare)
        dialog.file_wanted.connect(self._choose_file)
        dialog.folder_wanted.connect(self._choose_folder)
        dialog.finished.connect(self._on_closed)
        self._dialog = dialog
        dialog.open()

    @Slot()
    def ask_again(self) -> None:
        """Ask for another two."""
        self.ask(self._cards)

    def show(self) -> None:
        """Show the comparison again, in the current language."""
        if self._found is not None:
            self._word(self._found, is_new=False)

    def _word(self, found: Comparison, *, is_new: bool) -> None:
        """Put a comparison into words off the GUI thread, for it may be long."""
        job = partial(draft_words.comparison_props, found, self._ground.desk.speech)
        self._ground.desk.jobs.work(job, partial(self._on_words, is_new))

    def _on_words(self, is_new: bool, result: Success[ComparisonProps] | Failure) -> None:
        if isinstance(result, Failure):
            self._ground.tell(result)
            return
        self._ground.page.compare.show_props(result.value)
        if is_new:
            self._ground.page.show_compare()

    def _begins(self, choices: tuple[EditionChoice, ...]) -> Pair:
        first = self._first or (choices[0].name if choices else "")
        standard = first.partition("@")[0]
        same = [choice.name for choice in choices if choice.name.partition("@")[0] == standard and choice.name != first]
        if not same:
            return Pair(old=first, new=first)
        old, new = sorted((first, same[-1]))
        return Pair(old=old, new=new)

    @Slot(str)
    def _choose_file(self, side: str) -> None:
        self._choose(side, is_file=True)

    @Slot(str)
    def _choose_folder(self, side: str) -> None:
        self._choose(side, is_file=False)

    def _choose(self, side: str, *, is_file: bool) -> None:
        dialog, desk = self._dialog, self._ground.desk
        if dialog is None:
            return
        title = desk.speech.say("importing.choose_pack")
        taker = partial(dialog.take_path, side)
        if is_file:
            pattern = desk.speech.say("importing.pack_pattern")
            wish = FileWish(title=title, pattern=pattern, start=self._ground.folder())
            desk.dialogs.open_file(dialog, wish, taker)
        else:
            desk.dialogs.choose_folder(dialog, FileWish(title=title, start=self._ground.folder()), taker)

    @Slot(object)
    def _compare(self, pair: Pair) -> None:
        job = partial(_compare, self._ground.desk.machine, pair)
        told = self._ground.desk.speech.say("importing.comparing_now")
        self._ground.follow(job, self._on_compared, told)

    def _on_compared(self, result: Success[Comparison] | Failure) -> None:
        self._ground.end()
        if isinstance(result, Failure):
            self._ground.tell(result)
            return
        self._found = result.value
        self._word(result.value, is_new=True)

    @Slot()
    def _on_closed(self) -> None:
        self._dialog = None


def name_of(card: StandardCard) -> str:
    """Return the name an installed edition is found by."""
    return f"{card.standard_id}@{card.edition_id}"


def _choice(card: StandardCard, name: str) -> EditionChoice:
    return EditionChoice(name=name_of(card), title=f"{name}  {card.edition_id}")


def _compare(machine: Machine, pair: Pair, progress: Progress) -> Comparison:
    return adopting.compare(machine, pair.old, pair.new, progress)
