"""The services and the command behind which the verifier and the identity helper stand."""

import json
from datetime import date, timedelta
from pathlib import Path

import pytest

from maturity_desktop.cli import main
from maturity_desktop.cli.output import GOOD, NOT_VERIFIED, USAGE
from maturity_desktop.errors import EnvironmentProblem, SigningRefused
from maturity_desktop.services import identities
from maturity_desktop.services.context import Machine
from maturity_desktop.services.identities import NewIdentity
from maturity_desktop.services.verifying import FileCheck, TrustFiles, Verdict, verify_file
from maturity_desktop.signing import authority, identity, pdf, qr, qr_keys
from maturity_desktop.signing.fields import INSTITUTION
from maturity_desktop.signing.findings import Problem
from maturity_desktop.signing.trust import read_certificates
from maturity_desktop.wording import area
from tests.factories import signed

PASSPHRASE = "测试口令 one two"


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(clock=signed.CLOCK, standards=(), cache=tmp_path / "cache")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    path = tmp_path / "ca.pem"
    path.write_text(signed.assessors_ca().pem + qr_keys.endorse(signed.lead()), encoding="ascii")
    return path


@pytest.fixture
def banks_root(tmp_path: Path) -> Path:
    path = tmp_path / "bank.pem"
    path.write_text(signed.banks_ca().pem, encoding="ascii")
    return path


def put(folder: Path, name: str, content: bytes) -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def check(path: Path, *roots: Path, more: TrustFiles | None = None) -> FileCheck:
    return verify_file(path, roots, more=more, clock=signed.CLOCK)


def test_the_kind_is_told_by_the_content_whatever_the_file_is_called(tmp_path: Path, root: Path) -> None:
    files = {
        "report": put(tmp_path, "a.xlsx", signed.signed_report()),
        "certificate": put(tmp_path, "b.txt", signed.signed_certificate()),
        "workbook": put(tmp_path, "c.pdf", signed.signed_workbook()),
        "qr": put(tmp_path, "d", qr.encode(signed.a_certificate(), qr_keys.private_key(signed.lead())).encode()),
    }
    for kind, path in files.items():
        found = check(path, root)
        assert (found.kind, found.verdict) == (kind, Verdict.VALID)
        assert len(found.sha256) == 64


@pytest.mark.parametrize(
    ("name", "content", "problem"),
    [
        ("x.mdbackup", b"PK\x03\x04", Problem.BACKUP),
        ("x.bin", b"\x00\x01", Problem.UNKNOWN_KIND),
        ("empty.pdf", b"", Problem.UNKNOWN_KIND),
        ("x.pdf", b"%PDF-1.7 but no more", Problem.DAMAGED),
        ("x.xlsx", b"PK\x03\x04 but no more", Problem.DAMAGED),
    ],
)
def test_what_cannot_be_judged_is_unreadable_with_a_reason(
    tmp_path: Path, root: Path, name: str, content: bytes, problem: Problem
) -> None:
    found = check(put(tmp_path, name, content), root)
    assert (found.verdict, found.problems) == (Verdict.UNREADABLE, (problem.value,))


def test_a_missing_file_or_a_folder_is_a_verdict_too(tmp_path: Path, root: Path) -> None:
    for path in (tmp_path / "nowhere.pdf", tmp_path):
        assert check(path, root).problems == (Problem.NOT_FOUND.value,)


def test_a_trust_file_without_a_certificate_is_refused(tmp_path: Path) -> None:
    report = put(tmp_path, "r.pdf", signed.signed_report())
    for content in (b"", b"no certificate", b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"):
        with pytest.raises(EnvironmentProblem) as refusal:
            check(report, put(tmp_path, "bad.pem", content))
        assert refusal.value.code == "VER-901"
    with pytest.raises(EnvironmentProblem) as refusal:
        check(report, tmp_path / "nowhere.pem")
    assert refusal.value.code == "SYS-004"


def test_roots_by_role_revocation_lists_and_expected_fields_reach_the_verifier(
    tmp_path: Path, root: Path, banks_root: Path
) -> None:
    report = put(tmp_path, "r.pdf", signed.approved_report())
    assert check(report, root, more=TrustFiles(institution_roots=(banks_root,))).verdict == Verdict.VALID
    assert check(report, root).verdict == Verdict.UNTRUSTED
    crl = authority.revoke(
        signed.assessors_ca(),
        [signed.lead().certificate],
        at=signed.NOW - timedelta(hours=1),
        next_update=signed.NOW + signed.A_YEAR,
    )
    lists = TrustFiles(crls=(put(tmp_path, "list.crl", authority.as_file(crl)),))
    one = check(put(tmp_path, "one.pdf", signed.signed_report()), root, more=lists)
    assert one.signatures[0].problems == (Problem.REVOKED.value,)
    missing = TrustFiles(expected=frozenset({INSTITUTION}))
    assert check(tmp_path / "one.pdf", root, more=missing).problems == (Problem.SIGNATURE_MISSING.value,)


def test_the_helper_makes_an_identity_whose_root_file_alone_verifies_reports_and_paper(
    tmp_path: Path, machine: Machine
) -> None:
    made = identities.make(machine, NewIdentity(name="李 评估/长", organisation="某银行"), tmp_path, PASSPHRASE)
    assert made.pkcs12.name == "李 评估_长.p12"
    assert made.card.problem == ""
    signer = identity.load_pkcs12(made.pkcs12.read_bytes(), PASSPHRASE, signed.NOW)
    assert identities.inspect(machine, made.pkcs12, PASSPHRASE) == made.card
    place = pdf.Place(page=0, box=signed.LEFT)
    report = pdf.sign_report(signed.plain_pdf(), signer, clock=signed.CLOCK, place=place)
    paper = qr.encode(signed.a_certificate(), qr_keys.private_key(signer)).encode()
    assert check(put(tmp_path, "r.pdf", report), made.root).verdict == Verdict.VALID
    assert check(put(tmp_path, "qr.txt", paper), made.root).verdict == Verdict.VALID


def test_the_helper_overwrites_nothing_keeps_no_root_key_and_wants_name_and_passphrase(
    tmp_path: Path, machine: Machine
) -> None:
    wish = NewIdentity(name="someone", valid_until=date(2027, 1, 31))
    made = identities.make(machine, wish, tmp_path, PASSPHRASE)
    assert made.card.valid_until.date() == date(2027, 1, 31)
    assert b"PRIVATE KEY" not in made.root.read_bytes()
    assert len(read_certificates(made.root.read_bytes())) == 1
    with pytest.raises(EnvironmentProblem) as exists:
        identities.make(machine, wish, tmp_path, PASSPHRASE)
    assert exists.value.code == "SYS-006"
    for bad, code in ((NewIdentity(name=" "), "SGN-018"), (NewIdentity(name="other"), "SGN-019")):
        with pytest.raises(SigningRefused) as refusal:
            identities.make(machine, bad, tmp_path, "short")
        assert refusal.value.code == code
    assert sorted(path.name for path in tmp_path.iterdir()) == ["someone-root.pem", "someone.p12"]


def test_a_wrong_passphrase_or_file_is_said_plainly(tmp_path: Path, machine: Machine) -> None:
    path = put(tmp_path, "me.p12", authority.pack(signed.lead(), PASSPHRASE))
    with pytest.raises(SigningRefused) as wrong:
        identities.inspect(machine, path, "x")
    assert wrong.value.code == "SGN-010"
    with pytest.raises(SigningRefused) as other:
        identities.inspect(machine, put(tmp_path, "x.p12", signed.plain_pdf()), "x")
    assert other.value.code == "SGN-011"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_command_says_its_verdict_in_words_and_in_its_exit_code(
    tmp_path: Path, root: Path, machine: Machine, language: str, capsys: pytest.CaptureFixture[str]
) -> None:
    good = put(tmp_path, "good.pdf", signed.signed_report())
    bad = put(tmp_path, "bad.pdf", signed.signed_report() + b"x")
    common = ["--trust", str(root), "--lang", language]
    assert main.main(["verify", str(good), *common], machine) == GOOD
    said = capsys.readouterr().out
    assert ("有效" if language == "zh" else "VALID") in said
    assert "王评估" in said
    assert main.main(["verify", str(good), str(bad), *common], machine) == NOT_VERIFIED
    assert Problem.APPENDED.value in capsys.readouterr().out
    assert main.main(["verify", str(good), "--trust", str(good), "--lang", language], machine) == USAGE


def test_the_command_speaks_json_with_stable_keys(
    tmp_path: Path, root: Path, machine: Machine, capsys: pytest.CaptureFixture[str]
) -> None:
    path = put(tmp_path, "book.xlsx", signed.twice_signed_workbook())
    assert main.main(["verify", str(path), "--trust", str(root), "--json"], machine) == NOT_VERIFIED
    said = json.loads(capsys.readouterr().out)
    assert said["ok"] is False
    found = said["files"][0]
    assert set(found) == {"path", "kind", "verdict", "sha256", "signatures", "problems", "details"}
    assert found["verdict"] == "untrusted"
    first, second = found["signatures"]
    assert (first["trusted"], second["trusted"]) == (True, False)
    assert second["problems"][0]["code"] == Problem.ROOT_UNKNOWN.value


def test_every_problem_and_refusal_has_a_sentence_in_both_languages() -> None:
    sentences = area("errors")
    codes = {one.value for one in Problem} | {f"SGN-0{number}" for number in range(10, 20)} | {"VER-901", "VER-902"}
    assert {code for code in codes if set(sentences.get(code, {})) < {"zh", "en"}} == set()
