"""Judges signed PDF files, stricter than the usual viewers.

All signatures must hold; the ones a document of its kind needs must be there and no others; each signer must be
believed in the role; the last signature must cover the whole file; what was added after an earlier one must be what
that one allows. What a document says of itself picks the rules, it never loosens them.
"""

import zlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from io import BytesIO

from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import enumerate_sig_fields
from pyhanko.sign.general import SigningError
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature, read_certification_data
from pyhanko_certvalidator.errors import PathError, ValidationError

from maturity_desktop.signing import logs, pdf_claims, pdf_timestamp
from maturity_desktop.signing.fields import INSTITUTION, ISSUING_BODY, LEAD_ASSESSOR
from maturity_desktop.signing.findings import Judgement, Problem, SignatureCheck, unreadable, verdict_of
from maturity_desktop.signing.pdf_signature import examine
from maturity_desktop.signing.trust import Trust

MAX_BYTES = 512 * 1024 * 1024
_HEADER_WITHIN = 1024
_NO_CHANGES = 1
_FORM_FILLING = 2
# What the parsers are known to raise on damaged or hostile input; anything else is a bug and may surface.
_BROKEN_INPUT = (
    PdfError,
    SigningError,
    SignatureValidationError,
    ValidationError,
    PathError,
    ValueError,
    TypeError,
    LookupError,
    AttributeError,
    AssertionError,
    ArithmeticError,
    NotImplementedError,
    RecursionError,
    OSError,
    zlib.error,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rules:
    """What a document of one kind must carry: required and possible fields, the certifying one, what it may allow."""

    kind: str
    required: frozenset[str] = frozenset()
    possible: frozenset[str] = frozenset()
    certifying: str = ""
    most_allowed: int = _FORM_FILLING


_REPORT = _Rules(
    kind="report",
    required=frozenset({LEAD_ASSESSOR}),
    possible=frozenset({LEAD_ASSESSOR, INSTITUTION}),
    certifying=LEAD_ASSESSOR,
)
_CERTIFICATE = _Rules(
    kind="certificate",
    required=frozenset({ISSUING_BODY}),
    possible=frozenset({ISSUING_BODY}),
    certifying=ISSUING_BODY,
    most_allowed=_NO_CHANGES,
)
_OTHER = _Rules(kind="pdf")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Document:
    """One opened PDF: its reader, the signature fields with whether they are filled, time-stamps, and its own words."""

    reader: PdfFileReader
    fields: tuple[tuple[str, bool], ...]
    stamps: frozenset[str]
    claims: pdf_claims.Claims

    @property
    def signed(self) -> tuple[str, ...]:
        return tuple(name for name, is_filled in self.fields if is_filled)


def verify_pdf(content: bytes, trust: Trust, *, at: datetime, expected: frozenset[str] = frozenset()) -> Judgement:
    """Judge one PDF file.

    Args:
        content: the whole file.
        trust: whom to believe, per role.
        at: the instant of judging; certificates must be valid then, because no trusted time is known offline.
        expected: names of fields that must be signed beyond what the kind demands, such as `InstitutionApproval`.
    """
    logs.silence()
    if len(content) > MAX_BYTES:
        return unreadable("pdf", Problem.TOO_LARGE)
    if b"%PDF-" not in content[:_HEADER_WITHIN]:
        return unreadable("pdf", Problem.DAMAGED)
    try:
        reader = PdfFileReader(BytesIO(content), strict=False)
        if reader.encrypted:
            return unreadable("pdf", Problem.ENCRYPTED)
        document = _document(reader)
    except _BROKEN_INPUT:
        return unreadable("pdf", Problem.DAMAGED)
    return _judge(content, document, trust, at=at, expected=expected)


def _document(reader: PdfFileReader) -> _Document:
    found = [
        (name, value.get_object() if value is not None else None) for name, value, _ in enumerate_sig_fields(reader)
    ]
    stamps = [name for name, value in found if value is not None and value.get("/Type") == pdf_timestamp.TYPE]
    fields = tuple((name, value is not None) for name, value in found if name not in stamps)
    if len(stamps) + len(fields) != len(found):
        raise ValueError("two signature fields of one name")
    return _Document(reader=reader, fields=fields, stamps=frozenset(stamps), claims=pdf_claims.read(reader))


def _judge(content: bytes, document: _Document, trust: Trust, *, at: datetime, expected: frozenset[str]) -> Judgement:
    rules = _rules_for(document)
    if not document.signed:
        return _judgement(document, rules, (), [Problem.NO_SIGNATURE])
    problems = _judge_fields(document, rules, expected)
    checks: tuple[SignatureCheck, ...] = ()
    try:
        signatures = document.reader.embedded_signatures
        problems += _judge_certification(document, signatures, rules)
        checks = _examine_all(content, signatures, trust, at)
    except _BROKEN_INPUT:
        problems.append(Problem.CONTAINER_ODD)
    return _judgement(document, rules, _judge_parties(checks), problems)


def _examine_all(
    content: bytes, signatures: Sequence[EmbeddedPdfSignature], trust: Trust, at: datetime
) -> tuple[SignatureCheck, ...]:
    """Judge time-stamps first, because they prove when the signatures were there."""
    stamps = pdf_timestamp.examine_all(content, signatures, trust, at=at)
    checks = []
    for one in signatures:
        if one.sig_object_type != pdf_timestamp.TYPE:
            proven_at = pdf_timestamp.time_of(one, stamps)
            checks.append(examine(content, one, trust, at=at, is_last=one is signatures[-1], proven_at=proven_at))
    return (*checks, *(one.check for one in stamps))


def _judgement(
    document: _Document, rules: _Rules, checks: tuple[SignatureCheck, ...], problems: Sequence[str]
) -> Judgement:
    everything = [*problems, *(code for check in checks for code in check.problems)]
    return Judgement(
        kind=rules.kind,
        verdict=verdict_of(everything, has_signatures=bool(document.signed)),
        signatures=checks,
        problems=tuple(dict.fromkeys(str(one) for one in problems)),
        details=(*document.claims, *_approval(document)),
    )


def _rules_for(document: _Document) -> _Rules:
    """Pick the rules by the fields that exist and by the subject; both only ever add demands."""
    names = {name for name, _ in document.fields}
    subject = dict(document.claims).get("subject", "")
    if ISSUING_BODY in names or subject.endswith("/certificate"):
        return _CERTIFICATE
    if names & {LEAD_ASSESSOR, INSTITUTION} or subject.endswith("/report"):
        return _REPORT
    return _OTHER


def _approval(document: _Document) -> pdf_claims.Claims:
    filled = dict(document.fields)
    if INSTITUTION not in filled:
        return ()
    return (("institution_approval", "signed" if filled[INSTITUTION] else "open"),)


def _judge_fields(document: _Document, rules: _Rules, expected: frozenset[str]) -> list[Problem]:
    problems = []
    names = [name for name, _ in document.fields]
    if (rules.required | expected) - set(document.signed):
        problems.append(Problem.SIGNATURE_MISSING)
    is_known = not rules.possible or set(document.signed) <= rules.possible
    if not is_known or len(set(names)) != len(names):
        problems.append(Problem.SIGNATURE_UNEXPECTED)
    return problems


def _judge_certification(
    document: _Document, signatures: Sequence[EmbeddedPdfSignature], rules: _Rules
) -> list[Problem]:
    """A signature of a form we do not know is left out by the library, so count; then look who certifies, and how."""
    problems = []
    if len(signatures) != len(document.signed) + len(document.stamps):
        problems.append(Problem.UNSUPPORTED)
    if rules.certifying and document.reader.xrefs.hybrid_xrefs_present:  # two programs would see two documents
        problems.append(Problem.CONTAINER_ODD)
    certifying = next((one for one in signatures if one.field_name == rules.certifying), None)
    if certifying is None:
        return problems
    data = read_certification_data(document.reader)
    is_author = data is not None and data.author_sig.container_ref == certifying.sig_object.container_ref
    level = certifying.docmdp_level
    if not is_author or signatures[0] is not certifying or level is None or level.value > rules.most_allowed:
        problems.append(Problem.NOT_CERTIFIED)
    return problems


def _judge_parties(checks: tuple[SignatureCheck, ...]) -> tuple[SignatureCheck, ...]:
    """The institution's signature by the lead assessor's own certificate is the wrong party's, whatever the roots."""
    leads = {check.fingerprint_sha256 for check in checks if check.field == LEAD_ASSESSOR}
    return tuple(
        replace(check, is_trusted=False, problems=(*check.problems, Problem.WRONG_PARTY))
        if check.field == INSTITUTION and check.fingerprint_sha256 in leads
        else check
        for check in checks
    )
