"""The backup file `*.mdbackup`: writing one, judging one, and contents straight out of one.

A backup is a zip whose entries are stored as they are (they are sealed already), so each entry is one stretch of the
file. Its list, `manifest.json`, holds names, sizes and hashes of the entries and says nothing of what they contain.
Source: PKWARE APPNOTE.TXT 6.3.10, sections 4.3.6, 4.3.7 and 4.5.3 (local headers, zip64).
"""

import hashlib
import json
import re
import struct
import zipfile
from collections.abc import Generator, Iterable, Mapping
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO

from maturity_desktop.errors import EnvironmentProblem, VerificationFailed
from maturity_desktop.evidence.extents import Extent, JoinedExtents
from maturity_desktop.evidence.vault import BLOBS
from maturity_desktop.system.files import as_problem

FORMAT = 1
MANIFEST = "manifest.json"
PIECE_BYTES = 1024 * 1024
_MAX_MANIFEST_BYTES = 256 * 1024 * 1024
_ENTRY = re.compile(r"keyslots\.json|workspace\.db|blobs/(?P<two>[0-9a-f]{2})/(?P=two)[0-9a-f]{62}(?:\.[1-9]\d{0,3})?")
_REQUIRED = frozenset({"keyslots.json", "workspace.db"})
_LOCAL_HEADER = struct.Struct("<4s5H3L2H")
_LOCAL_MAGIC = b"PK\3\4"
_NO_DATE = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """One line of the list: an entry with its size and SHA-256 (hex)."""

    name: str
    size_bytes: int
    sha256: str


class ArchiveShelf:
    """Sealed contents inside a backup file; read where they lie, never unpacked."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def extents(self, name: str) -> tuple[Extent, ...]:
        """Return where the content `name` lies, in order; empty when it is not there. Raises as `entries_of`."""
        entries = entries_of(self._path)
        found: list[Extent] = []
        while (entry := entries.get(entry_name(name, len(found)))) is not None:
            found.append(entry)
        return tuple(found)


def entry_name(name: str, part: int = 0) -> str:
    """Return the name of the entry that holds part `part` of a content."""
    return f"{BLOBS}/{name[:2]}/{name}" + (f".{part}" if part else "")


def write(stream: BinaryIO, sources: Iterable[tuple[str, Path]]) -> Generator[int, None, None]:
    """Write a backup of ``(entry name, file)`` pairs into an empty seekable stream; yields bytes as they are written.

    Raises:
        OSError: a file cannot be read, or the stream not be written.
    """
    listed: list[Listed] = []
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED, allowZip64=True) as archive:
        for name, path in sources:
            digest, size = hashlib.sha256(), 0
            with path.open("rb") as source, archive.open(_plain_entry(name), "w", force_zip64=True) as entry:
                while piece := source.read(PIECE_BYTES):
                    digest.update(piece)
                    entry.write(piece)
                    size += len(piece)
                    yield len(piece)
            listed.append(Listed(name=name, size_bytes=size, sha256=digest.hexdigest()))
        manifest = {"format": FORMAT, "entries": [asdict(each) for each in listed]}
        archive.writestr(_plain_entry(MANIFEST), json.dumps(manifest, separators=(",", ":")).encode())


def check(path: Path) -> Generator[int, None, None]:
    """Judge a whole backup: layout, list, every hash; yields bytes as they are read.

    Raises:
        EnvironmentProblem: BAK-002 not a backup, or cut off; BAK-004 made by a newer version; SYS-0xx.
        VerificationFailed: BAK-003 with the entry that does not agree.
    """
    for entry in listed_in(path):
        for piece in pieces(path, entry):
            yield len(piece)


def pieces(path: Path, entry: Listed) -> Generator[bytes, None, None]:
    """Yield the bytes of one entry, and judge its hash at the end.

    Raises:
        VerificationFailed: BAK-003. EnvironmentProblem: SYS-0xx.
    """
    extent = entries_of(path)[entry.name]
    digest, offset = hashlib.sha256(), 0
    try:
        stream = JoinedExtents((extent,))
        try:
            while piece := stream.read_at(offset, PIECE_BYTES):
                digest.update(piece)
                offset += len(piece)
                yield piece
        finally:
            stream.close()
    except OSError as problem:
        raise as_problem(problem, path) from problem
    if offset != entry.size_bytes or digest.hexdigest() != entry.sha256:
        raise VerificationFailed("BAK-003", path=str(path), entry=entry.name)


def listed_in(path: Path) -> tuple[Listed, ...]:
    """Return the list of a backup after comparing it with the entries that are really there.

    Raises:
        EnvironmentProblem: BAK-002 not a backup, or cut off; BAK-004 made by a newer version; SYS-0xx.
        VerificationFailed: BAK-003 an entry is missing, unknown, of another size, or has a name no backup has.
    """
    entries = entries_of(path)
    listed = _manifest(path, entries)
    names = [entry.name for entry in listed]
    odd = {name for name in names if not _ENTRY.fullmatch(name)} | ({*names} ^ (entries.keys() - {MANIFEST}))
    odd |= _REQUIRED - entries.keys()
    odd |= {entry.name for entry in listed if entry.name in entries and entries[entry.name].length != entry.size_bytes}
    if odd or len(names) != len({*names}):
        raise VerificationFailed("BAK-003", path=str(path), entry=_shown(min(odd, default=MANIFEST)))
    return listed


def entries_of(path: Path) -> Mapping[str, Extent]:
    """Return entry name → where its bytes lie. Entries are stored plainly, do not overlap, and fill the file.

    Raises:
        EnvironmentProblem: BAK-002 not a backup, or cut off; SYS-0xx.
        VerificationFailed: BAK-003 the layout is not one this program writes.
    """
    try:
        found = path.stat()
        return _entries(path, found.st_size, found.st_mtime_ns)
    except OSError as problem:
        raise as_problem(problem, path) from problem
    except (zipfile.BadZipFile, struct.error, NotImplementedError, OverflowError, ValueError) as problem:
        raise EnvironmentProblem("BAK-002", path=str(path)) from problem


@lru_cache(maxsize=4)
def _entries(path: Path, size: int, mtime_ns: int) -> Mapping[str, Extent]:  # noqa: ARG001  # tell files apart
    entries: dict[str, Extent] = {}
    end = 0
    with zipfile.ZipFile(path) as archive, path.open("rb") as stream:
        for info in sorted(archive.infolist(), key=lambda info: info.header_offset):
            offset = _content_offset(stream, info)
            is_plain = info.compress_type == zipfile.ZIP_STORED and info.compress_size == info.file_size
            if info.filename in entries or not is_plain or info.flag_bits & 1 or info.header_offset != end:
                raise VerificationFailed("BAK-003", path=str(path), entry=_shown(info.filename))
            entries[info.filename] = Extent(path=path, offset=offset, length=info.file_size)
            end = offset + info.file_size
        if end != archive.start_dir or archive.comment:
            raise VerificationFailed("BAK-003", path=str(path), entry=MANIFEST)
    return entries


def _content_offset(stream: BinaryIO, info: zipfile.ZipInfo) -> int:
    stream.seek(info.header_offset)
    fields = _LOCAL_HEADER.unpack(stream.read(_LOCAL_HEADER.size))
    name_bytes, extra_bytes = fields[9], fields[10]
    if fields[0] != _LOCAL_MAGIC or stream.read(name_bytes) != info.orig_filename.encode():
        raise zipfile.BadZipFile("local header differs")
    return info.header_offset + _LOCAL_HEADER.size + int(name_bytes) + int(extra_bytes)


def _manifest(path: Path, entries: Mapping[str, Extent]) -> tuple[Listed, ...]:
    unusable = EnvironmentProblem("BAK-002", path=str(path))
    extent = entries.get(MANIFEST)
    if extent is None or extent.length > _MAX_MANIFEST_BYTES:
        raise unusable
    try:
        with path.open("rb") as stream:
            stream.seek(extent.offset)
            document = json.loads(stream.read(extent.length))
    except OSError as problem:
        raise as_problem(problem, path) from problem
    except (ValueError, RecursionError) as problem:
        raise unusable from problem
    if not isinstance(document, dict) or type(document.get("format")) is not int:
        raise unusable
    if document["format"] > FORMAT:
        raise EnvironmentProblem("BAK-004", path=str(path), needed=document["format"], have=FORMAT)
    try:
        return tuple(_listed(line) for line in document["entries"])
    except (KeyError, TypeError, ValueError) as problem:
        raise unusable from problem


def _listed(line: dict[str, object]) -> Listed:
    name, size, sha256 = line["name"], line["size_bytes"], line["sha256"]
    if not isinstance(name, str) or type(size) is not int or not isinstance(sha256, str):
        raise TypeError("manifest")
    return Listed(name=name, size_bytes=size, sha256=sha256)


def _plain_entry(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, date_time=_NO_DATE)
    info.external_attr = 0o600 << 16
    return info


def _shown(name: str) -> str:
    return name[:80].encode("ascii", errors="backslashreplace").decode()
