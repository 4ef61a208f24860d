"""The colour profile every document names: sRGB as a small ICC profile, made from the numbers of its standard.

Source: IEC 61966-2-1 (primaries, transfer function; adapted to D50 as ICC.1 demands); ICC.1:2001-04 (layout, types).
"""

import struct
from functools import cache

_POINTS = 1024
_WHITE_D50 = (0.9642, 1.0, 0.8249)
_RED, _GREEN, _BLUE = (0.4361, 0.2225, 0.0139), (0.3851, 0.7169, 0.0971), (0.1431, 0.0606, 0.7141)
_NAME = b"sRGB IEC61966-2.1"
_COPYRIGHT = b"No copyright"
_HEAD, _ENTRY = 128, 12


@cache
def profile() -> bytes:
    """Return the profile, about 2.5 KB, always the same bytes."""
    curve = _curve()
    parts = {
        b"desc": _description(_NAME),
        b"cprt": b"text\0\0\0\0" + _COPYRIGHT + b"\0",
        b"wtpt": _colour(_WHITE_D50),
        b"rXYZ": _colour(_RED),
        b"gXYZ": _colour(_GREEN),
        b"bXYZ": _colour(_BLUE),
        b"rTRC": curve,
        b"gTRC": curve,
        b"bTRC": curve,
    }
    table, body = struct.pack(">I", len(parts)), b""
    start = _HEAD + len(table) + _ENTRY * len(parts)
    places: dict[bytes, int] = {}
    for name, part in parts.items():
        if part not in places:
            places[part] = start + len(body)
            body += part + bytes(-len(part) % 4)
        table += name + struct.pack(">II", places[part], len(part))
    return _head(start + len(body)) + table + body


def _head(size: int) -> bytes:
    fields = (
        struct.pack(">I", size),
        b"\0\0\0\0" + b"\x02\x10\0\0" + b"mntrRGB XYZ ",
        struct.pack(">6H", 2000, 1, 1, 0, 0, 0),
        b"acsp" + bytes(28),
        b"".join(_fixed(value) for value in _WHITE_D50),
    )
    return b"".join(fields).ljust(_HEAD, b"\0")


def _curve() -> bytes:
    values = (round(65535 * _linear(place / (_POINTS - 1))) for place in range(_POINTS))
    return b"curv\0\0\0\0" + struct.pack(f">I{_POINTS}H", _POINTS, *values)


def _linear(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else float(((value + 0.055) / 1.055) ** 2.4)


def _colour(values: tuple[float, float, float]) -> bytes:
    return b"XYZ \0\0\0\0" + b"".join(_fixed(value) for value in values)


def _fixed(value: float) -> bytes:
    return struct.pack(">i", round(value * 65536))


def _description(words: bytes) -> bytes:
    return b"desc\0\0\0\0" + struct.pack(">I", len(words) + 1) + words + b"\0" + bytes(8) + bytes(3 + 67)
