"""Reading and verifying the journal."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from maturity_desktop.domain.answers import Answer
from maturity_desktop.domain.journal import ChainReport, JournalEntry, check_chain
from maturity_desktop.errors import EnvironmentProblem
from maturity_desktop.services import checkpoints
from maturity_desktop.services.context import Workspace
from maturity_desktop.services.steps import told_of

if TYPE_CHECKING:
    from maturity_desktop.storage.work import Reading

_ANSWER_EVENTS = "answer."


def verify(workspace: Workspace) -> ChainReport:
    """Walk the whole chain, compare it with every checkpoint and with the answers; name the first broken link.

    Problems: ``gap``, ``link``, ``content`` of a row; ``truncated``: the chain ends before a checkpoint;
    ``checkpoint``: the chain was rewritten, or the checkpoint is not ours; ``answers``: an answer differs from its
    newest row; ``signature``: a signature over a checkpoint does not hold, or one the journal tells of is gone.
    """
    if workspace.keys is None:
        raise EnvironmentProblem("WSP-021", path=str(workspace.path))
    with workspace.read() as reading:
        seen = _Seen()
        report = check_chain(seen.watched(reading.journal.walk()))
        if not report.is_intact:
            return report
        broken = _against_checkpoints(reading, report, workspace.keys.journal)
        broken = broken or _against_answers(reading, report, seen.answers)
        return broken or checkpoints.check(reading, report, seen.signatures)


def entries(workspace: Workspace, *, newest_first: bool = True, limit: int = 500) -> tuple[JournalEntry, ...]:
    """Return journal rows."""
    with workspace.read() as reading:
        return reading.journal.entries(newest_first=newest_first, limit=limit)


@dataclass(slots=True)
class _Seen:
    """What the walk remembers: the newest row of each answer, and the signatures the journal tells of."""

    answers: dict[str, JournalEntry] = field(default_factory=dict)
    signatures: dict[str, int] = field(default_factory=dict)

    def watched(self, chain: Iterable[JournalEntry]) -> Iterator[JournalEntry]:
        """Yield the chain on."""
        for entry in chain:
            if entry.event.startswith(_ANSWER_EVENTS):
                self.answers[entry.subject] = entry
            elif entry.event == checkpoints.SIGNED:
                self.signatures[json.loads(entry.new)["signature"]] = entry.sequence
            yield entry


def _against_checkpoints(reading: "Reading", report: ChainReport, key: bytes) -> ChainReport | None:
    for checkpoint in reading.journal.checkpoints():
        if not checkpoint.is_authentic(key):
            return _broken(report, checkpoint.sequence, "checkpoint")
        if checkpoint.sequence > report.entries:
            return _broken(report, report.entries + 1, "truncated")
        if checkpoint.hash != reading.journal.hash_at(checkpoint.sequence):
            return _broken(report, checkpoint.sequence, "checkpoint")
    return None


def _against_answers(reading: "Reading", report: ChainReport, newest: dict[str, JournalEntry]) -> ChainReport | None:
    stored = {
        f"{assessment.id}/{answer.criterion_id}": answer
        for assessment, _ in reading.assessments.with_standing()
        for answer in reading.answers.newest(assessment.id).values()
    }
    for subject, entry in newest.items():
        if not _tells(entry, stored.pop(subject, None)):
            return _broken(report, entry.sequence, "answers")
    return _broken(report, report.entries + 1, "answers") if stored else None


def _tells(entry: JournalEntry, answer: Answer | None) -> bool:
    told = json.loads(entry.new)
    return answer is not None and told == told_of(answer)


def _broken(report: ChainReport, sequence: int, problem: str) -> ChainReport:
    return ChainReport(entries=report.entries, head=report.head, broken_at=sequence, problem=problem)
