"""What the questionnaire shows and where it goes, as tables over frozen values; no window involved."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from maturity_desktop.domain.answers import Answer, AnswerValue
from maturity_desktop.domain.evidence import Evidence, EvidenceLink, EvidenceRevision
from maturity_desktop.domain.ids import CriterionId, EvidenceId, NodeCode, RevisionId
from maturity_desktop.domain.standard import EvidenceKind
from maturity_desktop.gui.assessment.loading import load_state
from maturity_desktop.gui.assessment.state import question, sheet, tree, walking
from maturity_desktop.gui.assessment.state.evidence import size_words
from maturity_desktop.gui.assessment.state.sheet import SaveState, SheetState, Ticket, Wish
from maturity_desktop.gui.assessment.state.tree import Filter
from maturity_desktop.gui.assessment.state.walking import Focus, Move
from maturity_desktop.gui.common.cells import CellState
from tests.gui.real_assessment import RealAssessment

FIRST, SECOND = CriterionId("CM-VC-VCS-2.1"), CriterionId("CM-VC-VCS-2.2")
ITEM = NodeCode("CM-VC-VCS")


@pytest.fixture
def state(real: RealAssessment) -> SheetState:
    return load_state(real.workspace, real.assessment.id)


def answer(criterion_id: str, value: AnswerValue, **more: object) -> Answer:
    plain = Answer(criterion_id=CriterionId(criterion_id), value=value, by="Chen", at=datetime(2026, 1, 2, tzinfo=UTC))
    return replace(plain, **more)  # type: ignore[arg-type]  # any field of an answer


def with_answers(state: SheetState, *answers: Answer) -> SheetState:
    return replace(state, answers={one.criterion_id: one for one in answers})


def evidence_for(state: SheetState, criterion_id: str) -> Evidence:
    revision = EvidenceRevision(
        id=RevisionId("r"),
        number=1,
        file_name="a.pdf",
        size_bytes=1,
        sha256="0" * 64,
        added_by="Chen",
        added_at=datetime(2026, 1, 2, tzinfo=UTC),
    )
    link = EvidenceLink(assessment_id=state.assessment.id, criterion_id=CriterionId(criterion_id))
    return Evidence(
        id=EvidenceId("e"),
        title="a",
        kind=EvidenceKind.DOCUMENT,
        revisions=(revision,),
        links=(link,),
        request_code="CM-VC-VCS-L2-1",
    )


def test_a_pending_wish_shows_and_a_refused_one_falls_back(state: SheetState) -> None:
    sent = sheet.with_ticket(state, Ticket(number=1, wishes=(Wish(criterion_id=FIRST, value=AnswerValue.COMPLIANT),)))
    assert sent.value(FIRST) is AnswerValue.COMPLIANT
    assert sent.save_state(FIRST) is SaveState.SAVING
    back = sheet.refused(sent, 1)
    assert back.value(FIRST) is AnswerValue.NOT_ASSESSED
    assert back.save_state(FIRST) is SaveState.FAILED


def test_the_newest_of_two_wishes_wins_until_both_are_settled(state: SheetState) -> None:
    first = Ticket(number=1, wishes=(Wish(criterion_id=FIRST, value=AnswerValue.COMPLIANT),))
    second = Ticket(number=2, wishes=(Wish(criterion_id=FIRST, value=AnswerValue.NOT_COMPLIANT),))
    both = sheet.with_ticket(sheet.with_ticket(state, first), second)
    after = sheet.settled(both, 1, (answer(FIRST, AnswerValue.COMPLIANT),), state.results)
    assert after.value(FIRST) is AnswerValue.NOT_COMPLIANT
    assert after.saved_value(FIRST) is AnswerValue.COMPLIANT


def test_a_draft_travels_once_and_comes_back_when_refused(state: SheetState) -> None:
    typed = sheet.with_draft(state, FIRST, "why")
    sent = sheet.with_ticket(typed, Ticket(number=1, wishes=(Wish(criterion_id=FIRST, rationale="why"),)))
    assert FIRST not in sent.drafts
    assert sent.rationale(FIRST) == "why"
    assert sheet.refused(sent, 1).drafts == {FIRST: "why"}


def test_typing_the_saved_text_again_ends_the_draft(state: SheetState) -> None:
    saved = with_answers(state, answer(FIRST, AnswerValue.COMPLIANT, rationale="old"))
    changed = sheet.with_draft(saved, FIRST, "new")
    assert sheet.with_draft(changed, FIRST, "old").drafts == {}


def test_a_reload_keeps_newer_answers_drafts_and_tickets(state: SheetState) -> None:
    newer = with_answers(state, answer(FIRST, AnswerValue.COMPLIANT, revision=2))
    current = sheet.with_draft(newer, SECOND, "typed")
    loaded = with_answers(state, answer(FIRST, AnswerValue.NOT_COMPLIANT, revision=1))
    merged = sheet.rebased(loaded, current)
    assert merged.value(FIRST) is AnswerValue.COMPLIANT
    assert merged.drafts == {SECOND: "typed"}


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ((AnswerValue.COMPLIANT, AnswerValue.NOT_APPLICABLE), CellState.HOLDS),
        ((AnswerValue.COMPLIANT, AnswerValue.NOT_ASSESSED), CellState.OPEN),
        ((AnswerValue.PARTIALLY_COMPLIANT, AnswerValue.NOT_ASSESSED), CellState.BLOCKED),
        ((AnswerValue.NOT_COMPLIANT, AnswerValue.COMPLIANT), CellState.BLOCKED),
    ],
    ids=["all hold", "one open", "one partly", "one not"],
)
def test_a_cell_holds_is_open_or_blocked(
    state: SheetState, values: tuple[AnswerValue, AnswerValue], expected: CellState
) -> None:
    answered = with_answers(state, answer(FIRST, values[0]), answer(SECOND, values[1]))
    props = question.derive(answered, Focus(ITEM, FIRST), "zh")
    assert props.cells[1].state is expected


def test_empty_and_same_cells_say_so(state: SheetState) -> None:
    rollback = question.derive(state, Focus(NodeCode("CM-CM-CR"), CriterionId("CM-CM-CR-2.1")), "en")
    assert [cell.state for cell in rollback.cells][::4] == [CellState.NOTHING, CellState.NOTHING]
    plan = question.derive(state, Focus(NodeCode("BCI-BP-BP"), CriterionId("BCI-BP-BP-2.1")), "en")
    assert plan.cells[4].state is CellState.SAME


def test_the_target_column_is_marked_and_those_above_it_known(state: SheetState) -> None:
    cells = question.derive(state, Focus(ITEM, FIRST), "zh").cells
    assert [cell.is_target for cell in cells] == [False, False, True, False, False]
    assert [cell.is_above_target for cell in cells] == [False, False, False, True, True]


def test_both_languages_are_shown_once_each(state: SheetState) -> None:
    zh = question.derive(state, Focus(ITEM, FIRST), "zh")
    en = question.derive(state, Focus(ITEM, FIRST), "en")
    assert (zh.header.name, zh.header.other_name) == (en.header.other_name, en.header.name)
    assert (zh.detail.text, zh.detail.other_text) == (en.detail.other_text, en.detail.text)


def test_a_request_is_met_by_evidence_that_names_it(state: SheetState) -> None:
    handed_in = sheet.with_evidence(state, evidence_for(state, FIRST))
    requests = question.derive(handed_in, Focus(ITEM, FIRST), "zh").detail.requests
    assert {request.code: request.is_met for request in requests}["CM-VC-VCS-L2-1"]
    assert not {request.code: request.is_met for request in requests}["CM-VC-VCS-L2-2"]


def test_unlinked_evidence_leaves_the_sheet(state: SheetState) -> None:
    handed_in = sheet.with_evidence(state, evidence_for(state, FIRST))
    assert len(handed_in.evidence_of[FIRST]) == 1
    gone = sheet.with_evidence(handed_in, replace(evidence_for(state, FIRST), links=()))
    assert gone.evidence == ()


@pytest.mark.parametrize(
    ("move", "start", "end"),
    [
        (Move.DOWN, "CM-VC-VCS-2.2", "CM-VC-VCS-3.1"),
        (Move.UP, "CM-VC-VCS-1.1", "CM-VC-VCS-1.1"),
        (Move.RIGHT, "CM-VC-VCS-2.2", "CM-VC-VCS-3.2"),
        (Move.LEFT, "CM-VC-VCS-3.3", "CM-VC-VCS-2.2"),
        (Move.LEFT, "CM-VC-BM-2.1", "CM-VC-BM-2.1"),
        (Move.NEXT, "CM-VC-VCS-3.3", "CM-VC-BM-2.1"),
        (Move.NEXT, "CM-VC-VCS-4.1", "CM-VC-VCS-4.2"),
        (Move.PREVIOUS_ITEM, "CM-VC-BM-3.1", "CM-VC-VCS-2.1"),
        (Move.NEXT_ITEM, "MF-MDI-MFI-2.1", "MF-MDI-MFI-2.1"),
    ],
)
def test_moves(state: SheetState, move: Move, start: str, end: str) -> None:
    item = state.edition.item_of_criterion[CriterionId(start)]
    assert walking.walk(state, Focus(item.code, CriterionId(start)), move).criterion_id == end


def test_filtered_walking_visits_passing_items_only(state: SheetState) -> None:
    flagged = with_answers(state, answer("EM-EM-ET-3.1", AnswerValue.COMPLIANT, flagged=True))
    allowed = tree.matching(flagged, frozenset({Filter.FLAGGED}))
    found = walking.walk(flagged, Focus(ITEM, FIRST), Move.NEXT_ITEM, allowed)
    assert found == Focus(NodeCode("EM-EM-ET"), CriterionId("EM-EM-ET-3.1"))


@pytest.mark.parametrize(
    ("chosen", "one"),
    [
        (Filter.FLAGGED, answer(FIRST, AnswerValue.COMPLIANT, flagged=True)),
        (Filter.TO_CONFIRM, answer(FIRST, AnswerValue.COMPLIANT, to_confirm=True)),
        (Filter.BLOCKING_TARGET, answer(FIRST, AnswerValue.PARTIALLY_COMPLIANT)),
        (Filter.WITHOUT_EVIDENCE, answer(FIRST, AnswerValue.COMPLIANT)),
        (Filter.WITH_RATIONALE, answer(FIRST, AnswerValue.COMPLIANT, rationale="seen")),
    ],
)
def test_each_filter_finds_its_criterion(state: SheetState, chosen: Filter, one: Answer) -> None:
    assert tree.matching(with_answers(state, one), frozenset({chosen})) == {ITEM: (FIRST,)}


def test_filters_are_combined_with_and(state: SheetState) -> None:
    answered = with_answers(
        state,
        answer(FIRST, AnswerValue.COMPLIANT, flagged=True),
        answer(SECOND, AnswerValue.PARTIALLY_COMPLIANT, flagged=True),
    )
    both = frozenset({Filter.FLAGGED, Filter.BLOCKING_TARGET})
    assert tree.matching(answered, both) == {ITEM: (SECOND,)}


def test_the_observation_filter_looks_at_counts(state: SheetState) -> None:
    observed = replace(state, observation_counts={FIRST: 1})
    assert tree.matching(observed, frozenset({Filter.WITH_OBSERVATION})) == {ITEM: (FIRST,)}


def test_everything_above_the_base_up_to_the_target_is_unanswered_at_first(state: SheetState) -> None:
    found = tree.matching(state, frozenset({Filter.UNANSWERED}))
    assert len(found) == 49
    assert all(not key.rsplit("-", 1)[1].startswith(("1.", "4.", "5.")) for keys in found.values() for key in keys)


def test_the_tree_has_the_layers_of_the_pack(state: SheetState) -> None:
    (root,) = tree.build(state)
    rows = tree.rows(state, "zh")
    assert len(root.children) == 7
    assert [rows[code].layer for code in (NodeCode(""), NodeCode("CM"), NodeCode("CM-VC"), ITEM)] == [
        "能力域",
        "能力子域",
        "能力项",
        "能力子项",
    ]


@pytest.mark.parametrize(
    ("size", "words"),
    [(0, "0 B"), (1023, "1023 B"), (1536, "1.5 KB"), (5 * 1024**2, "5.0 MB"), (3 * 1024**3, "3.0 GB")],
)
def test_sizes_are_told_in_fitting_units(size: int, words: str) -> None:
    assert size_words(size, "en") == words
