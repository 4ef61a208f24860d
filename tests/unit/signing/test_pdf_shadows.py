"""What the institution, holding a genuine key, may not do to a report below its own signature."""

# The PDF library is only half typed.
# mypy: disable-error-code="no-untyped-call"

import random
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from asn1crypto import cms, core
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter, append_signature_field
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, SimpleSigner
from pypdfium2 import PdfDocument

from maturity_desktop.errors import SigningRefused
from maturity_desktop.signing import authority, pdf
from maturity_desktop.signing.fields import INSTITUTION, LEAD_ASSESSOR
from maturity_desktop.signing.findings import Judgement, Problem, Verdict
from maturity_desktop.signing.pdf_verify import verify_pdf
from maturity_desktop.signing.trust import Trust
from tests.factories import pdf_attacks, pdf_shadows, signed, tsa
from tests.golden.checkers import run, tool


def judge(content: bytes, trust: Trust | None = None, *, at: datetime = signed.NOW) -> Judgement:
    return verify_pdf(content, trust or signed.trust(), at=at)


def codes(judgement: Judgement) -> set[str]:
    return {*judgement.problems, *(code for one in judgement.signatures for code in one.problems)}


def approve(content: bytes) -> bytes:
    return pdf.approve_report(content, signed.bank(), clock=signed.CLOCK, stamp_pdf=signed.stamp_pdf())


def by_another_program(
    content: bytes, *, subfilter: SigSeedSubFilter = SigSeedSubFilter.PADES, with_time: bool = False
) -> bytes:
    """Sign the institution's field with the library alone, as any other program would."""
    own = SimpleSigner.load_pkcs12_data(authority.pack(signed.bank(), "passphrase"), [], b"passphrase")
    metadata = PdfSignatureMetadata(
        field_name=INSTITUTION, subfilter=subfilter, md_algorithm="sha256", reason="同意", location="北京"
    )
    job = PdfSigner(metadata, own, timestamper=tsa.stamper() if with_time else None)
    output = job.sign_pdf(IncrementalPdfFileWriter(BytesIO(content), strict=False))
    assert isinstance(output, BytesIO)
    return output.getvalue()


@pytest.mark.parametrize("change", pdf_shadows.BETWEEN)
def test_nothing_may_change_between_the_two_signatures(change: str) -> None:
    forged = pdf_shadows.between(signed.signed_report(), pdf_shadows.BETWEEN[change])
    try:
        judgement = judge(approve(forged))
    except SigningRefused:
        judgement = judge(forged)
    assert judgement.verdict == Verdict.ALTERED
    assert Problem.CHANGED_AFTERWARDS in codes(judgement)


@pytest.mark.parametrize("change", pdf_shadows.RAW)
def test_no_second_object_may_stand_beside_one_that_is_in_use(change: str) -> None:
    forged = pdf_shadows.RAW[change](signed.signed_report())
    try:
        judgement = judge(approve(forged))
    except SigningRefused:
        judgement = judge(forged)
    assert judgement.verdict != Verdict.VALID
    assert judgement.verdict != Verdict.UNTRUSTED


def test_programs_do_show_the_younger_generation_that_we_refuse() -> None:
    forged = pdf_shadows.RAW["another generation of the drawing"](signed.signed_report())
    assert "LEVEL 5" in PdfDocument(forged)[0].get_textpage().get_text_range()


@pytest.mark.parametrize("change", pdf_shadows.UNREADABLE)
def test_a_file_that_cannot_be_followed_is_unreadable_at_once(change: str) -> None:
    assert judge(pdf_shadows.UNREADABLE[change](signed.signed_report())).verdict == Verdict.UNREADABLE


def test_a_drawing_that_was_missing_when_signed_may_not_appear_later() -> None:
    number = 77
    prepared = pdf_shadows.with_gap_in_drawing(signed.plain_pdf(), number)
    report = pdf.sign_report(
        prepared,
        signed.lead(),
        clock=signed.CLOCK,
        place=pdf.Place(page=-1, box=signed.LEFT),
        institution=pdf.Place(page=-1, box=signed.RIGHT),
    )
    assert judge(approve(report)).verdict == Verdict.VALID
    filled = pdf_shadows.filled_gap(report, number)
    assert "LEVEL 5" in PdfDocument(filled)[0].get_textpage().get_text_range()
    assert judge(approve(filled)).verdict == Verdict.ALTERED


def test_a_stream_of_objects_nobody_refers_to_is_refused() -> None:
    assert judge(approve(pdf_shadows.objects_in_stream(signed.signed_report()))).verdict == Verdict.ALTERED


def test_the_institution_may_not_make_a_field_of_its_own_size() -> None:
    report = pdf.sign_report(
        signed.plain_pdf(), signed.lead(), clock=signed.CLOCK, place=pdf.Place(page=-1, box=signed.LEFT)
    )
    writer = IncrementalPdfFileWriter(BytesIO(report), strict=False)
    append_signature_field(writer, SigFieldSpec(INSTITUTION, on_page=0, box=(0, 0, 595, 842)))
    output = BytesIO()
    writer.write(output)
    assert judge(approve(output.getvalue())).verdict == Verdict.ALTERED


def test_a_report_whose_institution_field_locks_nothing_still_takes_no_third_signature() -> None:
    writer = IncrementalPdfFileWriter(BytesIO(signed.plain_pdf()), strict=False)
    append_signature_field(writer, SigFieldSpec(INSTITUTION, on_page=-1, box=signed.RIGHT))
    prepared = BytesIO()
    writer.write(prepared)
    report = pdf.sign_report(
        prepared.getvalue(), signed.lead(), clock=signed.CLOCK, place=pdf.Place(page=-1, box=signed.LEFT)
    )
    approved = approve(report)
    assert judge(approved).verdict == Verdict.VALID
    assert judge(pdf_attacks.third_signature(approved, signed.lead())).verdict == Verdict.ALTERED
    assert judge(pdf_attacks.white_box(approved)).verdict == Verdict.ALTERED


def test_metadata_may_not_say_anything_new_to_whoever_signs_next() -> None:
    report = pdf.sign_report(
        pdf_shadows.with_xmp(signed.plain_pdf(), "Report"),
        signed.lead(),
        clock=signed.CLOCK,
        place=pdf.Place(page=-1, box=signed.LEFT),
        institution=pdf.Place(page=-1, box=signed.RIGHT),
    )
    assert judge(approve(report)).verdict == Verdict.VALID
    redated = pdf_shadows.with_xmp(report, "Report", date="2026-11-24T09:00:00Z")
    assert judge(approve(redated)).verdict == Verdict.VALID
    for title, more in (("Level 5", ""), ("Report", "<dc:subject>level 5</dc:subject>"), ("", "")):
        changed = pdf_shadows.with_xmp(report, title, more=more)
        assert codes(judge(approve(changed))) == {Problem.CHANGED_AFTERWARDS}, (title, more)
    assert judge(approve(pdf_shadows.with_xmp(signed.signed_report(), "Report"))).verdict == Verdict.VALID
    assert judge(approve(pdf_shadows.with_xmp(signed.signed_report(), "Level 5"))).verdict == Verdict.ALTERED


@pytest.mark.parametrize("subfilter", [SigSeedSubFilter.PADES, SigSeedSubFilter.ADOBE_PKCS7_DETACHED])
@pytest.mark.parametrize("with_time", [False, True], ids=["plain", "with time-stamp"])
def test_the_institution_may_sign_with_another_program(subfilter: SigSeedSubFilter, with_time: bool) -> None:
    content = by_another_program(signed.signed_report(), subfilter=subfilter, with_time=with_time)
    assert (judge(content, at=datetime.now(UTC)).verdict, codes(judge(content, at=datetime.now(UTC)))) == (
        Verdict.VALID,
        set(),
    )


def test_the_institution_may_sign_with_poppler(tmp_path: Path) -> None:
    now = datetime.now(UTC)
    clock = signed.FixedClock(now)
    ca = authority.create(authority.Subject(name="Root", organisation="Bank"), now - timedelta(days=1))
    subjects = [authority.Subject(name=name, organisation="Bank") for name in ("Lead", "Bank")]
    lead, bank = (authority.issue(ca, one, at=now, until=now + signed.A_YEAR) for one in subjects)
    place, field = pdf.Place(page=-1, box=signed.LEFT), pdf.Place(page=-1, box=signed.RIGHT)
    report = pdf.sign_report(signed.plain_pdf(), lead, clock=clock, place=place, institution=field)
    (tmp_path / "report.pdf").write_bytes(report)
    (tmp_path / "bank.p12").write_bytes(authority.pack(bank, "passphrase"))
    (tmp_path / "nss").mkdir()
    store = f"sql:{tmp_path / 'nss'}"
    run(tool("certutil"), "-N", "-d", store, "--empty-password")
    run(tool("pk12util"), "-i", tmp_path / "bank.p12", "-d", store, "-W", "passphrase", "-K", "")
    name = run(tool("pdfsig"), "-nssdir", store, "-list-nicks").stdout.split("\n")[1]
    for form in (["-etsi"], []):
        command = ("-nssdir", store, "-sign", INSTITUTION, "-nick", name, *form)
        run(tool("pdfsig"), *command, tmp_path / "report.pdf", tmp_path / "approved.pdf")
        judgement = judge((tmp_path / "approved.pdf").read_bytes(), Trust(roots=(ca.certificate,)), at=now)
        assert (judgement.verdict, codes(judgement)) == (Verdict.VALID, set())
        assert [one.field for one in judgement.signatures] == [LEAD_ASSESSOR, INSTITUTION]


def test_no_flip_in_a_time_stamp_inside_a_signature_passes() -> None:
    content = by_another_program(signed.signed_report(), with_time=True)
    start, end = pdf_attacks.contents_gap(content)
    block = bytes.fromhex(content[start + 1 : end - 1].decode())
    token = cms.ContentInfo.load(block.rstrip(b"\x00") + bytes(9))["content"]["signer_infos"][0][
        "unsigned_attrs"
    ].dump()
    first = block.index(token[4:])
    chance = random.Random(5)
    for _ in range(40):
        forged = bytearray(block)
        forged[first + chance.randrange(len(token) - 4)] ^= 1 << chance.randrange(8)
        changed = content[: start + 1] + forged.hex().encode() + content[end - 1 :]
        assert judge(changed, at=datetime.now(UTC)).verdict != Verdict.VALID


def test_nothing_but_a_time_stamp_may_be_added_to_a_finished_signature() -> None:
    content = signed.signed_report()
    start, end = pdf_attacks.contents_gap(content)
    block = bytes.fromhex(content[start + 1 : end - 1].decode())
    message = cms.ContentInfo.load(block)
    addition = cms.CMSAttribute({"type": "1.2.3.4", "values": [core.OctetString(b"level 5")]})
    message["content"]["signer_infos"][0]["unsigned_attrs"] = cms.CMSAttributes([addition])
    longer = message.dump(force=True)
    forged = content[: start + 1] + (longer + bytes(len(block) - len(longer))).hex().encode() + content[end - 1 :]
    assert codes(judge(forged)) == {Problem.CONTAINER_ODD}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"/ByteRange [0 ", b"/ByteRange [1 "),
        (b"/ByteRange [", b"/ByteRange  "),
        (b"/ByteRange", b"/ByteRangE"),
        (b"/Contents <", b"/ContentX <"),
        (b"/Filter /Adobe.PPKLite", b"/Filter /Adobe.PPKLitX"),
    ],
)
def test_a_signature_whose_frame_is_odd_is_never_good(old: bytes, new: bytes) -> None:
    content = signed.signed_report()
    if old not in content:
        old, new = old.replace(b" ", b"", 1), new.replace(b" ", b"", 1)
    assert old in content
    judgement = judge(content.replace(old, new))
    assert judgement.verdict in {Verdict.ALTERED, Verdict.UNREADABLE, Verdict.UNSIGNED}


@pytest.mark.parametrize("ranges", ["", "[0 10]", "[0 1 2 3 4 5]", "[0 0 0 0]", "[-1 5 9 9]", "[0 1 999999999 1]"])
def test_a_wrapped_copy_of_a_genuine_signature_proves_nothing(ranges: str) -> None:
    """Copy the genuine signature into a later revision with changed content and another range."""
    content = signed.signed_report()
    start, end = pdf_attacks.contents_gap(content)
    original = pdf_shadows.reader(content).embedded_signatures[-1]
    number = original.sig_object.container_ref.idnum
    genuine = " ".join(str(int(one)) for one in original.byte_range)
    body = (
        b"<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /ETSI.CAdES.detached /ByteRange "
        + (ranges or f"[{genuine}]").encode()
        + b" /Contents "
        + content[start:end]
        + b" >>"
    )
    changed = {(pdf_shadows.contents_reference(content), 0): pdf_shadows.stream(pdf_shadows.WHITE)}
    forged = pdf_shadows.updated(content, {**changed, (number, 0): body})
    assert judge(forged).verdict in {Verdict.ALTERED, Verdict.UNREADABLE}
