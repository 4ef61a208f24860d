"""The sealed form of one content: a header, then chunks of AES-256-GCM in the STREAM construction.

Source: Hoang, Reyhanitabar, Rogaway, Vizár, "Online Authenticated-Encryption and its Nonce-Reuse Misuse-Resistance"
(2015), section 7: every chunk has its number and whether it is the last in its nonce, so that chunks cannot be
dropped, swapped or appended unseen. The last chunk is also bound to the name of the content, so that one whole
content cannot stand in for another.
"""

import os
import struct
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

MAGIC = b"MDSEALED"
VERSION = 1
CHUNK_BYTES = 1024 * 1024
TAG_BYTES = 16
_SALT_BYTES = 32
_MAX_CHUNK_BYTES = 16 * 1024 * 1024
_LAYOUT = struct.Struct(">8sHHI32s")
HEADER_BYTES = _LAYOUT.size
_PURPOSE = b"maturity-desktop/1/evidence content"


class SealError(Exception):
    """What was read is not what was sealed; rooms above turn it into EVI-005 with a name people know."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """The first 48 bytes of a sealed content; authenticated with every chunk."""

    salt: bytes = field(default_factory=lambda: os.urandom(_SALT_BYTES))
    chunk_bytes: int = CHUNK_BYTES

    def encoded(self) -> bytes:
        """Return the header as it stands in the file."""
        return _LAYOUT.pack(MAGIC, VERSION, 0, self.chunk_bytes, self.salt)


def parse_header(encoded: bytes) -> Header:
    """Read a header.

    Raises:
        SealError: it is not one, or of a version this program does not know.
    """
    if len(encoded) != HEADER_BYTES:
        raise SealError("header is cut off")
    magic, version, flags, chunk_bytes, salt = _LAYOUT.unpack(encoded)
    if magic != MAGIC or version != VERSION or flags != 0 or not 0 < chunk_bytes <= _MAX_CHUNK_BYTES:
        raise SealError("header is unknown")
    return Header(salt=salt, chunk_bytes=chunk_bytes)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """How a content of `size_bytes` is cut: `chunks` pieces (an empty content has one, empty) of `chunk_bytes`."""

    size_bytes: int
    chunk_bytes: int = CHUNK_BYTES

    @property
    def chunks(self) -> int:
        """Number of chunks, at least 1."""
        return max(1, -(-self.size_bytes // self.chunk_bytes))

    @property
    def sealed_bytes(self) -> int:
        """Size of the whole sealed form."""
        return HEADER_BYTES + self.size_bytes + self.chunks * TAG_BYTES

    def sealed_place(self, index: int) -> tuple[int, int]:
        """Return offset and length of chunk `index` in the sealed form."""
        full = self.chunk_bytes + TAG_BYTES
        offset = HEADER_BYTES + index * full
        return offset, min(full, self.sealed_bytes - offset)


def shape_of_sealed(sealed_bytes: int, chunk_bytes: int) -> Shape:
    """Return the shape of a sealed form from its size.

    Raises:
        SealError: no content has a sealed form of this size.
    """
    body = sealed_bytes - HEADER_BYTES
    chunks = -(-body // (chunk_bytes + TAG_BYTES))
    shape = Shape(size_bytes=max(0, body - chunks * TAG_BYTES), chunk_bytes=chunk_bytes)
    if shape.sealed_bytes != sealed_bytes:
        raise SealError("size fits no content")
    return shape


class ChunkCipher:
    """Seals and opens the chunks of one content under a key of its own."""

    def __init__(self, evidence_key: bytes, header: Header) -> None:
        key = HKDF(algorithm=SHA256(), length=32, salt=header.salt, info=_PURPOSE).derive(evidence_key)
        self._cipher = AESGCM(key)
        self._header = header.encoded()

    def seal(self, index: int, plain: bytes | memoryview, *, closing: bytes | None = None) -> bytes:
        """Return chunk `index` sealed; `closing` is the content's name when this is the last chunk, else None."""
        return self._cipher.encrypt(_nonce(index, closing), plain, self._header + (closing or b""))

    def open(self, index: int, sealed: bytes, *, closing: bytes | None = None) -> bytes:
        """Return the plain bytes of chunk `index`.

        Raises:
            SealError: a bit differs, it is another chunk, or it is (not) the last one.
        """
        try:
            return self._cipher.decrypt(_nonce(index, closing), sealed, self._header + (closing or b""))
        except InvalidTag as problem:
            raise SealError(f"chunk {index} does not authenticate") from problem


def _nonce(index: int, closing: bytes | None) -> bytes:
    return index.to_bytes(8, "big") + b"\0\0\0" + (b"\0" if closing is None else b"\1")
