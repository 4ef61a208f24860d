"""Sign-off: the steps of the review, the states they lead to, and what an approval is bound to."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from maturity_desktop.domain.engagement import Engagement, Role
from maturity_desktop.domain.ids import AssessmentId, Digest, SignoffId
from maturity_desktop.errors import RuleBroken


class SignoffState(StrEnum):
    """Where an assessment stands in the review."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    CHANGES_REQUESTED = "changes_requested"
    APPROVED = "approved"


class SignoffAct(StrEnum):
    """What somebody did in the review."""

    SUBMIT = "submit"
    REQUEST_CHANGES = "request_changes"
    APPROVE = "approve"
    REOPEN = "reopen"

    @property
    def leads_to(self) -> SignoffState:
        """The state after this act."""
        return _LEADS_TO[self]

    @property
    def starts_from(self) -> frozenset[SignoffState]:
        """The states in which this act is possible."""
        return _STARTS_FROM[self]

    @property
    def needs_words(self) -> bool:
        """Whether a comment or reason must be given."""
        return self in (SignoffAct.REQUEST_CHANGES, SignoffAct.REOPEN)


_LEADS_TO = {
    SignoffAct.SUBMIT: SignoffState.SUBMITTED,
    SignoffAct.REQUEST_CHANGES: SignoffState.CHANGES_REQUESTED,
    SignoffAct.APPROVE: SignoffState.APPROVED,
    SignoffAct.REOPEN: SignoffState.DRAFT,
}
_STARTS_FROM = {
    SignoffAct.SUBMIT: frozenset({SignoffState.DRAFT, SignoffState.CHANGES_REQUESTED}),
    SignoffAct.REQUEST_CHANGES: frozenset({SignoffState.SUBMITTED}),
    SignoffAct.APPROVE: frozenset({SignoffState.SUBMITTED}),
    SignoffAct.REOPEN: frozenset({SignoffState.APPROVED}),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class SignoffStep:
    """One step of the review; steps are only ever added.

    Attributes:
        role: the actor's role in the engagement's team at that moment, None when not of the team.
        content_digest: SHA-256 over the content submitted or approved; "" for the other acts.
    """

    id: SignoffId
    assessment_id: AssessmentId
    act: SignoffAct
    by: str
    role: Role | None
    at: datetime
    comment: str = ""
    content_digest: Digest = Digest("")

    @property
    def state(self) -> SignoffState:
        """The state after this step."""
        return self.act.leads_to


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedField:
    """One field that differs from what was approved.

    Attributes:
        area: part of the content, such as ``answers`` or ``institution``.
        subject: what within it, such as a criterion id or a title; "" when the area is one thing.
        field: name of the field, with a dot where it lies deeper; "" when the whole subject came or went.
        old, new: as approved and as now; "" when there was or is none.
    """

    area: str
    subject: str
    field: str
    old: str
    new: str


def state_after(newest: SignoffAct | None) -> SignoffState:
    """Return the state the newest act led to; a draft before the first one."""
    return newest.leads_to if newest else SignoffState.DRAFT


def role_of(engagement: Engagement, name: str) -> Role | None:
    """Return the role somebody has in the team, the lead assessor's when listed several times, None for strangers."""
    roles = [person.role for person in engagement.team if person.name.strip() == name.strip()]
    return Role.LEAD_ASSESSOR if Role.LEAD_ASSESSOR in roles else next(iter(roles), None)


def newest_approval(steps: Sequence[SignoffStep]) -> SignoffStep | None:
    """Return the newest approval among steps that are in order of time, also one that was reopened since."""
    return next((step for step in reversed(steps) if step.act is SignoffAct.APPROVE), None)


def check_step(act: SignoffAct, state: SignoffState, *, by: str, role: Role | None, comment: str) -> None:
    """Refuse a step that breaks a rule of the review.

    Raises:
        RuleBroken: SGN-002 not possible in this state; SGN-003 nobody is named; SGN-004 only a lead assessor of the
            team may approve or reopen; SGN-006 a comment or reason is missing.
    """
    if state not in act.starts_from:
        raise RuleBroken("SGN-002", act=act.value, state=state.value)
    if not by.strip():
        raise RuleBroken("SGN-003")
    if act in (SignoffAct.APPROVE, SignoffAct.REOPEN) and role is not Role.LEAD_ASSESSOR:
        raise RuleBroken("SGN-004", name=by)
    if act.needs_words and not comment.strip():
        raise RuleBroken("SGN-006")
