"""The content digest: equal content, equal digest; any stated word changes it."""

import dataclasses
from datetime import timedelta

from maturity_desktop.domain.ids import Digest
from maturity_desktop.reporting import content_digest
from tests.factories.snapshot import make_snapshot, part_3


def test_when_and_by_whom_it_was_taken_does_not_matter() -> None:
    snapshot = make_snapshot(part_3())
    later = dataclasses.replace(
        snapshot, captured_at=snapshot.captured_at + timedelta(days=1), captured_by="赵磊", program_version="9"
    )
    assert content_digest(later) == content_digest(snapshot)


def test_a_longer_journal_alone_does_not_matter() -> None:
    snapshot = make_snapshot(part_3())
    longer = dataclasses.replace(snapshot, journal_entries=snapshot.journal_entries + 1, journal_head="f" * 64)
    assert content_digest(longer) == content_digest(snapshot)


def test_one_rationale_changes_it() -> None:
    snapshot = make_snapshot(part_3())
    criterion, answer = next(iter(snapshot.answers.items()))
    changed = dict(snapshot.answers) | {criterion: dataclasses.replace(answer, rationale="另一个理由")}
    assert content_digest(dataclasses.replace(snapshot, answers=changed)) != content_digest(snapshot)


def test_another_edition_changes_it() -> None:
    snapshot = make_snapshot(part_3())
    other = dataclasses.replace(snapshot, edition_digest=Digest("0" * 64))
    assert content_digest(other) != content_digest(snapshot)


def test_the_order_in_which_answers_were_loaded_does_not_matter() -> None:
    snapshot = make_snapshot(part_3())
    turned = dict(reversed(list(snapshot.answers.items())))
    assert content_digest(dataclasses.replace(snapshot, answers=turned)) == content_digest(snapshot)
