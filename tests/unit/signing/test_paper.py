"""Certificates on paper: codes in pictures and scans, compared with reports, taken back by signed lists."""

from datetime import timedelta
from functools import cache
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageFilter
from pypdfium2 import PdfDocument

from maturity_desktop.cli import main
from maturity_desktop.cli.output import GOOD, NOT_VERIFIED
from maturity_desktop.errors import EnvironmentProblem
from maturity_desktop.reporting.certificate import render_certificate
from maturity_desktop.services.context import Machine
from maturity_desktop.services.verifying import FileCheck, TrustFiles, Verdict, verify_file
from maturity_desktop.signing import authority, pdf, qr, qr_keys, revoked
from maturity_desktop.signing.findings import Problem
from tests.factories import signed


@cache
def code(level: str = "3", serial: str = "MD-2026-00017", digest: str = "ab" * 32) -> str:
    certificate = signed.a_certificate(level_label=level, serial=serial, report_digest=digest)
    return qr.encode(certificate, qr_keys.private_key(signed.lead()))


@cache
def paper(text: str = "") -> bytes:
    """The certificate as it is printed."""
    return render_certificate(signed.a_certificate(), text or code(), ("zh", "en")).content


@cache
def picture(text: str = "") -> Image.Image:
    image: Image.Image = PdfDocument(paper(text))[0].render(scale=200 / 72).to_pil()
    return image


def saved(image: Image.Image, kind: str, **options: object) -> bytes:
    stream = BytesIO()
    image.save(stream, kind, **options)
    return stream.getvalue()


@pytest.fixture
def root(tmp_path: Path) -> Path:
    path = tmp_path / "ca.pem"
    path.write_text(signed.assessors_ca().pem + qr_keys.endorse(signed.lead()), encoding="ascii")
    return path


def check(folder: Path, root: Path, content: bytes, more: TrustFiles | None = None, days: int = 0) -> FileCheck:
    path = folder / "handed in"
    path.write_bytes(content)
    clock = signed.FixedClock(signed.NOW + timedelta(days=days))
    return verify_file(path, (root,), more=more, clock=clock)


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF", "BMP"])
def test_a_picture_of_the_certificate_shows_the_signed_payload(tmp_path: Path, root: Path, kind: str) -> None:
    found = check(tmp_path, root, saved(picture(), kind))
    assert (found.kind, found.verdict) == ("qr", Verdict.VALID)
    assert dict(found.details)["serial"] == "MD-2026-00017"
    assert found.signatures[0].signer == "王评估"


@pytest.mark.parametrize("harm", ["turned", "blurred", "small", "transparent"])
def test_a_photograph_need_not_be_perfect(tmp_path: Path, root: Path, harm: str) -> None:
    whole = picture()
    harmed = {
        "turned": lambda: whole.rotate(13, expand=True, fillcolor="white"),
        "blurred": lambda: whole.filter(ImageFilter.GaussianBlur(1.2)),
        "small": lambda: whole.resize((whole.width * 6 // 10, whole.height * 6 // 10)),
        "transparent": lambda: whole.convert("RGBA"),
    }[harm]()
    assert check(tmp_path, root, saved(harmed, "PNG")).verdict == Verdict.VALID


def test_a_scan_in_a_pdf_file_is_judged_as_paper(tmp_path: Path, root: Path) -> None:
    found = check(tmp_path, root, saved(picture(), "PDF", resolution=200))
    assert (found.kind, found.verdict) == ("qr", Verdict.VALID)


def test_an_unsigned_certificate_file_stays_unsigned_however_genuine_its_code(tmp_path: Path, root: Path) -> None:
    found = check(tmp_path, root, paper())
    assert found.verdict == Verdict.UNSIGNED
    assert Problem.NO_SIGNATURE.value in found.problems
    assert dict(found.details)["qr"] == "valid"
    assert dict(found.details)["level"] == "3"


def test_a_forged_code_on_an_unsigned_file_or_a_scan_is_never_valid(tmp_path: Path, root: Path) -> None:
    place = code().index(":") + 300
    forged = code()[:place] + ("A" if code()[place] != "A" else "B") + code()[place + 1 :]
    for content in (paper(forged), saved(picture(forged), "PNG"), saved(picture(forged), "PDF")):
        found = check(tmp_path, root, content)
        assert found.verdict in {Verdict.ALTERED, Verdict.UNREADABLE}, found
    stranger = qr.encode(signed.a_certificate(), qr_keys.private_key(signed.impostor()))
    assert check(tmp_path, root, saved(picture(stranger), "PNG")).verdict == Verdict.UNTRUSTED


def test_two_different_codes_in_one_picture_prove_nothing(tmp_path: Path, root: Path) -> None:
    one, other = picture(), picture(code(level="5"))
    both = Image.new("RGB", (one.width * 2, one.height), "white")
    both.paste(one, (0, 0))
    both.paste(other, (one.width, 0))
    found = check(tmp_path, root, saved(both, "PNG"))
    assert (found.verdict, found.problems) == (Verdict.UNTRUSTED, (Problem.QR_SEVERAL.value,))


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (saved(Image.new("L", (400, 300), 255), "PNG"), Problem.QR_NOT_FOUND),
        (b"\x89PNG\r\n\x1a\n but no more", Problem.DAMAGED),
        (saved(Image.new("1", (14_000, 14_000)), "PNG"), Problem.TOO_LARGE),
        (saved(Image.new("RGB", (300, 300), 99), "JPEG")[:300], Problem.DAMAGED),
    ],
)
def test_pictures_that_show_nothing_are_unreadable_with_a_reason(
    tmp_path: Path, root: Path, content: bytes, problem: Problem
) -> None:
    found = check(tmp_path, root, content)
    assert (found.verdict, found.problems) == (Verdict.UNREADABLE, (problem.value,))


def test_a_certificate_is_compared_with_the_report_it_rests_on(tmp_path: Path, root: Path) -> None:
    report = tmp_path / "report.pdf"
    for digest, matches in (("ab" * 32, True), ("cd" * 32, False)):
        report.write_bytes(report_with(digest))
        found = check(tmp_path, root, saved(picture(), "PNG"), TrustFiles(against=report))
        assert dict(found.details)["matches_report"] == str(matches)
        assert (found.verdict == Verdict.VALID) is matches
        assert (Problem.OTHER_REPORT.value in found.problems) is not matches


def test_a_report_that_does_not_verify_proves_nothing_about_a_certificate(tmp_path: Path, root: Path) -> None:
    report = tmp_path / "report.pdf"
    report.write_bytes(report_with("ab" * 32) + b"appended")
    found = check(tmp_path, root, saved(picture(), "PNG"), TrustFiles(against=report))
    assert (found.verdict, found.problems) == (Verdict.UNTRUSTED, (Problem.REPORT_UNPROVEN.value,))


@cache
def report_with(digest: str) -> bytes:
    from reportlab.pdfgen.canvas import Canvas

    stream = BytesIO()
    canvas = Canvas(stream, invariant=1)
    canvas.setSubject("maturity-desktop/report")
    canvas.setKeywords(f"content-digest:{digest}, edition-digest:{'ef' * 32}")
    canvas.drawString(50, 500, "report")
    canvas.showPage()
    canvas.save()
    place = pdf.Place(page=0, box=signed.LEFT)
    return pdf.sign_report(stream.getvalue(), signed.lead(), clock=signed.CLOCK, place=place)


def taken_back(*serials: str, days: int = 30) -> revoked.RevokedList:
    entries = tuple(revoked.RevokedSerial(serial=one, revoked_at=signed.NOW, reason="错发") for one in serials)
    return revoked.RevokedList(
        issuing_body="示例评估机构",
        this_update=signed.NOW,
        next_update=signed.NOW + timedelta(days=days),
        number=1,
        revoked=entries,
    )


def usb(folder: Path, content: bytes) -> TrustFiles:
    stick = folder / "usb"
    stick.mkdir(exist_ok=True)
    (stick / "revoked.mdcrl").write_bytes(content)
    (stick / "holiday.txt").write_text("not a list")
    return TrustFiles(crls=(stick,))


def test_a_certificate_on_a_signed_list_from_a_usb_stick_is_worth_nothing(tmp_path: Path, root: Path) -> None:
    lists = usb(tmp_path, revoked.sign(taken_back("MD-2026-00017"), signed.lead(), at=signed.NOW))
    for content in (saved(picture(), "PNG"), code().encode(), certificate_file()):
        found = check(tmp_path, root, content, lists)
        assert (found.verdict, found.problems) == (Verdict.UNTRUSTED, (Problem.CERTIFICATE_REVOKED.value,))
    others = usb(tmp_path, revoked.sign(taken_back("MD-2026-00001"), signed.lead(), at=signed.NOW))
    for content in (saved(picture(), "PNG"), certificate_file()):
        assert check(tmp_path, root, content, others).verdict == Verdict.VALID


@cache
def certificate_file() -> bytes:
    place = pdf.Place(page=0, box=signed.LEFT)
    return pdf.sign_certificate(paper(), signed.lead(), clock=signed.CLOCK, place=place)


def test_a_list_out_of_date_no_longer_says_that_a_certificate_stands(tmp_path: Path, root: Path) -> None:
    lists = usb(tmp_path, revoked.sign(taken_back("MD-2026-00001"), signed.lead(), at=signed.NOW))
    found = check(tmp_path, root, code().encode(), lists, days=31)
    assert (found.verdict, found.problems) == (Verdict.UNTRUSTED, (Problem.REVOCATION_UNKNOWN.value,))


def test_a_list_by_a_stranger_or_with_any_changed_byte_is_refused(tmp_path: Path, root: Path) -> None:
    file = revoked.sign(taken_back("MD-2026-00017"), signed.lead(), at=signed.NOW)
    with pytest.raises(EnvironmentProblem) as refusal:
        strange = revoked.sign(taken_back(), signed.impostor(), at=signed.NOW)
        check(tmp_path, root, code().encode(), usb(tmp_path, strange))
    assert refusal.value.code == "VER-904"
    for place in (70, 150, file.index(b"CMS") + 30, len(file) - 60, len(file) - 2):
        changed = file[:place] + bytes([file[place] ^ 1]) + file[place + 1 :]
        with pytest.raises(EnvironmentProblem) as refusal:
            check(tmp_path, root, code().encode(), usb(tmp_path, changed))
        assert refusal.value.code in {"VER-902", "VER-903", "VER-904"}


def test_lists_of_signers_and_of_certificates_may_lie_on_one_stick(tmp_path: Path, root: Path) -> None:
    lists = usb(tmp_path, revoked.sign(taken_back("MD-2026-00001"), signed.lead(), at=signed.NOW))
    crl = authority.revoke(signed.assessors_ca(), [], at=signed.NOW, next_update=signed.NOW + signed.A_YEAR)
    (tmp_path / "usb" / "signers.crl").write_bytes(authority.as_file(crl))
    assert check(tmp_path, root, certificate_file(), lists).verdict == Verdict.VALID


def test_the_command_names_the_payload_and_the_comparison(
    tmp_path: Path, root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    machine = Machine(clock=signed.CLOCK, standards=(), cache=tmp_path)
    image, report = tmp_path / "photo.jpg", tmp_path / "report.pdf"
    image.write_bytes(saved(picture(), "JPEG"))
    report.write_bytes(report_with("cd" * 32))
    common = ["verify", str(image), "--trust", str(root), "--lang", "zh"]
    assert main.main(common, machine) == GOOD
    said = capsys.readouterr().out
    assert "二维码有效" in said
    assert "中原消费金融" in said
    assert main.main([*common, "--against", str(report)], machine) == NOT_VERIFIED
    assert Problem.OTHER_REPORT.value in capsys.readouterr().out
