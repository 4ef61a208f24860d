"""Upgrading: head equals the tables, a filled database keeps its rows, failures change nothing, a copy is kept."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlcipher3.dbapi2 as engine_api
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, text
from sqlalchemy.exc import OperationalError

from maturity_desktop.domain.answers import AnswerValue
from maturity_desktop.domain.canonical import ABSENT
from maturity_desktop.domain.signoff import SignoffState
from maturity_desktop.errors import EnvironmentProblem
from maturity_desktop.services import assessments, engagements, journal, keeping, signoff, workspaces
from maturity_desktop.services.assessments import AnswerRequest
from maturity_desktop.services.context import Workspace
from maturity_desktop.services.keeping import KeepWish
from maturity_desktop.storage import keyslots, migrating, schema
from maturity_desktop.storage.connecting import connect
from maturity_desktop.storage.database import Store
from maturity_desktop.storage.keys import WorkspaceKeys
from maturity_desktop.storage.tables import metadata
from tests.factories.reviewed import identity_files
from tests.factories.sealed_workspace import ASSESSMENT, PASSPHRASE, make_workspace, reopen

KEY = WorkspaceKeys(master=b"m" * 32).database


@pytest.fixture(name="closed")
def make_filled(tmp_path: Path) -> Workspace:
    workspace = make_workspace(tmp_path)
    for criterion in assessments.load_sheet(workspace, ASSESSMENT).edition.criterion_by_id:
        wish = AnswerRequest(criterion_id=criterion, value=AnswerValue.COMPLIANT, rationale="有制度")
        assessments.record_answers(workspace, ASSESSMENT, (wish,))
    workspaces.close(workspace)
    return workspace


@pytest.fixture(name="migrated")
def open_migrated(tmp_path: Path) -> Iterator[Engine]:
    """A database made by the revisions alone."""
    migrating.upgrade(tmp_path / "migrated.db", KEY)
    engine = migrating.migration_engine(tmp_path / "migrated.db", KEY)
    yield engine
    engine.dispose()


def key_of(folder: Path) -> bytes:
    return WorkspaceKeys(master=keyslots.unlock(keyslots.read(folder), PASSPHRASE)[1]).database


def shape(path: Path, key: bytes) -> dict[str, str]:
    connection = connect(path, key)
    rows = connection.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall()
    connection.close()
    return {name: re.sub(r"\s+", " ", sql).strip() for name, sql in rows if name != "alembic_version"}


def scripts_with(tmp_path: Path, body: str) -> Path:
    """The shipped revisions and one more on top."""
    scripts = tmp_path / "scripts"
    shutil.copytree(migrating.SCRIPTS, scripts, ignore=shutil.ignore_patterns("__pycache__"))
    (scripts / "versions" / "rev_9999_next.py").write_text(
        "import sqlalchemy as sa\nfrom alembic import op\n\n"
        f"revision = '9999'\ndown_revision = '{schema.revision_name(schema.SCHEMA)}'\n"
        f"def upgrade():\n    {body}\n",
        encoding="utf-8",
    )
    return scripts


def rows(path: Path, key: bytes, table: str) -> int:
    connection = connect(path, key)
    count: int = connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]  # noqa: S608
    connection.close()
    return count


def test_head_equals_the_tables(migrated: Engine) -> None:
    with migrated.begin() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []


def test_a_migrated_database_has_the_very_shape_of_a_new_one(tmp_path: Path, migrated: Engine) -> None:
    store = Store(tmp_path / "new.db", KEY)
    with store.begin() as connection:
        schema.create_tables(connection)
    store.close()
    new = shape(tmp_path / "new.db", KEY)
    assert len(new) > 30
    assert shape(tmp_path / "migrated.db", KEY) == new
    assert schema.schema_number(tmp_path / "migrated.db", KEY) == schema.SCHEMA


def test_an_older_workspace_is_copied_upgraded_and_journalled(closed: Workspace) -> None:
    path = closed.path / "workspace.db"
    _take_back_to_nothing(path, key_of(closed.path))

    opened = reopen(closed)

    upgraded = [entry for entry in journal.entries(opened) if entry.event == "workspace.upgraded"]
    copies = [each.name for each in closed.path.glob("workspace-before-*.db")]
    assert len(copies) == 1
    assert copies[0] in upgraded[0].new
    assert engagements.list_engagements(opened) == ()
    workspaces.close(opened)
    again = reopen(closed)
    assert len(list(closed.path.glob("workspace-before-*.db"))) == 1
    workspaces.close(again)


def test_an_older_workspace_is_not_opened_read_only(closed: Workspace) -> None:
    _take_back_to_nothing(closed.path / "workspace.db", key_of(closed.path))
    with pytest.raises(EnvironmentProblem, match="WSP-023"):
        reopen(closed, read_only=True)
    assert not list(closed.path.glob("workspace-before-*.db"))


def _take_back_to_nothing(path: Path, key: bytes) -> None:
    """The form before the first: no table yet."""
    path.unlink()
    connection = connect(path, key)
    connection.execute("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)")
    connection.close()


def test_rebuilding_a_parent_table_keeps_every_child_row(tmp_path: Path, closed: Workspace) -> None:
    path, key = closed.path / "workspace.db", key_of(closed.path)
    before = {table: rows(path, key, table) for table in ("answer", "assessment", "engagement", "journal")}
    body = "with op.batch_alter_table('engagement') as table: table.add_column(sa.Column('extra', sa.Text()))"

    migrating.upgrade(path, key, scripts=scripts_with(tmp_path, body))

    assert {table: rows(path, key, table) for table in before} == before
    assert "extra" in shape(path, key)["engagement"]
    assert rows(path, key, "answer") > 10


def test_a_failing_upgrade_changes_nothing(tmp_path: Path, closed: Workspace) -> None:
    path, key = closed.path / "workspace.db", key_of(closed.path)
    before = shape(path, key)
    body = "op.add_column('engagement', sa.Column('extra', sa.Text())); op.execute('SELECT nonsense FROM nowhere')"

    with pytest.raises(OperationalError):
        migrating.upgrade(path, key, scripts=scripts_with(tmp_path, body))

    assert shape(path, key) == before
    assert schema.schema_number(path, key) == schema.SCHEMA


def test_an_upgrade_that_orphans_rows_is_taken_back(tmp_path: Path, closed: Workspace) -> None:
    path, key = closed.path / "workspace.db", key_of(closed.path)
    body = "op.execute('DELETE FROM institution')"

    with pytest.raises(EnvironmentProblem, match="STO-007"):
        migrating.upgrade(path, key, scripts=scripts_with(tmp_path, body))

    assert rows(path, key, "institution") == 1


def test_a_copy_opens_on_read_only_media_with_all_its_rows(tmp_path: Path, closed: Workspace) -> None:
    workspace = reopen(closed)
    assert workspace.store is not None
    workspace.store.copy_to(tmp_path / "copy.db")
    workspaces.close(workspace)

    store = schema.open_read_only(tmp_path / "copy.db", key_of(closed.path), is_immutable=True)
    with store.read() as connection:
        assert connection.execute(text("SELECT count(*) FROM answer")).scalar_one() > 10
        assert connection.execute(text("PRAGMA journal_mode")).scalar_one() == "delete"
    store.close()


def test_a_workspace_of_the_first_form_is_upgraded_with_all_its_rows(tmp_path: Path, closed: Workspace) -> None:
    path, key = closed.path / "workspace.db", key_of(closed.path)
    _take_back_to_the_first_form(path, key)
    migrating.upgrade(tmp_path / "first.db", key, to="0001")
    assert shape(path, key) == shape(tmp_path / "first.db", key)
    before = {table: rows(path, key, table) for table in ("answer", "assessment", "checkpoint", "journal")}

    opened = reopen(closed)

    assert signoff.standing(opened, ASSESSMENT).state is SignoffState.DRAFT
    assert journal.verify(opened).is_intact
    workspaces.close(opened)
    after = {table: rows(path, key, table) for table in before}
    assert all(after[table] >= before[table] > 0 for table in before)
    assert after["answer"] == before["answer"]
    assert schema.schema_number(path, key) == schema.SCHEMA


def _take_back_to_the_first_form(path: Path, key: bytes) -> None:
    connection = connect(path, key)
    for table in ("signoff_step", "checkpoint_signature", "trust_item", "kept_key"):
        connection.execute(f"DROP TABLE {table}")
    connection.execute("ALTER TABLE self_rating DROP COLUMN gap")
    _drop_answer_columns(connection)
    for table in ("answer", "answer_current"):
        connection.execute(f"ALTER TABLE {table} DROP COLUMN choice")
    connection.execute("UPDATE alembic_version SET version_num = '0001'")
    connection.close()


def _drop_answer_columns(connection: Any) -> None:  # Any: the engine has no types
    """Take away what later forms added to the answers."""
    for table in ("answer", "answer_current"):
        connection.execute(f"ALTER TABLE {table} DROP COLUMN to_confirm")


@pytest.mark.parametrize("form", ["0002", "0003"])
def test_a_workspace_from_before_kept_keys_is_upgraded_and_keeps_one(
    tmp_path: Path, closed: Workspace, form: str
) -> None:
    path, key = closed.path / "workspace.db", key_of(closed.path)
    connection = connect(path, key)
    connection.execute("DROP TABLE kept_key")
    _drop_answer_columns(connection)
    if form == "0002":
        connection.execute("ALTER TABLE self_rating DROP COLUMN gap")
    _take_back_from_the_sixth_form(connection)
    connection.execute("UPDATE alembic_version SET version_num = ?", (form,))
    connection.close()
    migrating.upgrade(tmp_path / "older.db", key, to=form)
    assert shape(path, key) == shape(tmp_path / "older.db", key)

    opened = reopen(closed)
    wish = KeepWish(source=identity_files(tmp_path).identity, passphrase="seven windows 31 harbour")
    kept = keeping.keep(opened, wish).value
    workspaces.close(opened)

    again = reopen(closed)
    assert keeping.list_kept(again) == (kept,)
    assert len(list(closed.path.glob("workspace-before-*.db"))) == 1
    assert rows(path, key, "answer") > 10
    workspaces.close(again)


def _take_back_from_the_sixth_form(connection: Any) -> None:  # Any: the engine brings no types
    """Answers without choices, and a trust store that knows no SM2 root."""
    for table in ("answer", "answer_current"):
        connection.execute(f"ALTER TABLE {table} DROP COLUMN choice")
    frozen = (migrating.SCRIPTS / "versions" / "0002_proof.sql").read_text(encoding="utf-8")
    (made,) = (part for part in frozen.split("\n\n") if "CREATE TABLE trust_item" in part)
    connection.execute("ALTER TABLE trust_item RENAME TO trust_item_now")
    connection.execute(made)
    connection.execute("INSERT INTO trust_item SELECT * FROM trust_item_now")
    connection.execute("DROP TABLE trust_item_now")


def test_a_workspace_from_before_choices_keeps_answers_and_trust_and_takes_sm2_roots(
    tmp_path: Path, closed: Workspace
) -> None:
    path, key = closed.path / "workspace.db", key_of(closed.path)
    connection = connect(path, key)
    _add_trust_item(connection, 1, "root")
    _take_back_from_the_sixth_form(connection)
    with pytest.raises(engine_api.IntegrityError):
        _add_trust_item(connection, 2, "sm2_root")
    connection.execute("UPDATE alembic_version SET version_num = '0005'")
    connection.close()
    migrating.upgrade(tmp_path / "older.db", key, to="0005")
    assert shape(path, key) == shape(tmp_path / "older.db", key)
    before = rows(path, key, "answer")

    opened = reopen(closed)

    answers = assessments.load_sheet(opened, ASSESSMENT).answers.values()
    assert {answer.choice for answer in answers} == {ABSENT}
    assert journal.verify(opened).is_intact
    workspaces.close(opened)
    assert (rows(path, key, "answer"), rows(path, key, "trust_item")) == (before, 1)
    connection = connect(path, key)
    _add_trust_item(connection, 2, "sm2_root")
    connection.close()
    assert rows(path, key, "trust_item") == 2


def _add_trust_item(connection: Any, number: int, kind: str) -> None:  # Any: as above
    connection.execute(
        "INSERT INTO trust_item (number, id, kind, fingerprint, content, added_at, added_by)"
        " VALUES (?, ?, ?, 'f', x'00', '2026-01-01T00:00:00+00:00', '陈思远')",
        (number, str(number), kind),
    )
