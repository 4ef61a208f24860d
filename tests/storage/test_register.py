"""Files and paper compared with what the workspace itself wrote and issued."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from maturity_desktop.domain.certificate import Certificate, IssuingBody
from maturity_desktop.domain.text import Text
from maturity_desktop.domain.trust import TrustRole
from maturity_desktop.services import exporting, issuing, trust, verifying
from maturity_desktop.services.context import Workspace
from maturity_desktop.services.exporting import CertificateRequest, Exported, ExportRequest
from maturity_desktop.services.verifying import FileCheck, Verdict
from maturity_desktop.signing import pdf, qr, qr_keys
from maturity_desktop.signing.findings import Problem
from tests.factories import signed
from tests.factories.reviewed import IdentityFiles, identity_files, make_approved
from tests.factories.sealed_workspace import ASSESSMENT

ISSUED_ON = date(2026, 11, 23)


@dataclass(frozen=True)
class Desk:
    """A workspace with an issued certificate and a report, and whom it believes."""

    workspace: Workspace
    folder: Path
    report: Exported
    certificate: Certificate
    paper: Exported

    def judge(self, path: Path, workspace: Workspace | None = None) -> FileCheck:
        more = trust.files(workspace or self.workspace)
        return verifying.verify_file(path, (), more=more, clock=self.workspace.machine.clock)

    def written(self, name: str, content: bytes) -> Path:
        path = self.folder / name
        path.write_bytes(content)
        return path


def opened(tmp_path: Path, name: str, files: IdentityFiles) -> Workspace:
    workspace = make_approved(tmp_path, name=name)
    issuing.save_issuing_body(workspace, IssuingBody(name=Text("示例机构", "Sample body")))
    for role in TrustRole:
        trust.import_roots(workspace, files.root, role)
    return workspace


@pytest.fixture
def files(tmp_path: Path) -> IdentityFiles:
    return identity_files(tmp_path)


@pytest.fixture
def desk(tmp_path: Path, files: IdentityFiles) -> Desk:
    workspace = opened(tmp_path, "bank", files)
    wish = ExportRequest(
        assessment_id=ASSESSMENT, target=tmp_path / "report.pdf", identity=files.identity, is_final=True
    )
    paper = CertificateRequest(
        assessment_id=ASSESSMENT, target=tmp_path / "c.pdf", issued_on=ISSUED_ON, identity=files.identity
    )
    report = exporting.export_report(workspace, wish).value
    certificate, exported = exporting.issue_certificate(workspace, paper).value
    return Desk(workspace, tmp_path, report, certificate, exported)


def register_of(check: FileCheck) -> str:
    return dict(check.details).get("register", "")


def test_the_very_file_that_was_exported_is_recognised_and_by_whom(desk: Desk) -> None:
    for exported in (desk.report, desk.paper):
        check = desk.judge(exported.path)
        assert (check.verdict, register_of(check)) == (Verdict.VALID, "same_file"), check
        assert dict(check.details)["exported_by"] == desk.workspace.actor


def test_a_countersigned_report_is_another_file_with_the_same_content(desk: Desk) -> None:
    approved = pdf.approve_report(desk.report.path.read_bytes(), signed.lead(), clock=signed.CLOCK)
    check = desk.judge(desk.written("approved.pdf", approved))
    assert register_of(check) == "same_content"


def test_paper_is_compared_with_the_certificate_of_its_serial(desk: Desk) -> None:
    code = qr.encode(desk.certificate, qr_keys.private_key(signed.lead()))
    check = desk.judge(desk.written("code.txt", code.encode()))
    assert (check.verdict, register_of(check)) == (Verdict.VALID, "same_content")


def test_a_serial_that_stands_for_something_else_here_is_a_problem_however_well_it_is_signed(desk: Desk) -> None:
    key = qr_keys.private_key(signed.lead())
    for changes in (
        {"level_label": "5"},
        {"institution": Text("另一家银行", "Another bank")},
        {"report_digest": "0" * 64},
    ):
        facts = {name: getattr(desk.certificate, name) for name in ("serial", *_FIELDS)} | changes
        check = desk.judge(desk.written("code.txt", qr.encode(signed.a_certificate(**facts), key).encode()))
        assert check.verdict is Verdict.UNTRUSTED
        assert check.problems == (Problem.OTHER_REGISTER.value,)


_FIELDS = (
    *("institution", "system", "standard", "edition", "scope", "level_label", "level_name", "profile_name"),
    *("issued_on", "valid_until", "issuing_body", "report_digest", "is_sample"),
)


def test_what_another_workspace_issued_under_the_same_number_does_not_pass_here(
    desk: Desk, files: IdentityFiles, tmp_path: Path
) -> None:
    other = opened(tmp_path, "other", files)
    assert register_of(desk.judge(desk.report.path, other)) in {"not_here", "same_content"}
    assert register_of(desk.judge(desk.paper.path, other)) == "not_here"


def test_an_altered_file_is_altered_whatever_it_says_of_itself(desk: Desk) -> None:
    content = desk.report.path.read_bytes() + b"\n% more"
    check = desk.judge(desk.written("altered.pdf", content))
    assert (check.verdict, register_of(check)) == (Verdict.ALTERED, "")
