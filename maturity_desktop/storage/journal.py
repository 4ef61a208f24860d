"""Rows of the journal and its checkpoints: appending to the hash chain, walking it, pinning its end."""

import hashlib
import hmac
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection, RowMapping, func, insert, select

from maturity_desktop.domain import canonical
from maturity_desktop.domain.journal import GENESIS, JournalEntry, entry_hash
from maturity_desktop.storage.notes import Note
from maturity_desktop.storage.tables.proof import checkpoint_signature
from maturity_desktop.storage.tables.records import checkpoint, journal

_BATCH_ROWS = 2_000
_HEAD = select(journal.c.sequence, journal.c.hash).order_by(journal.c.sequence.desc()).limit(1)
_ADD = insert(journal)


@dataclass(frozen=True, slots=True, kw_only=True)
class Checkpoint:
    """The end of the chain at one moment, authenticated, so that a cut tail shows."""

    sequence: int
    hash: str
    at: datetime
    mac: str
    id: int = 0

    @property
    def statement(self) -> bytes:
        """What a signature over this checkpoint signs: canonical JSON of sequence, hash and time."""
        return canonical.encode({"at": self.at.isoformat(), "hash": self.hash, "sequence": self.sequence})

    def is_authentic(self, key: bytes) -> bool:
        """Return whether this checkpoint was made with the journal key of the workspace."""
        return hmac.compare_digest(self.mac, _mac(key, self.sequence, self.hash, self.at))


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckpointSignature:
    """A detached CMS signature (DER) over the statement of a checkpoint; `purpose` is the event it followed."""

    checkpoint_id: int
    purpose: str
    signer: str
    sha256: str
    content: bytes


class JournalRows:
    """The journal inside one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def head(self) -> tuple[int, str]:
        """Return length and last hash of the chain; ``(0, GENESIS)`` when it is empty."""
        row = self._connection.execute(_HEAD).first()
        return (row.sequence, row.hash) if row else (0, GENESIS)

    def append(self, notes: Iterable[Note], *, at: datetime, monotonic_ms: int, actor: str) -> None:
        """Chain notes to the end of the journal, in their order."""
        sequence, previous = self.head()
        at = at.astimezone(UTC)
        rows = []
        for sequence, note in enumerate(notes, sequence + 1):  # noqa: B020  # counting goes on from the head
            fields = {"sequence": sequence, "at": at, "monotonic_ms": monotonic_ms, "actor": actor, **asdict(note)}
            own = entry_hash(**fields, previous_hash=previous)
            rows.append({**fields, "previous_hash": previous, "hash": own})
            previous = own
        if rows:
            self._connection.execute(_ADD, rows)

    def walk(self) -> Iterator[JournalEntry]:
        """Yield all entries, oldest first, without holding them all."""
        last = 0
        while True:
            batch = select(journal).where(journal.c.sequence > last).order_by(journal.c.sequence).limit(_BATCH_ROWS)
            rows = self._connection.execute(batch).mappings().all()
            yield from map(_to_domain, rows)
            if len(rows) < _BATCH_ROWS:
                return
            last = rows[-1]["sequence"]

    def entries(self, *, newest_first: bool, limit: int) -> tuple[JournalEntry, ...]:
        """Return up to `limit` entries from one end."""
        order = journal.c.sequence.desc() if newest_first else journal.c.sequence
        rows = self._connection.execute(select(journal).order_by(order).limit(limit))
        return tuple(map(_to_domain, rows.mappings()))

    def newest_about(self, event: str, subject: str) -> JournalEntry | None:
        """Return the newest entry of one kind about one thing; None when there is none."""
        is_it = (journal.c.event == event) & (journal.c.subject == subject)
        row = self._connection.execute(select(journal).where(is_it).order_by(journal.c.sequence.desc()).limit(1))
        found = row.mappings().first()
        return _to_domain(found) if found is not None else None

    def hash_at(self, sequence: int) -> str | None:
        """Return the hash of one entry, None when there is no such entry."""
        return self._connection.execute(select(journal.c.hash).where(journal.c.sequence == sequence)).scalar()

    def pin(self, key: bytes, at: datetime) -> Checkpoint:
        """Authenticate the present end of the chain."""
        sequence, head = self.head()
        at = at.astimezone(UTC)
        mac = _mac(key, sequence, head, at)
        row = {"sequence": sequence, "hash": head, "at": at, "mac": mac}
        inserted = self._connection.execute(insert(checkpoint).values(**row)).inserted_primary_key
        return Checkpoint(sequence=sequence, hash=head, at=at, mac=mac, id=inserted[0] if inserted else 0)

    def checkpoints(self) -> tuple[Checkpoint, ...]:
        """Return all checkpoints, oldest first."""
        rows = self._connection.execute(select(checkpoint).order_by(checkpoint.c.id))
        return tuple(Checkpoint(**row) for row in rows.mappings())

    def sign(self, signature: CheckpointSignature) -> None:
        """Keep a signature over a checkpoint."""
        self._connection.execute(insert(checkpoint_signature).values(**asdict(signature)))

    def signatures(self) -> tuple[CheckpointSignature, ...]:
        """Return all signatures over checkpoints, oldest first."""
        rows = self._connection.execute(select(checkpoint_signature).order_by(checkpoint_signature.c.checkpoint_id))
        return tuple(CheckpointSignature(**row) for row in rows.mappings())

    def count(self) -> int:
        """Return the number of entries."""
        return self._connection.execute(select(func.count()).select_from(journal)).scalar_one()


def _to_domain(row: RowMapping) -> JournalEntry:
    return JournalEntry(**row)


def _mac(key: bytes, sequence: int, head: str, at: datetime) -> str:
    return hmac.new(key, f"{sequence}|{head}|{at.isoformat()}".encode(), hashlib.sha256).hexdigest()
