"""Institutions and their systems."""

from typing import Any

from sqlalchemy import Connection, Row, func, select
from sqlalchemy.dialects.sqlite import insert

from maturity_desktop.domain.ids import InstitutionId, SystemId
from maturity_desktop.domain.institution import Institution, InstitutionType, System, SystemKind
from maturity_desktop.domain.text import Text
from maturity_desktop.storage.tables.parties import institution, system


class Institutions:
    """Institutions and systems inside one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def find(self, institution_id: InstitutionId) -> Institution | None:
        """Return one institution, None when there is no such one."""
        row = self._connection.execute(select(institution).where(institution.c.id == institution_id)).first()
        return _institution(row) if row else None

    def all(self) -> tuple[Institution, ...]:
        """Return all institutions by name."""
        order = func.coalesce(func.nullif(institution.c.name_zh, ""), institution.c.name_en)
        return tuple(map(_institution, self._connection.execute(select(institution).order_by(order, institution.c.id))))

    def save(self, value: Institution) -> None:
        """Add an institution, or change the one with its id."""
        fields = _from_institution(value)
        statement = insert(institution).values(**fields).on_conflict_do_update(index_elements=["id"], set_=fields)
        self._connection.execute(statement)

    def find_system(self, system_id: SystemId) -> System | None:
        """Return one system, None when there is no such one."""
        row = self._connection.execute(select(system).where(system.c.id == system_id)).first()
        return _system(row) if row else None

    def systems(self, institution_id: InstitutionId | None = None) -> tuple[System, ...]:
        """Return the systems of one institution, or all, by name."""
        order = func.coalesce(func.nullif(system.c.name_zh, ""), system.c.name_en)
        query = select(system).order_by(order, system.c.id)
        if institution_id is not None:
            query = query.where(system.c.institution_id == institution_id)
        return tuple(map(_system, self._connection.execute(query)))

    def save_system(self, value: System) -> None:
        """Add a system, or change the one with its id."""
        fields = _from_system(value)
        self._connection.execute(
            insert(system).values(**fields).on_conflict_do_update(index_elements=["id"], set_=fields)
        )


def _institution(row: Row[Any]) -> Institution:  # Any: columns of different types
    return Institution(
        id=InstitutionId(row.id),
        name=Text(row.name_zh, row.name_en),
        aliases=tuple(row.aliases),
        type=InstitutionType(row.type),
        credit_code=row.credit_code,
    )


def _from_institution(value: Institution) -> dict[str, object]:
    return {
        "id": value.id,
        "name_zh": value.name.zh,
        "name_en": value.name.en,
        "aliases": list(value.aliases),
        "type": value.type.value,
        "credit_code": value.credit_code,
    }


def _system(row: Row[Any]) -> System:  # Any: columns of different types
    return System(
        id=SystemId(row.id),
        institution_id=InstitutionId(row.institution_id),
        name=Text(row.name_zh, row.name_en),
        kind=SystemKind(row.kind),
        description=row.description,
    )


def _from_system(value: System) -> dict[str, object]:
    return {
        "id": value.id,
        "institution_id": value.institution_id,
        "name_zh": value.name.zh,
        "name_en": value.name.en,
        "kind": value.kind.value,
        "description": value.description,
    }
