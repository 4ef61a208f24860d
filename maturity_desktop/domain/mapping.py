"""Mappings: which criteria of two standards ask for the same thing, and how far.

Source: the four set relations that OSCAL and common library formats use; read "the source is … the target".
"""

from dataclasses import dataclass
from enum import StrEnum

from maturity_desktop.domain.ids import CriterionId
from maturity_desktop.domain.text import Text


class MappingKind(StrEnum):
    """How the demand of the source lies to that of the target."""

    EQUAL = "equal"
    SUBSET = "subset"
    SUPERSET = "superset"
    INTERSECT = "intersect"

    @property
    def reversed(self) -> "MappingKind":
        """The same relation told from the target's side."""
        turned = {MappingKind.SUBSET: MappingKind.SUPERSET, MappingKind.SUPERSET: MappingKind.SUBSET}
        return turned.get(self, self)


@dataclass(frozen=True, slots=True, kw_only=True)
class CriterionLink:
    """A criterion of one standard and one of another that ask for the same thing, in whole or in part."""

    kind: MappingKind
    source_standard: str
    source: CriterionId
    target_standard: str
    target: CriterionId
    note: Text = Text()

    @property
    def reversed(self) -> "CriterionLink":
        """The same link told from the target's side."""
        return CriterionLink(
            kind=self.kind.reversed,
            source_standard=self.target_standard,
            source=self.target,
            target_standard=self.source_standard,
            target=self.source,
            note=self.note,
        )
