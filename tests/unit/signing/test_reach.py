"""The verifier can be handed to a bank: it needs neither window nor database, and starts without heavy libraries."""

import subprocess
import sys

import pytest

from maturity_desktop.cli import verify

_SHOW = "import sys, {module}; print(' '.join(sorted({{name.partition('.')[0] for name in sys.modules}})))"


def loaded_by(module: str) -> set[str]:
    done = subprocess.run(
        [sys.executable, "-c", _SHOW.format(module=module)], capture_output=True, text=True, check=True
    )
    return set(done.stdout.split())


def test_front_doors_load_no_cryptography_before_somebody_verifies_or_signs() -> None:
    loaded = loaded_by("maturity_desktop.services.verifying, maturity_desktop.services.identities")
    assert "maturity_desktop" in loaded
    assert not loaded & {"pyhanko", "cryptography", "lxml", "aiohttp", "PySide6", "sqlalchemy"}


def test_the_whole_verifier_needs_no_window_no_database_and_no_report_library() -> None:
    loaded = loaded_by(
        "maturity_desktop.cli.verify, maturity_desktop.signing.pdf_verify, maturity_desktop.signing.opc_verify"
    )
    assert {"pyhanko", "lxml"} <= loaded
    assert not loaded & {"PySide6", "sqlalchemy", "sqlcipher3", "reportlab", "openpyxl", "pypdfium2"}


def test_the_stand_alone_program_has_the_same_usage(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        verify.main(["--help"])
    assert ended.value.code == 0
    assert "--trust" in capsys.readouterr().out
    with pytest.raises(SystemExit) as ended:
        verify.main([])
    assert ended.value.code == 2
