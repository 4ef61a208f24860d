"""The sample's data fits the pack it answers and comes out at the published level."""

import re
import tomllib
from collections import Counter
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from maturity_desktop.domain.answers import Answer, AnswerValue, Override, check_answer
from maturity_desktop.domain.engagement import Assessment
from maturity_desktop.domain.evidence import HandlingGrade, match_request
from maturity_desktop.domain.findings import Grade
from maturity_desktop.domain.ids import AssessmentId, CriterionId, Digest, EngagementId, LevelCode, NodeCode, SystemId
from maturity_desktop.domain.results import CoverageFinding, ItemState, Rating
from maturity_desktop.domain.standard import Edition, EvidenceKind
from maturity_desktop.packs.cache import load
from maturity_desktop.scoring import compute_results, coverage
from maturity_desktop.services.sample import parse_rating

ROOT = Path(__file__).resolve().parents[3]
SAMPLE = ROOT / "resources" / "sample"
AT = datetime(2021, 7, 30, tzinfo=UTC)


def _table(name: str) -> dict[str, Any]:  # Any: TOML values
    return tomllib.loads((SAMPLE / name).read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Edition:
    return load(ROOT / "standards" / "cn-devops-3" / "2021.1", tmp_path_factory.mktemp("packs"))


@pytest.fixture(scope="module")
def facts() -> dict[str, Any]:
    return _table("assessment.toml")


@pytest.fixture(scope="module")
def evidence() -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = _table("evidence.toml")["evidence"]
    return rows


@pytest.fixture(scope="module")
def answers() -> dict[CriterionId, Answer]:
    rows = _table("answers.toml")["answers"]
    return {
        CriterionId(key): Answer(
            criterion_id=CriterionId(key),
            value=AnswerValue(row["value"]),
            rationale=row.get("rationale", ""),
            flagged=row.get("flagged", False),
            by="x",
            at=AT,
        )
        for key, row in rows.items()
    }


def _assessment(facts: dict[str, Any]) -> Assessment:
    wish = facts["assessment"]
    return Assessment(
        id=AssessmentId("a"),
        engagement_id=EngagementId("e"),
        system_id=SystemId("s"),
        edition_digest=Digest(""),
        target_level=LevelCode(wish["target"]),
        profile_id=wish["profile"],
    )


def _overrides(facts: dict[str, Any], edition: Edition) -> dict[NodeCode, Override]:
    return {
        NodeCode(row["item"]): Override(
            item_code=NodeCode(row["item"]),
            rating=parse_rating(row["rating"], edition),
            reason=row["reason"],
            by="x",
            at=AT,
        )
        for row in facts["override"]
    }


def test_every_criterion_of_the_pack_is_answered(edition: Edition, answers: dict[CriterionId, Answer]) -> None:
    assert list(answers) == list(edition.criterion_by_id)
    assert all(answer.value is not AnswerValue.NOT_ASSESSED for answer in answers.values())


def test_every_answer_other_than_compliant_says_why(answers: dict[CriterionId, Answer]) -> None:
    for answer in answers.values():
        check_answer(answer.value, answer.rationale)
        assert answer.value is AnswerValue.COMPLIANT or answer.rationale


@pytest.mark.parametrize("with_override", [True, False])
def test_the_result_is_level_3(
    edition: Edition, facts: dict[str, Any], answers: dict[CriterionId, Answer], *, with_override: bool
) -> None:
    overrides = _overrides(facts, edition) if with_override else {}
    results = compute_results(edition, _assessment(facts), answers, overrides)
    assert results.overall.rating == Rating(3)
    assert all(rating.state is ItemState.SETTLED for rating in results.items.values())
    assert {rating.computed.label(edition.levels) for rating in results.items.values()} == {"3", "4-", "4", "5-"}


def test_coverage_finds_nothing_left_open(
    edition: Edition, facts: dict[str, Any], answers: dict[CriterionId, Answer], evidence: list[dict[str, Any]]
) -> None:
    linked = Counter(CriterionId(criterion) for row in evidence for criterion in row["criteria"])
    found = {note.finding for note in coverage(edition, _assessment(facts), answers, linked)}
    assert found.isdisjoint({CoverageFinding.NEGATIVE_WITHOUT_RATIONALE, CoverageFinding.NOT_ASSESSED})


def test_bilingual_texts_have_both_languages(facts: dict[str, Any], answers: dict[CriterionId, Answer]) -> None:
    texts = [answer.rationale for answer in answers.values() if answer.rationale]
    texts += [row[key] for row in facts["observation"] for key in ("text", "impact", "recommendation") if key in row]
    texts += [row["notes"] for row in facts["interview"]] + [row["remark"] for row in facts["self_rating"]]
    for text in filter(None, texts):
        chinese, english = text.split(" / ")
        assert re.search(r"[\u4e00-\u9fff]", chinese)
        assert re.search(r"[A-Za-z]", english)
        assert not re.search(r"[\u4e00-\u9fff]", english)


def test_everything_the_facts_name_exists(edition: Edition, facts: dict[str, Any]) -> None:
    named = {criterion for part in ("observation", "interview") for row in facts[part] for criterion in row["criteria"]}
    assert named <= set(edition.criterion_by_id)
    assert [row["item"] for row in facts["self_rating"]] == list(edition.item_by_code)
    people = {row["name"] for row in facts["person"]}
    assert {name for row in facts["interview"] for name in row["people"]} <= people
    assert {Grade(row["grade"]) for row in facts["observation"]} == set(Grade)


def test_five_self_ratings_differ_from_the_assessed_ones(
    edition: Edition, facts: dict[str, Any], answers: dict[CriterionId, Answer]
) -> None:
    results = compute_results(edition, _assessment(facts), answers, _overrides(facts, edition))
    own = {NodeCode(row["item"]): parse_rating(row["rating"], edition) for row in facts["self_rating"]}
    assert sum(own[code] != rating.effective for code, rating in results.items.items()) == 5


def test_evidence_answers_the_request_its_name_claims(edition: Edition, evidence: list[dict[str, Any]]) -> None:
    assert {row["file"] for row in evidence} == {path.name for path in (SAMPLE / "evidence").iterdir()}
    for row in evidence:
        request = match_request(row["file"], edition)
        assert request is not None
        assert (request.code, request.kind) == (row["request_code"], EvidenceKind(row["kind"]))
        assert set(row["criteria"]) <= set(edition.criterion_by_id)
        assert HandlingGrade(row["grade"])
        assert isinstance(row["received_on"], date)
    assert {EvidenceKind(row["kind"]) for row in evidence} == set(EvidenceKind)


def test_level_3_of_the_items_with_evidence_is_evidenced_throughout(
    edition: Edition, evidence: list[dict[str, Any]]
) -> None:
    linked = {criterion for row in evidence for criterion in row["criteria"]}
    handed_in = {row["request_code"] for row in evidence}
    chosen = [item for item in edition.items if any(code.startswith(f"{item.code}-L3") for code in handed_in)]
    assert len(chosen) * 3 >= len(edition.items)
    for item in chosen:
        level_2, level_3 = item.cells[1:3]
        assert {criterion.id for criterion in level_3.criteria} <= linked
        assert {request.code for request in (*level_2.evidence, *level_3.evidence)} <= handed_in


def test_evidence_files_stay_small() -> None:
    sizes = [path.stat().st_size for path in (SAMPLE / "evidence").iterdir()]
    assert max(sizes) < 120_000
    assert sum(sizes) < 3_000_000
