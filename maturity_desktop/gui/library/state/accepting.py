"""Where an accepted import goes."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptProps:
    """What the question begins with; `own` is None when this computer has no folder of own standards."""

    standard: str
    standard_id: str
    edition_id: str
    own: Path | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted:
    """The answer; `into` None means the user's own standards."""

    edition_id: str
    into: Path | None
