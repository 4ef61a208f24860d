"""The form in front of every act of the review: what it means, what it is bound to, and the comment."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from maturity_desktop.domain.signoff import SignoffAct
from maturity_desktop.gui.common.identity.form import IdentityForm
from maturity_desktop.gui.common.looks import Looks
from maturity_desktop.gui.common.palette import Space
from maturity_desktop.gui.common.widgets import Field, FormDialog, label

_WIDTH, _WIDE = 560, 860
_BOUND = (SignoffAct.SUBMIT, SignoffAct.APPROVE)


class ActDialog(FormDialog):
    """Asks for the comment or reason of one act; an approval may be signed, too."""

    def __init__(self, looks: Looks, act: SignoffAct, *, digest: str, who: str, parent: QWidget | None = None) -> None:
        super().__init__(looks.icons, "review_dialog", parent)
        self.act = act
        say = looks.speech.say
        title = say(f"review.act_do.{act.value}")
        self.setWindowTitle(title)
        self.header.set_texts(title, say(f"review.means.{act.value}"))
        said = QVBoxLayout()
        said.setSpacing(Space.M)
        said.addWidget(label(who, "soft", wraps=True))
        if act in _BOUND:
            said.addWidget(label(say("review.bound", digest=digest), "caption", wraps=True))
        self.comment = QPlainTextEdit()
        self.comment.setObjectName("review_comment")
        self.comment.setTabChangesFocus(True)
        self.comment.setProperty("look", "lines")
        field = Field(self.comment)
        field.set_texts(say(f"review.words.{act.value}"))
        said.addWidget(field)
        said.addStretch(1)
        columns = QHBoxLayout()
        columns.setSpacing(Space.XL)
        columns.addLayout(said, 1)
        self.form.addLayout(columns, 1)
        self._lack, self._usual = "", ""
        self._hint = label("", "caption", wraps=True)
        self.identity: IdentityForm | None = None
        if act is SignoffAct.APPROVE:
            self.identity = self._identity_form(looks, columns)
        self.set_buttons(say(f"review.act_do.{act.value}"), say("common.cancel"))
        self.setMinimumWidth(_WIDTH if self.identity is None else _WIDE)
        self.comment.textChanged.connect(self._on_edited)
        self.comment.setFocus()
        self._on_edited()

    def _identity_form(self, looks: Looks, columns: QHBoxLayout) -> IdentityForm:
        """The form stands beside the comment: below it, small screens would not show the buttons."""
        form = IdentityForm(looks.icons, looks.speech, "review")
        form.retranslate()
        form.sign.setChecked(False)
        form.reshaped.connect(self.fit_height)
        self._usual = looks.speech.say("review.sign_hint")
        self._hint.setText(self._usual)
        signing = QVBoxLayout()
        signing.setSpacing(Space.S)
        signing.addWidget(form)
        signing.addWidget(self._hint)
        signing.addStretch(1)
        columns.addLayout(signing, 1)
        return form

    def show_lack(self, sentence: str) -> None:
        """Say why the approval cannot be signed yet, or unlock it."""
        self._lack = sentence
        self._hint.setText(sentence or self._usual)
        self.submit_button.setAccessibleDescription(sentence)
        self._on_edited()

    @property
    def words(self) -> str:
        """The comment or reason."""
        return self.comment.toPlainText().strip()

    @Slot()
    def _on_edited(self) -> None:
        has_words = bool(self.words) or not self.act.needs_words
        self.submit_button.setEnabled(has_words and not self._lack)
