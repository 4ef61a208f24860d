"""The hash-chained journal: rows, how a row is hashed, and how a chain is checked."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

GENESIS = "0" * 64


@dataclass(frozen=True, slots=True, kw_only=True)
class JournalEntry:
    """One journalled change.

    Attributes:
        sequence: 1, 2, 3 … without gaps.
        monotonic_ms: milliseconds of the machine's monotonic clock; shows when the wall clock was moved.
        event: past-tense name such as ``answer.recorded``.
        subject: id of what changed.
        old, new: canonical JSON of the fields concerned; "" when there is none.
    """

    sequence: int
    at: datetime
    monotonic_ms: int
    actor: str
    event: str
    subject: str
    old: str
    new: str
    reason: str
    previous_hash: str
    hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainReport:
    """Outcome of a chain check: how many rows, and the first broken link if there is one.

    Attributes:
        signed_checkpoints: how many signatures over the chain were found and hold; whoever signed them.
    """

    entries: int
    head: str
    broken_at: int | None = None
    problem: str = ""
    signed_checkpoints: int = 0

    @property
    def is_intact(self) -> bool:
        """Whether every link holds."""
        return self.broken_at is None


def entry_hash(  # noqa: PLR0913 one argument per field of the row
    *,
    sequence: int,
    at: datetime,
    monotonic_ms: int,
    actor: str,
    event: str,
    subject: str,
    old: str,
    new: str,
    reason: str,
    previous_hash: str,
) -> str:
    """Return the SHA-256 (hex) over the canonical JSON array of the row's fields, previous hash last."""
    fields = [sequence, at.isoformat(), monotonic_ms, actor, event, subject, old, new, reason, previous_hash]
    encoded = json.dumps(fields, ensure_ascii=False, separators=(",", ":")).encode()
    return hashlib.sha256(encoded).hexdigest()


def recompute(entry: JournalEntry) -> str:
    """Return the hash `entry` should have."""
    return entry_hash(
        sequence=entry.sequence,
        at=entry.at,
        monotonic_ms=entry.monotonic_ms,
        actor=entry.actor,
        event=entry.event,
        subject=entry.subject,
        old=entry.old,
        new=entry.new,
        reason=entry.reason,
        previous_hash=entry.previous_hash,
    )


def check_chain(entries: Iterable[JournalEntry]) -> ChainReport:
    """Walk the chain from its first row and name the first broken link."""
    expected_sequence, previous = 1, GENESIS
    for entry in entries:
        problem = ""
        if entry.sequence != expected_sequence:
            problem = "gap"
        elif entry.previous_hash != previous:
            problem = "link"
        elif recompute(entry) != entry.hash:
            problem = "content"
        if problem:
            return ChainReport(
                entries=expected_sequence - 1, head=previous, broken_at=expected_sequence, problem=problem
            )
        previous = entry.hash
        expected_sequence += 1
    return ChainReport(entries=expected_sequence - 1, head=previous)
