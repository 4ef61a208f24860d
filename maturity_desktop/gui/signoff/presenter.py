"""The sign-off screen's presenter: shows where the review stands, asks for words, carries acts out."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Slot

from maturity_desktop.domain.ids import AssessmentId
from maturity_desktop.domain.signoff import SignoffAct, SignoffStep
from maturity_desktop.gui.common.desk import Desk
from maturity_desktop.gui.common.identity.choosing import IdentityChooser
from maturity_desktop.gui.common.jobs import Failure, Success
from maturity_desktop.gui.common.looks import Looks
from maturity_desktop.gui.common.screens import Destination, Place, Screen
from maturity_desktop.gui.common.widgets import Tone
from maturity_desktop.gui.signoff.views.act_dialog import ActDialog
from maturity_desktop.gui.signoff.views.page import SignoffPage
from maturity_desktop.gui.signoff.words import Review, load_review, shown
from maturity_desktop.services import signoff
from maturity_desktop.services.outcomes import Area, Changes, Outcome

_CONCERNS = {Area.ANSWERS, Area.EVIDENCE, Area.FINDINGS, Area.STRUCTURE, Area.SIGNOFF}
_VERBS: dict[SignoffAct, Callable[..., Outcome[SignoffStep]]] = {
    SignoffAct.SUBMIT: signoff.submit,
    SignoffAct.REQUEST_CHANGES: signoff.request_changes,
    SignoffAct.APPROVE: signoff.approve,
    SignoffAct.REOPEN: signoff.reopen,
}


class SignoffScreen(Screen):
    """Owns the conversation between the sign-off page and the services."""

    destination = Destination.SIGNOFF

    def __init__(self, desk: Desk) -> None:
        self._looks = Looks(desk.speech, desk.theme, desk.icons)
        self.page = SignoffPage(self._looks)
        super().__init__(desk, self.page)
        self._review: Review | None = None
        self.dialog: ActDialog | None = None
        self.identity: IdentityChooser | None = None
        self.page.act_wanted.connect(self.ask)

    # --- screen contract ---------------------------------------------------------------------------------------

    def enter(self, place: Place | None) -> None:
        """Forget the review of another assessment."""
        self._review = None
        self.page.message.hide()
        self.page.show_review(None)
        super().enter(place)

    def load(self) -> None:
        """Read where the assessment stands."""
        place = self.place
        if place is not None and place.assessment_id is not None:
            job = partial(load_review, place.workspace, place.assessment_id)
            self.desk.jobs.work(job, partial(self._on_loaded, place.assessment_id))

    def concerns(self, changes: Changes) -> bool:
        """Whatever belongs to the content can supersede an approval."""
        return bool(changes.areas & _CONCERNS)

    def retranslate(self) -> None:
        """Say everything again."""
        self.page.retranslate()
        self._show()

    def _on_loaded(self, assessment_id: AssessmentId, result: Success[Review] | Failure) -> None:
        if self.place is None or self.place.assessment_id != assessment_id:
            return
        if isinstance(result, Failure):
            self._tell(result.problem)
            return
        self._review = result.value
        self._show()

    def _show(self) -> None:
        if self._review is not None:
            self.page.show_review(shown(self._review, self.desk.speech))

    # --- acts --------------------------------------------------------------------------------------------------

    @Slot(object)
    def ask(self, act: SignoffAct) -> None:
        """Open the form of an act."""
        if self._review is None:
            return
        props = shown(self._review, self.desk.speech)
        self.dialog = ActDialog(self._looks, act, digest=props.digest, who=props.who, parent=self.page.window())
        self.dialog.submitted.connect(self._on_submitted)
        self._offer_signing(self.dialog)
        self.dialog.open()

    def _offer_signing(self, dialog: ActDialog) -> None:
        self.identity = None
        if dialog.identity is not None and self.place is not None:
            self.identity = IdentityChooser(self.desk, dialog.identity, dialog, dialog)
            self.identity.changed.connect(self._show_lack)
            self.identity.offer(self.place.workspace)

    @Slot()
    def _show_lack(self) -> None:
        if self.dialog is not None and self.identity is not None:
            key = self.identity.lack
            self.dialog.show_lack(self.desk.speech.say(f"exporting.lacks.{key}") if key else "")

    @Slot()
    def _on_submitted(self) -> None:
        place, dialog = self.place, self.dialog
        if place is None or place.assessment_id is None or dialog is None:
            return
        dialog.set_busy(True)
        job = partial(_VERBS[dialog.act], place.workspace, place.assessment_id, dialog.words)
        identity = self.identity.chosen if self.identity is not None else None
        if identity is not None:
            job = partial(signoff.approve, place.workspace, place.assessment_id, dialog.words, identity=identity)
        self.desk.jobs.write(job, self._on_done)

    def _on_done(self, result: Success[Outcome[SignoffStep]] | Failure) -> None:
        dialog, self.dialog = self.dialog, None
        if isinstance(result, Failure):
            if dialog is not None:
                self.dialog = dialog
                dialog.show_problem(self.desk.problems.sentence(result.problem))
            self.load()
            return
        if dialog is not None:
            dialog.set_busy(False)
            dialog.accept()
        sentence = self.desk.speech.say(f"review.told.{result.value.value.act.value}")
        self.page.message.show_message(sentence, Tone.GOOD)
        self.desk.hub.publish(result.value.changes, self)
        self.load()

    def _tell(self, problem: Exception) -> None:
        self.page.message.show_message(self.desk.problems.sentence(problem), Tone.BAD)
