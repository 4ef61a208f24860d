"""The review of an assessment: submit, request changes, approve, reopen; and what an approval is worth now.

An approval is bound to the digest of the content it was given for. Who acts is the actor of the open workspace; the
role is read from the engagement's team by name, and only a lead assessor of the team may approve or reopen.
"""

import hashlib
import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from maturity_desktop.domain import canonical
from maturity_desktop.domain.ids import AssessmentId, Digest, SignoffId, new_id
from maturity_desktop.domain.signoff import (
    ChangedField,
    SignoffAct,
    SignoffState,
    SignoffStep,
    check_step,
    newest_approval,
    role_of,
    state_after,
)
from maturity_desktop.errors import RuleBroken
from maturity_desktop.services import checkpoints
from maturity_desktop.services.content_changes import changed_fields, in_words
from maturity_desktop.services.context import Workspace
from maturity_desktop.services.engagements import found
from maturity_desktop.services.export_requests import Signatory
from maturity_desktop.services.outcomes import Area, Changes, Outcome
from maturity_desktop.storage.notes import Note, as_json

if TYPE_CHECKING:  # these load the database engine and the signing library
    from maturity_desktop.reporting.snapshot import ReportSnapshot
    from maturity_desktop.signing.identity import Signer
    from maturity_desktop.storage.work import Reading, Work

__all__ = [
    "ChangedField",
    "SignoffAct",
    "SignoffState",
    "SignoffStep",
    "Standing",
    "approve",
    "in_words",
    "reopen",
    "request_changes",
    "standing",
    "state_of",
    "submit",
]
_EVENTS = {
    SignoffAct.SUBMIT: "signoff.submitted",
    SignoffAct.REQUEST_CHANGES: "signoff.changes_requested",
    SignoffAct.APPROVE: "signoff.approved",
    SignoffAct.REOPEN: "signoff.reopened",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where an assessment stands in its review.

    Attributes:
        steps: everything that was done, oldest first.
        approval: the newest approval, also one that was reopened since; None before the first.
        is_superseded: the content is not what that approval was given for.
        changes: the fields that differ from the approved content; `in_words` says where.
        content_digest: of the content as it is now.
        possible: acts that the present state allows (who may do them is checked when they are done).
    """

    state: SignoffState
    steps: tuple[SignoffStep, ...]
    approval: SignoffStep | None
    is_superseded: bool
    changes: tuple[ChangedField, ...]
    content_digest: Digest
    possible: tuple[SignoffAct, ...]

    @property
    def is_approved(self) -> bool:
        """Whether the content as it is now is approved."""
        return self.state is SignoffState.APPROVED and not self.is_superseded

    @property
    def valid_approval(self) -> SignoffStep | None:
        """The approval that holds for the content as it is now, or None."""
        return self.approval if self.is_approved else None


def submit(workspace: Workspace, assessment_id: AssessmentId, comment: str = "") -> Outcome[SignoffStep]:
    """Hand the assessment in for review, as it is now.

    Raises:
        RuleBroken: SGN-002 not possible in this state; SGN-003 nobody is named; SGN-007 nothing is answered yet.
        EnvironmentProblem: WSP-020, STO-0xx.
    """
    return _done(workspace, assessment_id, SignoffAct.SUBMIT, comment)


def request_changes(workspace: Workspace, assessment_id: AssessmentId, comment: str) -> Outcome[SignoffStep]:
    """Hand a submitted assessment back. Raises RuleBroken SGN-002, SGN-003, SGN-006 no comment."""
    return _done(workspace, assessment_id, SignoffAct.REQUEST_CHANGES, comment)


def approve(
    workspace: Workspace, assessment_id: AssessmentId, comment: str = "", *, identity: Signatory | None = None
) -> Outcome[SignoffStep]:
    """Approve exactly the content that was submitted; from then on it is read-only. An identity signs the journal.

    Raises:
        RuleBroken: SGN-002, SGN-003; SGN-004 the actor is no lead assessor of the team; SGN-005 the content was
            changed since it was submitted.
        SigningRefused: SGN-01x, SGN-02x. EnvironmentProblem: WSP-020, STO-0xx, SYS-0xx.
    """
    signer = None
    if identity is not None:
        from maturity_desktop.services import signers

        signer = signers.load(workspace.machine.clock, identity, workspace)
    return _done(workspace, assessment_id, SignoffAct.APPROVE, comment, signer=signer)


def reopen(workspace: Workspace, assessment_id: AssessmentId, reason: str) -> Outcome[SignoffStep]:
    """Make an approved assessment editable again. Raises RuleBroken SGN-002, SGN-003, SGN-004, SGN-006 no reason."""
    return _done(workspace, assessment_id, SignoffAct.REOPEN, reason)


def standing(workspace: Workspace, assessment_id: AssessmentId) -> Standing:
    """Return where the assessment stands, and what differs from the newest approval. Raises WSP-020, STO-0xx."""
    with workspace.read() as reading:
        return standing_within(workspace, reading, assessment_id)


def state_of(workspace: Workspace, assessment_id: AssessmentId) -> SignoffState:
    """Return the state alone, without computing what changed; for lists and headings."""
    with workspace.read() as reading:
        newest = reading.signoffs.newest(assessment_id)
    return state_after(newest.act if newest else None)


def standing_within(
    workspace: Workspace, reading: "Reading", assessment_id: AssessmentId, snapshot: "ReportSnapshot | None" = None
) -> Standing:
    """Return the same out of an open transaction, reusing a snapshot taken in it."""
    from maturity_desktop.reporting.digest import content_of
    from maturity_desktop.services import snapshots

    content = content_of(snapshot or snapshots.within(workspace, reading, assessment_id))
    digest = canonical.digest(content)
    steps = reading.signoffs.of_assessment(assessment_id)
    approval = newest_approval(steps)
    is_superseded = approval is not None and approval.content_digest != digest
    changes: tuple[ChangedField, ...] = ()
    if approval is not None and is_superseded:
        changes = changed_fields(json.loads(reading.signoffs.content(approval.id)), content)
    state = state_after(steps[-1].act if steps else None)
    return Standing(
        state=state,
        steps=steps,
        approval=approval,
        is_superseded=is_superseded,
        changes=changes,
        content_digest=digest,
        possible=tuple(act for act in SignoffAct if state in act.starts_from),
    )


def _done(
    workspace: Workspace,
    assessment_id: AssessmentId,
    act: SignoffAct,
    comment: str,
    *,
    signer: "Signer | None" = None,
) -> Outcome[SignoffStep]:
    with workspace.begin() as work:
        steps = work.signoffs.of_assessment(assessment_id)
        step = _step(work, assessment_id, act, comment)
        check_step(act, state_after(steps[-1].act if steps else None), by=step.by, role=step.role, comment=comment)
        content = None
        if act in (SignoffAct.SUBMIT, SignoffAct.APPROVE):
            content = _content(workspace, work, assessment_id)
            step = _bound(step, content, steps)
        work.signoffs.add(step, content if act is SignoffAct.APPROVE else None)
        told = {"comment": comment, "role": step.role, "content": step.content_digest}
        work.note(Note(event=_EVENTS[act], subject=assessment_id, new=as_json(told), reason=comment))
        if act is SignoffAct.APPROVE:
            checkpoints.pin(workspace, work, purpose=_EVENTS[act], signer=signer)
    return Outcome(value=step, changes=Changes(areas=frozenset({Area.SIGNOFF}), assessment_id=assessment_id))


def _step(work: "Work", assessment_id: AssessmentId, act: SignoffAct, comment: str) -> SignoffStep:
    assessment = found(work.assessments.find(assessment_id), "assessment", assessment_id)
    engagement = found(work.engagements.find(assessment.engagement_id), "engagement", assessment.engagement_id)
    return SignoffStep(
        id=SignoffId(new_id()),
        assessment_id=assessment_id,
        act=act,
        by=work.author.name,
        role=role_of(engagement, work.author.name),
        at=work.now,
        comment=comment.strip(),
    )


def _content(workspace: Workspace, work: "Work", assessment_id: AssessmentId) -> bytes:
    from maturity_desktop.reporting.digest import content_of
    from maturity_desktop.services import snapshots

    snapshot = snapshots.within(workspace, work, assessment_id)
    if not snapshot.answers:
        raise RuleBroken("SGN-007")
    return canonical.encode(content_of(snapshot))


def _bound(step: SignoffStep, content: bytes, steps: tuple[SignoffStep, ...]) -> SignoffStep:
    """Bind a step to its content; what is approved must be what was submitted."""
    digest = Digest(hashlib.sha256(content).hexdigest())
    if step.act is SignoffAct.APPROVE and steps[-1].content_digest != digest:
        raise RuleBroken("SGN-005")
    return replace(step, content_digest=digest)
