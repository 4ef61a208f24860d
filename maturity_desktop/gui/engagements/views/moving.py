"""The dialog before a move to a newer edition: which edition, what goes over, what differs criterion by criterion."""

from PySide6.QtCore import QSize, Signal, Slot
from PySide6.QtWidgets import QComboBox, QWidget

from maturity_desktop.gui.common.differences.view import Choices, DifferencesView
from maturity_desktop.gui.common.fact_strip import FactStrip
from maturity_desktop.gui.common.looks import Looks
from maturity_desktop.gui.common.widgets import FormDialog, Tone, label, name_it
from maturity_desktop.gui.engagements.moving_state import EditionOffer, MoveProps

_SIZE = QSize(1120, 660)
_TITLE_LENGTH = 22  # letters of an edition's title the box always has room for
_SHOWN = ("all", "to_confirm", "left_behind", "changed", "added", "removed")
_CHOICES = Choices(
    kinds={f"editions.show.{kind}": kind for kind in _SHOWN},
    thing="editions.column.answer",
    table_height=150,
    page_height=170,
)


class MoveDialog(FormDialog):
    """Shows what a move would do; `submitted` asks for it."""

    offer_chosen = Signal(str)  # wish

    def __init__(
        self, looks: Looks, name: str, present: str, offers: tuple[EditionOffer, ...], parent: QWidget
    ) -> None:
        super().__init__(looks.icons, "move", parent)
        say = looks.speech.say
        self.box = QComboBox()
        for offer in offers:
            self.box.addItem(offer.title, offer.wish)
        self.box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.box.setMinimumContentsLength(_TITLE_LENGTH)
        name_it(self.box, "move_edition", say("editions.move.edition"))
        self.box.setVisible(len(offers) > 1)
        self.facts = FactStrip(looks, "move_facts")
        self.note = label("", "note", wraps=True)
        self.note.setObjectName("move_note")
        self.differences = DifferencesView(looks, "move_differences", _CHOICES)
        self.differences.retranslate()
        self.header.buttons.addWidget(self.box)
        for part in (self.facts, self.note):
            self.form.addWidget(part)
            part.hide()
        self.form.addWidget(self.differences, 1)
        self.setWindowTitle(say("editions.move.title"))
        self.header.set_texts(
            say("editions.move.heading", name=name, old=present), say("editions.move.text", old=present)
        )
        self.set_buttons(say("editions.move.do"), say("common.cancel"))
        self.resize(_SIZE)
        self.submit_button.setEnabled(False)
        self.box.currentIndexChanged.connect(self._on_chosen)

    @property
    def wish(self) -> str:
        """The edition that is chosen."""
        return str(self.box.currentData() or "")

    def show_waiting(self, sentence: str) -> None:
        """Say what is going on; nothing can be asked for meanwhile."""
        self.submit_button.setEnabled(False)
        self.message.close_button.hide()
        self.message.show_message(sentence, Tone.NOTE)

    def show_props(self, props: MoveProps) -> None:
        """Show what the move would do."""
        self.message.hide()
        self.facts.show_facts(props.facts)
        self.facts.show()
        self.note.setText(props.note)
        self.note.setVisible(bool(props.note))
        self.differences.show_props(props.differences)
        self.differences.show()
        self.submit_button.setEnabled(True)

    def show_refused(self, sentence: str) -> None:
        """Say why this edition cannot be moved to."""
        for part in (self.facts, self.note, self.differences):
            part.hide()
        self.show_problem(sentence)
        self.submit_button.setEnabled(False)

    @Slot()
    def _on_chosen(self) -> None:
        self.offer_chosen.emit(self.wish)
