"""What the author of a pack signs: a list of its files with their hashes, and the digest of what they say.

The list lies beside the other files as ``signature.json``, the detached signature over its bytes as ``signature.p7s``.
The hashes keep every byte; the digest keeps the meaning, so that no other reading of the same bytes passes.
"""

from dataclasses import dataclass

from maturity_desktop.domain.ids import Digest

FORMAT = "maturity-pack-signature"
FORMAT_VERSION = 1
LIST_FILE = "signature.json"
SIGNATURE_FILE = "signature.p7s"
SIGNATURE_FILES = (LIST_FILE, SIGNATURE_FILE)


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedFile:
    """One file of a pack: relative name with ``/``, length, SHA-256 in lower-case hex."""

    name: str
    size_bytes: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PackFacts:
    """Which edition a pack says it is, and the digest of its content as this program reads it."""

    standard_id: str
    edition_id: str
    content_digest: Digest


@dataclass(frozen=True, slots=True, kw_only=True)
class PackList:
    """The signed list; its canonical form is what gets signed, so the same pack always gives the same bytes.

    Attributes:
        files: every file but the two of the signature, in order of name.
    """

    format: str = FORMAT
    format_version: int = FORMAT_VERSION
    facts: PackFacts
    files: tuple[ListedFile, ...]
