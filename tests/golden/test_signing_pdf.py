"""PDF tools we did not write agree that our signatures hold, and name our signers."""

from pathlib import Path

import pytest

from maturity_desktop.signing import authority
from maturity_desktop.signing.fields import INSTITUTION, LEAD_ASSESSOR
from maturity_desktop.signing.findings import Verdict
from maturity_desktop.signing.pdf_verify import verify_pdf
from tests.factories import pdf_attacks, signed
from tests.golden.checkers import nss, run, tool

DOCUMENTS = {
    "report": (signed.signed_report, 1),
    "approved report": (signed.approved_report, 2),
    "certificate": (signed.signed_certificate, 1),
}


@pytest.fixture
def trusted(tmp_path: Path) -> str:
    return nss(tmp_path, signed.assessors_ca().pem, signed.banks_ca().pem)


@pytest.mark.parametrize("kind", DOCUMENTS)
def test_pdfsig_finds_every_signature_valid_and_trusted(tmp_path: Path, trusted: str, kind: str) -> None:
    make, count = DOCUMENTS[kind]
    path = tmp_path / "signed.pdf"
    path.write_bytes(make())
    said = run(tool("pdfsig"), "-nssdir", trusted, path).stdout
    assert said.count("Signature Validation: Signature is Valid.") == count
    assert said.count("Certificate Validation: Certificate is Trusted.") == count
    assert said.count("Total document signed") == 1
    assert said.count("ETSI.CAdES.detached") == count
    assert "王评估" in said


def test_pdfsig_does_not_trust_an_unknown_root(tmp_path: Path) -> None:
    path = tmp_path / "signed.pdf"
    path.write_bytes(signed.signed_report())
    said = run(tool("pdfsig"), "-nssdir", nss(tmp_path, signed.banks_ca().pem), path).stdout
    assert "Certificate is Trusted" not in said


def test_pdfsig_sees_a_flipped_byte(tmp_path: Path, trusted: str) -> None:
    path = tmp_path / "flipped.pdf"
    path.write_bytes(pdf_attacks.flipped(signed.signed_report(), 200))
    assert "Signature is Valid" not in run(tool("pdfsig"), "-nssdir", trusted, path).stdout


@pytest.mark.parametrize("kind", DOCUMENTS)
def test_qpdf_finds_no_fault_in_the_file(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "signed.pdf"
    path.write_bytes(DOCUMENTS[kind][0]())
    checked = run(tool("qpdf"), "--check", path)
    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_an_institution_may_sign_its_field_in_another_program(tmp_path: Path, trusted: str) -> None:
    (tmp_path / "bank.p12").write_bytes(authority.pack(signed.bank(), "passphrase"))
    imported = run(tool("pk12util"), "-i", tmp_path / "bank.p12", "-d", trusted, "-W", "passphrase")
    assert imported.returncode == 0, imported.stderr
    (tmp_path / "report.pdf").write_bytes(signed.signed_report())
    paths = tmp_path / "report.pdf", tmp_path / "approved.pdf"
    run(tool("pdfsig"), "-nssdir", trusted, *paths, "-sign", INSTITUTION, "-nick", "signing", "-reason", "ok")
    content = paths[1].read_bytes()
    judgement = verify_pdf(content, signed.trust(by_role=True), at=signed.NOW)
    assert judgement.verdict == Verdict.VALID
    assert [one.field for one in judgement.signatures] == [LEAD_ASSESSOR, INSTITUTION]
    start, end = pdf_attacks.contents_gap(content)
    for place in (start + 150, (start + end) // 2, end + 40):
        assert verify_pdf(pdf_attacks.flipped(content, place), signed.trust(), at=signed.NOW).verdict != Verdict.VALID
