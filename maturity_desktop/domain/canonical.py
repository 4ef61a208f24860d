"""The one canonical JSON form of domain values: sorted keys, exact decimals, UTF-8. Digests are made over it."""

import hashlib
from typing import Any, TypeAlias, TypeVar

import msgspec

from maturity_desktop.domain.ids import Digest

_ENCODER = msgspec.json.Encoder(order="sorted", decimal_format="string")
_T = TypeVar("_T")

Absent: TypeAlias = msgspec.UnsetType
"""Type of a field that leaves no trace in the canonical form while unused, so that older digests stay what they are."""
ABSENT = msgspec.UNSET
"""The value of an unused field; it is false."""


def encode(value: Any) -> bytes:  # Any: every frozen domain value, and plain JSON values
    """Return the canonical JSON bytes of a domain value."""
    return _ENCODER.encode(value)


def decode(content: bytes, as_type: type[_T]) -> _T:
    """Rebuild a domain value from its canonical JSON.

    Raises:
        ValueError: the content is not of this type (msgspec's ValidationError is one).
    """
    return msgspec.json.decode(content, type=as_type)


def digest(value: Any) -> Digest:  # Any: as for encode
    """Return the SHA-256 (lower-case hex) over the canonical JSON of a domain value."""
    return Digest(hashlib.sha256(encode(value)).hexdigest())
