"""Reports and certificates are made for archives: PDF/A-3b, with what they say attached as data, signed or not."""

import hashlib
import json
from functools import cache
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from pikepdf import pdfa

from maturity_desktop.domain import canonical
from maturity_desktop.domain.text import Text
from maturity_desktop.reporting import INSTITUTION_FIELD, LEAD_FIELD, RenderedPdf, RenderOptions, render_report, srgb
from maturity_desktop.reporting.certificate import CERTIFICATE_DATA, render_certificate
from maturity_desktop.reporting.digest import content_digest, content_of
from maturity_desktop.reporting.report import REPORT_DATA
from maturity_desktop.reporting.stamp import render_stamp
from maturity_desktop.signing import pdf, qr, qr_keys
from maturity_desktop.signing.findings import Verdict
from maturity_desktop.signing.pdf_verify import verify_pdf
from tests.factories import signed
from tests.factories.snapshot import make_sample, make_snapshot, part_3
from tests.golden.checkers import nss, run, tool


@cache
def report(kind: str) -> RenderedPdf:
    if kind == "sample draft":
        return render_report(make_sample(), ("zh",), RenderOptions())
    return render_report(make_snapshot(part_3()), ("zh", "en"), RenderOptions(is_final=True))


@cache
def certificate() -> bytes:
    text = qr.encode(signed.a_certificate(), qr_keys.private_key(signed.lead()))
    return render_certificate(signed.a_certificate(), text, ("zh", "en")).content


@cache
def signed_report() -> bytes:
    """The report with both signatures, drawn stamps included."""
    rendered = report("both languages")
    boxes = {box.field: box for box in rendered.signature_boxes}
    lead, institution = boxes[LEAD_FIELD], boxes[INSTITUTION_FIELD]
    stamp = render_stamp(("王评估", "示例评估机构", "2026-11-23"), (lead.right - lead.left, lead.top - lead.bottom))
    content = pdf.sign_report(
        rendered.content,
        signed.lead(),
        clock=signed.CLOCK,
        place=pdf.Place(page=lead.page, box=signed.LEFT, stamp_pdf=stamp),
        institution=pdf.Place(page=institution.page, box=signed.RIGHT),
    )
    return pdf.approve_report(content, signed.bank(), clock=signed.CLOCK, stamp_pdf=stamp)


def findings(content: bytes, kind: str) -> list[str]:
    found = pdfa.validate_written(BytesIO(content), "3b").findings
    return [f"{one.rule}: {one.message}" for one in found if one.kind == kind]


@pytest.mark.parametrize("kind", ["sample draft", "both languages"])
def test_a_report_is_one_for_archives(kind: str) -> None:
    assert pdfa.validate_written(BytesIO(report(kind).content), "3b").passed


def test_a_certificate_is_one_for_archives() -> None:
    assert pdfa.validate_written(BytesIO(certificate()), "3b").passed


def test_signatures_break_no_rule_of_archives() -> None:
    place = pdf.Place(page=0, box=signed.LEFT, stamp_pdf=render_stamp(("王评估",)))
    for content in (
        signed_report(),
        pdf.sign_certificate(certificate(), signed.lead(), clock=signed.CLOCK, place=place),
    ):
        assert findings(content, "violation") == []
        assert verify_pdf(content, signed.trust(), at=signed.NOW).verdict == Verdict.VALID


def test_the_report_carries_its_whole_content_and_its_hash_is_the_content_digest() -> None:
    snapshot = make_snapshot(part_3())
    with pikepdf.open(BytesIO(signed_report())) as file:
        attached = file.attachments[REPORT_DATA].get_file().read_bytes()
        assert file.attachments[REPORT_DATA].relationship == pikepdf.Name.Data
    assert hashlib.sha256(attached).hexdigest() == content_digest(snapshot)
    assert json.loads(attached) == content_of(snapshot)
    claims = dict(verify_pdf(signed_report(), signed.trust(), at=signed.NOW).details)
    assert claims[f"attachment:{REPORT_DATA}"] == content_digest(snapshot)


def test_the_certificate_carries_what_it_says_and_its_code() -> None:
    with pikepdf.open(BytesIO(certificate())) as file:
        attached = json.loads(file.attachments[CERTIFICATE_DATA].get_file().read_bytes())
    assert attached["certificate"] == json.loads(canonical.encode(signed.a_certificate()))
    assert attached["qr"].startswith("MDC1:")


def test_the_metadata_say_what_the_file_says_of_itself() -> None:
    with pikepdf.open(BytesIO(certificate())) as file:
        info = file.docinfo
        meta = file.open_metadata()
        assert meta["dc:title"] == str(info["/Title"])
        assert meta["pdf:Keywords"] == str(info["/Keywords"])
        assert meta.pdfa_status == "3B"


def test_a_title_with_markup_stays_well_formed() -> None:
    odd = signed.a_certificate(institution=Text(zh="A & B <银行>\x01", en="A & B <Bank>"))
    content = render_certificate(odd, "", ("zh",)).content
    assert findings(content, "violation") == []


def test_same_content_same_bytes() -> None:
    again = render_certificate(signed.a_certificate(), "", ("zh", "en")).content
    assert again == render_certificate(signed.a_certificate(), "", ("zh", "en")).content
    assert len(srgb.profile()) < 3000


def test_others_agree_with_the_signed_archive_file(tmp_path: Path) -> None:
    path = tmp_path / "signed.pdf"
    path.write_bytes(signed_report())
    trusted = nss(tmp_path, signed.assessors_ca().pem, signed.banks_ca().pem)
    said = run(tool("pdfsig"), "-nssdir", trusted, path).stdout
    assert said.count("Signature Validation: Signature is Valid.") == 2
    assert said.count("Certificate Validation: Certificate is Trusted.") == 2
    checked = run(tool("qpdf"), "--check", path)
    assert checked.returncode == 0, checked.stdout + checked.stderr
    listed = run(tool("pdfdetach"), "-list", path).stdout
    assert REPORT_DATA in listed
