"""A library of 1 800 assessable nodes in the questionnaire beside part 3; searching all standards beside a scan."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent

from maturity_desktop.domain.standard import Edition
from maturity_desktop.gui.assessment.presenter import QuestionnaireScreen
from maturity_desktop.gui.common.desk import Desk
from maturity_desktop.services import authoring, library_search, standards, workspaces
from maturity_desktop.services.context import Machine
from tests.benchmarks.measuring import ratio
from tests.factories.foreign_models import big_library
from tests.gui.conftest import ManualExecutor
from tests.gui.conftest import desk as desk  # noqa: PLC0414  a fixture
from tests.gui.conftest import dialogs as dialogs  # noqa: PLC0414  a fixture
from tests.gui.conftest import executor as executor  # noqa: PLC0414  a fixture
from tests.gui.conftest import theme as theme  # noqa: PLC0414  a fixture
from tests.gui.real_assessment import RealAssessment, make_assessment

pytestmark = pytest.mark.benchmark

NODES = 1800


@pytest.fixture
def part_3(machine: Machine, tmp_path: Path) -> Iterator[RealAssessment]:
    made = make_assessment(machine, _new(tmp_path / "part3"))
    yield made
    workspaces.close(made.workspace)


@pytest.fixture
def big(machine: Machine, tmp_path: Path) -> Iterator[RealAssessment]:
    """An imported library with 1 800 assessable requirements, assessed like any other standard."""
    source, pack = tmp_path / "big.yaml", tmp_path / "packs" / "big" / "1"
    source.write_text(big_library(NODES), encoding="utf-8")
    plan = authoring.plan_import(machine, source, pack)
    authoring.carry_out(plan, pack)
    assert plan.content is not None
    edition: Edition = plan.content.edition
    assert len(edition.items) == NODES
    wider = replace(machine, standards=(tmp_path / "packs",))
    made = make_assessment(wider, _new(tmp_path / "large"), standard=edition.standard_id)
    yield made
    workspaces.close(made.workspace)


def _new(folder: Path) -> Path:
    folder.mkdir()
    return folder


def opener(real: RealAssessment, desk: Desk, executor: ManualExecutor) -> Callable[[], None]:
    """Open the questionnaire as the window does, with nothing remembered, until it is painted."""

    def opened() -> None:
        real.workspace.session.forget()
        screen = QuestionnaireScreen(desk)
        screen.page.resize(1220, 664)
        screen.page.show()
        screen.enter(real.place)
        screen.activate()
        executor.settle()
        screen.page.grab()
        assert screen.recorder.sheet is not None
        screen.page.close()
        screen.page.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    return opened


def test_a_large_library_opens_in_the_questionnaire_as_part_3_does(
    big: RealAssessment, part_3: RealAssessment, desk: Desk, executor: ManualExecutor
) -> None:
    ours, reference = (opener(one, desk, executor) for one in (big, part_3))
    assert ratio(f"questionnaire of {NODES} nodes / of part 3 (49 items)", ours, reference).value < 2.5


@pytest.mark.parametrize("words", ["制品", "deployment pipeline", "没有这个词", "测试 数据"])
def test_searching_all_standards(machine: Machine, words: str) -> None:
    index = library_search.build_index(machine)
    texts = [
        "\n".join(_texts(standards.open_pack(machine, card.place))).casefold() for card in standards.library(machine)
    ]

    def plain_scan() -> object:
        return [text.count(word) for text in texts for word in words.split()]

    measured = ratio(
        f"search “{words}” in all standards / a plain scan of their text",
        lambda: library_search.search(index, words),
        plain_scan,
        rounds=51,
    )
    assert measured.value < 10


def _texts(edition: Edition) -> Iterator[str]:
    for item in edition.items:
        yield from (item.name.zh, item.name.en, item.scope.zh, item.scope.en)
        for criterion in item.criteria:
            yield from (criterion.id, criterion.text.zh, criterion.text.en, criterion.note.zh, criterion.note.en)
        for cell in item.cells:
            for request in cell.evidence:
                yield from (request.code, request.title.zh, request.title.en)
