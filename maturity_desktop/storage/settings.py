"""Settings kept inside the workspace: one JSON value per key."""

from typing import TypeVar

from sqlalchemy import Connection, select
from sqlalchemy.dialects.sqlite import insert

from maturity_desktop.domain import canonical
from maturity_desktop.storage.tables.records import setting

_T = TypeVar("_T")


class Settings:
    """Settings inside one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, key: str, as_type: type[_T]) -> _T | None:
        """Return the value under `key`, None when it was never set."""
        row = self._connection.execute(select(setting.c.value).where(setting.c.key == key)).first()
        return None if row is None else canonical.decode(canonical.encode(row.value), as_type)

    def set(self, key: str, value: object) -> None:
        """Keep a domain value or plain JSON value under `key`."""
        statement = insert(setting).values(key=key, value=value)
        self._connection.execute(
            statement.on_conflict_do_update(index_elements=["key"], set_={"value": statement.excluded.value})
        )
