"""What every verb needs: the machine it runs on, and the open workspace it works in."""

from dataclasses import dataclass
from pathlib import Path

from maturity_desktop.system.clock import Clock


@dataclass(frozen=True, slots=True, kw_only=True)
class Machine:
    """The world outside the workspace, chosen once by `bootstrap`.

    Attributes:
        standards: folders that hold standard packs, shipped ones first.
        cache: folder for compiled packs; may be deleted at any time.
    """

    clock: Clock
    standards: tuple[Path, ...]
    cache: Path
    program: str = "Maturity Desktop"


@dataclass(slots=True, kw_only=True)
class Workspace:
    """An open workspace. Front doors hold it and hand it to verbs; they never look inside."""

    path: Path
    machine: Machine
    actor: str
    is_read_only: bool = False
