"""How rows with a version are written: added once, changed only when nobody changed them meanwhile."""

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, Table, delete, insert, update

from maturity_desktop.errors import Conflict


def save(connection: Connection, table: Table, fields: Mapping[str, object], *, is_new: bool, code: str) -> int:
    """Insert or update the row with ``fields["id"]`` and return its new version.

    ``fields["version"]`` is the version the caller has seen.

    Raises:
        Conflict: `code`: the row has another version by now.
    """
    if is_new:
        connection.execute(insert(table).values(**{**fields, "version": 1}))
        return 1
    seen = fields["version"]
    if not isinstance(seen, int):
        raise TypeError("version")
    same = (table.c.id == fields["id"]) & (table.c.version == seen)
    done = connection.execute(update(table).where(same).values(**{**fields, "version": seen + 1}))
    if done.rowcount != 1:
        raise Conflict(code, id=fields["id"])
    return seen + 1


def replace_places(
    connection: Connection, table: Table, owner: tuple[str, str], rows: Sequence[Mapping[str, object]]
) -> None:
    """Set the ordered children of an owner (column, id); `place` counts from 0."""
    column, owner_id = owner
    connection.execute(delete(table).where(table.c[column] == owner_id))
    if rows:
        numbered = [{column: owner_id, "place": place, **row} for place, row in enumerate(rows)]
        connection.execute(insert(table), numbered)
