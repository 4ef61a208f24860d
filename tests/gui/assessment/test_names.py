"""Whatever takes the keyboard on these screens can be found by tests and named by a screen reader."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from maturity_desktop.domain.text import LANGUAGES
from maturity_desktop.gui.assessment.evidence_presenter import EvidenceScreen
from maturity_desktop.gui.assessment.presenter import QuestionnaireScreen
from maturity_desktop.gui.common.desk import Desk
from maturity_desktop.gui.common.screens import Screen
from maturity_desktop.gui.findings.presenter import FindingsScreen
from maturity_desktop.gui.results.presenter import ResultsScreen
from tests.gui.conftest import ManualExecutor
from tests.gui.real_assessment import RealAssessment


def nameless(view: QWidget) -> list[str]:
    found = []
    for widget in view.findChildren(QWidget):
        takes_keys = widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        is_ours = not widget.objectName().startswith("qt_")
        if widget.isVisibleTo(view) and takes_keys and is_ours:
            text = getattr(widget, "text", str)()
            if not widget.objectName() or not (widget.accessibleName() or text):
                found.append(f"{type(widget).__name__} {widget.objectName()}")
    return found


@pytest.mark.parametrize("make", [QuestionnaireScreen, EvidenceScreen, ResultsScreen, FindingsScreen])
def test_every_control_has_a_name_in_both_languages(
    desk: Desk,
    real: RealAssessment,
    executor: ManualExecutor,
    qtbot: QtBot,
    make: Callable[[Desk], Screen],
) -> None:
    screen = make(desk)
    qtbot.addWidget(screen.view)
    with qtbot.waitExposed(screen.view):
        screen.view.show()
    screen.enter(real.place)
    screen.activate()
    executor.settle()
    for language in LANGUAGES:
        desk.speech.switch_to(language)
        screen.retranslate()
        assert nameless(screen.view) == []
