"""The institution's approval in our own program: only of an unaltered report, in the prepared field, by its own key."""

import json
from pathlib import Path

import pytest

from maturity_desktop.cli import main
from maturity_desktop.errors import SigningRefused
from maturity_desktop.services import countersigning
from maturity_desktop.services.context import Machine
from maturity_desktop.services.countersigning import Approval, Approved
from maturity_desktop.services.export_requests import Identity
from maturity_desktop.services.verifying import TrustFiles, Verdict, verify_file
from maturity_desktop.signing import authority, pdf
from maturity_desktop.signing.fields import INSTITUTION, LEAD_ASSESSOR
from tests.factories import pdf_attacks, signed

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


def identity(folder: Path, signer: object = None) -> Identity:
    path = folder / ("signer.p12" if signer is None else "other.p12")
    path.write_bytes(authority.pack(signer or signed.bank(), PASSPHRASE))  # type: ignore[arg-type]  # a KeySigner
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
        ("SGN-031", signed.signed_certificate(), {}),
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
