"""The institution's approval in our own program: only of an unaltered report, in the prepared field, by its own key."""

import json
from pathlib import Path
from zipfile import ZipFile

import pytest

from maturity_desktop.cli import main
from maturity_desktop.errors import SigningRefused
from maturity_desktop.services import countersigning, keeping, workspaces
from maturity_desktop.services.context import Machine
from maturity_desktop.services.countersigning import Approval, Approved
from maturity_desktop.services.export_requests import Identity
from maturity_desktop.services.keeping import KeepWish
from maturity_desktop.services.verifying import TrustFiles, Verdict, verify_file
from maturity_desktop.signing import authority, opc, pdf
from maturity_desktop.signing.fields import INSTITUTION, LEAD_ASSESSOR
from maturity_desktop.signing.identity import KeySigner
from tests.factories import pdf_attacks, sealed_workspace, signed, zip_attacks

PASSPHRASE = "passphrase of the bank"


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(clock=signed.CLOCK, standards=(), cache=tmp_path)


@pytest.fixture
def roots(tmp_path: Path) -> tuple[Path, Path]:
    paths = tmp_path / "assessors.pem", tmp_path / "banks.pem"
    for path, ca in zip(paths, (signed.assessors_ca(), signed.banks_ca()), strict=True):
        path.write_text(ca.pem)
    return paths


def identity(folder: Path, signer: KeySigner | None = None) -> Identity:
    who = signer or signed.bank()
    path = folder / ("signer.p12" if signer is None else f"{who.certificate.serial_number}.p12")
    path.write_bytes(authority.pack(who, PASSPHRASE))
    return Identity(pkcs12=path, passphrase=PASSPHRASE)


def approve(machine: Machine, folder: Path, content: bytes, **changes: object) -> Approved:
    report = folder / "report.pdf"
    report.write_bytes(content)
    fields: dict[str, object] = {"report": report, "target": folder / "approved.pdf", "signatory": identity(folder)}
    return countersigning.approve(machine, Approval(**{**fields, **changes}))  # type: ignore[arg-type]  # a table


def test_the_approved_report_verifies_with_each_party_under_its_own_root(
    machine: Machine, tmp_path: Path, roots: tuple[Path, Path]
) -> None:
    done = approve(machine, tmp_path, signed.signed_report(), trust=(roots[0],))
    assert done.signatures == ((LEAD_ASSESSOR, "王评估"), (INSTITUTION, "李行长"))
    more = TrustFiles(institution_roots=(roots[1],), expected=frozenset({INSTITUTION}))
    found = verify_file(done.path, (roots[0],), more=more, clock=signed.CLOCK)
    assert (found.verdict, found.sha256) == (Verdict.VALID, done.sha256)


def test_what_should_not_be_signed_is_refused_and_nothing_is_written(
    machine: Machine, tmp_path: Path, roots: tuple[Path, Path]
) -> None:
    plain = pdf.sign_report(
        signed.plain_pdf(), signed.lead(), clock=signed.CLOCK, place=pdf.Place(page=0, box=signed.LEFT)
    )
    refused: list[tuple[str, bytes, dict[str, object]]] = [
        ("SGN-031", signed.signed_report() + b"appended", {}),
        ("SGN-031", pdf_attacks.flipped(signed.signed_report(), 200), {}),
        ("SGN-031", signed.plain_pdf(), {}),
        ("SGN-054", signed.signed_certificate(), {}),
        ("SGN-031", signed.signed_report(), {"trust": (roots[1],)}),
        ("SGN-032", signed.approved_report(), {}),
        ("SGN-033", plain, {}),
        ("SGN-034", signed.signed_report(), {"signatory": identity(tmp_path, signed.lead())}),
        ("SGN-010", signed.signed_report(), {"signatory": Identity(pkcs12=tmp_path / "signer.p12", passphrase="x")}),
    ]
    for code, content, changes in refused:
        with pytest.raises(SigningRefused) as refusal:
            approve(machine, tmp_path, content, **changes)
        assert refusal.value.code == code
        assert not (tmp_path / "approved.pdf").exists()


def test_the_command_signs_and_names_both_signers(
    machine: Machine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("OWN", PASSPHRASE)
    report = tmp_path / "report.pdf"
    report.write_bytes(signed.signed_report())
    who = ["--identity", str(identity(tmp_path).pkcs12), "--identity-passphrase-env", "OWN"]
    command = ["sign-institution", str(report), "--out", str(tmp_path / "out.pdf"), *who]
    assert main.main([*command, "--lang", "zh"], machine) == 0
    assert "王评估，李行长" in capsys.readouterr().out
    assert main.main([*command, "--json"], machine) == 0
    assert [one["signer"] for one in json.loads(capsys.readouterr().out)["signatures"]] == ["王评估", "李行长"]


def countersign(machine: Machine, folder: Path, content: bytes, **changes: object) -> Approved:
    book = folder / "book.xlsx"
    book.write_bytes(content)
    fields: dict[str, object] = {"report": book, "target": folder / "signed.xlsx", "signatory": identity(folder)}
    return countersigning.approve(machine, Approval(**{**fields, **changes}))  # type: ignore[arg-type]  # a table


def test_a_workbook_takes_one_signer_after_the_other_and_the_verifier_shows_all(
    machine: Machine, tmp_path: Path, roots: tuple[Path, Path]
) -> None:
    first = countersign(machine, tmp_path, signed.signed_workbook(), trust=(roots[0],))
    third = identity(tmp_path, signed.curve())
    done = countersign(machine, tmp_path, first.path.read_bytes(), signatory=third, trust=roots)
    assert [signer for _, signer in done.signatures] == ["王评估", "李行长", "赵曲线"]
    for more in (TrustFiles(institution_roots=(roots[1],)), None):
        found = verify_file(done.path, (roots[0],) if more else roots, more=more, clock=signed.CLOCK)
        assert (found.verdict, found.sha256) == (Verdict.VALID, done.sha256)
        assert [one.signer for one in found.signatures] == ["王评估", "李行长", "赵曲线"]
        assert all(one.is_intact and one.covers_whole_file for one in found.signatures)


def test_the_first_signature_and_every_content_part_stay_byte_for_byte(machine: Machine, tmp_path: Path) -> None:
    done = countersign(machine, tmp_path, signed.signed_workbook())
    with ZipFile(tmp_path / "book.xlsx") as before, ZipFile(done.path) as after:
        changing = {"[Content_Types].xml", "_xmlsignatures/_rels/origin.sigs.rels"}
        assert "_xmlsignatures/sig1.xml" in before.namelist()
        for name in set(before.namelist()) - changing:
            assert before.read(name) == after.read(name), name
        assert set(after.namelist()) - set(before.namelist()) == {"_xmlsignatures/sig2.xml"}


def test_a_workbook_that_should_not_be_signed_is_refused_and_nothing_is_written(
    machine: Machine, tmp_path: Path, roots: tuple[Path, Path]
) -> None:
    sheet = "xl/worksheets/sheet1.xml"
    forged = zip_attacks.replaced(signed.signed_workbook(), sheet, b"<v>3</v>", b"<v>5</v>")
    document = (Path(__file__).parents[2] / "vectors/office-signed/hello-world-signed.pptx").read_bytes()
    refused: list[tuple[str, bytes, dict[str, object]]] = [
        ("SGN-031", forged, {}),
        ("SGN-031", signed.signed_workbook()[:-40], {}),
        ("SGN-031", signed.signed_workbook(), {"trust": (roots[1],)}),
        ("SGN-038", signed.plain_workbook(), {}),
        ("SGN-039", signed.signed_workbook(), {"signatory": identity(tmp_path, signed.lead())}),
        ("SGN-039", signed.twice_signed_workbook(), {"signatory": identity(tmp_path, signed.curve())}),
        ("SGN-054", document, {}),
        ("SGN-010", signed.signed_workbook(), {"signatory": Identity(pkcs12=tmp_path / "signer.p12", passphrase="x")}),
    ]
    for code, content, changes in refused:
        with pytest.raises(SigningRefused) as refusal:
            countersign(machine, tmp_path, content, **changes)
        assert refusal.value.code == code
        assert not (tmp_path / "signed.xlsx").exists()


def test_an_institution_signs_beside_a_lead_assessor_and_never_instead_of_one(
    tmp_path: Path, roots: tuple[Path, Path]
) -> None:
    alone = opc.sign_package(signed.plain_workbook(), signed.bank(), clock=signed.CLOCK)
    beside = opc.sign_package(alone, signed.lead(), clock=signed.CLOCK)
    more = TrustFiles(institution_roots=(roots[1],))
    for content, verdict, problems in ((alone, Verdict.UNTRUSTED, ("VER-206",)), (beside, Verdict.VALID, ())):
        (tmp_path / "book.xlsx").write_bytes(content)
        found = verify_file(tmp_path / "book.xlsx", (roots[0],), more=more, clock=signed.CLOCK)
        assert (found.verdict, found.signatures[0].problems) == (verdict, problems)
    assert [one.role for one in found.signatures] == ["institution", "lead_assessor"]


def test_the_command_countersigns_workbooks_and_finds_the_key_in_a_workspace(
    machine: Machine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    workspace = sealed_workspace.make_workspace(tmp_path)
    wish = KeepWish(source=identity(tmp_path), passphrase="seven windows 31 harbour", name="行长")
    keeping.keep(workspace, wish)
    workspaces.close(workspace)
    monkeypatch.setenv("OPENS", sealed_workspace.PASSPHRASE)
    monkeypatch.setenv("OWN", "seven windows 31 harbour")
    (tmp_path / "book.xlsx").write_bytes(signed.signed_workbook())
    command = ["sign-institution", str(tmp_path / "book.xlsx"), "--out", str(tmp_path / "out.xlsx"), "--kept", "行长"]
    command += ["--kept-passphrase-env", "OWN"]
    assert main.main([*command, "--json"], machine) == 2
    assert json.loads(capsys.readouterr().out)["code"] == "SGN-053"
    assert not (tmp_path / "out.xlsx").exists()
    where = ["--workspace", str(workspace.path), "--passphrase-env", "OPENS"]
    assert main.main([*command, *where, "--json"], machine) == 0
    assert [one["signer"] for one in json.loads(capsys.readouterr().out)["signatures"]] == ["王评估", "李行长"]
