"""Forms of the evidence screen: register by reference, and edit the details of an item."""

from dataclasses import dataclass

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QBoxLayout, QComboBox, QHBoxLayout, QLineEdit, QWidget

from maturity_desktop.domain.evidence import HandlingGrade
from maturity_desktop.domain.standard import EvidenceKind
from maturity_desktop.gui.common.looks import Looks
from maturity_desktop.gui.common.palette import Space
from maturity_desktop.gui.common.widgets import Field, FormDialog


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceForm:
    """What either form holds; `file_name`, `place` and `sha256` are used for references only."""

    title: str = ""
    kind: EvidenceKind = EvidenceKind.DOCUMENT
    grade: HandlingGrade = HandlingGrade.INTERNAL
    request_code: str = ""
    received_from: str = ""
    file_name: str = ""
    place: str = ""
    sha256: str = ""


class EvidenceDialog(FormDialog):
    """With `is_reference` it asks for name, place and hash too."""

    form_given = Signal(object)  # EvidenceForm

    def __init__(self, looks: Looks, start: EvidenceForm, parent: QWidget, *, is_reference: bool) -> None:
        super().__init__(looks.icons, "refer_dialog" if is_reference else "describe_dialog", parent)
        say = looks.speech.say
        self._edits: dict[str, QLineEdit] = {}
        self._row: QBoxLayout = self.form
        key = "evidence.refer" if is_reference else "evidence.describe"
        explanation = say("evidence.refer.explanation") if is_reference else ""
        self.header.set_texts(say(f"{key}.title"), explanation)
        self.setWindowTitle(say(f"{key}.title"))
        if is_reference:
            self._line("file_name", say("evidence.refer.file_name"), start.file_name)
            self._line("place", say("evidence.refer.place"), start.place)
            self._line("sha256", say("evidence.refer.sha256"), start.sha256)
        self._line("title", say("evidence.describe.name"), start.title)
        kinds = [(kind, say(f"evidence.kind.{kind.value}")) for kind in EvidenceKind]
        grades = [(grade, say(f"evidence.grade.{grade.value}")) for grade in HandlingGrade]
        self._begin_row()
        self.kind = self._choice("kind", say("evidence.refer.kind"), kinds)
        self.grade = self._choice("grade", say("evidence.describe.grade"), grades)
        self._begin_row()
        self._line("request_code", say("evidence.refer.request"), start.request_code)
        self._line("received_from", say("evidence.refer.from"), start.received_from)
        self.kind.setCurrentIndex(self.kind.findData(start.kind))
        self.grade.setCurrentIndex(self.grade.findData(start.grade))
        self.set_buttons(say("evidence.refer.save" if is_reference else "common.save"), say("common.cancel"))
        self.setMinimumWidth(460)
        next(iter(self._edits.values())).setFocus()
        self.submitted.connect(self._on_submitted)

    def _begin_row(self) -> None:
        """Put the next fields side by side."""
        self._row = QHBoxLayout()
        self._row.setSpacing(Space.M)
        self.form.addLayout(self._row)

    def _line(self, name: str, caption: str, value: str) -> None:
        edit = QLineEdit(value)
        edit.setObjectName(f"evidence_form_{name}")
        field = Field(edit)
        field.set_texts(caption)
        self._edits[name] = edit
        self._row.addWidget(field)

    def _choice(
        self, name: str, caption: str, choices: list[tuple[EvidenceKind, str]] | list[tuple[HandlingGrade, str]]
    ) -> QComboBox:
        box = QComboBox()
        box.setObjectName(f"evidence_form_{name}")
        for value, words in choices:
            box.addItem(words, value)
        field = Field(box)
        field.set_texts(caption)
        self._row.addWidget(field)
        return box

    @Slot()
    def _on_submitted(self) -> None:
        texts = {name: edit.text().strip() for name, edit in self._edits.items()}
        self.form_given.emit(
            EvidenceForm(
                kind=EvidenceKind(self.kind.currentData()), grade=HandlingGrade(self.grade.currentData()), **texts
            )
        )
