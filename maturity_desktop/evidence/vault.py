"""Where sealed contents lie in a workspace, what they are called, and how they come and go.

Files are immutable and never overwritten while good (some systems cannot replace an open file). The row in the
database is the commit point: a file without a row is swept, a row without a file is reported.
"""

import hmac
import io
import re
from collections.abc import Collection, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from maturity_desktop.errors import EnvironmentProblem
from maturity_desktop.evidence.container import CHUNK_BYTES
from maturity_desktop.evidence.extents import Extent
from maturity_desktop.evidence.opened import OpenedContent
from maturity_desktop.system.files import as_problem

BLOBS = "blobs"
PARTS = "tmp"
PART_SUFFIX = ".part"
RESERVE_BYTES = 200 * 1024 * 1024
_FILE_NAME = re.compile(r"(?P<name>[0-9a-f]{64})(?:\.[1-9]\d{0,3})?")


class Shelf(Protocol):
    """Where the sealed files of a vault are found: a workspace folder or a backup file."""

    def extents(self, name: str) -> tuple[Extent, ...]:
        """Return where the content `name` lies, in order; empty when it is not there."""
        ...


@dataclass(frozen=True, slots=True)
class FolderShelf:
    """Sealed files in the `blobs` folder of a workspace: ``blobs/ab/<name>``, further parts ``<name>.1`` and so on."""

    folder: Path

    def path(self, name: str, part: int = 0) -> Path:
        """Return where part `part` of a content lies or would lie."""
        return self.folder / BLOBS / name[:2] / (f"{name}.{part}" if part else name)

    def extents(self, name: str) -> tuple[Extent, ...]:
        """Return where the content `name` lies, in order; empty when it is not there."""
        found: list[Extent] = []
        while (path := self.path(name, len(found))).is_file():
            found.append(Extent(path=path, length=path.stat().st_size))
        return tuple(found)

    def files(self) -> Iterator[tuple[str, Path]]:
        """Yield content name and path of every sealed file; "" for a file that does not belong here."""
        for path in sorted((self.folder / BLOBS).glob("*/*")):
            match = _FILE_NAME.fullmatch(path.name)
            yield (match["name"] if match and path.parent.name == path.name[:2] else ""), path


@dataclass(frozen=True, slots=True, kw_only=True)
class VaultKeys:
    """Two sub-keys of the workspace: one seals contents, one turns hashes into names."""

    contents: bytes = field(repr=False)
    names: bytes = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Vault:
    """The contents of one workspace, or (read-only) of one backup file.

    Attributes:
        reserve_bytes: space that attaching never takes, so that answers can still be saved.
    """

    shelf: Shelf
    keys: VaultKeys
    reserve_bytes: int = RESERVE_BYTES

    def name_of(self, sha256: str) -> str:
        """Return the file name of a content: HMAC-SHA256 of its hash, so that names confirm nothing to outsiders."""
        return hmac.digest(self.keys.names, bytes.fromhex(sha256), "sha256").hex()

    def open(self, name: str, *, label: str) -> io.BufferedReader:
        """Return a seekable stream of the plain content `name`; `label` names it in sentences.

        Raises:
            EnvironmentProblem: EVI-004 missing; EVI-005 damaged (also later, while reading); SYS-0xx.
        """
        extents = self.shelf.extents(name)
        if not extents:
            raise EnvironmentProblem("EVI-004", name=label)
        raw = OpenedContent(extents, self.keys.contents, name=name, label=label)
        return io.BufferedReader(raw, buffer_size=CHUNK_BYTES)

    def holds(self, name: str) -> bool:
        """Return whether a content of this name is there, whole and unharmed: every chunk is opened."""
        try:
            with self.open(name, label=name) as stream:
                while stream.read(CHUNK_BYTES):
                    pass
        except EnvironmentProblem:
            return False
        return True


def make_folders(folder: Path) -> None:
    """Make the vault's folders inside a workspace folder; doing it twice does no harm. Raises SYS-0xx."""
    try:
        for name in (BLOBS, PARTS):
            (folder / name).mkdir(mode=0o700, exist_ok=True)
    except OSError as problem:
        raise as_problem(problem, folder) from problem


def sweep_leftovers(folder: Path) -> int:
    """Remove what an interrupted intake left in `tmp`; only when nobody else works in the workspace."""
    return _remove(list((folder / PARTS).glob("*")))


def sweep_orphans(folder: Path, known: Collection[str]) -> int:
    """Remove every sealed file that no row knows; returns how many contents or stray files went.

    The caller holds the write transaction that read `known`, so that nothing is just being placed.
    """
    return _remove([path for name, path in FolderShelf(folder).files() if name not in known])


def _remove(paths: list[Path]) -> int:
    removed = 0
    for path in paths:
        with suppress(OSError):  # open elsewhere on some systems: the next sweep takes it
            path.unlink()
            removed += 1
    return removed
