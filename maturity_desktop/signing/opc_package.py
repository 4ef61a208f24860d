"""Opens an Office package (zip) without trusting it: limits first, one reading only, no two names for one place.

What one program reads differently from another is refused, because a signature would then mean different things.
Source: ECMA-376 part 2, annex C (zip mapping) and 10.1.2 (content types); PKWARE APPNOTE 6.3 (zip).
"""

import os
import posixpath
import re
import string
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO
from urllib.parse import unquote

from lxml import etree

from maturity_desktop.signing.findings import Problem
from maturity_desktop.signing.opc_entries import end_of
from maturity_desktop.signing.opc_xml import (
    CONTENT_TYPES,
    MalformedXmlError,
    Relationship,
    is_remark,
    parse,
    read_relationships,
)

CONTENT_TYPES_PART = "/[Content_Types].xml"
ROOT_RELATIONSHIPS = "/_rels/.rels"
_MAX_ENTRIES = 10_000
_MAX_TOTAL = 1024 * 1024 * 1024
_MAX_XML = 32 * 1024 * 1024
_RATIO_FROM = 16 * 1024 * 1024
_MAX_RATIO = 300
_CHUNK = 256 * 1024
_END_RECORD = struct.Struct("<4s4H2LH")
_END_MAGIC = b"PK\x05\x06"
_ENCRYPTED = 0x1
_PERCENT = re.compile("%(.{0,2})")
_NEVER_ENCODED = frozenset(b"/\\-._~!$&'()*+,;=:@" + string.ascii_letters.encode() + string.digits.encode())
_FIRST_ENCODED = 0x20
_BROKEN_ZIP = (
    *(zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, struct.error, NotImplementedError),
    *(RuntimeError, EOFError, ValueError, OverflowError, IndexError),
)


class UnreadablePackageError(Exception):
    """The package cannot be read, or must not be; carries the problem to report."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem)
        self.problem = problem


@dataclass(frozen=True, slots=True, kw_only=True)
class ContentTypes:
    """Which part has which content type: by name (lower case), else by extension (lower case)."""

    overrides: dict[str, str]
    defaults: dict[str, str]

    def of(self, part: str) -> str:
        """Return the content type of a part, "" when none is given."""
        name = part.lower()
        return self.overrides.get(name) or self.defaults.get(posixpath.basename(name).rpartition(".")[2], "")


class Package:
    """An opened package; parts are known by name with a leading slash, nothing percent-encoded."""

    def __init__(self, stream: BinaryIO) -> None:
        """Open and look at everything that can be seen without unpacking. Raises UnreadablePackageError."""
        self._stream = stream
        try:
            self._zip = zipfile.ZipFile(stream)
            self._infos = self._zip.infolist()
            _check_limits(self._infos)
            self.problems = tuple(dict.fromkeys(self._oddities()))
        except _BROKEN_ZIP as problem:
            raise UnreadablePackageError(Problem.DAMAGED) from problem
        self._by_name = {f"/{unquote(info.filename)}": info for info in self._infos}
        self.parts = tuple(self._by_name)

    def _oddities(self) -> Iterator[Problem]:
        names = [unquote(info.filename).lower() for info in self._infos]
        if len(set(names)) != len(names):
            yield Problem.DUPLICATE
        if not all(_is_plain_name(info.filename) for info in self._infos):
            yield Problem.CONTAINER_ODD
        if self._zip.comment or not self._is_gapless():
            yield Problem.DUPLICATE

    def _is_gapless(self) -> bool:
        """Tell whether the entries follow each other from the first byte, each with the same name in both places."""
        expected = 0
        for info in sorted(self._infos, key=lambda one: one.header_offset):
            end = end_of(self._stream, info) if info.header_offset == expected else None
            if end is None:
                return False
            expected = end
        return self._zip.start_dir == expected and self._ends_with_directory()

    def _ends_with_directory(self) -> bool:
        """Tell whether the directory ends the file, with no comment and nothing behind it."""
        end = self._stream.seek(0, os.SEEK_END) - _END_RECORD.size
        self._stream.seek(end)
        magic, _, _, _, _, length, start, comment = _END_RECORD.unpack(self._stream.read(_END_RECORD.size))
        is_last = magic == _END_MAGIC and comment == 0
        return bool(is_last and start == self._zip.start_dir and start + length == end)

    def entry_name(self, part: str) -> str:
        """Return how the package spells a part's name."""
        return self._by_name[part].filename if part in self._by_name else part.removeprefix("/")

    def chunks(self, part: str) -> Iterator[bytes]:
        """Unpack a part piece by piece. Raises UnreadablePackageError when its data is damaged."""
        try:
            with self._zip.open(self._by_name[part]) as stream:
                while chunk := stream.read(_CHUNK):
                    yield chunk
        except _BROKEN_ZIP as problem:
            raise UnreadablePackageError(Problem.DAMAGED) from problem

    def read(self, part: str) -> bytes:
        """Return a whole part. Raises UnreadablePackageError when it is damaged or too large to be XML of ours."""
        if self._by_name[part].file_size > _MAX_XML:
            raise UnreadablePackageError(Problem.HOSTILE)
        return b"".join(self.chunks(part))

    def whole(self, part: str) -> bytes:
        """Return a whole part however large. Raises UnreadablePackageError when it is damaged."""
        return b"".join(self.chunks(part))

    def relationships(self, part: str) -> tuple[Relationship, ...]:
        """Return the relationships a .rels part holds. Raises MalformedXmlError."""
        return read_relationships(self.read(part))

    def content_types(self) -> ContentTypes:
        """Return the content types. Raises MalformedXmlError when they are missing or ambiguous."""
        if CONTENT_TYPES_PART not in self._by_name:
            raise MalformedXmlError("no content types")
        root = parse(self.read(CONTENT_TYPES_PART))
        if root.tag != f"{{{CONTENT_TYPES}}}Types" or root.attrib:
            raise MalformedXmlError("not content types")
        overrides: dict[str, str] = {}
        defaults: dict[str, str] = {}
        for child in root:
            if not is_remark(child):
                _add_type(child, overrides, defaults)
        return ContentTypes(overrides=overrides, defaults=defaults)


def _check_limits(infos: list[zipfile.ZipInfo]) -> None:
    if len(infos) > _MAX_ENTRIES or sum(info.file_size for info in infos) > _MAX_TOTAL:
        raise UnreadablePackageError(Problem.HOSTILE)
    for info in infos:
        if info.file_size > _RATIO_FROM and info.file_size > _MAX_RATIO * max(info.compress_size, 1):
            raise UnreadablePackageError(Problem.HOSTILE)
        if info.flag_bits & _ENCRYPTED:
            raise UnreadablePackageError(Problem.ENCRYPTED)
        if info.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
            raise UnreadablePackageError(Problem.DAMAGED)


def _is_plain_name(name: str) -> bool:
    """Tell whether a zip name means the same place to everyone: no empty, dot or backslash segments, no pieces."""
    if any(not _is_needed(found.group(1)) for found in _PERCENT.finditer(name)):
        return False
    segments = name.split("/")
    is_relative = all(segment and segment.strip(".") for segment in segments)
    return is_relative and name.isascii() and name.isprintable() and "\\" not in name and not name.endswith(".piece")


def _is_needed(digits: str) -> bool:
    """Tell whether a character had to be written by its number in a name."""
    if len(digits) != len("00") or not set(digits) <= set(string.hexdigits):
        return False
    number = int(digits, 16)
    return number >= _FIRST_ENCODED and number not in _NEVER_ENCODED


def _add_type(element: etree._Element, overrides: dict[str, str], defaults: dict[str, str]) -> None:
    where, key = {
        f"{{{CONTENT_TYPES}}}Override": (overrides, "PartName"),
        f"{{{CONTENT_TYPES}}}Default": (defaults, "Extension"),
    }.get(str(element.tag), (None, ""))
    if where is None or set(map(str, element.attrib)) != {key, "ContentType"} or len(element):
        raise MalformedXmlError("odd content type")
    name = unquote(element.get(key, "")).lower()
    if name in where:
        raise MalformedXmlError("content type given twice")
    where[name] = element.get("ContentType", "")


def resolve(rels_part: str, target: str) -> str:
    """Return the part name an internal relationship in `rels_part` points to."""
    folder = posixpath.dirname(posixpath.dirname(rels_part)) or "/"
    return posixpath.normpath(posixpath.join(folder, unquote(target.partition("#")[0])))


def is_relationships(part: str) -> bool:
    """Tell whether a part holds relationships, by its name as the conventions have it."""
    folder = posixpath.dirname(part)
    return part.lower().endswith(".rels") and folder.lower().rpartition("/")[2] == "_rels"
