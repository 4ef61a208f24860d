"""Reading a sealed content: a seekable stream that opens chunk by chunk in memory and never writes anything."""

import io
import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from maturity_desktop.errors import EnvironmentProblem
from maturity_desktop.evidence.container import (
    HEADER_BYTES,
    ChunkCipher,
    SealError,
    parse_header,
    shape_of_sealed,
)
from maturity_desktop.evidence.extents import Extent, JoinedExtents
from maturity_desktop.system.files import as_problem

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer


class OpenedContent(io.RawIOBase):
    """The plain bytes of one content. Opening checks size, header and last chunk; reading checks each chunk it needs.

    Not safe from several threads by itself; `io.BufferedReader` around it is.
    """

    def __init__(self, extents: Sequence[Extent], evidence_key: bytes, *, name: str, label: str) -> None:
        """Open the content `name`, called `label` in sentences.

        Raises:
            EnvironmentProblem: EVI-004 missing; EVI-005 damaged; SYS-0xx.
        """
        super().__init__()
        self._label = label
        self._closing = bytes.fromhex(name)
        self._position = 0
        self._cached: tuple[int, bytes] = (-1, b"")
        self._extents: JoinedExtents | None = None
        try:
            self._extents = JoinedExtents(extents)
            header = parse_header(self._extents.read_at(0, HEADER_BYTES))
            self._shape = shape_of_sealed(self._extents.size_bytes, header.chunk_bytes)
            self._cipher = ChunkCipher(evidence_key, header)
            self._chunk(self._shape.chunks - 1)
        except FileNotFoundError as problem:
            self.close()
            raise EnvironmentProblem("EVI-004", name=label) from problem
        except SealError as problem:
            self.close()
            raise EnvironmentProblem("EVI-005", name=label) from problem
        except OSError as problem:
            self.close()
            raise as_problem(problem, Path(label)) from problem
        except EnvironmentProblem:
            self.close()
            raise

    @property
    def size_bytes(self) -> int:
        """Size of the plain content."""
        return self._shape.size_bytes

    def readable(self) -> bool:
        """Always."""
        return True

    def seekable(self) -> bool:
        """Always."""
        return True

    def tell(self) -> int:
        """Return the position in the plain content."""
        return self._position

    def seek(self, offset: int, whence: int = os.SEEK_SET, /) -> int:
        """Move to a position; beyond the end is allowed and reads nothing."""
        base = {os.SEEK_SET: 0, os.SEEK_CUR: self._position, os.SEEK_END: self._shape.size_bytes}[whence]
        if base + offset < 0:
            raise ValueError("negative seek position")
        self._position = base + offset
        return self._position

    def readinto(self, buffer: "WriteableBuffer", /) -> int:
        """Fill `buffer` from the current chunk; 0 at the end.

        Raises:
            EnvironmentProblem: EVI-005 the chunk is damaged; SYS-0xx the drive does not give it.
        """
        if self.closed:
            raise ValueError("the content is closed")
        target = memoryview(buffer).cast("B")
        if self._position >= self._shape.size_bytes or not target:
            return 0
        index, within = divmod(self._position, self._shape.chunk_bytes)
        plain = self._chunk(index)
        count = min(len(target), len(plain) - within)
        target[:count] = memoryview(plain)[within : within + count]
        self._position += count
        return count

    def close(self) -> None:
        """Close the files and forget what was decrypted."""
        if self._extents is not None:
            self._extents.close()
        self._cached = (-1, b"")
        super().close()

    def _chunk(self, index: int) -> bytes:
        if self._cached[0] == index:
            return self._cached[1]
        assert self._extents is not None  # noqa: S101  # set before any chunk is asked for
        is_last = index == self._shape.chunks - 1
        try:
            sealed = self._extents.read_at(*self._shape.sealed_place(index))
            plain = self._cipher.open(index, sealed, closing=self._closing if is_last else None)
        except SealError as problem:
            raise EnvironmentProblem("EVI-005", name=self._label) from problem
        except OSError as problem:
            raise as_problem(problem, Path(self._label)) from problem
        self._cached = (index, plain)
        return plain
