"""Answers in the words of a model's owner: recorded, undone, journalled, carried over, kept over closing."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from maturity_desktop.domain.answers import AnswerValue
from maturity_desktop.domain.canonical import ABSENT
from maturity_desktop.domain.ids import NodeCode
from maturity_desktop.domain.text import Language
from maturity_desktop.errors import RuleBroken
from maturity_desktop.reporting.digest import content_digest, content_of
from maturity_desktop.services import assessments, content_changes, editions, journal, results, snapshots, workspaces
from maturity_desktop.services.assessments import AnswerRequest
from maturity_desktop.services.context import Workspace
from tests.factories.owner_answers import STREAMS, criterion, give, make_owner_workspace, shelve
from tests.factories.sealed_workspace import ASSESSMENT, reopen

FIRST = criterion("D-TM-A", 1)
YES, PARTLY, NO = AnswerValue.COMPLIANT, AnswerValue.PARTIALLY_COMPLIANT, AnswerValue.NOT_COMPLIANT


@pytest.fixture(name="workspace")
def open_one(tmp_path: Path) -> Iterator[Workspace]:
    workspace = make_owner_workspace(tmp_path)
    yield workspace
    workspaces.close(workspace)


def record(workspace: Workspace, *wishes: AnswerRequest) -> assessments.AnswersRecorded:
    return assessments.record_answers(workspace, ASSESSMENT, wishes).value


def test_the_model_scores_by_the_formula_of_its_owner(workspace: Workspace) -> None:
    given = give(workspace, STREAMS).results
    assert {code: given.items[NodeCode(code)].position for code in STREAMS} == {
        "D-TM-A": Fraction("1.25"),  # 1 + 0.25 + 0
        "D-TM-B": Fraction("1.75"),  # 1 + 0.5 + 0.25
        "D-SR-A": Fraction("2.5"),  # 1 + 1 + 0.5
        "V-ST-A": Fraction("1.5"),  # 0.5 + 0.5 + 0.5
    }
    practices = {code: given.nodes[NodeCode(code)].average for code in ("D-TM", "D-SR", "V-ST", "D", "V")}
    assert practices == {
        "D-TM": Decimal("1.50"),
        "D-SR": Decimal("2.50"),
        "V-ST": Decimal("1.50"),
        "D": Decimal("2.00"),
        "V": Decimal("1.50"),
    }
    assert given.overall.average == Decimal("1.75")


def test_the_value_follows_from_what_the_choice_earns(workspace: Workspace) -> None:
    given = give(workspace, {"D-TM-A": "abd"})
    assert [answer.value for answer in given.answers] == [NO, PARTLY, YES]
    assert [answer.choice for answer in given.answers] == ["a", "b", "d"]


def test_a_choice_is_a_revision_and_can_be_undone_and_redone(workspace: Workspace) -> None:
    record(workspace, AnswerRequest(criterion_id=FIRST, choice="b"))
    record(workspace, AnswerRequest(criterion_id=FIRST, choice="c", rationale="抽查三个系统"))
    assessments.undo_last(workspace, ASSESSMENT)
    assessments.undo_last(workspace, ASSESSMENT)
    assessments.redo_last(workspace, ASSESSMENT)
    told = assessments.history(workspace, ASSESSMENT, FIRST)
    assert [answer.choice for answer in told] == ["b", "c", "b", ABSENT, "b"]
    assert [answer.value for answer in told] == [PARTLY, PARTLY, PARTLY, AnswerValue.NOT_ASSESSED, PARTLY]


def test_a_choice_that_differs_in_nothing_else_is_a_change(workspace: Workspace) -> None:
    record(workspace, AnswerRequest(criterion_id=FIRST, choice="b"))
    assert len(record(workspace, AnswerRequest(criterion_id=FIRST, choice="c")).answers) == 1
    assert record(workspace, AnswerRequest(criterion_id=FIRST, choice="c")).answers == ()


def test_a_flag_keeps_the_choice_and_another_value_ends_it(workspace: Workspace) -> None:
    record(workspace, AnswerRequest(criterion_id=FIRST, choice="c"))
    (flagged,) = record(workspace, AnswerRequest(criterion_id=FIRST, flagged=True)).answers
    wish = AnswerRequest(criterion_id=FIRST, value=AnswerValue.NOT_APPLICABLE, rationale="外购系统")
    (left_out,) = record(workspace, wish).answers
    assert (flagged.choice, left_out.choice) == ("c", ABSENT)


@pytest.mark.parametrize("choice", ["e", "", "no"])
def test_a_choice_that_the_owner_does_not_offer_is_refused(workspace: Workspace, choice: str) -> None:
    with pytest.raises(RuleBroken, match="ANS-007") as refused:
        record(workspace, AnswerRequest(criterion_id=FIRST, choice=choice))
    assert dict(refused.value.values)["known"] == "a, b, c, d"
    assert assessments.history(workspace, ASSESSMENT, FIRST) == ()


def test_the_journal_tells_the_choice_and_vouches_for_it(workspace: Workspace) -> None:
    record(workspace, AnswerRequest(criterion_id=FIRST, choice="b"))
    entry = next(entry for entry in journal.entries(workspace) if entry.event == "answer.recorded")
    assert json.loads(entry.new)["choice"] == "b"
    assert journal.verify(workspace).is_intact
    with workspace.begin() as work:
        forged = replace(work.answers.newest(ASSESSMENT)[FIRST], revision=2, choice="c")
        work.answers.append(ASSESSMENT, (forged,))
    assert journal.verify(workspace).problem == "answers"


def test_choices_survive_closing_and_opening(workspace: Workspace) -> None:
    give(workspace, STREAMS)
    workspaces.close(workspace)
    again = reopen(workspace)
    assert results.compute(again, ASSESSMENT).overall.average == Decimal("1.75")
    workspaces.close(again)


def test_the_digest_of_the_content_covers_the_choice(workspace: Workspace) -> None:
    record(workspace, AnswerRequest(criterion_id=FIRST, choice="b"))
    before = snapshots.take(workspace, ASSESSMENT)
    record(workspace, AnswerRequest(criterion_id=FIRST, choice="c"))
    after = snapshots.take(workspace, ASSESSMENT)
    assert content_digest(before) != content_digest(after)
    changes = content_changes.changed_fields(content_of(before), content_of(after))
    assert [(change.subject, change.field, change.old, change.new) for change in changes] == [
        (FIRST, "choice", "b", "c")
    ]
    for language, word in WORDS.items():
        assert content_changes.in_words(changes[0], language).endswith(word)


WORDS: dict[Language, str] = {"zh": "所选答案", "en": "choice"}


def test_a_what_if_counts_a_closed_criterion_in_full(workspace: Workspace) -> None:
    give(workspace, STREAMS)
    closed = results.what_if(workspace, ASSESSMENT, {criterion("V-ST-A", 1): YES})
    assert closed.items[NodeCode("V-ST-A")].position == 2


def test_choices_go_over_to_another_edition_that_offers_them(workspace: Workspace, tmp_path: Path) -> None:
    give(workspace, STREAMS)
    edition = assessments.load_sheet(workspace, ASSESSMENT).edition
    (answers,) = edition.answer_sets or ()
    without_b = replace(answers, choices=tuple(one for one in answers.choices if one.code != "b"))
    later = replace(edition, edition_id="next", released_on=date(2027, 1, 1), answer_sets=(without_b,))
    shelve(workspace.machine, later, tmp_path)
    moved = editions.move(workspace, ASSESSMENT, "next").value
    carried = assessments.load_sheet(workspace, moved.assessment.id).answers
    assert (carried[criterion("D-TM-A", 1)].choice, carried[criterion("D-TM-A", 2)].choice) == ("d", ABSENT)
    assert journal.verify(workspace).is_intact
