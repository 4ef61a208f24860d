"""The real window on a real X server, by real keys: unlock, answer every rated item, leave; then ask the database."""

import os
import time
from pathlib import Path

import pytest

from maturity_desktop.services import assessments, engagements, journal, workspaces
from maturity_desktop.services.context import Machine
from maturity_desktop.system import paths
from maturity_desktop.system.clock import SystemClock
from tests.gui.real_assessment import PASSPHRASE, make_assessment
from tests.journeys.real_screen import Screen, real_screen, wait_until_gone

pytestmark = [pytest.mark.xvfb, pytest.mark.timeout(400)]

RESTS_EVERY = 10
TYPED = "harbour-lantern-42-plane-tree"  # what a keyboard without an input method can type


def pictures(name: str, screen: Screen) -> None:
    folder = os.environ.get("MATURITY_PICTURES")
    if folder:
        screen.picture(Path(folder) / f"{name}.png")


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(clock=SystemClock(), standards=(paths.standards(),), cache=tmp_path / "cache")


def test_all_rated_items_are_answered_without_the_mouse(machine: Machine, tmp_path: Path) -> None:
    real = make_assessment(machine, tmp_path)
    needed = assessments.load_sheet(real.workspace, real.assessment.id).results.overall.progress
    place = real.workspace.path
    workspaces.change_passphrase(real.workspace, PASSPHRASE, TYPED)
    workspaces.close(real.workspace)

    with real_screen(tmp_path / "home") as screen:
        program = screen.start(str(place))
        _wait_for_title(screen, "打开")
        time.sleep(1)
        pictures("unlock", screen)
        screen.type(TYPED)
        screen.keys("Return")
        _wait_for_title(screen, "核心系统")
        screen.keys("alt+3")
        time.sleep(1.5)
        pictures("questionnaire", screen)
        for number in range(needed.needed_total):
            screen.keys("u", "y", delay_ms=40)
            if number % RESTS_EVERY == 0:
                time.sleep(0.2)
        time.sleep(1.5)
        pictures("answered", screen)
        screen.keys("ctrl+q")
        code, said = wait_until_gone(program)

    assert (code, said) == (0, "")
    workspace = workspaces.open_workspace(machine, place, TYPED, actor="test")
    try:
        card = engagements.list_engagements(workspace)[0].assessments[0]
        sheet = assessments.load_sheet(workspace, card.assessment.id)
        assert card.progress.needed_answered == needed.needed_total
        assert len({sheet.edition.item_of_criterion[criterion].code for criterion in sheet.answers}) == 49
        assert card.result_label == "3"
        assert journal.verify(workspace).is_intact
    finally:
        workspaces.close(workspace)


def _wait_for_title(screen: Screen, part: str) -> None:
    end = time.monotonic() + 60
    while part not in screen.title():
        assert time.monotonic() < end, f"the window is still called {screen.title()}"
        time.sleep(0.2)
