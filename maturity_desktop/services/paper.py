"""Certificates on paper: the QR code in a picture or a scan, and whether a certificate rests on a given report.

A picture proves nothing by itself; only what the code says is signed. A PDF made by a program could have been signed,
so it stays "not signed" whatever codes are drawn on it; one that consists of pictures alone is judged as a scan.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Protocol

from maturity_desktop.domain.certificate import Certificate
from maturity_desktop.signing.findings import Judgement, Problem, Verdict, unreadable, verdict_of

JudgeText = Callable[[str], Judgement]
LIST_HEAD = b'{"format":"maturity-desktop/revoked-certificates",'
_PROVES_ITSELF = (Verdict.VALID, Verdict.UNTRUSTED)


class Told(Protocol):
    """A verdict, of whichever room: what kind of file, and what it says of itself."""

    @property
    def kind(self) -> str:
        """The kind of the file."""
        ...

    @property
    def details(self) -> tuple[tuple[str, str], ...]:
        """Stable key → value."""
        ...


def is_picture(head: bytes) -> bool:
    """Tell by the first bytes whether a file is a picture that may show a certificate."""
    return head.startswith((b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*", b"BM"))


def is_list(head: bytes) -> bool:
    """Tell by the first bytes whether a file claims to be a list of revoked certificates."""
    return head.startswith(LIST_HEAD)


def judge_picture(content: bytes, judge: JudgeText) -> Judgement:
    """Judge the one code in a picture file."""
    from maturity_desktop.signing import qr_scan  # loads Pillow and the reader of codes when needed

    scan = qr_scan.scan_picture(content)
    if scan.problem is not None:
        return unreadable("qr", scan.problem)
    return _judge_texts(scan.texts, judge)


def look_at_pages(content: bytes, unsigned: Judgement, judge: JudgeText) -> Judgement:
    """Judge the code on the pages of a PDF file that carries no signature."""
    from maturity_desktop.signing import qr_scan  # loads Pillow, PDFium and the reader of codes when needed

    scan = qr_scan.scan_pdf(content)
    if not scan.texts:
        return unsigned
    found = _judge_texts(scan.texts, judge)
    if scan.is_picture_only and unsigned.kind == "pdf":
        return found
    problems = tuple(dict.fromkeys((*unsigned.problems, *found.problems)))
    is_altered = found.verdict is Verdict.ALTERED
    return replace(
        unsigned,
        verdict=Verdict.ALTERED if is_altered else unsigned.verdict,
        problems=problems,
        signatures=found.signatures,
        details=(*unsigned.details, ("qr", found.verdict.value), *found.details),
    )


def compare(judgement: Judgement, report: Judgement, name: str) -> Judgement:
    """Say whether a certificate, on paper or signed, rests on the report that was judged as `report`."""
    wanted = _report_digest(judgement)
    if not wanted or judgement.verdict not in _PROVES_ITSELF:
        return judgement
    is_same = wanted == _word(report, "content-digest")
    problems = [*judgement.problems]
    if not is_same:
        problems.append(Problem.OTHER_REPORT.value)
    if report.kind != "report" or report.verdict is not Verdict.VALID:
        problems.append(Problem.REPORT_UNPROVEN.value)
    everything = (*problems, *(code for check in judgement.signatures for code in check.problems))
    return replace(
        judgement,
        verdict=verdict_of(everything, has_signatures=True),
        problems=tuple(dict.fromkeys(problems)),
        details=(*judgement.details, ("against", name), ("matches_report", str(is_same))),
    )


def serial_of(judgement: Told) -> str:
    """Return the serial a certificate, signed or on paper, claims, or ""."""
    if judgement.kind == "certificate":
        return _word(judgement, "serial")
    return dict(judgement.details).get("serial", "") if judgement.kind == "qr" else ""


def content_digest_of(judgement: Judgement) -> str:
    """Return the digest of the content that a report or a workbook claims, or ""."""
    return _word(judgement, "content-digest")


def agrees(judgement: Judgement, issued: Certificate) -> bool:
    """Tell whether a certificate, signed or on paper, says what the issued one of the same serial says."""
    from maturity_desktop.signing import qr  # cryptography loads when needed

    texts = dict(judgement.details).get("text_digest", "")
    if texts and texts != qr.text_digest_of(issued).hex():
        return False
    return _report_digest(judgement) == issued.report_digest


def _judge_texts(texts: tuple[str, ...], judge: JudgeText) -> Judgement:
    if not texts:
        return unreadable("qr", Problem.QR_NOT_FOUND)
    if len(texts) > 1:
        problem = Problem.QR_SEVERAL.value
        return Judgement(kind="qr", verdict=verdict_of([problem], has_signatures=True), problems=(problem,))
    return judge(texts[0])


def _report_digest(judgement: Judgement) -> str:
    return dict(judgement.details).get("report_digest", "") or _word(judgement, "report-digest")


def _word(judgement: Told, name: str) -> str:
    """Return the value of one ``name:value`` among the keywords of a PDF file, or ""."""
    words = dict(judgement.details).get("keywords", "").replace(",", " ").split()
    found = [word.partition(":")[2] for word in words if word.startswith(f"{name}:")]
    return found[0] if len(found) == 1 else ""
