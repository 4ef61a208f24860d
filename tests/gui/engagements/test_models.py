"""The item models of the set-up keep Qt's promises and their own."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.modeltest import ModelTester

from maturity_desktop.domain.engagement import Role
from maturity_desktop.domain.standard import Edition
from maturity_desktop.gui.common.desk import Desk
from maturity_desktop.gui.engagements.models import ScopeModel, TeamModel
from maturity_desktop.services import standards
from maturity_desktop.services.context import Machine

CHECK = Qt.ItemDataRole.CheckStateRole


@pytest.fixture
def edition(machine: Machine) -> Edition:
    return standards.load(machine, "cn-devops-3")


def test_the_scope_tree_is_a_sound_model(desk: Desk, edition: Edition, qtmodeltester: ModelTester) -> None:
    model = ScopeModel(desk.speech)
    model.show_edition(edition, ())
    qtmodeltester.check(model, force_py=True)
    model.setData(model.index(1, 0), Qt.CheckState.Unchecked, CHECK)


def test_everything_ticked_means_the_whole_standard(desk: Desk, edition: Edition) -> None:
    model = ScopeModel(desk.speech)
    model.show_edition(edition, ())
    assert model.chosen() == ()
    assert model.is_anything_ticked()


def test_the_outermost_ticked_nodes_are_the_scope(desk: Desk, edition: Edition) -> None:
    model = ScopeModel(desk.speech)
    model.show_edition(edition, ())
    first = model.index(0, 0)
    model.setData(model.index(0, 0, first), Qt.CheckState.Unchecked, CHECK)
    assert model.data(first, CHECK) is Qt.CheckState.PartiallyChecked
    root = edition.nodes[0]
    expected = [node.code for node in root.nodes[1:]] + [node.code for node in edition.nodes[1:]]
    assert list(model.chosen()) == expected


def test_a_chosen_scope_is_shown_ticked_again(desk: Desk, edition: Edition) -> None:
    model = ScopeModel(desk.speech)
    wanted = (edition.nodes[2].code, edition.items[0].code)
    model.show_edition(edition, wanted)
    assert set(model.chosen()) == set(wanted)


def test_the_team_table_is_a_sound_model(desk: Desk, qtmodeltester: ModelTester) -> None:
    model = TeamModel(desk.speech)
    model.add(Role.LEAD_ASSESSOR, "林一")
    qtmodeltester.check(model, force_py=True)
    model.add()
    model.remove(0)


def test_name_role_and_department_can_be_edited(desk: Desk) -> None:
    model = TeamModel(desk.speech)
    model.add(Role.ASSESSOR)
    for column, text in enumerate(("周二", "coordinator", "科技部")):
        assert model.setData(model.index(0, column), text)
    (person,) = model.people
    assert (person.name, person.role, person.department) == ("周二", Role.COORDINATOR, "科技部")
    assert not model.setData(model.index(0, 1), "emperor")
