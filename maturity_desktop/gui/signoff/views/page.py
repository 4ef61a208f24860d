"""The sign-off page: stages and acts on top, the approval and its digest, history and changed fields below."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QTableView, QTabWidget, QVBoxLayout, QWidget

from maturity_desktop.domain.signoff import SignoffAct
from maturity_desktop.gui.common.icons import Icon
from maturity_desktop.gui.common.looks import Looks
from maturity_desktop.gui.common.palette import Space
from maturity_desktop.gui.common.rows import Column, RowsModel, SortedRows
from maturity_desktop.gui.common.tables import table
from maturity_desktop.gui.common.widgets import Card, MessageBar, SectionHeader, Tone, button, label, look
from maturity_desktop.gui.signoff.state import ApprovalProps, ReviewProps, Worth
from maturity_desktop.gui.signoff.views.stepper import Stepper

_LOOKS = {
    SignoffAct.SUBMIT: "primary",
    SignoffAct.REQUEST_CHANGES: "",
    SignoffAct.APPROVE: "primary",
    SignoffAct.REOPEN: "danger",
}
_ICONS = {
    SignoffAct.SUBMIT: Icon.SIGNOFF,
    SignoffAct.REQUEST_CHANGES: Icon.UNDO,
    SignoffAct.APPROVE: Icon.CHECK,
    SignoffAct.REOPEN: Icon.EDIT,
}
_CHIPS = {Worth.HOLDS: "chip_good", Worth.REOPENED: "chip", Worth.SUPERSEDED: "chip_warn"}
_HISTORY = (
    Column(caption="review.column.at", text=lambda row: row.at),
    Column(caption="review.column.act", text=lambda row: row.act),
    Column(caption="review.column.by", text=lambda row: row.by),
    Column(caption="review.column.role", text=lambda row: row.role),
    Column(caption="review.column.comment", text=lambda row: row.comment),
    Column(caption="review.column.digest", text=lambda row: row.digest),
)
_HISTORY_WIDTHS = (136, 118, 110, 130, 200, 150)
_CHANGES = (
    Column(caption="review.column.place", text=lambda row: row.place),
    Column(caption="review.column.old", text=lambda row: row.old),
    Column(caption="review.column.new", text=lambda row: row.new),
)
_CHANGES_WIDTHS = (380, 260, 260)


class ApprovalCard(Card):
    """Who approved when, the digest of what was approved, and what that is worth now."""

    def __init__(self, looks: Looks) -> None:
        super().__init__("review_approval", margin=Space.M)
        self._looks = looks
        self.chip = label("", "chip")
        self.line = label("", "strong", wraps=True)
        self.digest = label("", "mono", wraps=True)
        self.digest.setObjectName("review_digest")
        self.digest.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        head = QHBoxLayout()
        head.setSpacing(Space.S)
        head.addWidget(self.line, 1)
        head.addWidget(self.chip, 0, Qt.AlignmentFlag.AlignTop)
        self.body.setSpacing(Space.XS)
        self.body.addLayout(head)
        self.body.addWidget(self.digest)
        self.hide()

    def show_approval(self, props: ApprovalProps | None) -> None:
        """Show the newest approval, or nothing."""
        self.setVisible(props is not None)
        if props is None:
            return
        say = self._looks.speech.say
        self.line.setText(props.line)
        self.digest.setText(say("review.digest", digest=props.digest))
        self.digest.setAccessibleName(self.digest.text())
        self.chip.setText(say(f"review.worth.{props.worth.value}"))
        look(self.chip, _CHIPS[props.worth])


class SignoffPage(QWidget):
    """Shows the review and emits the acts that are wanted."""

    act_wanted = Signal(object)  # SignoffAct

    def __init__(self, looks: Looks) -> None:
        super().__init__()
        self.setObjectName("signoff")
        self._looks = looks
        self._props: ReviewProps | None = None
        self.header = SectionHeader("title")
        self.stepper = Stepper(looks)
        self.means = label("", "", wraps=True)
        self.who = label("", "caption", wraps=True)
        self.lacks = label("", "warn", wraps=True)
        self.buttons = {act: button(f"review_{act.value}", look_name=_LOOKS[act]) for act in SignoffAct}
        self.message = MessageBar(looks.icons, "review_message")
        self.banner = MessageBar(looks.icons, "review_banner")
        self.banner.close_button.hide()
        self.approval = ApprovalCard(looks)
        self.history_model, self.changes_model = (
            RowsModel(_HISTORY, lambda row: row.id, self),
            RowsModel(_CHANGES, lambda row: row.number, self),
        )
        self.history = table(SortedRows(self.history_model, self), "review_history", _HISTORY_WIDTHS, stretch=4)
        self.changes = table(SortedRows(self.changes_model, self), "review_changes", _CHANGES_WIDTHS, stretch=0)
        self.tabs = QTabWidget()
        self.tabs.setObjectName("review_tabs")
        self._nothing = label("", "soft", wraps=True)
        self._arrange()
        for act, made in self.buttons.items():
            made.clicked.connect(lambda _=False, act=act: self.act_wanted.emit(act))
        looks.theme.changed.connect(self.retranslate)
        self.retranslate()

    def _arrange(self) -> None:
        for view in (self.history, self.changes):
            _wrap(view)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(Space.XL, Space.XL, Space.XL, Space.L)
        layout.setSpacing(Space.M)
        layout.addWidget(self.header)
        layout.addWidget(self.message)
        layout.addWidget(self._stage_card())
        layout.addWidget(self.banner)
        layout.addWidget(self.approval)
        layout.addWidget(self._nothing)
        layout.addWidget(self.tabs, 1)
        layout.addStretch(0)
        for view in (self.changes, self.history):
            self.tabs.addTab(view, "")

    def _stage_card(self) -> Card:
        card = Card("review_stages")
        row = QHBoxLayout()
        row.setSpacing(Space.S)
        texts = QVBoxLayout()
        texts.setSpacing(2)
        for part in (self.means, self.who, self.lacks):
            texts.addWidget(part)
        row.addLayout(texts, 1)
        for act in (SignoffAct.SUBMIT, SignoffAct.REQUEST_CHANGES, SignoffAct.REOPEN, SignoffAct.APPROVE):
            row.addWidget(self.buttons[act], 0, Qt.AlignmentFlag.AlignVCenter)
        card.body.addWidget(self.stepper)
        card.body.addLayout(row)
        return card

    def show_review(self, props: ReviewProps | None) -> None:
        """Show where the review stands; None while nothing is known."""
        self._props = props
        acts = {each.act: each for each in props.acts} if props is not None else {}
        for act, made in self.buttons.items():
            made.setVisible(act in acts)
            made.setEnabled(act in acts and not acts[act].lack)
            made.setAccessibleDescription(acts[act].lack if act in acts else "")
        lacks = tuple(dict.fromkeys(each.lack for each in acts.values() if each.lack))
        self.lacks.setText("\n".join(lacks))
        self.lacks.setVisible(bool(lacks))
        self.history_model.show(props.history if props is not None else ())
        self.changes_model.show(props.changes if props is not None else ())
        self._name_tabs()
        if props is None:
            self.banner.hide()
            self.approval.hide()
            return
        say = self._looks.speech.say
        self.stepper.show_state(props.state)
        self.means.setText(say(f"review.now.{props.state.value}"))
        self.who.setText(props.who)
        self.approval.show_approval(props.approval)
        self._show_banner(props)

    def _name_tabs(self) -> None:
        """Name both lists with their lengths; changes only have a tab when there are some."""
        say = self._looks.speech.say
        changes, steps = len(self.changes_model.rows), len(self.history_model.rows)
        was_shown = self.tabs.isTabVisible(0)
        self.tabs.setTabText(0, say("review.changes_tab", count=changes))
        self.tabs.setTabText(1, say("review.history_tab", count=steps))
        self.tabs.setTabVisible(0, bool(changes))
        if bool(changes) is not was_shown:
            self.tabs.setCurrentIndex(0 if changes else 1)
        self.tabs.setVisible(bool(steps))
        self._nothing.setVisible(not steps)

    def _show_banner(self, props: ReviewProps) -> None:
        is_superseded = props.approval is not None and props.approval.worth is Worth.SUPERSEDED
        if is_superseded:
            sentence = self._looks.speech.say("review.superseded", count=len(props.changes))
            self.banner.show_message(sentence, Tone.WARN)
        else:
            self.banner.hide()

    @Slot()
    def retranslate(self) -> None:
        """Say everything again."""
        say = self._looks.speech.say
        self.header.set_texts(say("review.title"), say("review.title_text"))
        for act, made in self.buttons.items():
            made.setText(say(f"review.act.{act.value}"))
            ink = self._looks.theme.palette.on_accent if _LOOKS[act] == "primary" else ""
            made.setIcon(self._looks.icons.get(_ICONS[act], ink))
        self._nothing.setText(say("review.nothing"))
        self.history.setAccessibleName(say("review.history"))
        self.changes.setAccessibleName(say("review.changes"))
        self.message.set_close_name(say("common.close"))
        for model in (self.history_model, self.changes_model):
            model.set_captions(say)
        self.message.repaint_icons()
        self.banner.repaint_icons()
        self.show_review(self._props)


def _wrap(view: QTableView) -> None:
    """Show whole comments: rows are as high as their text."""
    view.setWordWrap(True)
    view.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
    view.setMinimumHeight(96)
