"""Evidence items with their revisions and links; where the bytes lie is not known here, only the names of blobs."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, delete, func, insert, or_, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from maturity_desktop.domain.evidence import Custody, Evidence, EvidenceLink, EvidenceRevision, HandlingGrade
from maturity_desktop.domain.ids import AssessmentId, CriterionId, EvidenceId, RevisionId
from maturity_desktop.domain.standard import EvidenceKind
from maturity_desktop.storage import versioned
from maturity_desktop.storage.tables.evidence import evidence, evidence_link, evidence_revision

_PRESENT = evidence.c.deleted_at.is_(None)


class EvidenceItems:
    """Evidence inside one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def find(self, evidence_id: EvidenceId) -> Evidence | None:
        """Return one item, None when there is no such one or it is deleted."""
        return next(iter(self._load(select(evidence.c.id).where(evidence.c.id == evidence_id))), None)

    def all(
        self, assessment_id: AssessmentId | None = None, criterion_id: CriterionId | None = None
    ) -> tuple[Evidence, ...]:
        """Return items linked to an assessment and criterion, or all; in order of entry, deleted ones left out."""
        wanted = select(evidence.c.id)
        if assessment_id is not None or criterion_id is not None:
            wanted = select(evidence_link.c.evidence_id)
        if assessment_id is not None:
            wanted = wanted.where(evidence_link.c.assessment_id == assessment_id)
        if criterion_id is not None:
            wanted = wanted.where(evidence_link.c.criterion_id == criterion_id)
        return self._load(wanted)

    def save(self, value: Evidence, *, is_new: bool) -> Evidence:
        """Add an item with its revisions and links, or change its description. Raises Conflict EVI-019.

        Revisions and links of an existing item are not touched: see `add_revision`, `link`, `unlink`.
        """
        version = versioned.save(self._connection, evidence, _from_domain(value), is_new=is_new, code="EVI-019")
        if is_new:
            for revision in value.revisions:
                self.add_revision(value.id, revision)
            self.link(value.id, value.links)
        return replace(value, version=version)

    def add_revision(self, evidence_id: EvidenceId, revision: EvidenceRevision) -> None:
        """Add a content to an item."""
        self._connection.execute(insert(evidence_revision).values(evidence_id=evidence_id, **asdict(revision)))

    def link(self, evidence_id: EvidenceId, links: Iterable[EvidenceLink]) -> None:
        """Bind an item to criteria; binding twice does no harm."""
        rows = [{"evidence_id": evidence_id, **asdict(each)} for each in links]
        if rows:
            self._connection.execute(upsert(evidence_link).on_conflict_do_nothing(), rows)

    def unlink(self, evidence_id: EvidenceId, links: Iterable[EvidenceLink]) -> None:
        """Take bindings away; the item stays."""
        for each in links:
            self._connection.execute(
                delete(evidence_link).where(
                    evidence_link.c.assessment_id == each.assessment_id,
                    evidence_link.c.criterion_id == each.criterion_id,
                    evidence_link.c.evidence_id == evidence_id,
                )
            )

    def delete(self, evidence_id: EvidenceId, at: datetime) -> None:
        """Mark an item deleted; its content and history stay."""
        self._connection.execute(update(evidence).where(evidence.c.id == evidence_id).values(deleted_at=at))

    def revision(self, revision_id: RevisionId) -> EvidenceRevision | None:
        """Return one revision, None when there is no such one."""
        row = self._connection.execute(select(evidence_revision).where(evidence_revision.c.id == revision_id)).first()
        return _revision(row) if row else None

    def contents(self) -> tuple[EvidenceRevision, ...]:
        """Return every revision with a blob, also of deleted items: what the vault must hold. Oldest first."""
        query = select(evidence_revision).where(evidence_revision.c.blob != "").order_by(evidence_revision.c.added_at)
        return tuple(map(_revision, self._connection.execute(query)))

    def has_size(self, size_bytes: int) -> bool:
        """Return whether a content of this size is held: only then a second reading can find a duplicate."""
        query = select(evidence_revision.c.id).where(
            evidence_revision.c.size_bytes == size_bytes, evidence_revision.c.blob != ""
        )
        return self._connection.execute(query.limit(1)).first() is not None

    def _load(self, wanted: Select[Any]) -> tuple[Evidence, ...]:  # Any: one column of ids
        rows = self._connection.execute(
            select(evidence).where(evidence.c.id.in_(wanted), _PRESENT).order_by(evidence.c.number)
        ).all()
        revisions: dict[str, list[EvidenceRevision]] = defaultdict(list)
        of_wanted = select(evidence_revision).where(evidence_revision.c.evidence_id.in_(wanted))
        for row in self._connection.execute(of_wanted.order_by(evidence_revision.c.number)):
            revisions[row.evidence_id].append(_revision(row))
        links: dict[str, list[EvidenceLink]] = defaultdict(list)
        for row in self._connection.execute(select(evidence_link).where(evidence_link.c.evidence_id.in_(wanted))):
            links[row.evidence_id].append(
                EvidenceLink(assessment_id=AssessmentId(row.assessment_id), criterion_id=CriterionId(row.criterion_id))
            )
        return tuple(_to_domain(row, revisions[row.id], links[row.id]) for row in rows)


class EvidenceOverview:
    """Counts and searches over evidence that load no items, inside one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def counts(self, assessment_id: AssessmentId) -> dict[CriterionId, int]:
        """Return criterion → number of linked items; missing means none."""
        query = (
            select(evidence_link.c.criterion_id, func.count())
            .join(evidence)
            .where(evidence_link.c.assessment_id == assessment_id, _PRESENT)
            .group_by(evidence_link.c.criterion_id)
        )
        return {CriterionId(criterion): count for criterion, count in self._connection.execute(query)}

    def counts_by_assessment(self) -> dict[AssessmentId, int]:
        """Return assessment → number of distinct linked items; missing means none."""
        query = (
            select(evidence_link.c.assessment_id, func.count(evidence_link.c.evidence_id.distinct()))
            .join(evidence)
            .where(_PRESENT)
            .group_by(evidence_link.c.assessment_id)
        )
        return {AssessmentId(assessment): count for assessment, count in self._connection.execute(query)}

    def with_text_like(self, assessment_id: AssessmentId, word: str) -> frozenset[CriterionId]:
        """Return the criteria with an item whose title, request code or file name contains `word`."""
        pattern = _containing(word)
        columns = (evidence.c.title, evidence.c.request_code, evidence_revision.c.file_name)
        query = (
            select(evidence_link.c.criterion_id)
            .join(evidence, evidence.c.id == evidence_link.c.evidence_id)
            .outerjoin(evidence_revision, evidence_revision.c.evidence_id == evidence.c.id)
            .where(evidence_link.c.assessment_id == assessment_id, _PRESENT)
            .where(or_(*(column.like(pattern, escape="\\") for column in columns)))
        )
        return frozenset(CriterionId(criterion) for criterion in self._connection.execute(query).scalars())


def _containing(word: str) -> str:
    escaped = word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"%{escaped}%"


def _to_domain(
    row: Row[Any],  # Any: columns of different types
    revisions: Sequence[EvidenceRevision],
    links: Sequence[EvidenceLink],
) -> Evidence:
    return Evidence(
        id=EvidenceId(row.id),
        title=row.title,
        kind=EvidenceKind(row.kind),
        grade=HandlingGrade(row.grade),
        custody=Custody(row.custody),
        request_code=row.request_code,
        received_from=row.received_from,
        received_at=row.received_at,
        revisions=tuple(revisions),
        links=tuple(links),
        version=row.version,
    )


def _from_domain(value: Evidence) -> dict[str, object]:
    return {
        "id": value.id,
        "title": value.title,
        "kind": value.kind.value,
        "grade": value.grade.value,
        "custody": value.custody.value,
        "request_code": value.request_code,
        "received_from": value.received_from,
        "received_at": value.received_at,
        "version": value.version,
    }


def _revision(row: Row[Any]) -> EvidenceRevision:  # Any: columns of different types
    return EvidenceRevision(
        id=RevisionId(row.id),
        number=row.number,
        file_name=row.file_name,
        size_bytes=row.size_bytes,
        sha256=row.sha256,
        added_by=row.added_by,
        added_at=row.added_at,
        blob=row.blob,
        place=row.place,
    )
