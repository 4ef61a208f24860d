"""The trust store of a workspace: what is believed, and what was taken out again (marked, never deleted)."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from maturity_desktop.domain.ids import TrustId
from maturity_desktop.domain.trust import TrustItem, TrustKind, TrustRole
from maturity_desktop.storage.tables.proof import trust_item

_PRESENT = trust_item.c.removed_at.is_(None)


class TrustItems:
    """The trust store inside one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def all(self) -> tuple[TrustItem, ...]:
        """Return everything believed now, in order of entry."""
        rows = self._connection.execute(select(trust_item).where(_PRESENT).order_by(trust_item.c.number))
        return tuple(map(_to_domain, rows))

    def find(self, item_id: TrustId) -> TrustItem | None:
        """Return one item, None when there is no such one or it was removed."""
        row = self._connection.execute(select(trust_item).where(trust_item.c.id == item_id, _PRESENT)).first()
        return _to_domain(row) if row else None

    def add(self, item: TrustItem) -> None:
        """Add an item."""
        fields = {
            **{name: getattr(item, name) for name in TrustItem.__dataclass_fields__},
            "kind": item.kind.value,
            "role": item.role.value if item.role else None,
        }
        self._connection.execute(insert(trust_item).values(**fields))

    def remove(self, item_id: TrustId, at: datetime) -> None:
        """Mark an item as believed no longer."""
        self._connection.execute(update(trust_item).where(trust_item.c.id == item_id).values(removed_at=at))


def _to_domain(row: Row[Any]) -> TrustItem:  # Any: columns of different types
    return TrustItem(
        id=TrustId(row.id),
        kind=TrustKind(row.kind),
        role=TrustRole(row.role) if row.role else None,
        fingerprint=row.fingerprint,
        subject=row.subject,
        issuer=row.issuer,
        valid_from=row.valid_from,
        valid_until=row.valid_until,
        content=row.content,
        file_name=row.file_name,
        added_at=row.added_at,
        added_by=row.added_by,
    )
