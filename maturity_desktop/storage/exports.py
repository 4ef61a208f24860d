"""Finished exports and issued certificates."""

from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, func, insert, select, true

from maturity_desktop.domain import canonical
from maturity_desktop.domain.certificate import Certificate
from maturity_desktop.domain.ids import AssessmentId
from maturity_desktop.storage.tables.records import certificate, export_record


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportRow:
    """One finished export: what was written, who signed, when, by which program version."""

    id: str
    assessment_id: AssessmentId
    kind: str
    file_name: str
    sha256: str
    exported_at: datetime
    exported_by: str
    content_digest: str = ""
    signer: str = ""
    program_version: str = ""
    serial: str = ""


class Exports:
    """The register of exports inside one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, row: ExportRow) -> None:
        """Register a finished export."""
        self._connection.execute(insert(export_record).values(**asdict(row)))

    def of_assessment(self, assessment_id: AssessmentId) -> tuple[ExportRow, ...]:
        """Return the exports of an assessment, newest first."""
        return self._rows(export_record.c.assessment_id == assessment_id)

    def everything(self) -> tuple[ExportRow, ...]:
        """Return the exports of all assessments, newest first."""
        return self._rows(true())

    def _rows(self, wanted: ColumnElement[bool]) -> tuple[ExportRow, ...]:
        columns = [column for column in export_record.c if column.name != "number"]
        rows = self._connection.execute(select(*columns).where(wanted).order_by(export_record.c.number.desc()))
        return tuple(ExportRow(**row) for row in rows.mappings())


class Certificates:
    """Issued certificates inside one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def next_number(self, year: int) -> int:
        """Return the next free number of a year; numbers count from 1 and are never given twice."""
        newest = select(func.max(certificate.c.number_in_year)).where(certificate.c.year == year)
        return (self._connection.execute(newest).scalar() or 0) + 1

    def add(self, value: Certificate, number_in_year: int) -> None:
        """Keep an issued certificate."""
        self._connection.execute(
            insert(certificate).values(
                id=value.id,
                assessment_id=value.assessment_id,
                serial=value.serial,
                year=value.issued_on.year,
                number_in_year=number_in_year,
                content=value,
            )
        )

    def everything(self) -> tuple[Certificate, ...]:
        """Return all certificates of the workspace, newest first."""
        newest_first = (certificate.c.year.desc(), certificate.c.number_in_year.desc())
        rows = self._connection.execute(select(certificate.c.content).order_by(*newest_first))
        return tuple(canonical.decode(canonical.encode(content), Certificate) for content in rows.scalars())

    def of_assessment(self, assessment_id: AssessmentId) -> tuple[Certificate, ...]:
        """Return the certificates of an assessment, newest first."""
        same = certificate.c.assessment_id == assessment_id
        newest_first = (certificate.c.year.desc(), certificate.c.number_in_year.desc())
        rows = self._connection.execute(select(certificate.c.content).where(same).order_by(*newest_first))
        return tuple(canonical.decode(canonical.encode(content), Certificate) for content in rows.scalars())
