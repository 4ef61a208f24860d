"""The content digest: equal content, equal digest; any stated word changes it."""

import dataclasses
import hashlib
from datetime import timedelta

from maturity_desktop.domain import canonical
from maturity_desktop.domain.engagement import Phase
from maturity_desktop.domain.evidence import EvidenceLink
from maturity_desktop.domain.ids import AssessmentId, CriterionId, Digest
from maturity_desktop.reporting import content_digest
from maturity_desktop.reporting.digest import content_of
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


def test_moving_to_the_next_phase_does_not_matter() -> None:
    snapshot = make_snapshot(part_3())
    moved = dataclasses.replace(snapshot.engagement, phase=Phase.CERTIFICATE, version=9)
    assert content_digest(dataclasses.replace(snapshot, engagement=moved)) == content_digest(snapshot)


def test_links_of_evidence_to_another_assessment_do_not_matter() -> None:
    snapshot = make_snapshot(part_3())
    first, *others = snapshot.evidence
    elsewhere = EvidenceLink(assessment_id=AssessmentId("other"), criterion_id=CriterionId("X-1.1"))
    shared = dataclasses.replace(first, links=(elsewhere, *first.links), version=first.version + 1)
    assert content_digest(dataclasses.replace(snapshot, evidence=(shared, *others))) == content_digest(snapshot)


def test_the_digest_is_the_hash_of_the_content_that_travels() -> None:
    snapshot = make_snapshot(part_3())
    travelling = canonical.encode(content_of(snapshot))
    assert hashlib.sha256(travelling).hexdigest() == content_digest(snapshot)
    assert {"answers", "evidence", "results", "edition_digest"} <= content_of(snapshot).keys()
