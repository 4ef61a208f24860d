"""Keys kept in a workspace: sealed under a passphrase of their own, carried by backups, never by what leaves."""

import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from maturity_desktop.domain.certificate import IssuingBody
from maturity_desktop.domain.text import Text
from maturity_desktop.errors import EnvironmentProblem, MaturityError, RuleBroken, SigningRefused
from maturity_desktop.services import exporting, journal, keeping, revocations, signoff, submissions, workspaces
from maturity_desktop.services.context import Workspace
from maturity_desktop.services.export_requests import CertificateRequest, ExportRequest, Identity, KeptIdentity
from maturity_desktop.services.keeping import KeepWish
from maturity_desktop.services.submission_requests import SubmissionRequest
from maturity_desktop.services.verifying import Verdict, verify_file
from maturity_desktop.signing import authority, kept_key
from maturity_desktop.signing.identity import KeySigner, fingerprint
from tests.factories import signed
from tests.factories.reviewed import IdentityFiles, identity_files, make_answered
from tests.factories.sealed_workspace import ASSESSMENT, PASSPHRASE, make_workspace, reopen

OWN = "七里香-window-31-harbour"
NAME = "王评估的签名密钥"
KEPT = KeptIdentity(name=NAME, passphrase=OWN)


@pytest.fixture
def files(tmp_path: Path) -> IdentityFiles:
    return identity_files(tmp_path)


@pytest.fixture
def answered(tmp_path: Path, files: IdentityFiles) -> Iterator[Workspace]:
    """An answered assessment, and the lead assessor's key kept in it."""
    workspace = make_answered(tmp_path)
    keeping.keep(workspace, KeepWish(source=files.identity, passphrase=OWN, name=NAME))
    yield workspace
    workspaces.close(workspace)


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Workspace]:
    workspace = make_workspace(tmp_path)
    yield workspace
    workspaces.close(workspace)


def secrets_of(signer: KeySigner) -> tuple[bytes, ...]:
    """What must not be found anywhere: the key in its usual forms, and its prime factors."""
    assert isinstance(signer.key, rsa.RSAPrivateKey)
    numbers = signer.key.private_numbers()
    forms = [
        signer.key.private_bytes(encoding, form, NoEncryption())
        for encoding in (Encoding.DER, Encoding.PEM)
        for form in (PrivateFormat.PKCS8, PrivateFormat.TraditionalOpenSSL)
    ]
    raw = [number.to_bytes(512, "big").lstrip(b"\0") for number in (numbers.p, numbers.q, numbers.d)]
    return (*forms, *raw, *(one.hex().encode() for one in raw), OWN.encode(), b"PRIVATE KEY")


def holding(folder: Path, secrets: tuple[bytes, ...]) -> list[str]:
    contents = ((path, path.read_bytes()) for path in sorted(folder.rglob("*")) if path.is_file())
    return [path.name for path, content in contents if any(one in content for one in secrets)]


def code_of(refusal: pytest.ExceptionInfo[MaturityError]) -> str:
    return refusal.value.code


def test_a_kept_key_signs_everything_a_file_signs(answered: Workspace, tmp_path: Path, files: IdentityFiles) -> None:
    exporting.save_issuing_body(answered, IssuingBody(name=Text(zh="示例机构", en="Sample body")))
    signoff.submit(answered, ASSESSMENT, "请审核")
    signoff.approve(answered, ASSESSMENT, "同意", identity=KEPT)
    report = ExportRequest(assessment_id=ASSESSMENT, target=tmp_path / "r.pdf", identity=KEPT, is_final=True)
    exporting.export_report(answered, report)
    exporting.export_workbook(answered, replace(report, target=tmp_path / "w.xlsx"))
    today = answered.machine.clock.today()
    wish = CertificateRequest(assessment_id=ASSESSMENT, target=tmp_path / "c.pdf", issued_on=today, identity=KEPT)
    exporting.issue_certificate(answered, wish)
    submissions.pack(answered, SubmissionRequest(assessment_id=ASSESSMENT, target=tmp_path / "s.mdsub", identity=KEPT))
    revocations.write_list(answered, tmp_path / "l.mdcrl", KEPT)
    for name in ("r.pdf", "w.xlsx", "c.pdf", "s.mdsub"):
        found = verify_file(tmp_path / name, (files.root,), clock=signed.CLOCK)
        assert (name, found.verdict) == (name, Verdict.VALID)
    checked = journal.verify(answered)
    assert checked.is_intact
    assert checked.signed_checkpoints >= 4


def test_key_and_passphrase_are_nowhere_in_the_folder_in_clear_while_open_or_closed(
    answered: Workspace, tmp_path: Path
) -> None:
    secrets = secrets_of(signed.lead())
    exporting.export_workbook(
        answered, ExportRequest(assessment_id=ASSESSMENT, target=tmp_path / "w.xlsx", identity=KEPT)
    )
    assert holding(answered.path, secrets) == []
    workspaces.close(answered)
    assert holding(answered.path, secrets) == []


def test_inside_the_database_the_key_is_sealed_once_more(answered: Workspace) -> None:
    with answered.read() as reading:
        (row,) = reading.kept_keys.all()
    assert not [one for one in secrets_of(signed.lead()) if one in row.locked or one in row.certificates]
    assert row.locked not in repr(row).encode()
    assert OWN not in repr(KEPT)
    assert OWN not in repr(KeepWish(source=Identity(pkcs12=Path(), passphrase=OWN), passphrase=OWN))


def test_the_workspace_passphrase_does_not_open_a_kept_key_and_cannot_become_its_passphrase(
    answered: Workspace, files: IdentityFiles
) -> None:
    with pytest.raises(SigningRefused, match="SGN-051"):
        keeping.inspect(answered, replace(KEPT, passphrase=PASSPHRASE))
    with pytest.raises(RuleBroken, match="KEY-003"):
        keeping.change_passphrase(answered, KEPT, PASSPHRASE)
    workspaces.set_recovery_passphrase(answered, "recovery of the whole team 9")
    with pytest.raises(RuleBroken, match="KEY-003"):
        keeping.keep(answered, KeepWish(source=files.identity, passphrase="recovery of the whole team 9", name="x"))
    with pytest.raises(RuleBroken, match="KEY-002"):
        keeping.change_passphrase(answered, KEPT, "12345678")
    with pytest.raises(RuleBroken, match="KEY-005"):
        workspaces.change_passphrase(answered, PASSPHRASE, OWN)
    with pytest.raises(RuleBroken, match="KEY-005"):
        workspaces.set_recovery_passphrase(answered, OWN)


def test_what_cannot_be_kept_is_refused_and_nothing_changes(
    empty: Workspace, tmp_path: Path, files: IdentityFiles
) -> None:
    (tmp_path / "no.p12").write_text("nothing of the kind")
    later = signed.NOW + signed.A_YEAR * 3
    expired = authority.issue(
        signed.assessors_ca(),
        authority.Subject(name="旧证书"),
        at=signed.NOW - signed.A_YEAR * 2,
        until=signed.NOW - timedelta(days=1),
    )
    subject = authority.Subject(name="新证书")
    early = authority.issue(signed.assessors_ca(), subject, at=later, until=later + signed.A_YEAR)
    for name, signer in (("expired", expired), ("early", early)):
        (tmp_path / f"{name}.p12").write_bytes(authority.pack(signer, OWN))
    cases = (
        ("SGN-010", Identity(pkcs12=files.identity.pkcs12, passphrase="wrong")),
        ("SGN-011", Identity(pkcs12=tmp_path / "no.p12", passphrase=OWN)),
        ("SGN-012", Identity(pkcs12=tmp_path / "expired.p12", passphrase=OWN)),
        ("SGN-013", Identity(pkcs12=tmp_path / "early.p12", passphrase=OWN)),
        ("SYS-", Identity(pkcs12=tmp_path / "gone.p12", passphrase=OWN)),
    )
    for code, source in cases:
        with pytest.raises(MaturityError) as refusal:
            keeping.keep(empty, KeepWish(source=source, passphrase=OWN))
        assert code_of(refusal).startswith(code)
    assert keeping.list_kept(empty) == ()


def test_each_name_and_each_certificate_is_kept_once(answered: Workspace, tmp_path: Path, files: IdentityFiles) -> None:
    with pytest.raises(RuleBroken, match="KEY-004"):
        keeping.keep(answered, KeepWish(source=files.identity, passphrase=OWN, name="another name"))
    (tmp_path / "bank.p12").write_bytes(authority.pack(signed.bank(), OWN))
    bank = Identity(pkcs12=tmp_path / "bank.p12", passphrase=OWN)
    with pytest.raises(RuleBroken, match="KEY-001"):
        keeping.keep(answered, KeepWish(source=bank, passphrase=OWN, name=NAME))
    assert keeping.keep(answered, KeepWish(source=bank, passphrase=OWN)).value.name == "李行长"
    assert [one.name for one in keeping.list_kept(answered)] == [NAME, "李行长"]


def test_an_expired_kept_key_is_shown_with_its_problem_and_signs_nothing(answered: Workspace, tmp_path: Path) -> None:
    later = signed.FixedClock(at=signed.NOW + signed.A_YEAR + timedelta(days=2))
    answered.machine = replace(answered.machine, clock=later)
    assert [one.card.problem for one in keeping.list_kept(answered)] == ["SGN-012"]
    assert keeping.inspect(answered, KEPT).problem == "SGN-012"
    with pytest.raises(SigningRefused, match="SGN-012"):
        exporting.export_report(
            answered, ExportRequest(assessment_id=ASSESSMENT, target=tmp_path / "r.pdf", identity=KEPT)
        )
    assert not (tmp_path / "r.pdf").exists()


def test_a_missing_key_a_wrong_passphrase_and_a_damaged_row_are_told_apart(answered: Workspace) -> None:
    with pytest.raises(SigningRefused) as missing:
        keeping.inspect(answered, replace(KEPT, name="nobody"))
    assert (missing.value.code, missing.value.values["found"]) == ("SGN-050", NAME)
    with pytest.raises(SigningRefused, match="SGN-051"):
        keeping.inspect(answered, replace(KEPT, passphrase="wrong"))
    with answered.begin() as work:
        (key,) = work.kept_keys.all()
        work.kept_keys.lock_anew(key.id, key.locked.replace(b'"memory_kib": 65536', b'"memory_kib": 99999999'))
    with pytest.raises(SigningRefused, match="SGN-052"):
        keeping.inspect(answered, KEPT)


def test_a_locked_key_opens_beside_its_own_certificate_only(answered: Workspace) -> None:
    with answered.read() as reading:
        (key,) = reading.kept_keys.all()
    swapped = replace(key, fingerprint=fingerprint(signed.bank().certificate))
    with pytest.raises(SigningRefused, match="SGN-051"):
        kept_key.unlock(swapped, OWN)


def test_a_passphrase_is_changed_by_who_knows_the_old_one(answered: Workspace) -> None:
    new = "完全不同的另一个 passphrase"
    with pytest.raises(SigningRefused, match="SGN-051"):
        keeping.change_passphrase(answered, replace(KEPT, passphrase="guess"), new)
    keeping.change_passphrase(answered, KEPT, new)
    with pytest.raises(SigningRefused, match="SGN-051"):
        keeping.inspect(answered, KEPT)
    assert keeping.inspect(answered, replace(KEPT, passphrase=new)).subject == "王评估"


def test_keeping_and_forgetting_are_journalled_with_who_and_fingerprint_and_without_secrets(
    answered: Workspace,
) -> None:
    own = fingerprint(signed.lead().certificate)
    keeping.forget(answered, NAME, "离职")
    assert keeping.list_kept(answered) == ()
    with pytest.raises(SigningRefused, match="SGN-050"):
        keeping.forget(answered, NAME)
    rows = [one for one in journal.entries(answered) if one.event.startswith("kept_key.")]
    assert {(one.event, one.subject, one.actor) for one in rows} == {
        ("kept_key.added", own, "陈思远"),
        ("kept_key.removed", own, "陈思远"),
    }
    assert "离职" in {one.reason for one in rows}
    everything = "".join(one.old + one.new for one in rows)
    assert "王评估" in everything
    assert not any(word in everything for word in ("locked", "salt", "sealed", OWN))
    assert journal.verify(answered).is_intact


def test_backup_and_restored_workspace_carry_the_key_sealed(answered: Workspace, tmp_path: Path) -> None:
    backup = workspaces.back_up(answered, tmp_path / "b.mdbackup").value
    assert not [one for one in secrets_of(signed.lead()) if one in backup.read_bytes()]
    keeping.forget(answered, NAME)
    looked = workspaces.open_workspace(answered.machine, backup, PASSPHRASE)
    assert keeping.inspect(looked, KEPT).subject == "王评估"
    with pytest.raises(EnvironmentProblem, match="WSP-022"):
        keeping.forget(looked, NAME)
    workspaces.close(looked)
    folder = workspaces.restore(answered.machine, backup, tmp_path / "restored")
    restored = workspaces.open_workspace(answered.machine, folder, PASSPHRASE, actor="陈思远")
    done = exporting.export_workbook(
        restored, ExportRequest(assessment_id=ASSESSMENT, target=tmp_path / "w.xlsx", identity=KEPT)
    )
    assert done.value.signer == "王评估"
    workspaces.close(restored)


def test_what_leaves_the_workspace_holds_neither_the_key_nor_its_locked_form(
    answered: Workspace, tmp_path: Path
) -> None:
    with answered.read() as reading:
        (row,) = reading.kept_keys.all()
    out = tmp_path / "out"
    out.mkdir()
    report = ExportRequest(assessment_id=ASSESSMENT, target=out / "r.pdf", identity=KEPT)
    exporting.export_report(answered, report)
    exporting.export_workbook(answered, replace(report, target=out / "w.xlsx"))
    submissions.pack(answered, SubmissionRequest(assessment_id=ASSESSMENT, target=out / "s.mdsub", identity=KEPT))
    for name in ("w.xlsx", "s.mdsub"):
        with zipfile.ZipFile(out / name) as archive:
            archive.extractall(out / f"{name}.d")
    assert len([one for one in out.rglob("*") if one.is_file()]) > 10
    assert holding(out, (*secrets_of(signed.lead()), row.locked, row.locked[-200:-20])) == []


def test_a_closed_workspace_keeps_its_keys_to_itself(answered: Workspace) -> None:
    workspaces.close(answered)
    with pytest.raises(EnvironmentProblem, match="WSP-021"):
        keeping.inspect(answered, KEPT)
    again = reopen(answered)
    assert keeping.inspect(again, KEPT).subject == "王评估"
    workspaces.close(again)
