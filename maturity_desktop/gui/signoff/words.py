"""What the review service says, in words for the screen."""

from dataclasses import dataclass

from maturity_desktop.domain.engagement import Role
from maturity_desktop.domain.ids import AssessmentId
from maturity_desktop.domain.signoff import SignoffState, SignoffStep, role_of
from maturity_desktop.gui.common.language import Speech
from maturity_desktop.gui.signoff.state import (
    ActInputs,
    ActProps,
    ApprovalProps,
    ChangeRow,
    HistoryRow,
    ReviewProps,
    Worth,
    obstacle,
)
from maturity_desktop.services import engagements, signoff
from maturity_desktop.services.context import Workspace
from maturity_desktop.services.signoff import ChangedField, Standing

_DIGEST_SHOWN = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """Where an assessment stands, and who is looking."""

    standing: Standing
    actor: str
    role: Role | None
    is_read_only: bool


def load_review(workspace: Workspace, assessment_id: AssessmentId) -> Review:
    """Read both; runs on the work lane."""
    cards = engagements.list_engagements(workspace)
    owner = next((card for card in cards for each in card.assessments if each.assessment.id == assessment_id), None)
    return Review(
        standing=signoff.standing(workspace, assessment_id),
        actor=workspace.actor,
        role=role_of(owner.engagement, workspace.actor) if owner is not None else None,
        is_read_only=workspace.is_read_only,
    )


def shown(review: Review, speech: Speech) -> ReviewProps:
    """Return everything the screen shows."""
    standing = review.standing
    was_changed = _was_changed(standing)
    inputs = ActInputs(
        actor=review.actor,
        role=review.role,
        is_read_only=review.is_read_only,
        was_changed_since_submitted=was_changed,
    )
    lacks = ((act, obstacle(act, inputs)) for act in standing.possible)
    return ReviewProps(
        state=standing.state,
        who=speech.say("review.who", name=review.actor or "–", role=_role(review.role, speech)),
        digest=standing.content_digest,
        acts=tuple(ActProps(act=act, lack=speech.say(f"review.lacks.{key}") if key else "") for act, key in lacks),
        approval=_approval(standing, speech),
        history=tuple(_history_row(step, speech) for step in reversed(standing.steps)),
        changes=_changes(standing, speech),
        was_changed_since_submitted=was_changed,
    )


def _was_changed(standing: Standing) -> bool:
    is_submitted = standing.state is SignoffState.SUBMITTED
    return is_submitted and standing.steps[-1].content_digest != standing.content_digest


def _role(role: Role | None, speech: Speech) -> str:
    return speech.say(f"signoff.role.{role.value}" if role is not None else "signoff.outsider")


def _approval(standing: Standing, speech: Speech) -> ApprovalProps | None:
    step = standing.approval
    if step is None:
        return None
    worth = Worth.HOLDS if standing.is_approved else Worth.SUPERSEDED if standing.is_superseded else Worth.REOPENED
    line = speech.say("review.approved_by", name=step.by, role=_role(step.role, speech), at=_time(step))
    return ApprovalProps(line=line, digest=step.content_digest, worth=worth)


def _history_row(step: SignoffStep, speech: Speech) -> HistoryRow:
    return HistoryRow(
        id=step.id,
        at=_time(step),
        by=step.by,
        role=_role(step.role, speech),
        act=speech.say(f"review.done.{step.act.value}"),
        comment=step.comment,
        digest=step.content_digest[:_DIGEST_SHOWN],
    )


def _time(step: SignoffStep) -> str:
    return f"{step.at.astimezone():%Y-%m-%d %H:%M}"


def _changes(standing: Standing, speech: Speech) -> tuple[ChangeRow, ...]:
    return tuple(
        ChangeRow(
            number=number,
            place=signoff.in_words(change, speech.language),
            old=_value(change, change.old, speech),
            new=_value(change, change.new, speech),
        )
        for number, change in enumerate(standing.changes)
    )


def _value(change: ChangedField, value: str, speech: Speech) -> str:
    """Answers are said in words; everything else stands as it was entered."""
    if not value:
        return speech.say("signoff.nothing")
    is_answer = change.area == "answers" and change.field == "value"
    return speech.say(f"common.answer.{value}") if is_answer else value
