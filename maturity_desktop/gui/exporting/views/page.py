"""The export page: what, in which language, signed by whom, where to; beside it what was written."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from maturity_desktop.gui.common.icons import Icon, Icons
from maturity_desktop.gui.common.identity.form import IdentityForm
from maturity_desktop.gui.common.language import Speech
from maturity_desktop.gui.common.palette import Space
from maturity_desktop.gui.common.theme import Theme
from maturity_desktop.gui.common.widgets import (
    Card,
    Field,
    SectionHeader,
    button,
    label,
    scrolled,
)
from maturity_desktop.gui.exporting.state import Kind, Languages
from maturity_desktop.gui.exporting.views.results import ResultsColumn
from maturity_desktop.gui.exporting.views.sm2 import Sm2Form

_FORM_WIDTH = 500
_HINT_INDENT = 34


class ExportView(QWidget):
    """Shows the form and what was written; emits what is wanted."""

    edited = Signal()
    kind_chosen = Signal()
    target_wanted = Signal()
    body_wanted = Signal()
    export_wanted = Signal()

    def __init__(self, icons: Icons, theme: Theme, speech: Speech) -> None:
        super().__init__()
        self.setObjectName("export")
        self._icons, self._theme, self._speech = icons, theme, speech
        self.header = SectionHeader("title")
        self._what, self._who = SectionHeader(), SectionHeader()
        self.kinds = {kind: QRadioButton() for kind in Kind}
        self._kind_hints = {kind: label("", "caption", wraps=True) for kind in Kind}
        self._kind_group = QButtonGroup(self)
        self.languages = QComboBox()
        self.languages.setObjectName("export_languages")
        self.is_final = QCheckBox()
        self.is_final.setObjectName("export_final")
        self.identity = IdentityForm(icons, speech, "export")
        self.sm2 = Sm2Form(icons, speech)
        self.sm2.hide()
        self.body = label("", "soft", wraps=True)
        self.body_button = button("export_body")
        self.target = QLineEdit()
        self.target.setObjectName("export_target")
        self.target_field, self._language_field = Field(self.target), Field(self.languages)
        self.target_browse = button("export_target_browse")
        self.lacks = label("", "caption", wraps=True)
        self.export_button = button("export_do", look_name="primary")
        self.results = ResultsColumn(icons, theme, speech)
        self._certificate_part = self._made_certificate_part()
        self._arrange()
        self._connect()
        self._show_hint()
        self.retranslate()

    def _made_certificate_part(self) -> QWidget:
        part = QWidget()
        row = QHBoxLayout(part)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.body, 1)
        row.addWidget(self.body_button)
        part.hide()
        return part

    def _arrange(self) -> None:
        form = QVBoxLayout()
        form.setContentsMargins(0, 0, 0, 0)
        form.setSpacing(Space.L)
        form.addWidget(self.header)
        form.addWidget(self._what_card())
        who = Card()
        who.body.addWidget(self._who)
        who.body.addWidget(self.identity)
        who.body.addWidget(self.sm2)
        form.addWidget(who)
        left = QVBoxLayout()
        left.setSpacing(0)
        area = scrolled(form, object_name="export_scroll")
        self._fixed = (area, self._where_card())
        left.addWidget(area, 1)
        left.addWidget(self._fixed[1])
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(left)
        layout.addWidget(self.results, 1)

    def _what_card(self) -> Card:
        card = Card()
        card.body.setSpacing(2)
        card.body.addWidget(self._what)
        for kind, made in self.kinds.items():
            made.setObjectName(f"export_kind_{kind.value}")
            self._kind_group.addButton(made)
            hint = self._kind_hints[kind]
            hint.setIndent(_HINT_INDENT)
            card.body.addWidget(made)
            card.body.addWidget(hint)
        self.kinds[Kind.REPORT].setChecked(True)
        row = QHBoxLayout()
        row.setSpacing(Space.L)
        row.addWidget(self._language_field, 1)
        row.addWidget(self.is_final, 1, Qt.AlignmentFlag.AlignBottom)
        card.body.addSpacing(Space.M)
        card.body.addLayout(row)
        card.body.addWidget(self._certificate_part)
        return card

    def _where_card(self) -> QFrame:
        foot = QFrame()
        where = QHBoxLayout()
        where.setSpacing(Space.S)
        where.addWidget(self.target_field, 1)
        where.addWidget(self.target_browse, 0, Qt.AlignmentFlag.AlignBottom)
        do = QHBoxLayout()
        do.addWidget(self.lacks, 1)
        do.addWidget(self.export_button)
        layout = QVBoxLayout(foot)
        layout.setContentsMargins(Space.XL, Space.S, Space.XL + Space.M, Space.L)
        layout.setSpacing(Space.S)
        layout.addLayout(where)
        layout.addLayout(do)
        return foot

    def _connect(self) -> None:
        self._kind_group.buttonClicked.connect(self._on_kind)
        self.languages.activated.connect(self.kind_chosen)
        self.is_final.toggled.connect(self.edited)
        self.identity.edited.connect(self.edited)
        self.target.textEdited.connect(self.edited)
        self.target_browse.clicked.connect(self.target_wanted)
        self.body_button.clicked.connect(self.body_wanted)
        self.export_button.clicked.connect(self.export_wanted)
        self._theme.changed.connect(self.retranslate)

    @property
    def kind(self) -> Kind:
        """What is to be written."""
        return next(kind for kind, made in self.kinds.items() if made.isChecked())

    @property
    def language(self) -> Languages:
        """In which language."""
        return Languages(self.languages.currentData())

    def show_lack(self, sentence: str, *, can_export: bool) -> None:
        """Say why the button is locked, or unlock it."""
        self.lacks.setText(sentence)
        self.export_button.setEnabled(can_export)
        self.export_button.setAccessibleDescription(sentence)

    def show_body(self, sentence: str) -> None:
        """Show who issues certificates."""
        self.body.setText(sentence)

    @Slot()
    def retranslate(self) -> None:
        """Say everything again."""
        say = self._speech.say
        self.header.set_texts(say("exporting.title"), say("exporting.title_text"))
        self._what.set_texts(say("exporting.what"))
        self._who.set_texts(say("exporting.who"), say("exporting.who_text"))
        for kind, made in self.kinds.items():
            made.setText(say(f"exporting.kind.{kind.value}"))
            self._kind_hints[kind].setText(say(f"exporting.kind.{kind.value}_hint"))
        chosen = self.languages.currentIndex()
        self.languages.clear()
        for language in Languages:
            self.languages.addItem(say(f"exporting.language.in_{language.value}"), language.value)
        self.languages.setCurrentIndex(max(0, chosen))
        self._language_field.set_texts(say("exporting.document_language"))
        self.is_final.setText(say("exporting.final"))
        self.target_field.set_texts(say("exporting.target"))
        self.target_browse.setText(say("common.browse"))
        self.target_browse.setIcon(self._icons.get(Icon.FOLDER))
        self.body_button.setText(say("exporting.body_edit"))
        self.export_button.setText(say("exporting.do"))
        self.export_button.setIcon(self._icons.get(Icon.EXPORT, self._theme.palette.on_accent))
        for part in self._fixed:
            part.setFixedWidth(self._theme.px(_FORM_WIDTH))
        self.identity.retranslate()
        self.sm2.retranslate()
        self.results.retranslate()

    @Slot()
    def _on_kind(self) -> None:
        self._show_hint()
        self._certificate_part.setVisible(self.kind is Kind.CERTIFICATE)
        self.sm2.setVisible(self.kind is Kind.SUBMISSION)
        self.is_final.setVisible(self.kind in (Kind.REPORT, Kind.WORKBOOK))
        self.kind_chosen.emit()

    def _show_hint(self) -> None:
        for kind, hint in self._kind_hints.items():
            hint.setVisible(kind is self.kind)
