"""Rows of the three lists: editions, passages found, issues of a pack."""

from dataclasses import dataclass

from maturity_desktop.domain.ids import CriterionId, Digest, NodeCode


@dataclass(frozen=True, slots=True, kw_only=True)
class ShelfRow:
    """One edition. `order` is its place in the library; `details` the sentences shown when it is chosen.

    Attributes:
        signed: who signed the pack, in a few words.
        is_refused: the signature does not hold; the pack cannot be read, and counts and digest mean nothing.
    """

    order: int
    digest: Digest
    standard_id: str
    edition_id: str
    name: str
    languages: str
    items: int
    criteria: int
    evidence: int
    provenance: str
    details: str = ""
    signed: str = ""
    is_refused: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class HitRow:
    """One passage that was found; `order` is its place among the hits."""

    order: int
    digest: Digest
    place: NodeCode
    standard: str
    kind: str
    code: str
    text: str
    criterion_id: CriterionId | None = None
    is_term: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueRow:
    """One problem of a pack."""

    order: int
    weight: str
    place: str
    code: str
    text: str
