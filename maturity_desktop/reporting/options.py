"""What a renderer is told besides the snapshot, and what it hands back. Shared by all documents."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from maturity_desktop.domain.ids import NodeCode
from maturity_desktop.domain.signoff import SignoffStep
from maturity_desktop.domain.text import Language, Text

REPORT_SUBJECT: Final = "maturity-desktop/report"
CERTIFICATE_SUBJECT: Final = "maturity-desktop/certificate"
LEAD_FIELD: Final = "LeadAssessor"
INSTITUTION_FIELD: Final = "InstitutionApproval"
ISSUER_FIELD: Final = "IssuingBody"

Explanations = Mapping[Language, Mapping[NodeCode, tuple[str, ...]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class RenderOptions:
    """How a document is wanted.

    Attributes:
        is_final: False prints a draft mark on every page.
        explanations: ready sentences per language and node ("" is the whole); the report falls back to its own.
        issuing_body: shown on the cover; may be empty.
        approval: the approval that holds for this very content; None says that it is not approved.
    """

    is_final: bool = False
    explanations: Explanations = field(default_factory=dict)
    issuing_body: Text = field(default_factory=Text)
    approval: SignoffStep | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SignatureBox:
    """Where a visible signature belongs; points from the lower left corner.

    Attributes:
        page: 0-based.
    """

    field: str
    page: int
    left: float
    bottom: float
    right: float
    top: float


@dataclass(frozen=True, slots=True, kw_only=True)
class RenderedPdf:
    """A finished PDF, unsigned.

    Attributes:
        counts: what → how many the snapshot holds; compare with `count_report` of the bytes.
        missing_characters: characters no shipped font has; printed as 〓.
    """

    content: bytes
    pages: int
    counts: Mapping[str, int]
    signature_boxes: tuple[SignatureBox, ...] = ()
    missing_characters: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RenderedWorkbook:
    """A finished workbook, unsigned; `counts` as in `RenderedPdf`, to be compared with `count_workbook`."""

    content: bytes
    counts: Mapping[str, int]
