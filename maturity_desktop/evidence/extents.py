"""Where sealed bytes lie: one or more stretches of files, read as if they were one.

A content in a workspace is one file, or several of at most 2 GiB (file systems of memory sticks stop at 4 GiB);
inside a backup it is a stretch of the backup file.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from typing import BinaryIO

PART_BYTES = 2 * 1024 * 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Extent:
    """`length` bytes of the file `path` from `offset` on."""

    path: Path
    length: int
    offset: int = 0


class JoinedExtents:
    """Reads a sequence of extents as one run of bytes; keeps their files open until `close`."""

    def __init__(self, extents: Sequence[Extent]) -> None:
        """Open all files.

        Raises:
            OSError: one of them cannot be opened.
        """
        self._extents = tuple(extents)
        self._starts = tuple(accumulate((extent.length for extent in extents), initial=0))
        self._streams: list[BinaryIO] = []
        try:
            for extent in self._extents:
                self._streams.append(extent.path.open("rb", buffering=0))
        except OSError:
            self.close()
            raise

    @property
    def size_bytes(self) -> int:
        """Length of the whole run."""
        return self._starts[-1]

    def read_at(self, offset: int, length: int) -> bytes:
        """Return up to `length` bytes from `offset`; fewer only at the end of a file.

        Raises:
            OSError: the drive does not give them.
        """
        pieces: list[bytes] = []
        for number, extent in enumerate(self._extents):
            within = offset - self._starts[number]
            wanted = min(length, extent.length - within)
            if within < 0 or wanted <= 0:
                continue
            piece = _read_fully(self._streams[number], extent.offset + within, wanted)
            pieces.append(piece)
            offset, length = offset + len(piece), length - len(piece)
            if len(piece) < wanted:
                break
        return pieces[0] if len(pieces) == 1 else b"".join(pieces)

    def close(self) -> None:
        """Close all files; twice does no harm."""
        for stream in self._streams:
            stream.close()


def _read_fully(stream: BinaryIO, offset: int, length: int) -> bytes:
    stream.seek(offset)
    piece = stream.read(length)
    while len(piece) < length:
        more = stream.read(length - len(piece))
        if not more:
            break
        piece += more
    return piece
