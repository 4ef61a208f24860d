"""Steps that change answers and overrides: taking one, taking it back, doing it again. Each is one transaction."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from maturity_desktop import scoring
from maturity_desktop.domain.answers import Answer, AnswerValue, Override
from maturity_desktop.domain.canonical import ABSENT
from maturity_desktop.domain.ids import AssessmentId, CriterionId, NodeCode
from maturity_desktop.domain.results import ItemRating, NodeResult, Progress, Results
from maturity_desktop.services import states
from maturity_desktop.services.context import Workspace
from maturity_desktop.services.outcomes import Area, Changes, Outcome
from maturity_desktop.services.sealing import require_editable
from maturity_desktop.services.session import UNDO_STEPS, AssessmentState, Step
from maturity_desktop.storage.notes import Note, as_json

if TYPE_CHECKING:
    from maturity_desktop.storage.work import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswersRecorded:
    """What the screen needs after answers were durably saved: no second query.

    Attributes:
        items: new ratings of the touched items.
        nodes: new results of the nodes above them.
        results: the whole, computed anew.
    """

    answers: tuple[Answer, ...]
    items: tuple[ItemRating, ...]
    nodes: tuple[NodeResult, ...]
    overall: NodeResult
    progress: Progress
    results: Results


def take(
    workspace: Workspace, work: "Work", before: AssessmentState, step: Step, *, reason: str = ""
) -> Outcome[AnswersRecorded]:
    """Take a new step inside a transaction; once durable it can be undone."""
    after = _applied(work, before, step, _Verbs("answer.recorded", "rating.overridden", reason))
    if step.answers or step.overrides:
        workspace.session.after_commit.append(lambda: _remember(workspace, after, step))
    return _outcome(after, step)


def undo(workspace: Workspace, assessment_id: AssessmentId) -> Outcome[AnswersRecorded] | None:
    """Take back the newest step of this session; None if there is none."""
    with workspace.begin() as work:
        session = workspace.session
        if not session.undoable.get(assessment_id):
            return None
        require_editable(work, assessment_id)
        before = states.current(workspace, work, assessment_id)
        step = session.undoable[assessment_id][-1]
        backwards = _reversed(step)
        after = _applied(work, before, backwards, _Verbs("answer.undone", "rating.override_undone"))

        def remember() -> None:
            session.states[assessment_id] = after
            session.redoable.setdefault(assessment_id, []).append(session.undoable[assessment_id].pop())

        session.after_commit.append(remember)
        return _outcome(after, backwards)


def redo(workspace: Workspace, assessment_id: AssessmentId) -> Outcome[AnswersRecorded] | None:
    """Take the step again that was undone last; None if there is none."""
    with workspace.begin() as work:
        session = workspace.session
        if not session.redoable.get(assessment_id):
            return None
        require_editable(work, assessment_id)
        before = states.current(workspace, work, assessment_id)
        step = session.redoable[assessment_id][-1]
        after = _applied(work, before, step, _Verbs("answer.redone", "rating.override_redone"))

        def remember() -> None:
            session.states[assessment_id] = after
            session.undoable.setdefault(assessment_id, []).append(session.redoable[assessment_id].pop())

        session.after_commit.append(remember)
        return _outcome(after, step)


@dataclass(frozen=True, slots=True)
class _Verbs:
    """How the journal names a step."""

    answer: str
    override: str
    reason: str = ""


def _remember(workspace: Workspace, after: AssessmentState, step: Step) -> None:
    session, assessment_id = workspace.session, after.assessment.id
    session.states[assessment_id] = after
    session.redoable.pop(assessment_id, None)
    steps = session.undoable.setdefault(assessment_id, [])
    steps.append(step)
    del steps[:-UNDO_STEPS]


def _reversed(step: Step) -> Step:
    return Step(
        answers=tuple((new, old or _blank(new)) for old, new in step.answers),
        overrides=tuple((code, new, old) for code, old, new in step.overrides),
    )


def _blank(answer: Answer) -> Answer:
    return replace(
        answer, value=AnswerValue.NOT_ASSESSED, rationale="", flagged=False, to_confirm=ABSENT, choice=ABSENT
    )


def _applied(work: "Work", before: AssessmentState, step: Step, verbs: _Verbs) -> AssessmentState:
    """Write a step with its notes and return the state after it; an empty step writes nothing."""
    if not step.answers and not step.overrides:
        return before
    assessment_id = before.assessment.id
    revisions = tuple(_next_revision(work, before, wanted) for _, wanted in step.answers)
    work.answers.append(assessment_id, revisions)
    for code, _, override in step.overrides:
        _write_override(work, assessment_id, code, override)
    work.note(*_notes(before, revisions, step, verbs))
    after = _after(before, revisions, step)
    if after.results.overall != before.results.overall:
        states.note_standing(work, after)
    return after


def _next_revision(work: "Work", before: AssessmentState, wanted: Answer) -> Answer:
    present = before.answers.get(wanted.criterion_id)
    return replace(wanted, revision=present.revision + 1 if present else 1, by=work.author.name, at=work.now)


def _write_override(work: "Work", assessment_id: AssessmentId, code: NodeCode, override: Override | None) -> None:
    if override is None:
        work.overrides.withdraw(assessment_id, code, reason="", by=work.author.name, at=work.now)
    else:
        work.overrides.append(assessment_id, replace(override, by=work.author.name, at=work.now))


def _notes(before: AssessmentState, revisions: tuple[Answer, ...], step: Step, verbs: _Verbs) -> Iterator[Note]:
    for revision in revisions:
        yield Note(
            event=verbs.answer,
            subject=f"{before.assessment.id}/{revision.criterion_id}",
            old=answer_json(before.answers.get(revision.criterion_id)),
            new=answer_json(revision),
            reason=verbs.reason,
        )
    for code, old, new in step.overrides:
        yield Note(
            event=verbs.override,
            subject=f"{before.assessment.id}/{code}",
            old=override_json(old),
            new=override_json(new),
            reason=verbs.reason,
        )


def answer_json(answer: Answer | None) -> str:
    """Return what the journal tells of an answer; "" for none."""
    if answer is None:
        return ""
    return as_json(told_of(answer))


def told_of(answer: Answer) -> dict[str, object]:
    """Return what the journal tells of an answer as plain values; choice and confirmation only where there is one."""
    told: dict[str, object] = {name: getattr(answer, name) for name in ("value", "rationale", "flagged", "revision")}
    if answer.to_confirm:
        told["to_confirm"] = True
    if answer.choice:
        told["choice"] = answer.choice
    return told


def override_json(override: Override | None) -> str:
    """Return what the journal tells of an override; "" for none."""
    return as_json({"rating": override.rating, "reason": override.reason}) if override else ""


def _after(before: AssessmentState, revisions: tuple[Answer, ...], step: Step) -> AssessmentState:
    answers = {**before.answers, **{revision.criterion_id: revision for revision in revisions}}
    set_now = {code: override for code, _, override in step.overrides}
    kept = {code: override for code, override in before.overrides.items() if code not in set_now}
    overrides = {**kept, **{code: override for code, override in set_now.items() if override is not None}}
    touched = _touched_items(before, step)
    results = scoring.update_results(before.results, before.edition, before.assessment, answers, overrides, touched)
    return replace(before, answers=answers, overrides=overrides, results=results)


def _touched_items(state: AssessmentState, step: Step) -> tuple[NodeCode, ...]:
    of_answers = (state.edition.item_of_criterion[new.criterion_id].code for _, new in step.answers)
    return tuple(dict.fromkeys((*of_answers, *(code for code, _, _ in step.overrides))))


def _outcome(state: AssessmentState, step: Step) -> Outcome[AnswersRecorded]:
    results = state.results
    touched = [code for code in _touched_items(state, step) if code in results.items]
    above = dict.fromkeys(node.code for code in touched for node in state.edition.path_to(code))
    criteria: tuple[CriterionId, ...] = tuple(new.criterion_id for _, new in step.answers)
    return Outcome(
        value=AnswersRecorded(
            answers=tuple(state.answers[criterion] for criterion in criteria),
            items=tuple(results.items[code] for code in touched),
            nodes=tuple(results.nodes[code] for code in above if code in results.nodes),
            overall=results.overall,
            progress=results.overall.progress,
            results=results,
        ),
        changes=Changes(
            areas=frozenset({Area.ANSWERS}) if touched else frozenset(),
            assessment_id=state.assessment.id,
            criteria=criteria,
        ),
    )
