"""Evidence: what was handed over, in which revision, bound to which criteria; and the names files carry."""

import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from maturity_desktop.domain.ids import AssessmentId, CriterionId, EvidenceId, RevisionId
from maturity_desktop.domain.standard import Edition, EvidenceKind, EvidenceRequest


class HandlingGrade(StrEnum):
    """How sensitive the content is. Credentials and biometrics (C3) must never be stored."""

    PUBLIC = "public"
    INTERNAL = "internal"
    SENSITIVE = "sensitive"
    RESTRICTED = "restricted"


class Custody(StrEnum):
    """Whether the content is copied in, or stays with the institution and is only referred to."""

    COPIED = "copied"
    BY_REFERENCE = "by_reference"


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceRevision:
    """One content of an evidence item; a new file is a new revision, nothing is replaced.

    Attributes:
        sha256: lower-case hex of the content; for references as stated by the institution, may be "".
        blob: name of the encrypted content in the vault; "" when held by reference.
        place: where the original is kept (references) or came from.
    """

    id: RevisionId
    number: int
    file_name: str
    size_bytes: int
    sha256: str
    added_by: str
    added_at: datetime
    blob: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceLink:
    """Binds an evidence item to one criterion of one assessment."""

    assessment_id: AssessmentId
    criterion_id: CriterionId


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A piece of evidence with its revisions (oldest first, at least one) and its links."""

    id: EvidenceId
    title: str
    kind: EvidenceKind
    grade: HandlingGrade = HandlingGrade.INTERNAL
    custody: Custody = Custody.COPIED
    request_code: str = ""
    received_from: str = ""
    received_at: datetime | None = None
    revisions: tuple[EvidenceRevision, ...] = ()
    links: tuple[EvidenceLink, ...] = ()
    version: int = 1

    @property
    def newest(self) -> EvidenceRevision:
        """The revision that counts."""
        return self.revisions[-1]


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceFileName:
    """The parts of a file name such as ``CM-VC-BM-L3-1-title.pdf``."""

    item_code: str
    level: str
    sequence: int
    title: str

    @property
    def request_code(self) -> str:
        """The evidence request this name claims to answer, in the short spelling."""
        return f"{self.item_code}-L{self.level}-{self.sequence}"


_FILE_NAME = re.compile(
    r"^(?P<item>[A-Za-z][A-Za-z0-9]*(?:-[A-Za-z][A-Za-z0-9]*)*)-[Ll](?P<level>[0-9A-Za-z]+)-(?P<number>\d{1,3})"
    r"(?:[-_ 　]+(?P<title>.*))?$",
)


def parse_file_name(file_name: str, domain_code: str) -> EvidenceFileName | None:
    """Read the naming pattern of evidence files; None when the name does not follow it.

    Args:
        file_name: with or without extension, in either printed spelling.
        domain_code: the edition's `code`, dropped when it stands in front of the item code.

    Source: evidence list of the public self-assessment kit (domain facts 4.5).
    """
    stem = re.sub(r"\.[A-Za-z0-9]{1,5}$", "", file_name.strip())
    match = _FILE_NAME.match(stem)
    if match is None:
        return None
    item = match["item"].upper()
    if domain_code and item.startswith(f"{domain_code.upper()}-"):
        item = item[len(domain_code) + 1 :]
    return EvidenceFileName(
        item_code=item, level=match["level"], sequence=int(match["number"]), title=(match["title"] or "").strip()
    )


def match_request(file_name: str, edition: Edition) -> EvidenceRequest | None:
    """Return the evidence request of `edition` a file name answers, or None."""
    parsed = parse_file_name(file_name, edition.code)
    if parsed is None:
        return None
    requests = (
        request
        for item in edition.items
        if item.code.upper() == parsed.item_code
        for cell in item.cells
        for request in cell.evidence
    )
    return next((request for request in requests if request.code.upper() == parsed.request_code.upper()), None)
