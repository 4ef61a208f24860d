"""Moving an assessment to a newer edition: always as a copy; the assessment it came from stays on its own for life.

Answers, overrides, self-ratings and evidence links go over by stable id. Whatever does not say the same in the new
edition goes over marked *to be confirmed*, until it is answered again.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from maturity_desktop.domain import canonical
from maturity_desktop.domain.answers import Answer
from maturity_desktop.domain.engagement import Assessment, Scope
from maturity_desktop.domain.evidence import EvidenceLink
from maturity_desktop.domain.ids import AssessmentId, Digest, LevelCode, new_id
from maturity_desktop.domain.standard import Edition
from maturity_desktop.errors import RuleBroken
from maturity_desktop.services import standards, states
from maturity_desktop.services.context import Workspace
from maturity_desktop.services.edition_changes import EditionDifference, compare
from maturity_desktop.services.edition_transfer import Transfer, transfer
from maturity_desktop.services.outcomes import Area, Changes, Outcome
from maturity_desktop.services.session import AssessmentState
from maturity_desktop.services.standards import StandardCard
from maturity_desktop.services.steps import answer_json, override_json
from maturity_desktop.storage.notes import Note, as_json, of_change

if TYPE_CHECKING:
    from maturity_desktop.storage.work import Work

_AREAS = frozenset({Area.STRUCTURE, Area.ANSWERS, Area.EVIDENCE})
TO_CONFIRM = "to be confirmed"
_MOVED = "assessment.moved"


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """The copy, and what went over."""

    assessment: Assessment
    transfer: Transfer


def present(workspace: Workspace, assessment_id: AssessmentId) -> Edition:
    """Return the edition an assessment is on. Raises EnvironmentProblem WSP-020."""
    return states.load(workspace, assessment_id).edition


def since_move(workspace: Workspace, assessment_id: AssessmentId) -> EditionDifference | None:
    """Return what differs from the edition an assessment came from by its move; None when it did not move.

    Raises:
        EnvironmentProblem: WSP-020 there is no such assessment; STO-004.
    """
    with workspace.read() as reading:
        entry = reading.journal.newest_about(_MOVED, assessment_id)
        if entry is None:
            return None
        state = states.current(workspace, reading, assessment_id)
        return compare(states.edition(workspace, reading, Digest(json.loads(entry.old)["edition"])), state.edition)


def newer_editions(workspace: Workspace, assessment_id: AssessmentId) -> tuple[StandardCard, ...]:
    """Return the editions in the library an assessment can move to, oldest first. Raises EnvironmentProblem WSP-020."""
    return _newer_than(present(workspace, assessment_id), standards.library(workspace.machine))


def all_newer_editions(workspace: Workspace) -> Mapping[AssessmentId, tuple[StandardCard, ...]]:
    """Return the assessments of a workspace the library has newer editions for, with these, oldest first."""
    library = standards.library(workspace.machine)
    offered = {card.standard_id for card in library}
    found = {}
    with workspace.read() as reading:
        names = reading.editions.names()
        for assessment, _ in reading.assessments.with_standing():
            name = names.get(assessment.edition_digest)
            if name is not None and name.standard_id in offered:
                pinned = states.edition(workspace, reading, assessment.edition_digest)
                found[assessment.id] = _newer_than(pinned, library)
    return {key: cards for key, cards in found.items() if cards}


def forecast(workspace: Workspace, assessment_id: AssessmentId, wish: str) -> Transfer:
    """Return what a move would change and carry over; nothing is written.

    `wish` is ``edition`` or ``id@edition`` of the library, or the path of a pack folder or pack file.

    Raises:
        RuleBroken: EDN-001 no such newer edition; EDN-002 nothing of the scope is left; EDN-003 no such target level;
            EDN-004 an edition of another standard.
        InputRejected: PACK-002 the pack has faults; PSG-010 its signature does not hold.
        EnvironmentProblem: WSP-020, STO-0xx, SYS-0xx.
    """
    edition = _wanted(workspace, assessment_id, wish)
    with workspace.read() as reading:
        before = states.current(workspace, reading, assessment_id)
        _target(before.assessment, edition)
        _scope(before, edition)
        return transfer(reading, before, edition)


def move(workspace: Workspace, assessment_id: AssessmentId, wish: str) -> Outcome[Moved]:
    """Make a copy of an assessment on a newer edition, in one durable transaction; the old one is not touched.

    Raises:
        RuleBroken, InputRejected: as `forecast`.
        EnvironmentProblem: WSP-020, WSP-022 read-only, STO-0xx; nothing is changed then.
    """
    edition = _wanted(workspace, assessment_id, wish)
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
        carried = transfer(work, before, edition)
        _write(work, saved.id, carried)
        moved = Moved(assessment=saved, transfer=carried)
        work.note(_summary(before.assessment, moved))
        state = states.computed(workspace, work, saved)
        states.note_standing(work, state)
        workspace.session.after_commit.append(lambda: workspace.session.states.update({saved.id: state}))
    return Outcome(value=moved, changes=Changes(areas=_AREAS, assessment_id=saved.id))


def _newer_than(pinned: Edition, library: Iterable[StandardCard]) -> tuple[StandardCard, ...]:
    digest, age = canonical.digest(pinned), (pinned.released_on, pinned.edition_id)
    found = [
        card
        for card in library
        if card.standard_id == pinned.standard_id
        and card.digest != digest
        and (card.released_on, card.edition_id) >= age
    ]
    return tuple(sorted(found, key=lambda card: (card.released_on, card.edition_id)))


def _wanted(workspace: Workspace, assessment_id: AssessmentId, wish: str) -> Edition:
    pinned = present(workspace, assessment_id)
    for card in newer_editions(workspace, assessment_id):
        if wish in (card.edition_id, f"{card.standard_id}@{card.edition_id}"):
            return standards.load(workspace.machine, card.standard_id, card.edition_id)
    standard_id, at, _ = wish.partition("@")
    path = Path(wish)
    if not path.exists():
        if at and standard_id != pinned.standard_id:
            raise RuleBroken("EDN-004", standard=pinned.standard_id, found=standard_id)
        raise RuleBroken("EDN-001", standard=pinned.standard_id, edition=pinned.edition_id)
    return _newer_pack(workspace, pinned, path)


def _newer_pack(workspace: Workspace, pinned: Edition, path: Path) -> Edition:
    edition = standards.open_pack(workspace.machine, path)
    if edition.standard_id != pinned.standard_id:
        raise RuleBroken("EDN-004", standard=pinned.standard_id, found=edition.standard_id)
    is_older = (edition.released_on, edition.edition_id) < (pinned.released_on, pinned.edition_id)
    if is_older or canonical.digest(edition) == canonical.digest(pinned):
        raise RuleBroken("EDN-001", standard=pinned.standard_id, edition=pinned.edition_id)
    return edition


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
    carried = moved.transfer
    facts = {
        "from": source.id,
        "to": moved.assessment.id,
        "answers": len(carried.answers),
        "to_be_confirmed": carried.to_confirm,
        "left_behind": carried.left_behind,
        "overrides_to_confirm": carried.overrides_to_confirm,
        "overrides_left": carried.overrides_left,
        "self_ratings_left": carried.self_ratings_left,
        "evidence_links": carried.evidence_links,
        "edition": moved.assessment.edition_digest,
    }
    old = as_json({"edition": source.edition_digest})
    return Note(event=_MOVED, subject=moved.assessment.id, old=old, new=as_json(facts))


def _write(work: "Work", copy: AssessmentId, carried: Transfer) -> None:
    """Write what goes over, each with its note in the journal."""
    work.answers.append(copy, carried.answers)
    work.note_all(_answer_note(copy, answer) for answer in carried.answers)
    to_confirm = frozenset(carried.overrides_to_confirm)
    for override in carried.overrides:
        work.overrides.append(copy, override)
        reason = TO_CONFIRM if override.item_code in to_confirm else ""
        subject, new = f"{copy}/{override.item_code}", override_json(override)
        work.note(Note(event="rating.override_carried", subject=subject, new=new, reason=reason))
    for own in carried.self_ratings:
        work.self_ratings.save(copy, own)
        work.note(Note(event="self_rating.carried", subject=f"{copy}/{own.item_code}", new=as_json(own)))
    for evidence_id, criteria in carried.links:
        links = tuple(EvidenceLink(assessment_id=copy, criterion_id=key) for key in criteria)
        work.evidence.link(evidence_id, links)
        work.note(Note(event="evidence.linked", subject=evidence_id, new=as_json(links)))


def _answer_note(copy: AssessmentId, answer: Answer) -> Note:
    subject = f"{copy}/{answer.criterion_id}"
    reason = TO_CONFIRM if answer.to_confirm else ""
    return Note(event="answer.carried", subject=subject, new=answer_json(answer), reason=reason)
