"""Rewrites the indefinite lengths some signing programs use into definite ones, and refuses any other liberty of BER.

Source: ITU-T X.690, 8.1.3 (lengths), 10.1 (DER).
"""

_CONSTRUCTED = 0x20
_LONG_TAG = 0x1F
_INDEFINITE = 0x80
_OCTET_STRING_IN_PIECES = 0x24
_MAX_DEPTH = 40
_MAX_LENGTH_BYTES = 4


def in_definite_form(content: bytes, start: int = 0, depth: int = 0) -> tuple[bytes, int]:
    """Return the element at `start` with definite, shortest lengths throughout, and where it ends.

    Raises:
        ValueError: lengths that are not the shortest, that run over the end, or nesting beyond 40 levels.
    """
    tag, body, length = _header(content, start)
    if length is None:
        if not tag & _CONSTRUCTED or depth > _MAX_DEPTH:
            raise ValueError("indefinite length of a primitive element, or nested too deeply")
        children, end = _children(content, body, None, depth)
    elif tag & _CONSTRUCTED:
        if depth > _MAX_DEPTH:
            raise ValueError("nested too deeply")
        children, end = _children(content, body, body + length, depth)
    else:
        return content[start : body + length], body + length
    if tag == _OCTET_STRING_IN_PIECES:
        raise ValueError("octet string in pieces")
    return bytes([tag]) + _length(len(children)) + children, end


def _children(content: bytes, place: int, end: int | None, depth: int) -> tuple[bytes, int]:
    found = bytearray()
    while end is None or place < end:
        if end is None and content[place : place + 2] == b"\x00\x00":
            return bytes(found), place + 2
        child, place = in_definite_form(content, place, depth + 1)
        found += child
    if place != end:
        raise ValueError("length does not fit")
    return bytes(found), end


def _header(content: bytes, start: int) -> tuple[int, int, int | None]:
    """Return tag, where the content begins, and its length (None when indefinite)."""
    if start + 2 > len(content):
        raise ValueError("cut short")
    tag, first = content[start], content[start + 1]
    if tag & _LONG_TAG == _LONG_TAG:
        raise ValueError("long tags do not occur here")
    if first == _INDEFINITE:
        return tag, start + 2, None
    if first < _INDEFINITE:
        size, length = 0, first
    else:
        size = first - _INDEFINITE
        length = int.from_bytes(content[start + 2 : start + 2 + size], "big")
        if size > _MAX_LENGTH_BYTES or _length(length) != content[start + 1 : start + 2 + size]:
            raise ValueError("length not in its shortest form")
    body = start + 2 + size
    if body + length > len(content):
        raise ValueError("cut short")
    return tag, body, length


def _length(length: int) -> bytes:
    if length < _INDEFINITE:
        return bytes([length])
    body = length.to_bytes((length.bit_length() + 7) // 8, "big")
    return bytes([_INDEFINITE + len(body)]) + body
