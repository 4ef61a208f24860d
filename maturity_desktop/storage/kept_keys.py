"""Signing keys kept in the workspace. A key that is removed is really gone: its row is deleted and overwritten."""

from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select, update

from maturity_desktop.domain.ids import KeptKeyId
from maturity_desktop.domain.kept_key import KeptKey
from maturity_desktop.storage.tables.proof import kept_key


class KeptKeys:
    """The kept keys inside one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def all(self) -> tuple[KeptKey, ...]:
        """Return every kept key, in order of entry."""
        return tuple(map(_to_domain, self._connection.execute(select(kept_key).order_by(kept_key.c.number))))

    def find(self, name: str) -> KeptKey | None:
        """Return the key of this name, None when there is none."""
        row = self._connection.execute(select(kept_key).where(kept_key.c.name == name)).first()
        return _to_domain(row) if row else None

    def add(self, key: KeptKey) -> None:
        """Keep a key whose name and certificate are not there yet."""
        fields = {name: getattr(key, name) for name in KeptKey.__dataclass_fields__}
        self._connection.execute(insert(kept_key).values(**fields))

    def lock_anew(self, key_id: KeptKeyId, locked: bytes) -> None:
        """Replace the locked form of a key; the old one is overwritten as in `remove`."""
        self._overwriting()
        self._connection.execute(update(kept_key).where(kept_key.c.id == key_id).values(locked=locked))

    def remove(self, key_id: KeptKeyId) -> None:
        """Delete a key; the engine overwrites what it held with zeros instead of leaving it in a free page."""
        self._overwriting()
        self._connection.execute(delete(kept_key).where(kept_key.c.id == key_id))

    def _overwriting(self) -> None:
        self._connection.exec_driver_sql("PRAGMA secure_delete=ON")


def _to_domain(row: Row[Any]) -> KeptKey:  # Any: columns of different types
    return KeptKey(
        id=KeptKeyId(row.id),
        name=row.name,
        fingerprint=row.fingerprint,
        certificates=row.certificates,
        locked=row.locked,
        kept_at=row.kept_at,
        kept_by=row.kept_by,
    )
