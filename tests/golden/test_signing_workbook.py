"""Programs we did not write agree that our signed workbooks hold: xmlsec, the JDK, LibreOffice."""

import tempfile
from functools import cache
from pathlib import Path

import pytest

from maturity_desktop.services import countersigning
from maturity_desktop.services.context import Machine
from maturity_desktop.services.export_requests import Identity
from maturity_desktop.signing import authority
from tests.factories import signed, zip_attacks
from tests.golden.checkers import PLACE, judged_by_libreoffice, judged_by_xmlsec, nss, run, tool


@cache
def countersigned_workbook() -> bytes:
    """The lead assessor's workbook, counter-signed by the institution through the program's own verb."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "book.xlsx").write_bytes(signed.signed_workbook())
        (folder / "bank.p12").write_bytes(authority.pack(signed.bank(), "passphrase of the bank"))
        wish = countersigning.Approval(
            report=folder / "book.xlsx",
            target=folder / "both.xlsx",
            signatory=Identity(pkcs12=folder / "bank.p12", passphrase="passphrase of the bank"),
        )
        machine = Machine(clock=signed.CLOCK, standards=(), cache=folder)
        return countersigning.approve(machine, wish).path.read_bytes()


WORKBOOKS = {
    "one signer": (signed.signed_workbook, 1),
    "two signers": (signed.twice_signed_workbook, 2),
    "counter-signed": (countersigned_workbook, 2),
}
SHEET = "xl/worksheets/sheet1.xml"


@pytest.fixture
def forged(tmp_path: Path) -> Path:
    path = tmp_path / "forged.xlsx"
    path.write_bytes(zip_attacks.replaced(signed.signed_workbook(), SHEET, b"<v>3</v>", b"<v>5</v>"))
    return path


@pytest.mark.parametrize("kind", WORKBOOKS)
def test_xmlsec_accepts_every_signature(tmp_path: Path, kind: str) -> None:
    make, count = WORKBOOKS[kind]
    path = tmp_path / "book.xlsx"
    path.write_bytes(make())
    assert judged_by_xmlsec(tmp_path, path, (signed.assessors_ca().pem, signed.banks_ca().pem)) == [True] * count


@pytest.mark.parametrize("kind", WORKBOOKS)
def test_the_jdk_accepts_every_signature_and_every_part(tmp_path: Path, kind: str) -> None:
    make, count = WORKBOOKS[kind]
    path = tmp_path / "book.xlsx"
    path.write_bytes(make())
    checked = run(tool("java"), PLACE / "OfficeSignature.java", path)
    lines = checked.stdout.splitlines()
    assert checked.returncode == 0, checked.stderr
    assert sum(line.endswith("core true") for line in lines) == count
    assert sum(line.endswith("part true") for line in lines) == len(lines) - count >= 7 * count


def test_the_jdk_names_the_part_that_was_changed(forged: Path) -> None:
    lines = run(tool("java"), PLACE / "OfficeSignature.java", forged).stdout.splitlines()
    assert [line for line in lines if line.endswith("false")] == [f"/{SHEET} part false"]


def test_libreoffice_finds_our_signatures_valid_and_trusted_and_a_forgery_not(tmp_path: Path, forged: Path) -> None:
    trusted = nss(tmp_path, signed.assessors_ca().pem, signed.banks_ca().pem)
    paths = []
    for number, (make, _) in enumerate(WORKBOOKS.values()):
        paths.append(tmp_path / f"book{number}.xlsx")
        paths[-1].write_bytes(make())
    found = judged_by_libreoffice(tmp_path, [*paths, forged], trusted)
    good = {"valid": True, "certificate": 0}
    assert found[:3] == [[good], [good, good], [good, good]]
    assert [one["valid"] for one in found[3]] == [False]
