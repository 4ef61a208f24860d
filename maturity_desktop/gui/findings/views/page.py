"""The findings screen: observations, outcome claims, interviews, one tab each."""

from datetime import date

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from maturity_desktop.gui.common.looks import Looks
from maturity_desktop.gui.common.palette import Space
from maturity_desktop.gui.common.widgets import MessageBar
from maturity_desktop.gui.findings.models.tables import claims_model, interviews_model, observations_model
from maturity_desktop.gui.findings.views.forms import ClaimForm, InterviewForm, ObservationForm
from maturity_desktop.gui.findings.views.record_tab import RecordTab


class FindingsPage(QWidget):
    """Assembles the three tabs."""

    def __init__(self, looks: Looks, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("findings_page")
        self.setProperty("look", "page")
        self._looks = looks
        self.message = MessageBar(looks.icons, "findings_message")
        self.observations = RecordTab(
            looks,
            "observations",
            model=observations_model,
            record_of=lambda row: row.observation,
            form=ObservationForm(looks, today),
            widths=(136, 240, 116, 86, 118, 92),
        )
        self.claims = RecordTab(
            looks,
            "claims",
            model=claims_model,
            record_of=lambda row: row.claim,
            form=ClaimForm(looks),
            widths=(260, 110, 140, 180),
        )
        self.interviews = RecordTab(
            looks,
            "interviews",
            model=interviews_model,
            record_of=lambda row: row.interview,
            form=InterviewForm(looks, today),
            widths=(96, 96, 140, 130, 220),
        )
        self.parts = (self.observations, self.claims, self.interviews)
        self.tabs = QTabWidget()
        self.tabs.setObjectName("findings_tabs")
        self.tabs.setDocumentMode(True)
        for part in self.parts:
            self.tabs.addTab(part, "")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(Space.M, Space.S, Space.M, Space.M)
        layout.addWidget(self.message)
        layout.addWidget(self.tabs, 1)
        looks.theme.changed.connect(self._on_theme)
        self.retranslate()

    def retranslate(self) -> None:
        for part in self.parts:
            part.retranslate()
        self.tabs.setAccessibleName(self._looks.speech.say("findings.tabs"))
        self.message.set_close_name(self._looks.speech.say("common.close"))
        self.name_tabs((0, 0, 0))

    def name_tabs(self, counts: tuple[int, int, int]) -> None:
        """Name the tabs with their counts."""
        say = self._looks.speech.say
        for place, (name, count) in enumerate(zip(("observations", "claims", "interviews"), counts, strict=True)):
            self.tabs.setTabText(place, say(f"findings.{name}.tab", count=count))

    @Slot()
    def _on_theme(self) -> None:
        self.message.repaint_icons()
        for part in self.parts:
            part.empty.repaint_icon()
