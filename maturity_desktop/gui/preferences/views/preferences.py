"""The preferences page: cards with options, with the care of the workspace, and with what the program is made of."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from maturity_desktop.gui.common.icons import Icon, Icons
from maturity_desktop.gui.common.job_strip import JobStrip
from maturity_desktop.gui.common.language import Speech
from maturity_desktop.gui.common.looks import Looks
from maturity_desktop.gui.common.palette import Space
from maturity_desktop.gui.common.widgets import (
    Card,
    Field,
    MessageBar,
    SectionHeader,
    button,
    label,
    scrolled,
)
from maturity_desktop.gui.preferences.models import ComponentModel
from maturity_desktop.gui.preferences.views.kept_keys import KeptKeysCard
from maturity_desktop.gui.preferences.views.trust import TrustCard
from maturity_desktop.settings.options import Option, Value

CARE = ("passphrase", "recovery", "backup", "check")
_CARE_ICONS = {"passphrase": Icon.KEY, "recovery": Icon.LOCK, "backup": Icon.BACKUP, "check": Icon.VERIFY}
_WIDEST = 980
_TABLE_HEIGHT = 260


class OptionField(Field):
    """One option: a drop-down, a number or a text, by what the option's description says."""

    chosen = Signal(object, object)  # Option, Value

    def __init__(self, speech: Speech, option: Option) -> None:
        self.option = option
        self._speech = speech
        super().__init__(self._made_control(option))
        self.retranslate()

    def _made_control(self, option: Option) -> QWidget:
        control: QWidget
        if option.choices:
            box = QComboBox()
            for choice in option.choices:
                box.addItem("", choice)
            box.activated.connect(self._on_choice)
            control = box
        elif isinstance(option.default, int):
            spin = QSpinBox()
            spin.setRange(option.minimum, option.maximum)
            spin.setKeyboardTracking(False)
            spin.valueChanged.connect(self._on_number)
            control = spin
        else:
            edit = QLineEdit()
            edit.editingFinished.connect(self._on_text)
            control = edit
        control.setObjectName(f"option_{option.key}")
        return control

    def show_value(self, value: Value) -> None:
        """Show the value in force."""
        control = self.control
        control.blockSignals(True)
        if isinstance(control, QComboBox):
            control.setCurrentIndex(control.findData(value))
        elif isinstance(control, QSpinBox):
            control.setValue(int(value))
        elif isinstance(control, QLineEdit):
            control.setText(str(value))
        control.blockSignals(False)

    def retranslate(self) -> None:
        """Say everything again."""
        say, option = self._speech.say, self.option
        self.set_texts(say(f"preferences.{option.key}"), say(f"preferences.{option.key}_hint"))
        if isinstance(self.control, QComboBox):
            for place, choice in enumerate(option.choices):
                self.control.setItemText(place, say(f"preferences.{option.key}_{choice}"))

    @Slot(int)
    def _on_choice(self, place: int) -> None:
        self.chosen.emit(self.option, self.option.choices[place])

    @Slot(int)
    def _on_number(self, value: int) -> None:
        self.chosen.emit(self.option, value)

    @Slot()
    def _on_text(self) -> None:
        if isinstance(self.control, QLineEdit):
            self.chosen.emit(self.option, self.control.text().strip())


class CareRow(QWidget):
    """One thing to do for the workspace: what it is good for, and the button."""

    def __init__(self, icons: Icons, name: str) -> None:
        super().__init__()
        self._icons, self._name = icons, name
        self.text = label("", "", wraps=True)
        self.hint = label("", "caption", wraps=True)
        self.action: QPushButton = button(f"care_{name}")
        texts = QVBoxLayout()
        texts.setSpacing(0)
        texts.addWidget(self.text)
        texts.addWidget(self.hint)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(Space.L)
        layout.addLayout(texts, 1)
        layout.addWidget(self.action)

    def retranslate(self, speech: Speech, hint_key: str = "") -> None:
        """Say everything again."""
        self.text.setText(speech.say(f"preferences.{self._name}"))
        self.hint.setText(speech.say(f"preferences.{hint_key or self._name + '_hint'}"))
        self.action.setText(speech.say(f"preferences.{self._name}_do"))
        self.action.setIcon(self._icons.get(_CARE_ICONS[self._name]))


class PreferencesView(QWidget):
    """Shows options and emits choices and wishes."""

    option_chosen = Signal(object, object)  # Option, Value
    care_wanted = Signal(str)  # passphrase, recovery, backup, check
    logs_wanted = Signal()

    def __init__(self, looks: Looks, groups: Sequence[tuple[str, tuple[Option, ...]]]) -> None:
        super().__init__()
        self.setObjectName("preferences")
        icons, speech = looks.icons, looks.speech
        self._speech = speech
        self.trust, self.kept = TrustCard(looks), KeptKeysCard(looks)
        self._title = SectionHeader("title")
        self.fields: dict[str, OptionField] = {}
        self._headers: dict[str, SectionHeader] = {}
        self.care = {name: CareRow(icons, name) for name in CARE}
        self._has_recovery, self._workspace = False, ""
        self.strip = JobStrip(speech, "care_job")
        self.message = MessageBar(icons, "care_message")
        self.components = ComponentModel(speech, self)
        self.logs_button = button("show_logs")
        page = QVBoxLayout()
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(Space.L)
        page.addWidget(self._title)
        for name, options in groups:
            page.addWidget(self._option_card(name, options))
        self.care_card = self._care_card()
        page.addWidget(self.care_card)
        page.addWidget(self.kept)
        page.addWidget(self.trust)
        page.addWidget(self._about_card())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scrolled(page, object_name="preferences_scroll", width_limit=_WIDEST))
        self.logs_button.clicked.connect(self.logs_wanted)
        self.retranslate()

    def _card(self, name: str) -> Card:
        card = Card(f"card_{name}")
        self._headers[name] = SectionHeader()
        card.body.addWidget(self._headers[name])
        return card

    def _option_card(self, name: str, options: tuple[Option, ...]) -> Card:
        card = self._card(name)
        row = QHBoxLayout()
        row.setSpacing(Space.L)
        for option in options:
            field = OptionField(self._speech, option)
            field.chosen.connect(self.option_chosen)
            self.fields[option.key] = field
            row.addWidget(field, 1, Qt.AlignmentFlag.AlignTop)
        card.body.addLayout(row)
        return card

    def _care_card(self) -> Card:
        card = self._card("care")
        for name, row in self.care.items():
            row.action.clicked.connect(lambda _=False, name=name: self.care_wanted.emit(name))
            card.body.addWidget(row)
        card.body.addWidget(self.strip)
        card.body.addWidget(self.message)
        return card

    def _about_card(self) -> Card:
        card = self._card("about")
        self._headers["about"].buttons.addWidget(self.logs_button)
        table = QTableView()
        table.setObjectName("components")
        table.setModel(self.components)
        table.verticalHeader().hide()
        table.setShowGrid(False)
        table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        table.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        table.horizontalHeader().setStretchLastSection(True)
        table.setFixedHeight(_TABLE_HEIGHT)
        self._table = table
        card.body.addWidget(table)
        return card

    def show_workspace(self, name: str, *, has_recovery: bool, can_change: bool) -> None:
        """Show the care of the open workspace; an empty name means none is open."""
        self._has_recovery, self._workspace = has_recovery, name
        self.care_card.setVisible(bool(name))
        for key in ("passphrase", "recovery", "backup"):
            self.care[key].action.setEnabled(can_change)
        self._say_care()

    def retranslate(self) -> None:
        """Say everything again."""
        say = self._speech.say
        self._title.set_texts(say("preferences.title"), say("preferences.title_text"))
        for name, header in self._headers.items():
            if name != "care":
                header.set_texts(say(f"preferences.{name}"), say(f"preferences.{name}_text"))
        for field in self.fields.values():
            field.retranslate()
        self._table.setAccessibleName(say("preferences.about"))
        self.logs_button.setText(say("preferences.logs"))
        self.message.set_close_name(say("common.close"))
        self._say_care()

    def _say_care(self) -> None:
        self._headers["care"].set_texts(self._speech.say("preferences.care"), self._workspace)
        for name, row in self.care.items():
            row.retranslate(self._speech, "recovery_set" if name == "recovery" and self._has_recovery else "")
