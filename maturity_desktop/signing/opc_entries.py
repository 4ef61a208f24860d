"""Whether an entry of a zip archive says the same of itself in all places where it says it.

The directory at the end, the header before the data, the descriptor behind it: readers differ in which they believe.
Source: PKWARE APPNOTE 6.3, 4.3.7 (local header), 4.3.9 (data descriptor), 4.5.3 (zip64), 4.6.9 (Unicode path).
"""

import struct
import zipfile
from typing import BinaryIO

_HEADER = struct.Struct("<4s5H3L2H")
_MAGIC, _DESCRIPTOR_MAGIC = b"PK\x03\x04", b"PK\x07\x08"
_ENCRYPTED, _DESCRIPTOR_FOLLOWS = 0x1, 0x8
_ZIP64, _OTHER_NAME = 0x0001, 0x7075
_FULL = 0xFFFFFFFF


def end_of(stream: BinaryIO, info: zipfile.ZipInfo) -> int | None:
    """Return where an entry ends, its descriptor included; None when its header or descriptor tells another story."""
    stream.seek(info.header_offset)
    fields = _HEADER.unpack(stream.read(_HEADER.size))
    magic, _, flags, method, _, _, crc, packed, size, name_length, extra_length = fields
    name, extra = stream.read(name_length), _extra(stream.read(extra_length))
    is_same = magic == _MAGIC and name == info.orig_filename.encode("utf-8", "replace")
    is_same = is_same and method == info.compress_type and not (flags ^ info.flag_bits) & _ENCRYPTED
    if not is_same or extra is None or _OTHER_NAME in extra or _OTHER_NAME in (_extra(info.extra) or ()):
        return None
    told = (crc, *_sizes(packed, size, extra.get(_ZIP64, b"")))
    known = (info.CRC, info.compress_size, info.file_size)
    end: int = info.header_offset + _HEADER.size + name_length + extra_length + info.compress_size
    if not flags & _DESCRIPTOR_FOLLOWS:
        return end if told == known else None
    if any(one not in (0, other) for one, other in zip(told, known, strict=True)):
        return None
    return end + _descriptor_length(stream, end, known, is_needed=told != known)


def _descriptor_length(stream: BinaryIO, place: int, known: tuple[int, int, int], *, is_needed: bool) -> int:
    """Return the length of the descriptor behind the data; one byte too many when it is missing or wrong."""
    stream.seek(place)
    found = stream.read(24)
    forms = [struct.pack("<L2Q", *known)]
    if max(known[1:]) < _FULL:
        forms.append(struct.pack("<3L", *known))
    for form in (*(_DESCRIPTOR_MAGIC + one for one in forms), *forms):
        if found.startswith(form):
            return len(form)
    return 1 if is_needed else 0


def _sizes(packed: int, size: int, large: bytes) -> tuple[int, int]:
    """Return the sizes of a local header, from its zip64 field where the header leaves them to it."""
    if packed == _FULL == size and len(large) == struct.calcsize("<2Q"):
        size, packed = struct.unpack("<2Q", large)
    return packed, size


def _extra(content: bytes) -> dict[int, bytes] | None:
    """Return the extra fields by their number; None when one of them occurs twice."""
    found: dict[int, bytes] = {}
    while len(content) >= struct.calcsize("<2H"):
        number, length = struct.unpack("<2H", content[:4])
        if number in found:
            return None
        found[number] = content[4 : 4 + length]
        content = content[4 + length :]
    return found
