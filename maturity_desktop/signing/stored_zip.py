"""Zip archives of one form only: entries stored as they are, one after the other, dated 1980, nothing optional.

Such a file is a function of its entries, so writing is deterministic and reading can demand every single byte: what
does not look exactly as written here was not written here. Large files use the 64-bit form where a size needs it.
Source: PKWARE APPNOTE 6.3, sections 4.3.7 (local header), 4.3.12 (directory), 4.3.14 to 4.3.16 (ends), 4.5.3 (zip64).
"""

import os
import struct
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import BinaryIO

MAX_ENTRIES = 200_000
_MAX_NAME = 200
_CHUNK = 1024 * 1024
_FULL_32, _FULL_16 = 0xFFFFFFFF, 0xFFFF
_PLAIN, _LARGE = 20, 45
_DATE = 0x21  # 1980-01-01
_LOCAL = struct.Struct("<4s5H3I2H")
_CENTRAL = struct.Struct("<4s6H3I5H2I")
_END = struct.Struct("<4s4H2IH")
_LARGE_END = struct.Struct("<4sQ2H2I4Q")
_LOCATOR = struct.Struct("<4sIQI")
_EXTRA = struct.Struct("<2H")


class BrokenArchiveError(Exception):
    """The file is no zip archive, is cut off, or has a directory that cannot be read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredEntry:
    """One entry: its name, length and CRC-32, and where its local header begins."""

    name: str
    size: int
    crc: int
    start: int

    @property
    def data_start(self) -> int:
        """Return where the content begins."""
        return self.start + len(_local_header(self))

    @property
    def end(self) -> int:
        """Return where the content ends."""
        return self.data_start + self.size


class ArchiveWriter:
    """Writes an archive to a stream that can be read back and sought; call `finish` at the end."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._entries: list[StoredEntry] = []

    def add(self, name: str, pieces: Iterable[bytes], size: int = 0) -> None:
        """Append an entry; `size` must be given when it may be 4 GiB or more.

        Raises:
            ValueError: the pieces are longer than the form chosen for `size` allows.
        """
        start = self._stream.tell()
        draft = StoredEntry(name=name, size=size, crc=0, start=start)
        header = _local_header(draft)
        self._stream.write(header)
        crc, length = 0, 0
        for piece in pieces:
            self._stream.write(piece)
            crc, length = zlib.crc32(piece, crc), length + len(piece)
        entry = StoredEntry(name=name, size=length, crc=crc, start=start)
        if len(_local_header(entry)) != len(header):
            raise ValueError(name)
        self._stream.seek(start)
        self._stream.write(_local_header(entry))
        self._stream.seek(entry.end)
        self._entries.append(entry)

    def finish(self) -> None:
        """Write the directory; nothing may be added afterwards."""
        self._stream.write(_directory(self._entries, self._stream.tell()))
        self._stream.flush()


class ArchiveReader:
    """An archive read strictly. `is_exact` tells whether every byte but the contents is as written by `ArchiveWriter`.

    Raises:
        BrokenArchiveError: no such archive, cut off, or too many entries.
    """

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self.length = stream.seek(0, os.SEEK_END)
        try:
            start, count = self._end()
            self.entries = tuple(self._read_directory(start, count))
        except (struct.error, UnicodeDecodeError, OverflowError, ValueError, OSError) as problem:
            raise BrokenArchiveError from problem
        self.is_exact = self._is_exact(start)

    def chunks(self, entry: StoredEntry) -> Iterator[bytes]:
        """Yield the content of an entry piece by piece. Raises BrokenArchiveError when it is cut off."""
        place, left = entry.data_start, entry.size
        while left:
            self._stream.seek(place)
            piece = self._stream.read(min(_CHUNK, left))
            if not piece:
                raise BrokenArchiveError
            yield piece
            place, left = place + len(piece), left - len(piece)

    def read(self, entry: StoredEntry, limit: int) -> bytes:
        """Return a whole entry. Raises BrokenArchiveError when it is longer than `limit`, or cut off."""
        if entry.size > limit:
            raise BrokenArchiveError
        return b"".join(self.chunks(entry))

    def _end(self) -> tuple[int, int]:
        """Return where the directory starts and how many entries it has."""
        end = self.length - _END.size
        magic, _, _, _, count, _, start, comment = _END.unpack(self._at(end, _END.size))
        if magic != b"PK\x05\x06" or comment:
            raise BrokenArchiveError
        if start == _FULL_32 or count == _FULL_16:
            locator = _LOCATOR.unpack(self._at(end - _LOCATOR.size, _LOCATOR.size))
            large = _LARGE_END.unpack(self._at(locator[2], _LARGE_END.size))
            count, start = large[7], large[9]
        if count > MAX_ENTRIES or start > end:
            raise BrokenArchiveError
        return start, count

    def _read_directory(self, place: int, count: int) -> Iterator[StoredEntry]:
        for _ in range(count):
            fields = _CENTRAL.unpack(self._at(place, _CENTRAL.size))
            magic, crc, size, name_length, extra_length, start = (fields[n] for n in (0, 7, 9, 10, 11, 16))
            if magic != b"PK\x01\x02" or not 0 < name_length <= _MAX_NAME:
                raise BrokenArchiveError
            name = self._at(place + _CENTRAL.size, name_length).decode("ascii")
            extra = self._at(place + _CENTRAL.size + name_length, extra_length)[_EXTRA.size :]
            if size == _FULL_32:
                size, extra = struct.unpack("<Q", extra[:8])[0], extra[16:]
            if start == _FULL_32:
                start = struct.unpack("<Q", extra[:8])[0]
            yield StoredEntry(name=name, size=size, crc=crc, start=start)
            place += _CENTRAL.size + name_length + extra_length

    def _is_exact(self, directory_start: int) -> bool:
        place = 0
        for entry in self.entries:
            header = _local_header(entry)
            if entry.start != place or entry.end > directory_start or self._at(place, len(header)) != header:
                return False
            place = entry.end
        expected = _directory(self.entries, place)
        if place != directory_start or place + len(expected) != self.length:
            return False
        return self._at(place, len(expected)) == expected

    def _at(self, place: int, length: int) -> bytes:
        if place < 0:
            raise BrokenArchiveError
        self._stream.seek(place)
        return self._stream.read(length)


def _local_header(entry: StoredEntry) -> bytes:
    is_large = entry.size >= _FULL_32
    size = _FULL_32 if is_large else entry.size
    extra = _EXTRA.pack(1, 16) + struct.pack("<2Q", entry.size, entry.size) if is_large else b""
    name = entry.name.encode("ascii")
    needed = _LARGE if is_large else _PLAIN
    lengths = (len(name), len(extra))
    return _LOCAL.pack(b"PK\x03\x04", needed, 0, 0, 0, _DATE, entry.crc, size, size, *lengths) + name + extra


def _central_header(entry: StoredEntry) -> bytes:
    name, large = entry.name.encode("ascii"), b""
    size, start = min(entry.size, _FULL_32), min(entry.start, _FULL_32)
    if size == _FULL_32:
        large += struct.pack("<2Q", entry.size, entry.size)
    if start == _FULL_32:
        large += struct.pack("<Q", entry.start)
    needed = _LARGE if large else _PLAIN
    extra = _EXTRA.pack(1, len(large)) + large if large else b""
    fields = (b"PK\x01\x02", needed, needed, 0, 0, 0, _DATE, entry.crc, size, size, len(name), len(extra))
    return _CENTRAL.pack(*fields, 0, 0, 0, 0, start) + name + extra


def _directory(entries: Sequence[StoredEntry], start: int) -> bytes:
    """Return everything behind the last entry."""
    listed = b"".join(map(_central_header, entries))
    count, length = len(entries), len(listed)
    large = b""
    if count >= _FULL_16 or start >= _FULL_32 or length >= _FULL_32:
        rest = _LARGE_END.size - 12
        large = _LARGE_END.pack(b"PK\x06\x06", rest, _LARGE, _LARGE, 0, 0, count, count, length, start)
        large += _LOCATOR.pack(b"PK\x06\x07", 0, start + length, 1)
    told, shown, place = min(count, _FULL_16), min(length, _FULL_32), min(start, _FULL_32)
    return listed + large + _END.pack(b"PK\x05\x06", 0, 0, told, told, shown, place, 0)
