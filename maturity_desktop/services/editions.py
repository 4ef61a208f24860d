"""Moving an assessment to a newer edition: always as a copy; the assessment it came from stays on its own for life.

Answers, overrides, self-ratings and evidence links go over by stable id. Whatever does not say the same in the new
edition goes over flagged: it is to be confirmed.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from maturity_desktop.domain.answers import Answer, AnswerValue, Override, SelfRating
from maturity_desktop.domain.canonical import ABSENT
from maturity_desktop.domain.engagement import Assessment, Scope
from maturity_desktop.domain.evidence import EvidenceLink
from maturity_desktop.domain.ids import AssessmentId, CriterionId, LevelCode, NodeCode, new_id
from maturity_desktop.domain.results import Rating
from maturity_desktop.domain.standard import Edition, HalfStep
from maturity_desktop.errors import RuleBroken
from maturity_desktop.services import standards, states
from maturity_desktop.services.context import Workspace
from maturity_desktop.services.edition_changes import EditionDifference, compare
from maturity_desktop.services.outcomes import Area, Changes, Outcome
from maturity_desktop.services.session import AssessmentState
from maturity_desktop.services.standards import StandardCard
from maturity_desktop.services.steps import answer_json, override_json
from maturity_desktop.storage.notes import Note, as_json, of_change

if TYPE_CHECKING:
    from maturity_desktop.storage.work import Work

_AREAS = frozenset({Area.STRUCTURE, Area.ANSWERS, Area.EVIDENCE})
TO_CONFIRM = "to be confirmed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """The copy, and what went over.

    Attributes:
        to_confirm: answers that went over flagged, because their criterion does not say the same any more.
        left_behind: answered criteria the new edition does not have.
        overrides_to_confirm: items whose override went over although criteria of the item changed.
        overrides_left, self_ratings_left: items the new edition does not have, or cannot rate so.
        profile_changed: the rule profile is not in the new edition; its default one is used.
    """

    assessment: Assessment
    difference: EditionDifference
    answers: int
    to_confirm: tuple[CriterionId, ...]
    left_behind: tuple[CriterionId, ...]
    overrides_to_confirm: tuple[NodeCode, ...]
    overrides_left: tuple[NodeCode, ...]
    self_ratings_left: tuple[NodeCode, ...]
    evidence_links: int
    profile_changed: bool


def newer_editions(workspace: Workspace, assessment_id: AssessmentId) -> tuple[StandardCard, ...]:
    """Return the editions in the library an assessment can move to, oldest first. Raises EnvironmentProblem WSP-020."""
    state = states.load(workspace, assessment_id)
    present = state.edition
    found = []
    for card in standards.library(workspace.machine):
        if card.standard_id == present.standard_id and card.digest != state.assessment.edition_digest:
            edition = standards.load(workspace.machine, card.standard_id, card.edition_id)
            age = (edition.released_on, edition.edition_id)
            if age >= (present.released_on, present.edition_id):
                found.append((age, card))
    return tuple(card for _, card in sorted(found, key=lambda pair: pair[0]))


def difference(workspace: Workspace, assessment_id: AssessmentId, edition_id: str) -> EditionDifference:
    """Return what differs between the assessment's edition and a newer one, criterion by criterion.

    Raises:
        RuleBroken: EDN-001 there is no such newer edition. EnvironmentProblem: WSP-020.
    """
    return compare(states.load(workspace, assessment_id).edition, _newer(workspace, assessment_id, edition_id))


def move(workspace: Workspace, assessment_id: AssessmentId, edition_id: str) -> Outcome[Moved]:
    """Make a copy of an assessment on a newer edition, in one durable transaction; the old one is not touched.

    Raises:
        RuleBroken: EDN-001 no such newer edition; EDN-002 nothing of the scope is left; EDN-003 no such target level.
        EnvironmentProblem: WSP-020, WSP-022, STO-0xx; nothing is changed then.
    """
    edition = _newer(workspace, assessment_id, edition_id)
    with workspace.begin() as work:
        before = states.current(workspace, work, assessment_id)
        copy = replace(
            before.assessment,
            id=AssessmentId(new_id()),
            edition_digest=work.editions.add(edition),
            target_level=_target(before.assessment, edition),
            profile_id=edition.profile(before.assessment.profile_id).id,
            scope=_scope(before, edition),
            version=1,
        )
        saved = work.assessments.save(copy, is_new=True)
        work.note(of_change("assessment", saved.id, None, saved))
        moved = _Carrier(work, before, saved, edition).carry()
        work.note(_summary(before.assessment, moved))
        state = states.computed(workspace, work, saved)
        states.note_standing(work, state)
        workspace.session.after_commit.append(lambda: workspace.session.states.update({saved.id: state}))
    return Outcome(value=moved, changes=Changes(areas=_AREAS, assessment_id=saved.id))


def _newer(workspace: Workspace, assessment_id: AssessmentId, edition_id: str) -> Edition:
    if edition_id not in {card.edition_id for card in newer_editions(workspace, assessment_id)}:
        present = states.load(workspace, assessment_id).edition
        raise RuleBroken("EDN-001", standard=present.standard_id, edition=present.edition_id)
    standard_id = states.load(workspace, assessment_id).edition.standard_id
    return standards.load(workspace.machine, standard_id, edition_id)


def _target(assessment: Assessment, edition: Edition) -> LevelCode:
    if not edition.level_index(assessment.target_level):
        raise RuleBroken("EDN-003", level=assessment.target_level)
    return assessment.target_level


def _scope(before: AssessmentState, edition: Edition) -> Scope:
    """Return what is left of the scope; a part that is gone is no reason to assess everything."""
    scope = before.assessment.scope
    if scope.is_whole:
        return scope
    modules = {module.code for module in edition.modules}
    nodes = edition.node_by_code.keys() | edition.item_by_code.keys()
    kept = Scope(
        modules=tuple(code for code in scope.modules if code in modules),
        nodes=tuple(code for code in scope.nodes if code in nodes),
    )
    if kept.is_whole:
        raise RuleBroken("EDN-002")
    return kept


def _summary(source: Assessment, moved: Moved) -> Note:
    facts = {
        "from": source.id,
        "to": moved.assessment.id,
        "answers": moved.answers,
        TO_CONFIRM.replace(" ", "_"): moved.to_confirm,
        "left_behind": moved.left_behind,
        "overrides_to_confirm": moved.overrides_to_confirm,
        "overrides_left": moved.overrides_left,
        "self_ratings_left": moved.self_ratings_left,
        "evidence_links": moved.evidence_links,
        "edition": moved.assessment.edition_digest,
    }
    old = as_json({"edition": source.edition_digest})
    return Note(event="assessment.moved", subject=moved.assessment.id, old=old, new=as_json(facts))


@dataclass(frozen=True, slots=True)
class _Carrier:
    """Carries what was said over to the copy, inside its transaction."""

    work: "Work"
    before: AssessmentState
    copy: Assessment
    edition: Edition

    def carry(self) -> Moved:
        """Write everything that can go over and return what did."""
        found = compare(self.before.edition, self.edition)
        said = {key: answer for key, answer in self.before.answers.items() if _says_something(answer)}
        answers = tuple(self._answers(said, found.reworded))
        self.work.answers.append(self.copy.id, answers)
        self.work.note_all(self._answer_note(answer, found.reworded) for answer in answers)
        overrides, overrides_left = self._overrides(found.touched_items)
        return Moved(
            assessment=self.copy,
            difference=found,
            answers=len(answers),
            to_confirm=tuple(answer.criterion_id for answer in answers if answer.criterion_id in found.reworded),
            left_behind=tuple(key for key in said if key not in self.edition.criterion_by_id),
            overrides_to_confirm=tuple(code for code in overrides if code in found.touched_items),
            overrides_left=overrides_left,
            self_ratings_left=self._self_ratings(),
            evidence_links=self._evidence(),
            profile_changed=self.copy.profile_id != self.before.assessment.profile_id,
        )

    def _answers(self, said: Mapping[CriterionId, Answer], reworded: frozenset[CriterionId]) -> Iterator[Answer]:
        for key, criterion in self.edition.criterion_by_id.items():
            answer = said.get(key)
            if answer is None:
                continue
            offered = self.edition.answer_set_of(criterion)
            is_offered = offered is not None and answer.choice and offered.choice(answer.choice) is not None
            yield replace(
                answer,
                revision=1,
                flagged=answer.flagged or key in reworded,
                choice=answer.choice if is_offered else ABSENT,
            )

    def _answer_note(self, answer: Answer, reworded: frozenset[CriterionId]) -> Note:
        return Note(
            event="answer.carried",
            subject=f"{self.copy.id}/{answer.criterion_id}",
            new=answer_json(answer),
            reason=TO_CONFIRM if answer.criterion_id in reworded else "",
        )

    def _overrides(self, touched: frozenset[NodeCode]) -> tuple[tuple[NodeCode, ...], tuple[NodeCode, ...]]:
        kept, left = [], []
        for code, override in self.before.overrides.items():
            rating = self._rating(code, override.rating)
            if rating is None:
                left.append(code)
                continue
            kept.append(code)
            carried = replace(override, rating=rating)
            self.work.overrides.append(self.copy.id, carried)
            self.work.note(self._override_note(code, carried, touched))
        return tuple(kept), tuple(left)

    def _override_note(self, code: NodeCode, override: Override, touched: frozenset[NodeCode]) -> Note:
        return Note(
            event="rating.override_carried",
            subject=f"{self.copy.id}/{code}",
            new=override_json(override),
            reason=TO_CONFIRM if code in touched else "",
        )

    def _self_ratings(self) -> tuple[NodeCode, ...]:
        """Carry the institution's own ratings; return the items whose rating stays behind."""
        left = []
        for code, own in self.work.self_ratings.all(self.before.assessment.id).items():
            rating = self._rating(code, own.rating)
            if rating is None:
                left.append(code)
                continue
            carried = SelfRating(item_code=code, rating=rating, remark=own.remark)
            self.work.self_ratings.save(self.copy.id, carried)
            subject = f"{self.copy.id}/{code}"
            self.work.note(Note(event="self_rating.carried", subject=subject, new=as_json(carried)))
        return tuple(left)

    def _rating(self, code: NodeCode, rating: Rating) -> Rating | None:
        """Return a rating on the new scale by the level's own code; None when item, level or half step is gone."""
        if code not in self.edition.item_by_code or rating.half not in (HalfStep.FULL, *self.edition.half_steps):
            return None
        if rating.level == 0:
            return rating
        place = self.edition.level_index(self.before.edition.levels[rating.level - 1].code)
        return replace(rating, level=place) if place else None

    def _evidence(self) -> int:
        """Link what was linked; return how many links were made."""
        made = 0
        for evidence in self.work.evidence.all(self.before.assessment.id):
            links = tuple(
                EvidenceLink(assessment_id=self.copy.id, criterion_id=link.criterion_id)
                for link in evidence.links
                if link.assessment_id == self.before.assessment.id and link.criterion_id in self.edition.criterion_by_id
            )
            if links:
                self.work.evidence.link(evidence.id, links)
                self.work.note(Note(event="evidence.linked", subject=evidence.id, new=as_json(links)))
                made += len(links)
        return made


def _says_something(answer: Answer) -> bool:
    return answer.value is not AnswerValue.NOT_ASSESSED or bool(answer.rationale) or answer.flagged
