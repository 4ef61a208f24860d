"""Proof of time, added later: earlier signatures hold, the time is shown as proven, and nothing else may come along."""

import json
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache
from io import BytesIO
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.signers.pdf_signer import PdfTimeStamper

from maturity_desktop.cli import main
from maturity_desktop.errors import SigningRefused
from maturity_desktop.services.context import Machine
from maturity_desktop.signing import authority, pdf, pdf_archive
from maturity_desktop.signing.apart import run_apart
from maturity_desktop.signing.fields import INSTITUTION, LEAD_ASSESSOR
from maturity_desktop.signing.findings import Judgement, Problem, Verdict
from maturity_desktop.signing.pdf_verify import verify_pdf
from maturity_desktop.signing.trust import Trust
from tests.factories import pdf_attacks, signed, tsa
from tests.golden.checkers import run, tool

KINDS = {
    "report": signed.signed_report,
    "approved report": signed.approved_report,
    "certificate": signed.signed_certificate,
}


@cache
def proven(kind: str) -> bytes:
    return added(KINDS[kind]())


def added(content: bytes, at: datetime = signed.NOW) -> bytes:
    ca, bank = signed.assessors_ca(), signed.banks_ca()
    lists = [authority.revoke(one, [], at=signed.NOW, next_update=signed.NOW + signed.A_YEAR) for one in (ca, bank)]
    roots = (ca.certificate, bank.certificate, tsa.root()[1])
    return pdf_archive.add_proof_of_time(content, tsa.stamper(at), roots=roots, crls=lists, at=at)


def judge(content: bytes, *, at: datetime = signed.NOW, with_authority: bool = True, **changes: object) -> Judgement:
    trust = replace(signed.trust(), tsa_roots=(tsa.root()[1],) if with_authority else ())
    return verify_pdf(content, replace(trust, **changes), at=at)  # type: ignore[arg-type]  # fields of Trust


@pytest.mark.parametrize("kind", KINDS)
def test_all_signatures_stay_good_and_their_time_is_proven(kind: str) -> None:
    judgement = judge(proven(kind))
    assert judgement.verdict == Verdict.VALID, judgement
    regular = [one for one in judgement.signatures if one.claimed_at is not None]
    stamps = [one for one in judgement.signatures if one.claimed_at is None]
    assert [one.timestamped_at for one in regular] == [signed.NOW] * len(regular)
    assert [one.signer for one in stamps] == ["时间戳服务"] * 2
    assert stamps[-1].covers_whole_file


def test_what_is_added_holds_certificates_and_revocation_lists() -> None:
    security = PdfFileReader(BytesIO(proven("approved report"))).root["/DSS"]
    assert len(security["/Certs"]) >= 4
    assert len(security["/CRLs"]) == 2


def test_an_authority_nobody_believes_makes_the_file_untrusted_and_proves_no_time() -> None:
    judgement = judge(proven("report"), with_authority=False)
    assert judgement.verdict == Verdict.UNTRUSTED
    lead, *stamps = judgement.signatures
    assert lead.timestamped_at is None
    assert {one.problems for one in stamps} == {(Problem.ROOT_UNKNOWN.value,)}


def test_an_authoritys_root_is_believed_for_nothing_but_time() -> None:
    own = Trust(roots=(tsa.root()[1],), tsa_roots=(signed.assessors_ca().certificate,))
    assert verify_pdf(signed.signed_report(), own, at=signed.NOW).verdict == Verdict.UNTRUSTED


def test_a_proven_signature_outlives_its_certificate_and_an_unproven_one_does_not() -> None:
    later = signed.NOW + timedelta(days=500)
    assert judge(proven("approved report"), at=later).verdict == Verdict.VALID
    assert judge(signed.approved_report(), at=later).verdict == Verdict.UNTRUSTED
    crl = authority.revoke(
        signed.assessors_ca(), [signed.lead().certificate], at=later, next_update=later + signed.A_YEAR
    )
    assert judge(proven("approved report"), at=later, crls=(crl,)).verdict == Verdict.UNTRUSTED


def test_the_proof_can_be_renewed_and_the_institution_may_sign_in_between() -> None:
    later = signed.NOW + timedelta(days=30)
    approved = pdf.approve_report(proven("report"), signed.bank(), clock=signed.FixedClock(later))
    assert judge(approved, at=later).verdict == Verdict.VALID
    renewed = judge(added(approved, later), at=later)
    assert renewed.verdict == Verdict.VALID
    times = {one.field: one.timestamped_at for one in renewed.signatures}
    assert (times[LEAD_ASSESSOR], times[INSTITUTION]) == (signed.NOW, later)


@pytest.mark.parametrize("kind", ["report", "certificate"])
def test_every_flipped_byte_of_the_addition_is_noticed(kind: str) -> None:
    whole, start = proven(kind), len(KINDS[kind]())
    step = (len(whole) - start) // 60
    for place in range(start + 7, len(whole), step):
        found = judge(pdf_attacks.flipped(whole, place))
        assert found.verdict != Verdict.VALID, place


def test_what_follows_the_last_timestamp_is_noticed() -> None:
    whole = proven("report")
    assert judge(whole + b"x").verdict == Verdict.ALTERED
    for attack in (pdf_attacks.white_box, pdf_attacks.title):
        assert judge(attack(whole)).verdict == Verdict.ALTERED


def test_a_timestamp_after_an_alteration_heals_nothing() -> None:
    altered = pdf_attacks.white_box(signed.signed_report())
    try:
        healed = added(altered)
    except SigningRefused:
        return
    assert judge(healed).verdict == Verdict.ALTERED


def test_a_timestamp_in_the_institutions_field_is_no_approval() -> None:
    filled = BytesIO()
    writer = IncrementalPdfFileWriter(BytesIO(signed.signed_report()))
    stamper = PdfTimeStamper(tsa.stamper(), field_name=INSTITUTION)
    run_apart(stamper.async_timestamp_pdf(writer, "sha256", output=filled))
    assert judge(filled.getvalue()).verdict == Verdict.ALTERED


def test_a_timestamp_alone_is_no_signature() -> None:
    stamped = pdf_archive.add_proof_of_time(
        signed.plain_pdf(), tsa.stamper(), roots=(tsa.root()[1],), crls=(), at=signed.NOW
    )
    assert judge(stamped).verdict == Verdict.UNSIGNED


def test_others_still_find_the_signatures_valid(tmp_path: Path) -> None:
    path = tmp_path / "proven.pdf"
    path.write_bytes(proven("approved report"))
    assert run(tool("pdfsig"), "-nocert", path).stdout.count("Signature Validation: Signature is Valid.") >= 2
    checked = run(tool("qpdf"), "--check", path)
    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_the_command_asks_an_authority_and_refuses_what_it_cannot_prove(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    machine = Machine(clock=signed.CLOCK, standards=(), cache=tmp_path)
    paths = {"ca": signed.assessors_ca().pem, "tsa": pem(tsa.root()[1])}
    for name, text in paths.items():
        (tmp_path / f"{name}.pem").write_text(text)
    report, target = tmp_path / "report.pdf", tmp_path / "out.pdf"
    report.write_bytes(signed.signed_report())
    trust = ["--trust", str(tmp_path / "ca.pem"), "--tsa-trust", str(tmp_path / "tsa.pem")]

    def ask(file: Path, address: str) -> int:
        words = ["timestamp", str(file), "--out", str(target), "--tsa", address, *trust, "--json"]
        return main.main(words, machine)

    with tsa.serving() as address:
        assert ask(report, address) == 0
        assert json.loads(capsys.readouterr().out)["proven_at"].startswith("2026-11-23")
        assert main.main(["verify", str(target), *trust, "--lang", "zh"], machine) == 0
        assert "时间戳证明" in capsys.readouterr().out
        target.unlink()
        report.write_bytes(signed.signed_report() + b"x")
        assert ask(report, address) == 2
        assert json.loads(capsys.readouterr().out)["code"] == "SGN-037"
    report.write_bytes(signed.signed_report())
    assert ask(report, "http://127.0.0.1:9/nobody") == 2
    assert json.loads(capsys.readouterr().out)["code"] == "SGN-035"
    assert not target.exists()


def pem(certificate: x509.Certificate) -> str:
    return certificate.public_bytes(Encoding.PEM).decode()
