"""The unit of work: what one transaction offers. Services get it from the open workspace and import nothing else."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from sqlalchemy import Connection

from maturity_desktop.storage.answers import Answers, Overrides, SelfRatings
from maturity_desktop.storage.assessments import Assessments
from maturity_desktop.storage.editions import Editions
from maturity_desktop.storage.engagements import Engagements, Interviews
from maturity_desktop.storage.evidence import EvidenceItems, EvidenceOverview
from maturity_desktop.storage.exports import Certificates, Exports
from maturity_desktop.storage.findings import Claims, Observations
from maturity_desktop.storage.institutions import Institutions
from maturity_desktop.storage.journal import JournalRows
from maturity_desktop.storage.kept_keys import KeptKeys
from maturity_desktop.storage.notes import Note
from maturity_desktop.storage.settings import Settings
from maturity_desktop.storage.signoffs import Signoffs
from maturity_desktop.storage.trusted import TrustItems
from maturity_desktop.system.clock import Clock


@dataclass(frozen=True, slots=True, kw_only=True)
class Author:
    """Who acts, by which clock."""

    name: str
    clock: Clock


class Reading:
    """The repositories of one transaction."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.institutions = Institutions(connection)
        self.engagements = Engagements(connection)
        self.interviews = Interviews(connection)
        self.assessments = Assessments(connection)
        self.editions = Editions(connection)
        self.answers = Answers(connection)
        self.overrides = Overrides(connection)
        self.self_ratings = SelfRatings(connection)
        self.observations = Observations(connection)
        self.claims = Claims(connection)
        self.evidence = EvidenceItems(connection)
        self.evidence_overview = EvidenceOverview(connection)
        self.exports = Exports(connection)
        self.certificates = Certificates(connection)
        self.settings = Settings(connection)
        self.signoffs = Signoffs(connection)
        self.trust = TrustItems(connection)
        self.kept_keys = KeptKeys(connection)
        self.journal = JournalRows(connection)


class Work(Reading):
    """The one write transaction: repositories, and the journal that is written with every change."""

    def __init__(self, connection: Connection, author: Author) -> None:
        super().__init__(connection)
        self.author = author

    @cached_property
    def now(self) -> datetime:
        """The one instant of this transaction (aware UTC)."""
        return self.author.clock.now()

    def note(self, *notes: Note) -> None:
        """Journal what this transaction does."""
        self.note_all(notes)

    def note_all(self, notes: Iterable[Note]) -> None:
        """Journal many changes, in their order."""
        self.journal.append(notes, at=self.now, monotonic_ms=self.author.clock.monotonic_ms(), actor=self.author.name)
