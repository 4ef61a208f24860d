"""The hash chain names the first broken link, whatever was done to it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from maturity_desktop.domain.journal import GENESIS, JournalEntry, check_chain, entry_hash, recompute

START = datetime(2026, 11, 23, 9, tzinfo=UTC)


def chain(length: int) -> list[JournalEntry]:
    entries: list[JournalEntry] = []
    previous = GENESIS
    for sequence in range(1, length + 1):
        blank = JournalEntry(
            sequence=sequence,
            at=START + timedelta(seconds=sequence),
            monotonic_ms=sequence * 1000,
            actor="陈 Chen",
            event="answer.recorded",
            subject=f"CM-VC-BM-3.{sequence}",
            old="",
            new='{"value":"compliant"}',
            reason="",
            previous_hash=previous,
            hash="",
        )
        entries.append(replace(blank, hash=recompute(blank)))
        previous = entries[-1].hash
    return entries


def test_an_untouched_chain_is_intact() -> None:
    entries = chain(5)
    report = check_chain(entries)
    assert report.is_intact
    assert (report.entries, report.head) == (5, entries[-1].hash)


def test_an_empty_chain_is_intact() -> None:
    assert check_chain([]).head == GENESIS


def test_an_altered_row_is_named() -> None:
    entries = chain(5)
    entries[2] = replace(entries[2], new='{"value":"not_compliant"}')
    report = check_chain(entries)
    assert (report.broken_at, report.problem, report.entries) == (3, "content", 2)


def test_a_removed_row_is_named() -> None:
    entries = chain(5)
    del entries[1]
    assert check_chain(entries).broken_at == 2
    assert check_chain(entries).problem == "gap"


def test_a_row_altered_with_its_own_hash_breaks_the_next_link() -> None:
    entries = chain(5)
    forged = replace(entries[2], actor="someone else")
    entries[2] = replace(forged, hash=recompute(forged))
    report = check_chain(entries)
    assert (report.broken_at, report.problem) == (4, "link")


def test_each_field_counts() -> None:
    base = {
        "sequence": 1, "at": START, "monotonic_ms": 5, "actor": "a", "event": "b", "subject": "c",
        "old": "d", "new": "e", "reason": "f", "previous_hash": GENESIS,
    }  # fmt: skip
    changed = {
        "sequence": 2, "at": START + timedelta(microseconds=1), "monotonic_ms": 6, "actor": "b", "event": "c",
        "subject": "d", "old": "e", "new": "f", "reason": "g", "previous_hash": "1" * 64,
    }  # fmt: skip
    first = entry_hash(**base)  # type: ignore[arg-type]  # a table of mixed fields
    hashes = {entry_hash(**{**base, field: value}) for field, value in changed.items()}  # type: ignore[arg-type]
    assert len(hashes | {first}) == len(changed) + 1
