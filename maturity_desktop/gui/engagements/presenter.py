"""The screen with the engagements of the open workspace; starts the set-up and leads to the work."""

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import QObject, Slot

from maturity_desktop.domain.ids import AssessmentId, EngagementId
from maturity_desktop.gui.common.desk import Desk
from maturity_desktop.gui.common.jobs import Failure, Success
from maturity_desktop.gui.common.screens import Destination, Goal, Place, Screen
from maturity_desktop.gui.engagements.draft import Draft, draft_for_more, new_draft
from maturity_desktop.gui.engagements.moving import MovePlan, Moving
from maturity_desktop.gui.engagements.overview import AssessmentLine, EngagementBlock
from maturity_desktop.gui.engagements.setup import EDIT_ASSESSMENT, EDIT_ENGAGEMENT, ONE_MORE, WHOLE, Setup, SetupPlan
from maturity_desktop.gui.engagements.views.overview import OverviewView
from maturity_desktop.services import editions, engagements
from maturity_desktop.services.context import Workspace
from maturity_desktop.services.editions import Moved
from maturity_desktop.services.engagements import AssessmentCard, EngagementCard
from maturity_desktop.services.outcomes import Changes, Outcome
from maturity_desktop.services.standards import StandardCard

Cards = tuple[EngagementCard, ...]
Offers = Mapping[AssessmentId, tuple[StandardCard, ...]]


class EngagementsScreen(Screen):
    """Engagements and assessments of the workspace."""

    destination = Destination.ENGAGEMENTS
    needs_assessment = False

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        self.overview = OverviewView(desk.icons, desk.theme, desk.speech)
        super().__init__(desk, self.overview, parent)
        self._cards: Cards = ()
        self._offers: Offers = {}
        self.setup: Setup | None = None
        self.moving: Moving | None = None
        self.overview.move_wanted.connect(self._on_move)
        self.overview.new_wanted.connect(self.begin)
        self.overview.more_wanted.connect(self._on_more)
        self.overview.edit_engagement_wanted.connect(self._on_edit_engagement)
        self.overview.edit_assessment_wanted.connect(self._on_edit_assessment)
        self.overview.work_wanted.connect(self._on_work)
        self.overview.results_wanted.connect(self._on_results)

    def load(self) -> None:
        """Read the engagements."""
        if self.place is None:
            self._cards, self._offers = (), {}
            self.overview.show_blocks((), can_edit=False)
            return
        self.desk.jobs.work(partial(engagements.list_engagements, self.place.workspace), self._on_cards)

    def activate(self) -> None:
        """Standards may have been imported meanwhile."""
        is_known = not self._is_stale
        super().activate()
        if is_known:
            self._look_for_editions()

    def enter(self, place: Place | None) -> None:
        """Choosing another assessment changes nothing here; another workspace does."""
        is_same = place is not None and self.place is not None and place.workspace is self.place.workspace
        if is_same:
            self.place = place
        else:
            self._offers = {}
            super().enter(place)

    def on_changes(self, changes: Changes, initiator: QObject | None) -> None:  # noqa: ARG002  any change may show here
        """Read again; the own set-up changes the list, too."""
        self.load()

    def retranslate(self) -> None:
        """Say everything again."""
        self.overview.retranslate()
        self._show()

    def _on_cards(self, result: Success[Cards] | Failure) -> None:
        if self.place is None:
            return
        if isinstance(result, Failure):
            self.desk.problems.announce(result.problem)
            return
        self._cards = result.value
        self._show()
        self._look_for_editions()

    def _look_for_editions(self) -> None:
        """The library may have newer editions; that is found out after the list is shown."""
        if self.place is not None:
            job = partial(editions.all_newer_editions, self.place.workspace)
            self.desk.jobs.work(job, partial(self._on_offers, self.place.workspace))

    def _on_offers(self, workspace: Workspace, result: Success[Offers] | Failure) -> None:
        if self.place is None or self.place.workspace is not workspace:
            return
        if isinstance(result, Failure):
            self.desk.problems.announce(result.problem)
        elif result.value != self._offers:
            self._offers = result.value
            self._show()

    def _show(self) -> None:
        can_edit = self.place is not None and not self.place.workspace.is_read_only
        self.overview.show_blocks(tuple(self._block(card) for card in self._cards), can_edit=can_edit)

    def _block(self, card: EngagementCard) -> EngagementBlock:
        say, visit = self.desk.speech.say, card.engagement
        dates = " – ".join(str(day) for day in (visit.starts_on, visit.ends_on) if day is not None)
        facts = (
            dates,
            say(f"engagement.phases.{visit.phase.value}"),
            say(f"engagement.handlings.{visit.handling.value}"),
            say("engagement.people", count=len(visit.team)) if visit.team else "",
        )
        return EngagementBlock(
            id=visit.id,
            title=visit.title,
            institution=self.desk.speech.pick(card.institution.name),
            facts=tuple(fact for fact in facts if fact),
            is_sample=visit.is_sample,
            lines=tuple(self._line(each) for each in card.assessments),
        )

    def _line(self, card: AssessmentCard) -> AssessmentLine:
        say, pick = self.desk.speech.say, self.desk.speech.pick
        progress = card.progress
        offers = self._offers.get(card.assessment.id, ())
        return AssessmentLine(
            id=card.assessment.id,
            system=pick(card.system.name),
            standard=say("engagement.standard_short", name=pick(card.standard), edition=card.edition_id),
            target=say("shell.target", level=card.target_label),
            result=card.result_label,
            answered=progress.answered,
            total=progress.total,
            numbers=say(
                "engagement.numbers", answered=progress.answered, total=progress.total, evidence=card.evidence_count
            ),
            newer=offers[-1].edition_id if offers else "",
        )

    # --- going on -----------------------------------------------------------------------------------------------

    @Slot(object)
    def _on_work(self, assessment_id: AssessmentId) -> None:
        self.goal_wanted.emit(Goal(destination=Destination.QUESTIONNAIRE, assessment_id=assessment_id))

    @Slot(object)
    def _on_results(self, assessment_id: AssessmentId) -> None:
        self.goal_wanted.emit(Goal(destination=Destination.RESULTS, assessment_id=assessment_id))

    # --- moving to a newer edition ------------------------------------------------------------------------------

    @Slot(object)
    def _on_move(self, assessment_id: AssessmentId) -> None:
        card = next(
            (one for each in self._cards for one in each.assessments if one.assessment.id == assessment_id), None
        )
        offers = self._offers.get(assessment_id, ())
        if self.place is None or card is None or not offers:
            return
        name = self.desk.speech.pick(card.system.name)
        plan = MovePlan(assessment_id=assessment_id, name=name, present=card.edition_id, offers=offers)
        self.moving = Moving(self.desk, self.place.workspace, plan, parent=self.overview)
        self.moving.moved.connect(self._on_moved)
        self.moving.open()

    @Slot(object)
    def _on_moved(self, outcome: Outcome[Moved]) -> None:
        self.desk.hub.publish(outcome.changes, self)
        self._on_work(outcome.value.assessment.id)

    # --- set-up -------------------------------------------------------------------------------------------------

    @Slot()
    def begin(self) -> None:
        """Set up a new engagement."""
        self._open(WHOLE, new_draft())

    @Slot(object)
    def _on_more(self, engagement_id: EngagementId) -> None:
        card = self._card(engagement_id)
        if card is not None:
            self._open(ONE_MORE, draft_for_more(card.institution, card.engagement))

    @Slot(object)
    def _on_edit_engagement(self, engagement_id: EngagementId) -> None:
        card = self._card(engagement_id)
        if card is not None:
            draft = draft_for_more(card.institution, card.engagement)
            without = Draft(
                institution=draft.institution, system=draft.system, engagement=draft.engagement, assessment=None
            )
            self._open(EDIT_ENGAGEMENT, without)

    @Slot(object)
    def _on_edit_assessment(self, assessment_id: AssessmentId) -> None:
        for card in self._cards:
            for each in card.assessments:
                if each.assessment.id == assessment_id:
                    draft = Draft(
                        institution=card.institution,
                        system=each.system,
                        engagement=card.engagement,
                        assessment=each.assessment,
                    )
                    self._open(EDIT_ASSESSMENT, draft)

    def _card(self, engagement_id: EngagementId) -> EngagementCard | None:
        return next((card for card in self._cards if card.engagement.id == engagement_id), None)

    def _open(self, plan: SetupPlan, draft: Draft) -> None:
        if self.place is None:
            return
        self.setup = Setup(self.desk, self.place.workspace, plan, draft, parent=self.overview)
        self.setup.saved.connect(self._on_saved)
        self.setup.open()

    @Slot(object)
    def _on_saved(self, outcome: Outcome[AssessmentId | None]) -> None:
        self.desk.hub.publish(outcome.changes, self)
