"""The files of a pack, from a folder or from a `*.mdpack` zip, within limits and never from outside of it."""

import errno
import lzma
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path, PurePosixPath

from maturity_desktop.domain.pack_signature import SIGNATURE_FILES, ListedFile
from maturity_desktop.errors import Issue
from maturity_desktop.packs.issues import Fault, issue
from maturity_desktop.packs.values import Place
from maturity_desktop.system.files import as_problem

SUFFIX = ".mdpack"
HEAD_FILE = "standard.yaml"
LINKS_FILE = "mappings.yaml"
MAX_FILE_BYTES = 12_000_000
MAX_PACK_BYTES = 50_000_000
MAX_FILES = 500
MAX_RATIO = 100
LITTER = frozenset({".DS_Store", "Thumbs.db", "desktop.ini"})  # what file managers leave behind; nobody reads it
_SUFFIX_READ = ".yaml"
_RATIO_COUNTS_FROM_BYTES = 100_000

ARCHIVE_FAULTS = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    LookupError,
    ValueError,
    ArithmeticError,
    RuntimeError,
)


@dataclass(frozen=True, slots=True)
class PackFiles:
    """Contents by name (relative, with ``/``), what was refused on the way, and the names refused.

    Attributes:
        seal: contents of the signature's own files, by name; empty for a pack nobody signed.
        others: files that are not read but signed with the rest; only gathered when there is a signature, or on demand.
    """

    contents: dict[str, bytes] = field(default_factory=dict)
    issues: tuple[Issue, ...] = ()
    refused: frozenset[str] = frozenset()
    seal: dict[str, bytes] = field(default_factory=dict)
    others: tuple[ListedFile, ...] = ()

    @property
    def is_signed(self) -> bool:
        """Whether anything of a signature is there, be it only half of it."""
        return bool(self.seal)

    @property
    def listed(self) -> tuple[ListedFile, ...]:
        """Every file with its hash, in order of name, as a signature lists them."""
        read = (
            ListedFile(name=name, size_bytes=len(content), sha256=sha256(content).hexdigest())
            for name, content in self.contents.items()
        )
        return tuple(sorted((*read, *self.others), key=lambda file: file.name))

    @property
    def fingerprint(self) -> str:
        """SHA-256 over the names and contents, which tells whether a compiled copy is still of these files."""
        whole = sha256()
        for name in sorted(self.contents):
            whole.update(f"{name}\0{sha256(self.contents[name]).hexdigest()}\n".encode())
        return whole.hexdigest()


class _Collecting:
    """Takes files one by one and keeps the count against the limits."""

    def __init__(self) -> None:
        self.contents: dict[str, bytes] = {}
        self.seal: dict[str, bytes] = {}
        self.others: dict[str, ListedFile] = {}
        self.issues: list[Issue] = []
        self.refused: set[str] = set()
        self.total_bytes = 0

    def refuse(self, fault: Fault, file: str, **values: object) -> None:
        self.refused.add(file)
        self.issues.append(issue(fault, Place(file), **values))

    def fits(self, name: str, size: int) -> bool:
        """Count a file in; False (with an issue) when it or the whole is too large."""
        if size > MAX_FILE_BYTES:
            self.refuse(Fault.FILE_TOO_LARGE, name, size=size, limit=MAX_FILE_BYTES)
            return False
        self.total_bytes += size
        if self.total_bytes > MAX_PACK_BYTES or len(self.contents) + len(self.others) >= MAX_FILES:
            self.refuse(Fault.PACK_TOO_LARGE, name, limit=MAX_PACK_BYTES, files=MAX_FILES)
            return False
        return True

    def take(self, name: str, content: bytes) -> None:
        """Keep a content where it belongs."""
        if name in SIGNATURE_FILES:
            self.seal[name] = content
        elif name.endswith(_SUFFIX_READ):
            self.contents[name] = content
        else:
            digest = sha256(content).hexdigest()
            self.others[name] = ListedFile(name=name, size_bytes=len(content), sha256=digest)

    def done(self) -> PackFiles:
        others = tuple(self.others.values())
        return PackFiles(self.contents, tuple(self.issues), frozenset(self.refused), self.seal, others)


def gather(path: Path, *, everything: bool = False) -> PackFiles:
    """Read all YAML files of a pack folder or `*.mdpack` file; of a signed pack, or on demand, list all others too.

    Raises:
        EnvironmentProblem: SYS-0xx when the disk refuses.
    """
    try:
        if path.is_dir() and (path / HEAD_FILE).is_file():
            return _from_folder(path, everything=everything)
        if path.suffix == SUFFIX and path.is_file():
            return _from_zip(path, everything=everything)
    except OSError as problem:
        raise as_problem(problem, path) from problem
    return PackFiles(issues=(issue(Fault.NOT_A_PACK, Place(path.name or str(path))),))


def limited(contents: Mapping[str, bytes]) -> PackFiles:
    """Return files that are not on the disk yet, held against the same limits."""
    collecting = _Collecting()
    for name, content in contents.items():
        if collecting.fits(name, len(content)):
            collecting.contents[name] = content
    return collecting.done()


def stays_inside(name: str) -> bool:
    """Whether a relative file name can only mean a place inside the pack, on every platform."""
    parts = PurePosixPath(name).parts
    return bool(parts) and not name.startswith("/") and ".." not in parts and not set(name) & set('\\:\0<>|?*"')


def _from_folder(folder: Path, *, everything: bool) -> PackFiles:
    collecting = _Collecting()
    root = folder.resolve()
    wants_all = everything or any((folder / name).is_file() for name in SIGNATURE_FILES)
    for file in sorted(folder.rglob("*" if wants_all else f"*{_SUFFIX_READ}")):
        name = file.relative_to(folder).as_posix()
        if file.name in LITTER or file.is_dir():
            continue
        if not file.resolve().is_relative_to(root):
            collecting.refuse(Fault.LEAVES_FOLDER, name, name=name)
        elif file.is_file() and collecting.fits(name, file.stat().st_size):
            collecting.take(name, file.read_bytes())
    return collecting.done()


def _from_zip(path: Path, *, everything: bool) -> PackFiles:
    collecting = _Collecting()
    try:
        with zipfile.ZipFile(path) as archive:
            for entry in _acceptable(archive, collecting, everything=everything):
                collecting.take(entry.filename, unpack(archive, entry))
    except ARCHIVE_FAULTS as problem:
        collecting.refuse(Fault.DAMAGED_ARCHIVE, path.name, detail=problem)
    except OSError as problem:
        if problem.errno not in (None, errno.EINVAL):  # a place in the file that cannot be, or no data of its kind
            raise
        collecting.refuse(Fault.DAMAGED_ARCHIVE, path.name, detail=problem)
    if HEAD_FILE not in collecting.contents and not collecting.issues:
        collecting.contents.clear()
        collecting.refuse(Fault.NOT_A_PACK, path.name)
    return collecting.done()


def _acceptable(archive: zipfile.ZipFile, collecting: _Collecting, *, everything: bool) -> Iterator[zipfile.ZipInfo]:
    """Yield the entries that may be unpacked; everything suspicious becomes an issue."""
    entries = archive.infolist()
    wants_all = everything or any(entry.filename in SIGNATURE_FILES for entry in entries)
    seen: set[str] = set()
    for entry in entries:
        name = entry.filename
        is_wanted = name.endswith(_SUFFIX_READ) or (wants_all and not _is_beside(entry))
        if not stays_inside(name):
            collecting.refuse(Fault.LEAVES_FOLDER, name, name=name)
        elif is_wanted and name in seen:
            collecting.refuse(Fault.FILE_TWICE, name, name=name)
        elif _is_bomb(entry):
            collecting.refuse(Fault.PACK_TOO_LARGE, name, limit=MAX_PACK_BYTES, files=MAX_FILES)
        elif is_wanted and collecting.fits(name, entry.file_size):
            seen.add(name)
            yield entry


def _is_beside(entry: zipfile.ZipInfo) -> bool:
    """Folders, and what file managers leave behind."""
    return entry.is_dir() or PurePosixPath(entry.filename).name in LITTER


def _is_bomb(entry: zipfile.ZipInfo) -> bool:
    return (
        entry.file_size > _RATIO_COUNTS_FROM_BYTES and entry.file_size > max(entry.compress_size, 1) * MAX_RATIO
    ) or entry.file_size > MAX_PACK_BYTES


def unpack(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    """Read one entry, never more than it announced."""
    with archive.open(entry) as stream:
        content = stream.read(entry.file_size + 1)
    if len(content) != entry.file_size:
        raise zipfile.BadZipFile(entry.filename)
    return content
