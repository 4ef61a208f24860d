"""Moving an assessment to a newer edition through commands alone."""

import json
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from maturity_desktop.cli import main as cli
from maturity_desktop.domain.answers import AnswerValue
from maturity_desktop.domain.ids import CriterionId
from maturity_desktop.services import assessments, engagements, workspaces
from maturity_desktop.services.assessments import AnswerRequest
from maturity_desktop.services.context import Machine
from maturity_desktop.system import paths
from maturity_desktop.system.clock import SystemClock
from tests.factories.newer_edition import NEW_TEXT, newer, write_edition
from tests.gui.real_assessment import PASSPHRASE, make_assessment

STANDARD = "cn-devops-3"


@dataclass(frozen=True)
class Desk:
    """A closed workspace with answers, the next edition in the library and outside of it, and commands about it."""

    machine: Machine
    path: Path
    secret: Path
    reworded: CriterionId
    removed: CriterionId

    def run(self, *arguments: object) -> int:
        words = ("assessment", "move", self.path, *arguments, "--passphrase-file", self.secret)
        return cli.main([str(one) for one in words], self.machine)

    def count(self) -> int:
        workspace = workspaces.open_workspace(self.machine, self.path, PASSPHRASE, read_only=True)
        found = len(engagements.list_engagements(workspace)[0].assessments)
        workspaces.close(workspace)
        return found


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    shelf = tmp_path / "standards"
    shutil.copytree(paths.standards() / STANDARD, shelf / STANDARD)
    machine = Machine(clock=SystemClock(), standards=(shelf,), cache=tmp_path / "cache")
    real = make_assessment(machine, tmp_path, standard=STANDARD)
    first, second, last = real.edition.items[0], real.edition.items[1], real.edition.items[-1]
    reworded, removed = first.criteria[2].id, second.criteria[-1].id
    write_edition(newer(real.edition, reworded=reworded, removed=removed, dropped_item=last.code), shelf)
    wishes = tuple(AnswerRequest(criterion_id=key, value=AnswerValue.COMPLIANT) for key in (reworded, removed))
    assessments.record_answers(real.workspace, real.assessment.id, wishes)
    workspaces.close(real.workspace)
    secret = tmp_path / "secret.txt"
    secret.write_text(PASSPHRASE, encoding="utf-8")
    return Desk(machine, real.workspace.path, secret, reworded, removed)


def test_a_dry_run_tells_every_difference_and_writes_nothing(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    assert desk.run("--to", f"{STANDARD}@2027.1", "--dry-run", "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert told["copy"] is None
    assert (told["from_edition"] != told["to_edition"]) and told["to_edition"] == "2027.1"
    by_id = {change["criterion"]: change for change in told["changes"]}
    assert (by_id[desk.reworded]["fate"], by_id[desk.reworded]["answer"]) == ("changed", "to_confirm")
    assert NEW_TEXT.zh in [field["new"] for field in by_id[desk.reworded]["fields"]]
    assert (by_id[desk.removed]["fate"], by_id[desk.removed]["answer"]) == ("removed", "left_behind")
    assert told["to_confirm"] == [desk.reworded]
    assert told["left_behind"] == [desk.removed]
    assert told["removed"] == len([one for one in told["changes"] if one["fate"] == "removed"])
    assert desk.count() == 1


def test_a_move_says_what_differs_before_and_after_and_makes_the_copy(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    assert desk.run("--lang", "en") == 0
    told = capsys.readouterr().out
    assert desk.reworded in told
    assert NEW_TEXT.en in told
    assert "to be confirmed: 1" in told
    assert f"(1): {desk.removed}" in told
    assert desk.count() == 2


def test_a_move_speaks_chinese(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    assert desk.run("--lang", "zh", "--dry-run") == 0
    told = capsys.readouterr().out
    assert NEW_TEXT.zh in told
    assert "其中 1 条待确认" in told
    assert "没有写入任何内容" in told


def test_an_edition_that_is_not_newer_is_refused(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    assert desk.run("--to", f"{STANDARD}@1900", "--lang", "en") == 2
    assert "no newer edition" in capsys.readouterr().err
    assert desk.count() == 1
