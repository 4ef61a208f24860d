"""The journal as it leaves with a submission: whole when the workspace serves one institution.

In a workspace that serves several, rows about other institutions' work are withheld: only their place in the chain
leaves, so that the chain can still be walked from its first row to its last.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from maturity_desktop.domain.journal import JournalEntry
from maturity_desktop.domain.submission import WithheldEntry, line_of
from maturity_desktop.reporting.snapshot import ReportSnapshot

if TYPE_CHECKING:
    from maturity_desktop.storage.work import Reading

_OF_NOBODY = frozenset({"workspace", "edition", "passphrase", "clock", "checkpoint", "trust"})


@dataclass(frozen=True, slots=True, kw_only=True)
class JournalPlan:
    """Which rows leave as they are. An empty set of subjects means all."""

    entries: int
    subjects: frozenset[str]

    def shows(self, entry: JournalEntry) -> bool:
        """Return whether a row leaves with its content."""
        kind = entry.event.partition(".")[0]
        return not self.subjects or kind in _OF_NOBODY or entry.subject.partition("/")[0] in self.subjects

    def lines(self, reading: "Reading") -> Iterator[bytes]:
        """Yield the lines, oldest first."""
        for entry in reading.journal.walk():
            if entry.sequence > self.entries:
                return
            yield line_of(entry) if self.shows(entry) else line_of(_withheld(entry))


def plan(reading: "Reading", snapshot: ReportSnapshot) -> JournalPlan:
    """Return what leaves with this snapshot: rows up to the moment it was taken."""
    is_alone = len(reading.institutions.all()) <= 1
    issued = reading.certificates.of_assessment(snapshot.assessment.id)
    subjects = frozenset[str]() if is_alone else frozenset((*_subjects(snapshot), *(one.serial for one in issued)))
    return JournalPlan(entries=snapshot.journal_entries, subjects=subjects)


def _subjects(snapshot: ReportSnapshot) -> Iterator[str]:
    yield from (snapshot.assessment.id, snapshot.engagement.id, snapshot.institution.id, snapshot.system.id)
    yield from (each.id for each in snapshot.observations)
    yield from (each.id for each in snapshot.claims)
    yield from (each.id for each in snapshot.interviews)
    for item in snapshot.evidence:
        yield item.id
        yield from (revision.id for revision in item.revisions)


def _withheld(entry: JournalEntry) -> WithheldEntry:
    return WithheldEntry(sequence=entry.sequence, previous_hash=entry.previous_hash, hash=entry.hash)
