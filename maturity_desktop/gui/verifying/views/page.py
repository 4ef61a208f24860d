"""The verification page: drop files, see verdicts; and whom to trust."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from maturity_desktop.gui.common.icons import Icon, Icons
from maturity_desktop.gui.common.job_strip import JobStrip
from maturity_desktop.gui.common.language import Speech
from maturity_desktop.gui.common.palette import Space
from maturity_desktop.gui.common.theme import Theme
from maturity_desktop.gui.common.widgets import (
    Card,
    ElidedLabel,
    SectionHeader,
    button,
    icon_button,
    label,
    look,
    scrolled,
)
from maturity_desktop.gui.verifying.state import Mark, ShownVerdict

_ICONS = {Mark.GOOD: Icon.VERIFY, Mark.WARN: Icon.WARNING, Mark.BAD: Icon.PROBLEM}
_WIDEST = 1060
_SHOWN = 12


class DropZone(QFrame):
    """Takes files that are dropped, or chosen with the button."""

    dropped = Signal(object)  # tuple[Path, ...]

    def __init__(self, icons: Icons) -> None:
        super().__init__()
        self.setObjectName("verify_drop")
        self.setProperty("look", "drop")
        self.setAcceptDrops(True)
        self._icons = icons
        self._picture = QLabel()
        self.text = label("", "strong", wraps=True)
        self.hint = label("", "caption", wraps=True)
        self.choose = button("verify_choose", look_name="primary")
        texts = QVBoxLayout()
        texts.setSpacing(2)
        texts.addWidget(self.text)
        texts.addWidget(self.hint)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(Space.XL, Space.XL, Space.XL, Space.XL)
        layout.setSpacing(Space.L)
        layout.addWidget(self._picture)
        layout.addLayout(texts, 1)
        layout.addWidget(self.choose)
        self.repaint_icon()

    def repaint_icon(self) -> None:
        """Draw the picture again."""
        self._picture.setPixmap(self._icons.pixmap(Icon.VERIFY, 40, ratio=2))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _files(event):
            event.acceptProposedAction()
            look(self, "over", "state")

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        look(self, "", "state")
        super().dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        look(self, "", "state")
        files = _files(event)
        if files:
            event.acceptProposedAction()
            self.dropped.emit(files)


def _files(event: QDropEvent) -> tuple[Path, ...]:
    return tuple(Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile())


class VerdictCard(Card):
    """One verdict: sign, headline, reasons, and what the file says of itself."""

    countersign_wanted = Signal(object)  # ShownVerdict
    preview_wanted = Signal(object)  # ShownVerdict

    def __init__(self, icons: Icons, theme: Theme, speech: Speech, shown: ShownVerdict) -> None:
        super().__init__("verdict")
        self._shown = shown
        palette = theme.palette
        colours = {Mark.GOOD: palette.good, Mark.WARN: palette.warn, Mark.BAD: palette.bad}
        sign = QLabel()
        sign.setPixmap(icons.pixmap(_ICONS[shown.mark], 26, colours[shown.mark], 2))
        headline = label(shown.headline, "strong", wraps=True)
        headline.setObjectName("verdict_headline")
        head = QHBoxLayout()
        head.setSpacing(Space.S)
        head.addWidget(sign)
        head.addWidget(headline, 1)
        head.addWidget(label(shown.kind, "chip"), 0, Qt.AlignmentFlag.AlignTop)
        self.setAccessibleName(shown.headline)
        self.body.setSpacing(Space.XS)
        self.body.addLayout(head)
        for text in shown.lines:
            self.body.addWidget(label(text, "soft", wraps=True))
        grid = QGridLayout()
        grid.setHorizontalSpacing(Space.L)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(1, 1)
        for row, (name, value) in enumerate((*shown.details, ("SHA-256", shown.sha256))):
            if value:
                grid.addWidget(label(name, "caption"), row, 0, Qt.AlignmentFlag.AlignTop)
                found = label(value, "caption", wraps=True)
                found.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
                grid.addWidget(found, row, 1)
        self.body.addSpacing(Space.XS)
        self.body.addLayout(grid)
        acts = QHBoxLayout()
        acts.setSpacing(Space.S)
        if shown.can_countersign:
            key = "verifying.countersign_workbook" if shown.is_workbook else "verifying.countersign"
            made = button("verdict_countersign", speech.say(key))
            made.setIcon(icons.get(Icon.SIGN))
            made.clicked.connect(self._on_countersign)
            acts.addWidget(made)
        if shown.can_print:
            preview = button("verdict_preview", speech.say("verifying.preview"))
            preview.clicked.connect(self._on_preview)
            acts.addWidget(preview)
        if acts.count():
            acts.addStretch(1)
            self.body.addSpacing(Space.XS)
            self.body.addLayout(acts)

    @Slot()
    def _on_countersign(self) -> None:
        self.countersign_wanted.emit(self._shown)

    @Slot()
    def _on_preview(self) -> None:
        self.preview_wanted.emit(self._shown)


class VerifyView(QWidget):
    """Drop zone, trusted roots, verdicts."""

    files_given = Signal(object)  # tuple[Path, ...]
    choose_wanted = Signal()
    add_root_wanted = Signal()
    root_removed = Signal(object)  # Path
    countersign_wanted = Signal(object)  # ShownVerdict
    preview_wanted = Signal(object)  # ShownVerdict

    def __init__(self, icons: Icons, theme: Theme, speech: Speech) -> None:
        super().__init__()
        self.setObjectName("verify")
        self._icons, self._theme, self._speech = icons, theme, speech
        self._roots: tuple[Path, ...] = ()
        self._verdicts: list[ShownVerdict] = []
        self._cards: list[VerdictCard] = []
        self._root_rows: list[QWidget] = []
        self.header = SectionHeader("title")
        self.zone = DropZone(icons)
        self.strip = JobStrip(speech, "verify_job")
        self.trust = SectionHeader()
        self.add_root = button("trust_add")
        self.trust.buttons.addWidget(self.add_root)
        self._roots_box = QVBoxLayout()
        self._roots_box.setSpacing(2)
        self._list = QVBoxLayout()
        self._list.setSpacing(Space.M)
        trust_card = Card("trust")
        trust_card.body.addWidget(self.trust)
        trust_card.body.addLayout(self._roots_box)
        page = QVBoxLayout()
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(Space.L)
        for part in (self.header, self.zone, self.strip):
            page.addWidget(part)
        page.addLayout(self._list)
        page.addWidget(trust_card)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scrolled(page, object_name="verify_scroll", width_limit=_WIDEST))
        self.zone.dropped.connect(self.files_given)
        self.zone.choose.clicked.connect(self.choose_wanted)
        self.add_root.clicked.connect(self.add_root_wanted)
        theme.changed.connect(self.retranslate)
        self.retranslate()

    def show_verdicts(self, verdicts: tuple[ShownVerdict, ...]) -> None:
        """Show verdicts, newest first."""
        for card in self._cards:
            self._list.removeWidget(card)
            card.hide()
            card.deleteLater()
        self._cards = [VerdictCard(self._icons, self._theme, self._speech, verdict) for verdict in verdicts[:_SHOWN]]
        for card in self._cards:
            card.countersign_wanted.connect(self.countersign_wanted)
            card.preview_wanted.connect(self.preview_wanted)
            self._list.addWidget(card)

    def show_roots(self, roots: tuple[Path, ...]) -> None:
        """Show whom is trusted."""
        self._roots = roots
        for old in self._root_rows:
            self._roots_box.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._root_rows = [self._root_row(number, root) for number, root in enumerate(roots)]
        for row in self._root_rows:
            self._roots_box.addWidget(row)

    def _root_row(self, number: int, root: Path) -> QWidget:
        row = QWidget()
        name = ElidedLabel(Qt.TextElideMode.ElideMiddle)
        name.set_text(str(root))
        remove = icon_button(
            f"trust_remove_{number}",
            self._icons.get(Icon.CLOSE),
            self._speech.say("verifying.remove_root", name=root.name),
        )
        remove.clicked.connect(lambda: self.root_removed.emit(root))
        layout = QHBoxLayout(row)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(name, 1)
        layout.addWidget(remove)
        return row

    @Slot()
    def retranslate(self) -> None:
        """Say everything again."""
        say = self._speech.say
        self.header.set_texts(say("verifying.title"), say("verifying.title_text"))
        self.zone.text.setText(say("verifying.drop"))
        self.zone.hint.setText(say("verifying.drop_hint"))
        self.zone.choose.setText(say("verifying.choose"))
        self.zone.repaint_icon()
        self.trust.set_texts(say("verifying.trust"), say("verifying.trust_text"))
        self.add_root.setText(say("verifying.add_root"))
        self.add_root.setIcon(self._icons.get(Icon.ADD))
        self.show_roots(self._roots)
