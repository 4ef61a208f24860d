"""Copying a file in: read once, hashed and sealed on the way, into a part file that is then moved to its place."""

import errno
import hashlib
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO
from uuid import uuid4

from maturity_desktop.errors import EnvironmentProblem
from maturity_desktop.evidence.container import CHUNK_BYTES, ChunkCipher, Header, Shape
from maturity_desktop.evidence.extents import PART_BYTES
from maturity_desktop.evidence.vault import PART_SUFFIX, PARTS, FolderShelf, Vault, make_folders
from maturity_desktop.system.files import as_problem, sync_folder
from maturity_desktop.system.machine import free_bytes
from maturity_desktop.system.progress import Progress

_NO_SPACE = {errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """A content that was read whole and lies sealed in part files, not yet in its place.

    Attributes:
        is_known: the vault held the same content before, whole; then nothing has to be moved.
    """

    sha256: str
    size_bytes: int
    name: str
    is_known: bool
    parts: tuple[Path, ...]


@dataclass(slots=True, kw_only=True)
class PartWriter:
    """Writes sealed bytes into `<stem>.part`, `<stem>.1.part` … of at most `part_bytes` each."""

    folder: Path
    part_bytes: int = PART_BYTES
    stem: str = field(default_factory=lambda: str(uuid4()))
    paths: list[Path] = field(default_factory=list)
    _stream: BinaryIO | None = None
    _room: int = 0

    def write(self, content: bytes) -> None:
        """Append bytes. Raises OSError."""
        rest = memoryview(content)
        while rest:
            if self._stream is None or self._room == 0:
                self._next()
            assert self._stream is not None  # noqa: S101  # opened just above
            self._stream.write(rest[: self._room])
            taken = min(self._room, len(rest))
            self._room -= taken
            rest = rest[taken:]

    def finish(self) -> None:
        """Make what was written durable and close it. Raises OSError."""
        if self._stream is not None:
            self._stream.flush()
            os.fsync(self._stream.fileno())
            self._stream.close()
            self._stream = None

    def discard(self) -> None:
        """Close and remove everything that is still there; never raises."""
        if self._stream is not None:
            with suppress(OSError):
                self._stream.close()
            self._stream = None
        for path in self.paths:
            with suppress(OSError):
                path.unlink(missing_ok=True)

    def _next(self) -> None:
        self.finish()
        number = f".{len(self.paths)}" if self.paths else ""
        path = self.folder / f"{self.stem}{number}{PART_SUFFIX}"
        self.paths.append(path)
        self._stream = path.open("xb")
        self._room = self.part_bytes


@contextmanager
def received(
    vault: Vault, folder: Path, source: Path, progress: Progress, *, part_bytes: int = PART_BYTES
) -> Iterator[Received]:
    """Read `source` into part files of the workspace `folder`; inside the block, `place` moves them.

    Leaving the block removes whatever was not moved. Progress counts bytes of the source.

    Raises:
        EnvironmentProblem: EVI-001 not enough space, before or during; EVI-002 the source changed meanwhile;
            EVI-003 source in use, unreadable or no ordinary file; SYS-0xx.
        Cancelled: the progress asked to stop.
    """
    make_folders(folder)
    writer = PartWriter(folder=folder / PARTS, part_bytes=part_bytes)
    try:
        with _opened(source) as stream:
            before = os.fstat(stream.fileno())
            _check_space(vault, folder, before.st_size)
            sha256 = _seal(vault, stream, writer, before.st_size, progress)
            _check_unchanged(source, before, os.fstat(stream.fileno()))
        name = vault.name_of(sha256)
        yield Received(
            sha256=sha256,
            size_bytes=before.st_size,
            name=name,
            is_known=vault.holds(name),
            parts=tuple(writer.paths),
        )
    except OSError as problem:
        writer.discard()
        if problem.errno in _NO_SPACE:
            size = source.stat().st_size if source.exists() else 0
            raise no_space("EVI-001", _needed(vault, size), free_bytes(folder)) from problem
        raise as_problem(problem, folder) from problem
    finally:
        writer.discard()


def place(folder: Path, content: Received) -> None:
    """Move a received content to its place, durably; call it inside the transaction that writes its row.

    Raises:
        EnvironmentProblem: SYS-0xx.
    """
    shelf = FolderShelf(folder)
    first = shelf.path(content.name)
    if content.is_known and first.is_file():
        return
    try:
        first.parent.mkdir(mode=0o700, exist_ok=True)
        for extra in shelf.extents(content.name)[len(content.parts) :]:  # of a damaged content that is replaced now
            extra.path.unlink()
        for number in reversed(range(len(content.parts))):  # the first part last: a content is there or it is not
            content.parts[number].replace(shelf.path(content.name, number))
        sync_folder(first.parent)
        sync_folder(first.parent.parent)
    except OSError as problem:
        raise as_problem(problem, first) from problem


def no_space(code: str, needed: int, free: int, **values: object) -> EnvironmentProblem:
    """Return the problem that a drive lacks space; bytes for programs, rounded megabytes for the sentence."""
    megabytes = {"needed_mb": -(-needed // 1_000_000), "free_mb": free // 1_000_000}
    return EnvironmentProblem(code, needed=needed, free=free, **megabytes, **values)


@contextmanager
def _opened(source: Path) -> Iterator[BinaryIO]:
    try:
        if not stat.S_ISREG(source.stat().st_mode):
            raise EnvironmentProblem("EVI-003", path=str(source), detail="")
        stream = source.open("rb", buffering=0)
    except OSError as problem:
        raise EnvironmentProblem("EVI-003", path=str(source), detail=problem.strerror or "") from problem
    with stream:
        yield stream


def _seal(vault: Vault, stream: BinaryIO, writer: PartWriter, size: int, progress: Progress) -> str:
    header = Header()
    cipher, digest = ChunkCipher(vault.keys.contents, header), hashlib.sha256()
    shape = Shape(size_bytes=size)
    writer.write(header.encoded())
    for index in range(shape.chunks):
        expected = min(CHUNK_BYTES, size - index * CHUNK_BYTES)
        plain = _read(stream, expected)
        if len(plain) < expected:
            raise _changed(stream)
        digest.update(plain)
        is_last = index == shape.chunks - 1
        if is_last and stream.read(1):
            raise _changed(stream)
        closing = bytes.fromhex(vault.name_of(digest.hexdigest())) if is_last else None
        writer.write(cipher.seal(index, plain, closing=closing))
        progress(index * CHUNK_BYTES + expected, size)
    writer.finish()
    return digest.hexdigest()


def _read(stream: BinaryIO, count: int) -> bytes:
    """Read exactly `count` bytes, or fewer at the end of the file; a drive error is the source's, not ours."""
    try:
        content = stream.read(count)
        while len(content) < count and (more := stream.read(count - len(content))):
            content += more
    except OSError as problem:
        raise EnvironmentProblem("EVI-003", path=str(stream.name), detail=problem.strerror or "") from problem
    return content


def _check_unchanged(source: Path, before: os.stat_result, after: os.stat_result) -> None:
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
        raise EnvironmentProblem("EVI-002", path=str(source))


def _changed(stream: BinaryIO) -> EnvironmentProblem:
    return EnvironmentProblem("EVI-002", path=str(stream.name))


def _check_space(vault: Vault, folder: Path, size: int) -> None:
    free = free_bytes(folder)
    needed = _needed(vault, size)
    if free < needed:
        raise no_space("EVI-001", needed, free)


def _needed(vault: Vault, size: int) -> int:
    return Shape(size_bytes=size).sealed_bytes + size // 20 + vault.reserve_bytes
