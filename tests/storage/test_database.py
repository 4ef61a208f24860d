"""The open database: one writer, many readers, refusals in our own words, copies."""

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from maturity_desktop.domain.certificate import Certificate, IssuingBody
from maturity_desktop.domain.ids import AssessmentId, CertificateId
from maturity_desktop.domain.text import Text
from maturity_desktop.errors import EnvironmentProblem
from maturity_desktop.services import assessments, engagements, workspaces
from maturity_desktop.storage import schema
from maturity_desktop.storage.connecting import connect, connect_read_only
from maturity_desktop.storage.database import Store
from maturity_desktop.storage.exports import ExportRow
from maturity_desktop.storage.problems import translated
from maturity_desktop.storage.work import Author, Reading, Work
from tests.factories.sealed_workspace import ASSESSMENT, SteadyClock, make_workspace, reopen

KEY = bytes(range(48))
COUNT = text("SELECT count(*) FROM setting")
ADD = text("INSERT INTO setting VALUES (:key, '1')")


@pytest.fixture(name="store")
def open_store(tmp_path: Path) -> Iterator[Store]:
    store = Store(tmp_path / "workspace.db", KEY)
    with store.begin() as connection:
        schema.create_tables(connection)
    yield store
    store.close()


def add(store: Store, key: str) -> None:
    with store.begin() as connection:
        connection.execute(ADD, {"key": key})


def count(store: Store) -> int:
    with store.read() as connection:
        found: int = connection.execute(COUNT).scalar_one()
    return found


def test_a_block_that_fails_changes_nothing(store: Store) -> None:
    with pytest.raises(ZeroDivisionError), store.begin() as connection:
        connection.execute(ADD, {"key": "a"})
        raise ZeroDivisionError
    assert count(store) == 0


def test_a_reader_sees_one_picture_while_others_write(store: Store) -> None:
    with store.read() as connection:
        before = connection.execute(COUNT).scalar_one()
        writer = threading.Thread(target=add, args=(store, "a"))
        writer.start()
        writer.join()
        assert connection.execute(COUNT).scalar_one() == before
    assert count(store) == before + 1


def test_a_write_inside_a_write_is_a_bug_that_is_named(store: Store) -> None:
    with store.begin(), pytest.raises(RuntimeError, match="already"), store.begin():
        pass
    add(store, "afterwards")


def test_committed_rows_are_synchronised_to_the_disk(store: Store) -> None:
    with store.begin() as connection:
        settings = [connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in ("synchronous", "journal_mode")]
        assert settings == [2, "wal"]
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
        assert connection.exec_driver_sql("PRAGMA temp_store").scalar() == 2


def test_rows_that_refer_to_nothing_are_a_bug_not_a_problem_of_the_machine(store: Store) -> None:
    with pytest.raises(IntegrityError), store.begin() as connection:
        connection.exec_driver_sql("INSERT INTO system VALUES ('s', 'nobody', '', '', 'tool-platform', '')")


def test_an_error_text_never_tells_what_was_to_be_stored(store: Store) -> None:
    add(store, "机密说明")
    with pytest.raises(IntegrityError) as refused:
        add(store, "机密说明")
    assert "机密说明" not in str(refused.value)


def test_near_the_limit_of_the_file_system_changes_are_refused_and_reading_goes_on(store: Store) -> None:
    store.limit_bytes = store.size_bytes + 200_000
    with pytest.raises(EnvironmentProblem, match="STO-008"):
        for number in range(1_000):
            add(store, f"{number}" * 500)
    assert count(store) > 5


def test_a_database_another_program_writes_to_is_busy(store: Store) -> None:
    other, impatient = connect(store.path, KEY), connect(store.path, KEY)
    impatient.execute("PRAGMA busy_timeout=0")
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(EnvironmentProblem, match="STO-003"), translated(store.path):
        impatient.execute("BEGIN IMMEDIATE")
    other.close()
    impatient.close()


def test_a_connection_for_looking_cannot_write(store: Store) -> None:
    looking = connect_read_only(store.path, KEY)
    with pytest.raises(EnvironmentProblem, match="STO-002"), translated(store.path):
        looking.execute("INSERT INTO setting VALUES ('a', '1')")
    looking.close()


def test_a_folder_that_went_away_cannot_be_opened(tmp_path: Path) -> None:
    path = tmp_path / "gone" / "workspace.db"
    with pytest.raises(EnvironmentProblem, match="STO-006"), translated(path):
        connect(path, KEY)


def test_a_wrong_key_is_damage_at_this_wall(store: Store) -> None:
    with pytest.raises(EnvironmentProblem, match="STO-004"), translated(store.path):
        connect(store.path, bytes(48))


def test_a_copy_never_replaces_a_file(store: Store, tmp_path: Path) -> None:
    target = tmp_path / "there.db"
    target.write_bytes(b"something of the user")
    with pytest.raises(EnvironmentProblem, match="SYS-006"):
        store.copy_to(target)
    assert target.read_bytes() == b"something of the user"


def test_a_closed_store_says_so(store: Store) -> None:
    store.close()
    store.close()
    for act in (store.begin, store.read):
        with pytest.raises(EnvironmentProblem, match="WSP-021"), act():
            pass


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() != 0, reason="mounting read-only media needs root")
def test_a_closed_workspace_opens_on_read_only_media(tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", str(disk)], check=False).returncode:
        pytest.skip("nothing can be mounted here")
    try:
        workspace = make_workspace(disk)
        workspaces.close(workspace)
        subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
        opened = reopen(workspace, read_only=True)
        sheet = assessments.load_sheet(opened, ASSESSMENT)
        workspaces.close(opened)
        with pytest.raises(EnvironmentProblem, match="SYS-00"):
            reopen(workspace)
    finally:
        subprocess.run(["umount", "-l", str(disk)], check=True)
    assert sheet.answers == {}


def test_exports_and_certificates_come_back_newest_first(tmp_path: Path) -> None:
    workspace = make_workspace(tmp_path)
    certificate = Certificate(
        id=CertificateId("c1"),
        assessment_id=ASSESSMENT,
        serial="MD-2026-00001",
        institution=Text("银行", "Bank"),
        system=Text("核心", "Core"),
        standard=Text("标准", "Standard"),
        edition="1",
        scope=Text("全部", "Whole"),
        level_label="3-",
        level_name=Text("全面", "Comprehensive"),
        profile_name=Text("短板", "Minimum"),
        issued_on=date(2026, 11, 23),
        valid_until=date(2029, 11, 22),
        issuing_body=Text("机构", "Body"),
        report_digest="0" * 64,
    )
    export = ExportRow(
        id="x1",
        assessment_id=ASSESSMENT,
        kind="report",
        file_name="报告.pdf",
        sha256="a" * 64,
        exported_at=datetime(2026, 11, 23, tzinfo=UTC),
        exported_by="陈思远",
    )
    with workspace.begin() as work:
        assert work.certificates.next_number(2026) == 1
        work.certificates.add(certificate, 1)
        assert work.certificates.next_number(2026) == 2
        assert work.certificates.next_number(2027) == 1
        work.exports.add(export)
        work.exports.add(replace(export, id="x2"))
        work.settings.set("body", IssuingBody(name=Text("机构", "Body")))
        work.settings.set("body", IssuingBody(name=Text("新机构", "New body")))
    with workspace.read() as reading:
        assert reading.certificates.of_assessment(ASSESSMENT) == (certificate,)
        assert [row.id for row in reading.exports.of_assessment(ASSESSMENT)] == ["x2", "x1"]
        assert reading.exports.of_assessment(ASSESSMENT)[1] == export
        assert reading.settings.get("body", IssuingBody) == IssuingBody(name=Text("新机构", "New body"))
        assert reading.settings.get("nothing", str) is None
    workspaces.close(workspace)


def test_lists_of_two_hundred_assessments_decode_no_edition(tmp_path: Path) -> None:
    workspace = make_workspace(tmp_path)
    with workspace.begin() as work:
        first = work.assessments.find(ASSESSMENT)
        assert first is not None
        for number in range(200):
            work.assessments.save(replace(first, id=AssessmentId(f"{number}")), is_new=True)
    workspaces.close(workspace)
    opened = reopen(workspace)
    assert len(engagements.list_engagements(opened)[0].assessments) == 201
    assert opened.session.editions == {}
    workspaces.close(opened)


def test_one_transaction_has_one_instant(store: Store) -> None:
    with store.begin() as connection:
        work = Work(connection, Author(name="a", clock=SteadyClock()))
        assert work.now is work.now
        assert isinstance(work, Reading)
