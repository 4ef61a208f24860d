"""Editions pinned into the workspace: their full content, compressed, known by its digest."""

import hashlib
import zlib
from dataclasses import dataclass

from sqlalchemy import Connection, insert, select

from maturity_desktop.domain import canonical
from maturity_desktop.domain.ids import Digest
from maturity_desktop.domain.standard import Edition
from maturity_desktop.domain.text import Text
from maturity_desktop.errors import EnvironmentProblem
from maturity_desktop.storage.tables.assessments import edition


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionName:
    """What lists say of a pinned edition, without decoding its content."""

    digest: Digest
    standard_id: str
    edition_id: str
    name: Text


class Editions:
    """Pinned editions inside one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def has(self, digest: Digest) -> bool:
        """Return whether this edition is pinned."""
        return self._connection.execute(select(edition.c.digest).where(edition.c.digest == digest)).first() is not None

    def add(self, content: Edition) -> Digest:
        """Pin an edition; doing it twice does no harm."""
        encoded = canonical.encode(content)
        digest = Digest(hashlib.sha256(encoded).hexdigest())
        if not self.has(digest):
            self._connection.execute(
                insert(edition).values(
                    digest=digest,
                    standard_id=content.standard_id,
                    edition_id=content.edition_id,
                    name_zh=content.name.zh,
                    name_en=content.name.en,
                    content=zlib.compress(encoded, 6),
                )
            )
        return digest

    def load(self, digest: Digest) -> Edition:
        """Return the content of a pinned edition.

        Raises:
            EnvironmentProblem: WSP-020 not pinned; STO-004 the content does not match its digest.
        """
        stored = self._connection.execute(select(edition.c.content).where(edition.c.digest == digest)).scalar()
        if stored is None:
            raise EnvironmentProblem("WSP-020", what="edition", id=digest)
        encoded = zlib.decompress(stored)
        if hashlib.sha256(encoded).hexdigest() != digest:
            raise EnvironmentProblem("STO-004", path=digest, detail="edition")
        return canonical.decode(encoded, Edition)

    def names(self) -> dict[Digest, EditionName]:
        """Return digest → names of all pinned editions."""
        columns = (edition.c.digest, edition.c.standard_id, edition.c.edition_id, edition.c.name_zh, edition.c.name_en)
        return {
            Digest(row.digest): EditionName(
                digest=Digest(row.digest),
                standard_id=row.standard_id,
                edition_id=row.edition_id,
                name=Text(row.name_zh, row.name_en),
            )
            for row in self._connection.execute(select(*columns))
        }
