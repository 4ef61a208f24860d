"""The criterion in focus: full text in both languages, note, limit, answers, rationale, who and when."""

from datetime import datetime

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from maturity_desktop.gui.assessment.state.question import DetailProps
from maturity_desktop.gui.assessment.state.sheet import SaveState
from maturity_desktop.gui.assessment.views.answer_bar import AnswerBar
from maturity_desktop.gui.assessment.views.choice_bar import ChoiceBar
from maturity_desktop.gui.assessment.views.rationale_editor import RationaleEditor
from maturity_desktop.gui.common import screens
from maturity_desktop.gui.common.icons import Icon
from maturity_desktop.gui.common.looks import Looks
from maturity_desktop.gui.common.palette import Space
from maturity_desktop.gui.common.widgets import SavedIndicator, button, label, look

_SHOWN = {
    SaveState.UNTOUCHED: screens.SaveState.IDLE,
    SaveState.SAVING: screens.SaveState.SAVING,
    SaveState.SAVED: screens.SaveState.SAVED,
    SaveState.FAILED: screens.SaveState.FAILED,
}
_EDITOR_HEIGHT = 68


class _Flowing(QScrollArea):
    """Text that scrolls when the pane is low; never sideways."""

    def __init__(self, content: QWidget) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        content.setProperty("look", "scrolled")
        self.setWidget(content)

    def minimumSizeHint(self) -> QSize:
        return QSize(200, 40)


class CriterionPane(QFrame):
    """Shows the judging half of a `DetailProps`."""

    def __init__(self, looks: Looks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("criterion_pane")
        self.setProperty("look", "card")
        self._looks = looks
        self.code = label("", "chip")
        self.code.setObjectName("criterion_code")
        self.level = label("", "caption")
        self.to_confirm = label("", "chip_warn")
        self.to_confirm.setObjectName("criterion_to_confirm")
        self.confirm = button("answer_confirm", look_name="small")
        self.confirm.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.threshold = label("", "chip_accent")
        self.history = label("", "caption")
        self.history.setObjectName("answer_history")
        self.saved = SavedIndicator(looks.icons, looks.theme)
        self.saved.setObjectName("answer_saved")
        self.text = label("", "criterion", wraps=True)
        self.text.setObjectName("criterion_text")
        self.before = label("", "note", wraps=True)
        self.before.setObjectName("criterion_before")
        self.other_text = label("", "caption", wraps=True)
        self.note = label("", "note", wraps=True)
        for part in (self.text, self.before, self.other_text, self.note):
            part.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            part.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.answers = AnswerBar(looks)
        self.choices = ChoiceBar(looks)
        self.choices.hide()
        self.choices.answer_wanted.connect(self.answers.answer_wanted)
        self.choices.flag_wanted.connect(self.answers.flag_wanted)
        self.caption = label("", "field")
        self.hint = label("", "caption")
        self.rationale = RationaleEditor()
        self.rationale.setFixedHeight(looks.theme.px(_EDITOR_HEIGHT))
        self.caption.setBuddy(self.rationale)
        self._is_asking = False
        self._lay_out()
        looks.theme.changed.connect(self._repaint_icon)
        self._repaint_icon()

    def _lay_out(self) -> None:
        for part in (self.history, self.hint):
            part.setMinimumWidth(48)
        head = QHBoxLayout()
        head.setSpacing(Space.S)
        for shown in (self.code, self.level, self.to_confirm, self.confirm):
            head.addWidget(shown)
        head.addStretch(1)
        head.addWidget(self.history)
        head.addWidget(self.saved)
        inner = QWidget()
        texts = QVBoxLayout(inner)
        texts.setContentsMargins(0, 0, Space.S, 0)
        texts.setSpacing(Space.XS)
        texts.addWidget(self.text)
        texts.addWidget(self.before)
        texts.addWidget(self.threshold, 0, Qt.AlignmentFlag.AlignLeft)
        texts.addWidget(self.other_text)
        texts.addWidget(self.note)
        texts.addStretch(1)
        captions = QHBoxLayout()
        captions.setSpacing(Space.M)
        captions.addWidget(self.caption)
        captions.addWidget(self.hint, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(Space.M, Space.S, Space.M, Space.S)
        layout.setSpacing(Space.XS + 2)
        layout.addLayout(head)
        layout.addWidget(_Flowing(inner), 1)
        layout.addWidget(self.answers)
        layout.addWidget(self.choices)
        layout.addLayout(captions)
        layout.addWidget(self.rationale)

    def show_detail(self, props: DetailProps) -> None:
        say = self._looks.speech.say
        self.code.setText(props.code)
        self.level.setText(props.level)
        self._show_to_confirm(props)
        self.threshold.setText(say("assessment.detail.threshold", limit=props.threshold))
        self.threshold.setVisible(bool(props.threshold))
        self.text.setText(props.text)
        self.other_text.setText(props.other_text)
        self.other_text.setVisible(bool(props.other_text))
        self.note.setText(f"{say('assessment.detail.note')} · {props.note}")
        self.note.setVisible(bool(props.note))
        self._show_answer(props)
        self.rationale.fill(props.rationale)
        self.rationale.setReadOnly(not props.can_answer)
        shown = _SHOWN[props.save]
        is_quiet = shown is screens.SaveState.IDLE
        self.saved.set_state(shown, "" if is_quiet else say(f"common.saved.{shown.value}"))
        words = self._history_words(props)
        self.history.setText(words)
        self.history.setVisible(not props.to_confirm)  # the mark needs the room; the words are its tooltip, too
        self.to_confirm.setToolTip(f"{say('assessment.detail.to_confirm_hint')}\n{words}")
        self.set_asking(is_asking=self._is_asking)

    def _show_to_confirm(self, props: DetailProps) -> None:
        say = self._looks.speech.say
        self.to_confirm.setText(say("assessment.mark.to_confirm"))
        self.confirm.setText(say("assessment.detail.confirm"))
        self.confirm.setToolTip(say("assessment.detail.to_confirm_hint"))
        self.to_confirm.setVisible(props.to_confirm)
        self.before.setText(props.before)
        self.before.setVisible(bool(props.before))
        self.confirm.setVisible(props.to_confirm and props.can_answer)

    @Slot()
    def _repaint_icon(self) -> None:
        self.confirm.setIcon(self._looks.icons.get(Icon.CHECK))

    @property
    def offers_choices(self) -> bool:
        """Whether the model's own answers are on show, so that figures choose among them."""
        return not self.choices.isHidden()

    def retranslate(self) -> None:
        """Write the bars in another language."""
        self.answers.retranslate()
        self.choices.retranslate()

    def _show_answer(self, props: DetailProps) -> None:
        is_own = bool(props.choices)
        self.choices.show_choices(props.choices)
        self.choices.show_answer(props.value, props.choice, is_flagged=props.is_flagged, can_answer=props.can_answer)
        self.answers.show_answer(props.value, is_flagged=props.is_flagged, can_answer=props.can_answer)
        self.answers.setVisible(not is_own)
        self.choices.setVisible(is_own)

    def set_asking(self, *, is_asking: bool) -> None:
        """Show the editor as the place for the reason an answer still needs."""
        self._is_asking = is_asking
        say = self._looks.speech.say
        self.caption.setText(say("assessment.detail.reason_needed" if is_asking else "assessment.detail.rationale"))
        look(self.caption, "warn" if is_asking else "field")
        hint = say("assessment.detail.reason_hint" if is_asking else "assessment.detail.rationale_hint")
        self.hint.setText(hint)
        self.rationale.setAccessibleName(self.caption.text())
        self.rationale.setAccessibleDescription(hint)
        look(self.rationale, "asking" if is_asking else "", "state")

    def _history_words(self, props: DetailProps) -> str:
        say = self._looks.speech.say
        if props.at is None:
            return say("assessment.detail.never_answered")
        return say("assessment.detail.answered_by", revision=props.revision, by=props.by, at=moment(props.at))


def moment(instant: datetime) -> str:
    """Return an instant in the zone of this computer, to the minute."""
    return instant.astimezone().strftime("%Y-%m-%d %H:%M")
