"""The journal screen: reads the newest rows and verifies the chain on demand."""

from functools import partial

from PySide6.QtCore import QObject, Slot

from maturity_desktop.domain.journal import ChainReport, JournalEntry
from maturity_desktop.gui.common.desk import Desk
from maturity_desktop.gui.common.jobs import Failure, Success
from maturity_desktop.gui.common.screens import Destination, Screen
from maturity_desktop.gui.common.widgets import Tone
from maturity_desktop.gui.preferences.views.journal import JournalView
from maturity_desktop.services import journal

_SHOWN_ROWS = 2000
_HASH_SHOWN = 16


class JournalScreen(Screen):
    """What was done, by whom, when; and whether the chain holds."""

    destination = Destination.JOURNAL
    needs_assessment = False

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        self.page = JournalView(desk.icons, desk.theme, desk.speech)
        super().__init__(desk, self.page, parent)
        self.page.verify_wanted.connect(self.verify)

    def load(self) -> None:
        """Read the newest rows."""
        if self.place is None:
            self.page.model.show_entries(())
            return
        self.page.message.hide()
        self.desk.jobs.work(partial(journal.entries, self.place.workspace, limit=_SHOWN_ROWS), self._on_entries)

    def retranslate(self) -> None:
        """Say everything again."""
        self.page.retranslate()

    @Slot()
    def verify(self) -> None:
        """Walk the whole chain."""
        if self.place is not None:
            self.page.verify_button.setEnabled(False)
            self.desk.jobs.work(partial(journal.verify, self.place.workspace), self._on_verified)

    def _on_entries(self, result: Success[tuple[JournalEntry, ...]] | Failure) -> None:
        if isinstance(result, Failure):
            self.desk.problems.announce(result.problem)
            return
        self.page.model.show_entries(result.value)
        self.page.show_count(len(result.value))

    def _on_verified(self, result: Success[ChainReport] | Failure) -> None:
        self.page.verify_button.setEnabled(True)
        if isinstance(result, Failure):
            self.page.message.show_message(self.desk.problems.sentence(result.problem), Tone.BAD)
            return
        report, say = result.value, self.desk.speech.say
        if report.is_intact:
            text = say("journal.intact", count=report.entries, head=report.head[:_HASH_SHOWN])
            self.page.message.show_message(text, Tone.GOOD)
        else:
            text = say("journal.broken", row=report.broken_at, why=say(f"journal.why.{report.problem}"))
            self.page.message.show_message(text, Tone.BAD)
