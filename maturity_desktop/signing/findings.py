"""What a check found: verdict, signatures, and stable problem codes with their sentences in `errors.VER-*`.

Light on purpose: front doors import these types without loading any cryptography.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Verdict(StrEnum):
    """The one-line answer, worst first when several apply: unreadable, altered, unsigned, untrusted, valid."""

    VALID = "valid"
    UNTRUSTED = "untrusted"
    ALTERED = "altered"
    UNSIGNED = "unsigned"
    UNREADABLE = "unreadable"


class Problem(StrEnum):
    """Everything that can be wrong; the first digit after the dash says which verdict it leads to."""

    NOT_FOUND = "VER-001"
    UNKNOWN_KIND = "VER-002"
    DAMAGED = "VER-003"
    HOSTILE = "VER-004"
    TOO_LARGE = "VER-005"
    ENCRYPTED = "VER-006"
    BACKUP = "VER-007"
    NEWER_FORMAT = "VER-008"
    NO_SIGNATURE = "VER-010"
    CONTENT_CHANGED = "VER-101"
    SIGNATURE_WRONG = "VER-102"
    APPENDED = "VER-103"
    CHANGED_AFTERWARDS = "VER-104"
    SIGNATURE_MISSING = "VER-105"
    SIGNATURE_UNEXPECTED = "VER-106"
    CONTAINER_ODD = "VER-107"
    NOT_CERTIFIED = "VER-108"
    UNSUPPORTED = "VER-109"
    PART_CHANGED = "VER-120"
    PART_UNCOVERED = "VER-121"
    RELATIONSHIP_UNCOVERED = "VER-122"
    CONTENT_TYPE_CHANGED = "VER-123"
    DUPLICATE = "VER-124"
    TRANSFORM_UNKNOWN = "VER-125"
    PART_MISSING = "VER-126"
    SIGNATURE_MALFORMED = "VER-127"
    CERTIFICATE_SWAPPED = "VER-128"
    ENTRY_CHANGED = "VER-130"
    ENTRY_MISSING = "VER-131"
    ENTRY_UNEXPECTED = "VER-132"
    COUNT_WRONG = "VER-133"
    JOURNAL_BROKEN = "VER-134"
    OTHER_CONTENT = "VER-135"
    MANIFEST_ODD = "VER-136"
    DOCUMENT_BROKEN = "VER-137"
    ROOT_UNKNOWN = "VER-201"
    EXPIRED = "VER-202"
    REVOKED = "VER-203"
    REVOCATION_UNKNOWN = "VER-204"
    KEY_USAGE = "VER-205"
    WRONG_PARTY = "VER-206"
    WEAK_DIGEST = "VER-207"
    TIME_IMPLAUSIBLE = "VER-208"
    KEY_WEAK = "VER-209"
    CERTIFICATE_REVOKED = "VER-210"
    DOCUMENT_UNTRUSTED = "VER-211"
    SM2_UNCHECKED = "VER-212"
    QR_NOT_OURS = "VER-301"
    QR_KEY_UNKNOWN = "VER-302"
    QR_ALTERED = "VER-303"
    QR_NOT_FOUND = "VER-304"
    QR_SEVERAL = "VER-305"
    OTHER_REPORT = "VER-306"
    REPORT_UNPROVEN = "VER-307"
    OTHER_REGISTER = "VER-308"


class Revocation(StrEnum):
    """What revocation lists at hand say of a signer."""

    GOOD = "good"
    REVOKED = "revoked"
    NOT_CHECKED = "not_checked"


@dataclass(frozen=True, slots=True, kw_only=True)
class SignatureCheck:
    """One signature: who, when (as claimed by the signer's clock), what it covers, what is wrong.

    Attributes:
        field: name of the PDF form field, or of the signature part of an Office file.
        is_intact: the cryptography holds; says nothing about who signed.
        covers_whole_file: nothing lies outside what this signature covers; in Office files descriptive properties may,
            as the details then say.
        problems: codes of `Problem`, none when this signature is good.
        timestamped_at: when a believed time-stamp authority saw the signature; for a time-stamp, the time it states.
        role: of `domain.trust.TrustRole`, the role the signature claims; "" for a time-stamp and for SM2.
        root: common name of the trusted root the signer leads to; "" when there is none.
        is_pinned: the certificate itself is believed, without a root.
    """

    field: str
    signer: str
    issuer: str
    fingerprint_sha256: str
    claimed_at: datetime | None
    is_intact: bool
    is_trusted: bool
    covers_whole_file: bool
    problems: tuple[str, ...] = ()
    timestamped_at: datetime | None = None
    role: str = ""
    root: str = ""
    root_fingerprint_sha256: str = ""
    is_pinned: bool = False
    revocation: Revocation = Revocation.NOT_CHECKED


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """The verdict on one document with everything it rests on.

    Attributes:
        kind: ``report``, ``certificate``, ``pdf``, ``workbook``, ``office``, ``qr`` or ``submission``.
        problems: codes of the whole file, not repeated from the signatures.
        details: stable key → value, such as names of changed parts or what the document claims to be.
    """

    kind: str
    verdict: Verdict
    signatures: tuple[SignatureCheck, ...] = ()
    problems: tuple[str, ...] = ()
    details: tuple[tuple[str, str], ...] = ()


def verdict_of(problems: Iterable[str], *, has_signatures: bool) -> Verdict:
    """Return the verdict that all problems of a file and its signatures together lead to."""
    found = set(problems)
    if any(code.startswith("VER-00") for code in found):
        return Verdict.UNREADABLE
    if any(code.startswith("VER-1") or code == Problem.QR_ALTERED for code in found):
        return Verdict.ALTERED
    if not has_signatures:
        return Verdict.UNSIGNED
    return Verdict.UNTRUSTED if found else Verdict.VALID


def unreadable(kind: str, problem: Problem, **details: str) -> Judgement:
    """Return the judgement on a document that cannot be read at all."""
    return Judgement(kind=kind, verdict=Verdict.UNREADABLE, problems=(problem,), details=tuple(details.items()))
