"""The library of standards, checking a pack, and pinning an edition into a workspace."""

from dataclasses import dataclass
from pathlib import Path

from maturity_desktop.domain.ids import Digest
from maturity_desktop.domain.standard import Edition, Provenance
from maturity_desktop.domain.text import Text
from maturity_desktop.errors import Issue
from maturity_desktop.services.context import Machine, Workspace
from maturity_desktop.services.outcomes import Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class StandardCard:
    """One edition as the library shows it; counts are over the whole edition.

    Attributes:
        criteria_per_level: in the order of the scale.
        languages_complete: languages in which every text is present.
    """

    standard_id: str
    edition_id: str
    name: Text
    part: str
    digest: Digest
    place: Path
    provenance: Provenance
    rated_items: int
    criteria: int
    criteria_per_level: tuple[int, ...]
    evidence_requests: int
    languages_complete: tuple[str, ...]


def library(machine: Machine) -> tuple[StandardCard, ...]:
    """Return all editions found in the machine's standards folders, by part number and name."""
    raise NotImplementedError


def load(machine: Machine, standard_id: str, edition_id: str = "") -> Edition:
    """Return a compiled edition (the newest when none is named), from the cache when its files did not change.

    Raises:
        EnvironmentProblem: PACK-001 no such standard.
        InputRejected: PACK-002 with all issues of the pack.
    """
    raise NotImplementedError


def check(path: Path) -> tuple[Issue, ...]:
    """Return every problem of a pack folder or `*.mdpack` file; an empty tuple means it is good."""
    raise NotImplementedError


def pin(workspace: Workspace, edition: Edition) -> Outcome[Digest]:
    """Keep the edition's full content inside the workspace and return its digest; doing it twice does no harm."""
    raise NotImplementedError
