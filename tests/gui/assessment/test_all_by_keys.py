"""The whole questionnaire by keys alone: every rated item, every criterion up to the target, nothing lost."""

import time
from collections.abc import Callable
from functools import partial
from statistics import median

import pytest
from PySide6.QtCore import Qt

from maturity_desktop.domain.answers import AnswerValue
from maturity_desktop.domain.ids import CriterionId
from maturity_desktop.domain.results import ItemState
from maturity_desktop.gui.assessment.presenter import QuestionnaireScreen
from maturity_desktop.services import assessments, journal
from tests.gui.assessment.conftest import Press
from tests.gui.conftest import ManualExecutor
from tests.gui.real_assessment import RealAssessment

KEYS = {
    AnswerValue.COMPLIANT: Qt.Key.Key_Y,
    AnswerValue.PARTIALLY_COMPLIANT: Qt.Key.Key_P,
    AnswerValue.NOT_COMPLIANT: Qt.Key.Key_N,
}
MOST_REDRAWS = 2  # a key may take as long as drawing the page so often, in the same run
REDRAW_EVERY = 8


def plan(real: RealAssessment) -> dict[CriterionId, AnswerValue]:
    """What to answer: mostly compliant, every seventh partly, every eleventh not."""
    edition, target = real.edition, real.edition.level_index(real.assessment.target_level)
    base = edition.level_index(edition.base_level)
    needed = [key for key, level in edition.level_of_criterion.items() if base < edition.level_index(level) <= target]
    cycle = {0: AnswerValue.PARTIALLY_COMPLIANT, 4: AnswerValue.NOT_COMPLIANT}
    return {
        key: cycle.get(place % 7 if place % 7 == 0 else place % 11, AnswerValue.COMPLIANT)
        for place, key in enumerate(needed, 1)
    }


@pytest.mark.timeout(280)
def test_every_rated_item_is_answered_by_keys_alone(
    screen: QuestionnaireScreen, press: Press, executor: ManualExecutor, real: RealAssessment
) -> None:
    wanted = plan(real)
    visited: list[str] = []
    taken_ms: list[float] = []
    redrawn_ms: list[float] = []
    for number, (criterion_id, value) in enumerate(wanted.items()):
        focus = screen.walker.focus
        assert focus is not None
        assert focus.criterion_id == criterion_id
        if focus.item_code not in visited:
            visited.append(focus.item_code)
        taken_ms.append(ms_of(partial(press, KEYS[value])))
        if number % REDRAW_EVERY == 0:
            redrawn_ms.append(ms_of(screen.view.grab))
        if len(executor.waiting) > 3:
            executor.settle()
    executor.settle()

    sheet = assessments.load_sheet(real.workspace, real.assessment.id)
    assert len(visited) == len(real.edition.items) == 49
    assert {key: answer.value for key, answer in sheet.answers.items()} == wanted
    assert {answer.revision for answer in sheet.answers.values()} == {1}
    assert all(rating.state is not ItemState.NOT_STARTED for rating in sheet.results.items.values())
    shown = screen.recorder.sheet
    assert shown is not None
    assert not shown.tickets
    assert shown.results.overall.rating == sheet.results.overall.rating
    assert journal.verify(real.workspace).is_intact
    told = f"key {median(taken_ms):.1f} ms, worst {max(taken_ms):.1f} ms; drawing the page {median(redrawn_ms):.1f} ms"
    assert median(taken_ms) < MOST_REDRAWS * median(redrawn_ms), told
    print(told)


def ms_of(act: Callable[[], object]) -> float:
    began = time.perf_counter()
    act()
    return (time.perf_counter() - began) * 1000
