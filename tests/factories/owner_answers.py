"""A workspace with an assessment of an imported model whose owner offers the answers and says what they earn."""

from dataclasses import replace
from pathlib import Path

from maturity_desktop.domain.canonical import digest
from maturity_desktop.domain.ids import CriterionId
from maturity_desktop.domain.standard import Edition
from maturity_desktop.domain.text import Text
from maturity_desktop.services import assessments, authoring, standards
from maturity_desktop.services.assessments import AnswerRequest
from maturity_desktop.services.context import Machine, Workspace
from tests.factories import foreign_models
from tests.factories.sealed_workspace import ASSESSMENT, SteadyClock, make_workspace

LONG = ("未开展", "部分应用系统已开展", "至少一半的应用系统已开展", "绝大多数或全部应用系统已开展并定期复核")
LONG_EN = (
    "No",
    "Yes, for some of the applications",
    "Yes, for at least half of the applications",
    "Yes, for most or all of the applications, with a review every year",
)
STREAMS = {"D-TM-A": "dba", "D-TM-B": "dcb", "D-SR-A": "ddc", "V-ST-A": "ccc"}
"""Streams with a choice for each level. Credits 1.25, 1.75, 2.5 and 1.5: practices 1.5, 2.5 and 1.5; functions 2 and
1.5; the whole 1.75."""


def imported_model(machine: Machine, folder: Path, *, has_long_answers: bool = False) -> Edition:
    """Import the model as people do; long answers are what owners write, in both languages."""
    plan = authoring.plan_import(machine, foreign_models.samm_files(folder / "model"))
    assert plan.content is not None
    edition = plan.content.edition
    edition = _with_long_answers(edition) if has_long_answers else edition
    shelve(machine, edition, folder)
    return edition


def shelve(machine: Machine, edition: Edition, folder: Path) -> None:
    """Put an edition of the model among the user's own standards."""
    plan = authoring.plan_import(machine, foreign_models.samm_files(folder / "model"))
    assert plan.content is not None
    content = replace(plan.content, edition=edition)
    authoring.carry_out(replace(plan, content=content), folder / "own" / edition.standard_id / edition.edition_id)


def _with_long_answers(edition: Edition) -> Edition:
    (answers,) = edition.answer_sets or ()
    choices = tuple(
        replace(choice, text=Text(zh=zh, en=en)) for choice, zh, en in zip(answers.choices, LONG, LONG_EN, strict=True)
    )
    return replace(edition, answer_sets=(replace(answers, choices=choices),))


def make_owner_workspace(folder: Path, *, has_long_answers: bool = False) -> Workspace:
    """Make the workspace with an unanswered assessment under the owner's rule."""
    machine = Machine(clock=SteadyClock(), standards=(folder / "own",), cache=folder / "cache")
    edition = imported_model(machine, folder, has_long_answers=has_long_answers)
    assert digest(standards.load(machine, edition.standard_id)) == digest(edition)
    return make_workspace(folder, edition=edition, profile_id=edition.profiles[0].id, machine=machine)


def criterion(item: str, level: int) -> CriterionId:
    """Return the one question of a stream at a level."""
    return CriterionId(f"{item}-{level}.1")


def give(workspace: Workspace, streams: dict[str, str]) -> assessments.AnswersRecorded:
    """Record choices by the letters of the model, lowest level first."""
    wishes = tuple(
        AnswerRequest(criterion_id=criterion(item, level), choice=letter)
        for item, letters in streams.items()
        for level, letter in enumerate(letters, 1)
    )
    return assessments.record_answers(workspace, ASSESSMENT, wishes).value
