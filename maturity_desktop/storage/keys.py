"""The keys of one workspace: sub-keys derived from its random master key, one per purpose."""

from dataclasses import dataclass, field
from functools import cached_property

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand

MASTER_BYTES = 32


@dataclass(frozen=True, kw_only=True)
class WorkspaceKeys:
    """Sub-keys by HKDF-Expand (SHA-256) from the master key; the master is a uniform random key.

    Source: RFC 5869, section 2.3 (expansion only, as the input key is already uniformly random).
    """

    master: bytes = field(repr=False)

    @cached_property
    def database(self) -> bytes:
        """32-byte raw key of the database, followed by its 16-byte salt."""
        return self._derive(b"database", 48)

    @cached_property
    def evidence(self) -> bytes:
        """32 bytes from which the key of each evidence content is derived."""
        return self._derive(b"evidence", 32)

    @cached_property
    def evidence_names(self) -> bytes:
        """32 bytes that turn a content hash into the name of its file, so that names confirm nothing."""
        return self._derive(b"evidence names", 32)

    @cached_property
    def journal(self) -> bytes:
        """32 bytes that authenticate journal checkpoints."""
        return self._derive(b"journal", 32)

    def _derive(self, purpose: bytes, length: int) -> bytes:
        label = b"maturity-desktop/1/" + purpose
        return HKDFExpand(algorithm=SHA256(), length=length, info=label).derive(self.master)
