"""The trust store: roots per role, pinned certificates, lists that arrive by USB; and verdicts resting on it."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding

from maturity_desktop.domain.ids import TrustId
from maturity_desktop.errors import EnvironmentProblem, RuleBroken
from maturity_desktop.services import journal, trust, verifying, workspaces
from maturity_desktop.services.context import Workspace
from maturity_desktop.services.trust import TrustKind, TrustRole
from maturity_desktop.services.verifying import FileCheck, Verdict
from maturity_desktop.signing import authority, qr, qr_keys, revoked
from tests.factories import signed
from tests.factories.sealed_workspace import make_workspace, reopen

LATER = signed.NOW + timedelta(days=30)


@pytest.fixture(name="bank")
def make_bank(tmp_path: Path) -> Iterator[Workspace]:
    workspace = make_workspace(tmp_path)
    yield workspace
    workspaces.close(workspace)


@pytest.fixture(name="usb")
def make_usb(tmp_path: Path) -> Path:
    folder = tmp_path / "usb"
    folder.mkdir()
    (folder / "assessors.pem").write_text(signed.assessors_ca().pem + qr_keys.endorse(signed.lead()), encoding="ascii")
    (folder / "banks.pem").write_text(signed.banks_ca().pem, encoding="ascii")
    (folder / "lead.cer").write_bytes(signed.lead().certificate.public_bytes(Encoding.DER))
    (folder / "report.pdf").write_bytes(signed.signed_report())
    (folder / "approved.pdf").write_bytes(signed.approved_report())
    (folder / "certificate.pdf").write_bytes(signed.signed_certificate())
    (folder / "workbook.xlsx").write_bytes(signed.signed_workbook())
    (folder / "qr.txt").write_text(qr.encode(signed.a_certificate(), qr_keys.private_key(signed.lead())), "ascii")
    return folder


def crl(usb: Path, name: str = "list.crl", *, at: int = 0, revoke_lead: bool = False) -> Path:
    moment = signed.NOW + timedelta(hours=at)
    names = [signed.lead().certificate] if revoke_lead else []
    made = authority.revoke(signed.assessors_ca(), names, at=moment, next_update=LATER)
    (usb / name).write_bytes(authority.as_file(made))
    return usb / name


def check(bank: Workspace, file: Path) -> FileCheck:
    return verifying.verify_file(file, (), more=trust.files(bank), clock=signed.CLOCK)


def problems(found: FileCheck) -> set[str]:
    return {*found.problems, *(code for one in found.signatures for code in one.problems)}


def test_an_empty_store_believes_nobody(bank: Workspace, usb: Path) -> None:
    assert trust.list_items(bank) == ()
    assert check(bank, usb / "report.pdf").verdict is Verdict.UNTRUSTED


def test_a_root_is_believed_in_its_role_only(bank: Workspace, usb: Path) -> None:
    trust.import_roots(bank, usb / "assessors.pem", TrustRole.LEAD_ASSESSOR)
    assert check(bank, usb / "report.pdf").verdict is Verdict.VALID
    assert check(bank, usb / "workbook.xlsx").verdict is Verdict.VALID
    assert "VER-206" in problems(check(bank, usb / "certificate.pdf"))
    assert check(bank, usb / "approved.pdf").verdict is Verdict.UNTRUSTED
    trust.import_roots(bank, usb / "banks.pem", TrustRole.INSTITUTION)
    assert check(bank, usb / "approved.pdf").verdict is Verdict.VALID
    trust.import_roots(bank, usb / "assessors.pem", TrustRole.ISSUING_BODY)
    assert check(bank, usb / "certificate.pdf").verdict is Verdict.VALID


def test_keys_of_qr_codes_come_with_the_issuing_bodys_root(bank: Workspace, usb: Path) -> None:
    assert check(bank, usb / "qr.txt").verdict is not Verdict.VALID
    added = trust.import_roots(bank, usb / "assessors.pem", TrustRole.ISSUING_BODY).value
    assert [one.kind for one in added] == [TrustKind.ROOT, TrustKind.QR_KEY]
    assert check(bank, usb / "qr.txt").verdict is Verdict.VALID


def test_a_pinned_certificate_is_believed_without_its_root(bank: Workspace, usb: Path) -> None:
    trust.pin_certificate(bank, usb / "lead.cer", TrustRole.LEAD_ASSESSOR)
    assert check(bank, usb / "report.pdf").verdict is Verdict.VALID
    assert check(bank, usb / "workbook.xlsx").verdict is Verdict.VALID
    assert check(bank, usb / "certificate.pdf").verdict is Verdict.UNTRUSTED


def test_importing_and_removing_are_journalled_and_survive_closing(bank: Workspace, usb: Path) -> None:
    (item, _) = trust.import_roots(bank, usb / "assessors.pem", TrustRole.LEAD_ASSESSOR).value
    workspaces.close(bank)
    again = reopen(bank)
    assert trust.list_items(again)[0] == item
    trust.remove(again, item.id, "机构换发根证书")
    assert [one.kind for one in trust.list_items(again)] == [TrustKind.QR_KEY]
    rows = [one for one in journal.entries(again) if one.event.startswith("trust.")]
    assert [one.event for one in rows] == ["trust.removed", "trust.imported", "trust.imported"]
    assert rows[0].reason == "机构换发根证书"
    assert rows[0].subject == item.fingerprint
    assert check(again, usb / "report.pdf").verdict is Verdict.UNTRUSTED
    workspaces.close(again)


def test_what_is_there_already_is_not_added_twice(bank: Workspace, usb: Path) -> None:
    trust.import_roots(bank, usb / "banks.pem", TrustRole.INSTITUTION)
    before = journal.verify(bank).entries
    assert trust.import_roots(bank, usb / "banks.pem", TrustRole.INSTITUTION).value == ()
    assert journal.verify(bank).entries == before
    assert len(trust.import_roots(bank, usb / "banks.pem", TrustRole.LEAD_ASSESSOR).value) == 1


def test_a_revoked_signer_is_refused_once_the_list_arrived(bank: Workspace, usb: Path) -> None:
    trust.import_roots(bank, usb / "assessors.pem", TrustRole.LEAD_ASSESSOR)
    trust.import_list(bank, crl(usb, at=-2))
    assert check(bank, usb / "report.pdf").verdict is Verdict.VALID
    trust.import_list(bank, crl(usb, "newer.crl", at=-1, revoke_lead=True))
    lists = [one for one in trust.list_items(bank) if one.kind is TrustKind.REVOCATION_LIST]
    assert [one.file_name for one in lists] == ["newer.crl"]
    assert "VER-203" in problems(check(bank, usb / "report.pdf"))


def test_an_older_list_never_replaces_a_newer_one(bank: Workspace, usb: Path) -> None:
    trust.import_roots(bank, usb / "assessors.pem", TrustRole.LEAD_ASSESSOR)
    trust.import_list(bank, crl(usb, at=-1, revoke_lead=True))
    with pytest.raises(RuleBroken, match="TRU-004"):
        trust.import_list(bank, crl(usb, "older.crl", at=-2))
    assert "VER-203" in problems(check(bank, usb / "report.pdf"))


def test_a_list_nobody_in_the_store_signed_is_refused(bank: Workspace, usb: Path) -> None:
    with pytest.raises(RuleBroken, match="TRU-003"):
        trust.import_list(bank, crl(usb))
    trust.import_roots(bank, usb / "banks.pem", TrustRole.INSTITUTION)
    with pytest.raises(RuleBroken, match="TRU-003"):
        trust.import_list(bank, crl(usb))
    assert all(one.kind is TrustKind.ROOT for one in trust.list_items(bank))


def test_a_list_of_revoked_certificates_is_kept_while_its_signer_is_believed(bank: Workspace, usb: Path) -> None:
    listed = revoked.RevokedList(issuing_body="示例", next_update=LATER, number=1, this_update=signed.NOW, revoked=())
    (usb / "back.mdcrl").write_bytes(revoked.sign(listed, signed.lead(), at=signed.NOW))
    with pytest.raises(EnvironmentProblem, match="VER-904"):
        trust.import_list(bank, usb / "back.mdcrl")
    root, *_ = trust.import_roots(bank, usb / "assessors.pem", TrustRole.ISSUING_BODY).value
    trust.import_roots(bank, usb / "assessors.pem", TrustRole.LEAD_ASSESSOR)
    (added,) = trust.import_list(bank, usb / "back.mdcrl").value
    assert added in trust.files(bank).stored
    for item in trust.list_items(bank):
        if item.kind is TrustKind.ROOT:
            trust.remove(bank, item.id)
    assert root not in trust.files(bank).stored
    assert added not in trust.files(bank).stored
    assert check(bank, usb / "report.pdf").verdict is Verdict.UNTRUSTED


def test_what_is_no_root_and_what_is_expired_is_refused(bank: Workspace, usb: Path) -> None:
    with pytest.raises(RuleBroken, match="TRU-001"):
        trust.import_roots(bank, usb / "lead.cer", TrustRole.LEAD_ASSESSOR)
    with pytest.raises(EnvironmentProblem, match="VER-901"):
        trust.import_roots(bank, usb / "workbook.xlsx", TrustRole.LEAD_ASSESSOR)
    with pytest.raises(EnvironmentProblem, match="VER-902"):
        trust.import_list(bank, usb / "assessors.pem")
    with pytest.raises(EnvironmentProblem, match="SYS-004"):
        trust.pin_certificate(bank, usb / "nothing", TrustRole.LEAD_ASSESSOR)
    long_ago = signed.NOW - timedelta(days=9000)
    old = authority.create(authority.Subject(name="旧根"), long_ago)
    (usb / "old.pem").write_text(old.pem, encoding="ascii")
    with pytest.raises(RuleBroken, match="TRU-002"):
        trust.import_roots(bank, usb / "old.pem", TrustRole.LEAD_ASSESSOR)
    assert trust.list_items(bank) == ()
    with pytest.raises(EnvironmentProblem, match="WSP-020"):
        trust.remove(bank, TrustId("none"))
