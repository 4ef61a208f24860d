"""What somebody asks for when packing a submission, and what came of it."""

from dataclasses import dataclass
from pathlib import Path

from maturity_desktop.domain.ids import AssessmentId, Digest
from maturity_desktop.domain.text import Language
from maturity_desktop.services.export_requests import Signatory, Sm2Identity


@dataclass(frozen=True, slots=True, kw_only=True)
class SubmissionRequest:
    """A wish for a submission.

    Attributes:
        target: gets the suffix ``.mdsub`` when it is missing.
        identity: signs report, workbook and manifest; an RSA key, because the report is a PDF.
        languages: of the report and the workbook inside.
        sm2: signs the manifest with SM2 as well, for those who must have it; this program alone checks that.
    """

    assessment_id: AssessmentId
    target: Path
    identity: Signatory
    languages: tuple[Language, ...] = ("zh",)
    sm2: Sm2Identity | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Packed:
    """What was written and verified whole.

    Attributes:
        counts: what → how many are inside, counted again from the written file.
        sm2_signer: who signed with SM2 besides, or "".
        is_approved: the content was approved; otherwise report and workbook inside bear the draft mark.
    """

    path: Path
    size_bytes: int
    sha256: str
    content_digest: Digest
    counts: tuple[tuple[str, int], ...]
    signer: str
    is_approved: bool
    sm2_signer: str = ""
