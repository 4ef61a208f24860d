"""The verifier that a bank is given: one zip that runs on a bare Python and gives the verdicts of the program."""

import hashlib
import json
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

from installer import make_verifier
from maturity_desktop.signing import qr, qr_keys
from tests.factories import pdf_attacks, signed
from tests.factories.reviewed import identity_files, make_answered
from tests.factories.submitted import pack


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("given")
    with zipfile.ZipFile(make_verifier.make(folder)) as archive:
        archive.extractall(folder)
    return folder / make_verifier.TOP / "maturity-verify.py"


def run(program: Path, *words: str | Path) -> subprocess.CompletedProcess[str]:
    """Run without site packages, without the checkout, without the environment."""
    command = [sys.executable, "-I", "-S", "-B", str(program), *map(str, words)]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", cwd=program.parent, check=False)


def test_every_file_is_listed_with_its_hash_and_no_window_or_database_is_among_them(program: Path) -> None:
    lines = (program.parent / "SHA256SUMS").read_text().splitlines()
    listed = {name: sha256 for sha256, name in (line.split("  ", 1) for line in lines)}
    found = {path.relative_to(program.parent).as_posix(): path for path in program.parent.rglob("*") if path.is_file()}
    found.pop("SHA256SUMS")
    assert {name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in found.items()} == listed
    tops = {name.split("/")[1].lower() for name in found if name.startswith("lib/")}
    assert not tops & {"pyside6", "shiboken6", "sqlalchemy", "sqlcipher3", "reportlab", "openpyxl"}
    assert not any("/gui/" in name or "/storage/" in name for name in found if "maturity_desktop" in name)


def test_it_judges_every_kind_of_file_by_itself(program: Path, tmp_path: Path) -> None:
    root = tmp_path / "ca.pem"
    root.write_text(signed.assessors_ca().pem + signed.banks_ca().pem + qr_keys.endorse(signed.lead()))
    packed = pack(make_answered(tmp_path), tmp_path / "packed.mdsub", identity_files(tmp_path).identity)
    code = qr.encode(signed.a_certificate(), qr_keys.private_key(signed.lead()))
    contents = {
        "report.pdf": (signed.approved_report(), "valid"),
        "certificate.pdf": (signed.signed_certificate(), "valid"),
        "workbook.xlsx": (signed.signed_workbook(), "valid"),
        "code.txt": (code.encode(), "valid"),
        "altered.pdf": (pdf_attacks.white_box(signed.signed_report()), "altered"),
        "plain.pdf": (signed.plain_pdf(), "unsigned"),
        "submission.mdsub": (packed, "valid"),
    }
    for name, (content, _) in contents.items():
        (tmp_path / name).write_bytes(content)
    done = run(program, "--json", "--trust", root, *(tmp_path / name for name in contents))
    assert done.returncode == 3, done.stderr
    told: dict[str, Any] = json.loads(done.stdout)
    assert [one["verdict"] for one in told["files"]] == [verdict for _, verdict in contents.values()]


def test_it_speaks_both_languages_and_refuses_plainly(program: Path, tmp_path: Path) -> None:
    root = tmp_path / "ca.pem"
    root.write_text(signed.assessors_ca().pem)
    (tmp_path / "报告.pdf").write_bytes(signed.signed_report())
    done = run(program, "--lang", "zh", "--trust", root, tmp_path / "报告.pdf")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("有效")
    done = run(program, "--trust", tmp_path / "gone.pem", tmp_path / "报告.pdf")
    assert done.returncode == 2
    assert "gone.pem" in done.stderr
    assert len(done.stderr.splitlines()) == 1
