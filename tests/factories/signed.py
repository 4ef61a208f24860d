"""Identities, documents and signed files for tests: made once per run with a fixed clock, never real keys."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from io import BytesIO

import openpyxl
from cryptography import x509
from reportlab.pdfgen.canvas import Canvas

from maturity_desktop.domain.certificate import Certificate
from maturity_desktop.domain.ids import AssessmentId, CertificateId
from maturity_desktop.domain.text import Text
from maturity_desktop.signing import authority, opc, pdf
from maturity_desktop.signing.identity import KeySigner
from maturity_desktop.signing.trust import Trust

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
A_YEAR = timedelta(days=365)
LEFT = (50, 50, 250, 130)
RIGHT = (300, 50, 500, 130)


@dataclass(frozen=True)
class FixedClock:
    """A clock that stands still."""

    at: datetime = NOW

    def now(self) -> datetime:
        return self.at

    def today(self) -> date:
        return self.at.date()

    def monotonic_ms(self) -> int:
        return 0


CLOCK = FixedClock()


@cache
def assessors_ca() -> authority.Authority:
    return authority.create(authority.Subject(name="评估机构根证书", organisation="示例评估机构"), NOW)


@cache
def banks_ca() -> authority.Authority:
    return authority.create(authority.Subject(name="银行根证书", organisation="示例银行"), NOW)


@cache
def lead() -> KeySigner:
    subject = authority.Subject(name="王评估", organisation="示例评估机构")
    return authority.issue(assessors_ca(), subject, at=NOW, until=NOW + A_YEAR)


@cache
def bank() -> KeySigner:
    subject = authority.Subject(name="李行长", organisation="示例银行")
    return authority.issue(banks_ca(), subject, at=NOW, until=NOW + A_YEAR)


@cache
def curve() -> KeySigner:
    subject = authority.Subject(name="赵曲线", organisation="示例银行")
    return authority.issue(banks_ca(), subject, at=NOW, until=NOW + A_YEAR, curve=True)


@cache
def impostor() -> KeySigner:
    """The lead assessor's names under a root of the impostor's own, with the same names too."""
    subject = authority.Subject(name="评估机构根证书", organisation="示例评估机构")
    forged = authority.create(subject, NOW)
    named = authority.Subject(name="王评估", organisation="示例评估机构")
    return authority.issue(forged, named, at=NOW, until=NOW + A_YEAR)


def trust(*, by_role: bool = False, crls: tuple[x509.CertificateRevocationList, ...] = ()) -> Trust:
    assessors, banks = assessors_ca().certificate, banks_ca().certificate
    if by_role:
        return Trust(roots=(assessors,), institution_roots=(banks,), crls=crls)
    return Trust(roots=(assessors, banks), crls=crls)


def plain_pdf(pages: int = 3, *, size: tuple[int, int] = (595, 842), title: str = "Report") -> bytes:
    stream = BytesIO()
    canvas = Canvas(stream, pagesize=size, invariant=1)
    canvas.setTitle(title)
    for number in range(pages):
        canvas.rect(5, 5, size[0] - 10, size[1] - 10)
        canvas.drawString(10, size[1] / 2, f"{title}, page {number + 1}")
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


def stamp_pdf() -> bytes:
    return plain_pdf(1, size=(200, 80), title="Stamp")


@cache
def signed_report() -> bytes:
    """A report the lead assessor certified; the institution's field is open."""
    return pdf.sign_report(
        plain_pdf(),
        lead(),
        clock=CLOCK,
        place=pdf.Place(page=-1, box=LEFT, stamp_pdf=stamp_pdf()),
        reason="评估报告定稿",
        institution=pdf.Place(page=-1, box=RIGHT),
    )


@cache
def approved_report() -> bytes:
    """The same, with the institution's approval."""
    return pdf.approve_report(signed_report(), bank(), clock=CLOCK, stamp_pdf=stamp_pdf())


@cache
def signed_certificate() -> bytes:
    place = pdf.Place(page=0, box=LEFT, stamp_pdf=stamp_pdf())
    return pdf.sign_certificate(plain_pdf(1, title="Certificate"), lead(), clock=CLOCK, place=place)


@cache
def plain_workbook() -> bytes:
    book = openpyxl.Workbook()
    book.properties.created = book.properties.modified = NOW.replace(tzinfo=None)
    sheet = book.active
    assert sheet is not None
    sheet.append(["条目", "level", 3])
    sheet.append(["CD-CM-VC-BM", "compliant", 1])
    book.create_sheet("证据").append(["evidence", "sha256"])
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


@cache
def signed_workbook() -> bytes:
    return opc.sign_package(plain_workbook(), lead(), clock=CLOCK, comment="评估工作簿 & results")


@cache
def twice_signed_workbook() -> bytes:
    """A second signature by an elliptic-curve key."""
    return opc.sign_package(signed_workbook(), curve(), clock=CLOCK)


def a_certificate(**changes: object) -> Certificate:
    fields: dict[str, object] = {
        "id": CertificateId("c1"),
        "assessment_id": AssessmentId("a1"),
        "serial": "MD-2026-00017",
        "institution": Text(zh="中原消费金融股份有限公司", en="Zhongyuan Consumer Finance"),
        "system": Text(zh="新一代消费信贷系统", en="New Generation Consumer Credit System"),
        "standard": Text(
            zh="研发运营一体化（DevOps）能力成熟度模型 第3部分：持续交付", en="Part 3: Continuous delivery"
        ),
        "edition": "2021.1",
        "scope": Text(zh="全部", en="whole"),
        "level_label": "3",
        "level_name": Text(zh="全面", en="Comprehensive"),
        "profile_name": Text(zh="最低值", en="Minimum"),
        "issued_on": date(2026, 11, 23),
        "valid_until": date(2029, 11, 22),
        "issuing_body": Text(zh="示例评估机构", en="Sample Assessment Body"),
        "report_digest": "ab" * 32,
        "is_sample": True,
    }
    return Certificate(**{**fields, **changes})  # type: ignore[arg-type]  # a factory with defaults
