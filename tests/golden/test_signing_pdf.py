"""PDF tools we did not write agree that our signatures hold, and name our signers."""

from pathlib import Path

import pytest

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
