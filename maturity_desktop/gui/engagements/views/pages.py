"""The pages of the set-up: institution, system, standard with scope, target with rule, team with dates.

Each page shows a part of the draft and says when it was edited; it decides nothing.
"""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from maturity_desktop.domain.ids import InstitutionId, SystemId, new_id
from maturity_desktop.domain.institution import Institution, InstitutionType, System, SystemKind
from maturity_desktop.domain.text import Text
from maturity_desktop.gui.common.language import Speech
from maturity_desktop.gui.common.palette import Space
from maturity_desktop.gui.common.widgets import Field
from maturity_desktop.gui.engagements.state import credit_code_state, normal_credit_code

_DESCRIPTION_HEIGHT = 76


class Page(QWidget):
    """A page of the set-up with fields in rows."""

    edited = Signal()

    def __init__(self, speech: Speech, object_name: str) -> None:
        super().__init__()
        self.setObjectName(object_name)
        self.speech = speech
        self.rows = QVBoxLayout(self)
        self.rows.setContentsMargins(0, 0, 0, 0)
        self.rows.setSpacing(Space.M)

    def row(self, *parts: QWidget) -> None:
        """Put controls side by side."""
        layout = QHBoxLayout()
        layout.setSpacing(Space.L)
        for part in parts:
            layout.addWidget(part, 1, Qt.AlignmentFlag.AlignTop)
        self.rows.addLayout(layout)

    def line(self, name: str, hint: str = "") -> tuple[QLineEdit, Field]:
        """Return a text field `setup_<name>`, worded `engagement.<name>`."""
        edit = QLineEdit()
        edit.setObjectName(f"setup_{name}")
        edit.textEdited.connect(self.edited)
        return edit, self._field(edit, name, hint)

    def choice(self, name: str, hint: str = "") -> tuple[QComboBox, Field]:
        """Return a drop-down `setup_<name>`, worded `engagement.<name>`."""
        box = QComboBox()
        box.setObjectName(f"setup_{name}")
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setMinimumContentsLength(12)
        box.activated.connect(self.edited)
        return box, self._field(box, name, hint)

    def _field(self, control: QWidget, name: str, hint: str) -> Field:
        field = Field(control)
        field.set_texts(self.speech.say(f"engagement.{name}"), self.speech.say(f"engagement.{hint}") if hint else "")
        return field


class InstitutionPage(Page):
    """Who is assessed: one known already, or a new one."""

    def __init__(self, speech: Speech) -> None:
        super().__init__(speech, "page_institution")
        self._known: tuple[Institution, ...] = ()
        self._fresh_id = InstitutionId(new_id())
        self._shown_id = self._fresh_id
        self.which, self.which_field = self.choice("which_institution")
        self.name_zh, self._zh = self.line("institution_zh")
        self.name_en, self._en = self.line("institution_en")
        self.kind, self._kind = self.choice("institution_kind")
        self.code, self.code_field = self.line("credit_code")
        self.aliases, self._aliases = self.line("aliases", "aliases_hint")
        for kind in InstitutionType:
            self.kind.addItem(speech.say(f"engagement.kind.{kind.value}"), kind)
        self.row(self.which_field)
        self.row(self._zh, self._en)
        self.row(self._kind, self.code_field)
        self.row(self._aliases)
        self.rows.addStretch(1)
        self.which.activated.connect(self._on_which)
        self.code.textChanged.connect(self._on_code)
        self._on_code("")

    def show_known(self, known: tuple[Institution, ...]) -> None:
        """Offer these institutions besides a new one."""
        self._known = known
        self.which.clear()
        self.which.addItem(self.speech.say("engagement.new_institution"), self._fresh_id)
        for institution in known:
            self.which.addItem(self.speech.pick(institution.name), institution.id)
        self.which_field.setVisible(bool(known))

    def show_value(self, institution: Institution) -> None:
        """Show one institution."""
        self._shown_id = institution.id
        self.which.setCurrentIndex(max(0, self.which.findData(institution.id)))
        if self.which.currentIndex() == 0:
            self._fresh_id = institution.id
            self.which.setItemData(0, institution.id)
        self.name_zh.setText(institution.name.zh)
        self.name_en.setText(institution.name.en)
        self.kind.setCurrentIndex(self.kind.findData(institution.type))
        self.code.setText(institution.credit_code)
        self.aliases.setText("；".join(institution.aliases))

    @property
    def value(self) -> Institution:
        """The institution as it stands on the page."""
        split = self.aliases.text().replace(";", "；").split("；")
        return Institution(
            id=self._shown_id,
            name=Text(self.name_zh.text().strip(), self.name_en.text().strip()),
            aliases=tuple(alias.strip() for alias in split if alias.strip()),
            type=InstitutionType(self.kind.currentData()),
            credit_code=normal_credit_code(self.code.text()),
        )

    @Slot(int)
    def _on_which(self, place: int) -> None:
        if place == 0:
            self.show_value(Institution(id=self._fresh_id, name=Text()))
        else:
            self.show_value(self._known[place - 1])
        self.edited.emit()

    @Slot(str)
    def _on_code(self, typed: str) -> None:
        state = credit_code_state(typed)
        self.code_field.set_hint(self.speech.say(f"engagement.{state.key}"), state.tone)


class SystemPage(Page):
    """What is assessed: a system of this institution known already, or a new one."""

    def __init__(self, speech: Speech) -> None:
        super().__init__(speech, "page_system")
        self._known: tuple[System, ...] = ()
        self._fresh_id = SystemId(new_id())
        self._shown = System(id=self._fresh_id, institution_id=InstitutionId(""), name=Text())
        self.which, self.which_field = self.choice("which_system")
        self.name_zh, zh = self.line("system_zh", "system_hint")
        self.name_en, en = self.line("system_en")
        self.kind, kind = self.choice("system_kind")
        self.description = QPlainTextEdit()
        self.description.setObjectName("setup_description")
        self.description.setTabChangesFocus(True)
        self.description.setFixedHeight(_DESCRIPTION_HEIGHT)
        self.description.textChanged.connect(self.edited)
        described = Field(self.description)
        described.set_texts(speech.say("engagement.description"))
        for choice in SystemKind:
            self.kind.addItem(speech.say(f"engagement.system_kinds.{choice.value}"), choice)
        self.row(self.which_field)
        self.row(zh, en)
        self.row(kind)
        self.row(described)
        self.rows.addStretch(1)
        self.which.activated.connect(self._on_which)

    def show_known(self, known: tuple[System, ...]) -> None:
        """Offer these systems besides a new one."""
        self._known = known
        self.which.clear()
        self.which.addItem(self.speech.say("engagement.new_system"), self._fresh_id)
        for system in known:
            self.which.addItem(self.speech.pick(system.name), system.id)
        self.which_field.setVisible(bool(known))
        self.which.setCurrentIndex(max(0, self.which.findData(self._shown.id)))

    def show_value(self, system: System) -> None:
        """Show one system."""
        self._shown = system
        self.which.setCurrentIndex(max(0, self.which.findData(system.id)))
        if self.which.currentIndex() == 0:
            self._fresh_id = system.id
        self.name_zh.setText(system.name.zh)
        self.name_en.setText(system.name.en)
        self.kind.setCurrentIndex(self.kind.findData(system.kind))
        self.description.setPlainText(system.description)

    @property
    def value(self) -> System:
        """The system as it stands on the page."""
        return System(
            id=self._shown.id,
            institution_id=self._shown.institution_id,
            name=Text(self.name_zh.text().strip(), self.name_en.text().strip()),
            kind=SystemKind(self.kind.currentData()),
            description=self.description.toPlainText().strip(),
        )

    @Slot(int)
    def _on_which(self, place: int) -> None:
        fresh = System(id=self._fresh_id, institution_id=self._shown.institution_id, name=Text())
        self.show_value(fresh if place == 0 else self._known[place - 1])
        self.edited.emit()
