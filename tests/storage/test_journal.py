"""The journal names the row where something was altered, removed, cut off or bypassed."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from maturity_desktop.domain.answers import AnswerValue
from maturity_desktop.domain.ids import CriterionId
from maturity_desktop.errors import EnvironmentProblem
from maturity_desktop.services import assessments, journal, workspaces
from maturity_desktop.services.assessments import AnswerRequest
from maturity_desktop.services.context import Workspace
from tests.factories.sealed_workspace import ASSESSMENT, make_workspace, reopen


@pytest.fixture(name="workspace")
def make_answered(tmp_path: Path) -> Iterator[Workspace]:
    """Six answers, closed once (which sets a checkpoint), open again."""
    workspace = make_workspace(tmp_path)
    for criterion in list(assessments.load_sheet(workspace, ASSESSMENT).edition.criterion_by_id)[:6]:
        answer(workspace, criterion)
    workspaces.close(workspace)
    opened = reopen(workspace)
    yield opened
    workspaces.close(opened)


def answer(workspace: Workspace, criterion: CriterionId) -> None:
    wish = AnswerRequest(criterion_id=criterion, value=AnswerValue.COMPLIANT, rationale="看过制度原文")
    assessments.record_answers(workspace, ASSESSMENT, (wish,))


def tamper(workspace: Workspace, *statements: str) -> None:
    """Change rows as somebody with the passphrase and a database tool could: guards dropped first."""
    with workspace.begin() as work:
        for table in ("journal", "answer"):
            for act in ("update", "delete"):
                work.connection.exec_driver_sql(f"DROP TRIGGER {table}_no_{act}")
        for statement in statements:
            work.connection.exec_driver_sql(statement)


def test_an_untouched_journal_is_intact(workspace: Workspace) -> None:
    report = journal.verify(workspace)
    assert report.is_intact
    assert report.entries == len(journal.entries(workspace))
    assert report.head == journal.entries(workspace)[0].hash


@pytest.mark.parametrize("column", ["at", "monotonic_ms", "actor", "event", "subject", "old", "new", "reason"])
def test_an_altered_row_is_named(workspace: Workspace, column: str) -> None:
    value = "'2026-11-23T09:00:00+00:00'" if column == "at" else "99"
    tamper(workspace, f"UPDATE journal SET {column} = {value} WHERE sequence = 4")  # noqa: S608
    report = journal.verify(workspace)
    assert (report.broken_at, report.problem) == (4, "content")


def test_a_removed_row_is_named(workspace: Workspace) -> None:
    tamper(workspace, "DELETE FROM journal WHERE sequence = 5")
    report = journal.verify(workspace)
    assert (report.broken_at, report.problem) == (5, "gap")


def test_rows_removed_and_renumbered_are_named(workspace: Workspace) -> None:
    tamper(
        workspace,
        "DELETE FROM journal WHERE sequence = 5",
        "UPDATE journal SET sequence = sequence - 1 WHERE sequence > 5",
    )
    assert journal.verify(workspace).broken_at == 5


def test_a_cut_tail_shows_against_the_last_checkpoint(workspace: Workspace) -> None:
    tamper(workspace, "DELETE FROM journal WHERE sequence > 4")
    report = journal.verify(workspace)
    assert (report.broken_at, report.problem) == (5, "truncated")


def test_a_checkpoint_moved_to_fit_is_not_authentic(workspace: Workspace) -> None:
    tamper(
        workspace,
        "DELETE FROM journal WHERE sequence > 4",
        "UPDATE checkpoint SET sequence = 4, hash = (SELECT hash FROM journal WHERE sequence = 4)",
    )
    report = journal.verify(workspace)
    assert (report.broken_at, report.problem) == (4, "checkpoint")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE answer_current SET value = 'not_compliant' WHERE criterion_id = 'CM-VC-VCS-1.1'",
        "UPDATE answer_current SET rationale = 'anders' WHERE criterion_id = 'CM-VC-VCS-1.1'",
        "DELETE FROM answer_current WHERE criterion_id = 'CM-VC-VCS-1.1'",
    ],
)
def test_an_answer_changed_past_the_journal_is_named(workspace: Workspace, statement: str) -> None:
    tamper(workspace, statement)
    report = journal.verify(workspace)
    told = {entry.sequence: entry for entry in journal.entries(workspace)}
    assert report.problem == "answers"
    assert told[report.broken_at or 0].subject == f"{ASSESSMENT}/CM-VC-VCS-1.1"


def test_rows_of_append_only_tables_refuse_change(workspace: Workspace) -> None:
    for table in ("journal", "answer", "edition", "rating_override", "evidence_revision"):
        for act in ("update", "delete"):
            with workspace.read() as reading:
                found = reading.connection.exec_driver_sql(
                    f"SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND name = '{table}_no_{act}'"  # noqa: S608
                )
                assert found.scalar_one() == 1
    with pytest.raises(Exception, match="append-only"), workspace.begin() as work:
        work.connection.exec_driver_sql("UPDATE answer SET value = 'compliant'")


def test_newest_come_first_unless_asked_otherwise(workspace: Workspace) -> None:
    newest = journal.entries(workspace, limit=2)
    assert newest[0].sequence == newest[1].sequence + 1
    assert journal.entries(workspace, newest_first=False, limit=1)[0].event == "workspace.created"


def test_a_closed_workspace_cannot_be_verified(tmp_path: Path) -> None:
    closed = make_workspace(tmp_path)
    workspaces.close(closed)
    with pytest.raises(EnvironmentProblem, match="WSP-021"):
        journal.verify(closed)
