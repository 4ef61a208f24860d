"""What all tables share: the metadata with its naming convention, instants, and text enumerations."""

from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, Column, Dialect, Integer, MetaData, Text, TypeDecorator

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class Instant(TypeDecorator[datetime]):
    """An aware instant, kept as ISO 8601 text in UTC, so that it sorts and stays readable."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        return None if value is None else value.astimezone(UTC).isoformat()

    def process_result_value(self, value: str | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        return None if value is None else datetime.fromisoformat(value)


class Day(TypeDecorator[date]):
    """A calendar date, kept as ISO 8601 text."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: date | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        return None if value is None else value.isoformat()

    def process_result_value(self, value: str | None, dialect: Dialect) -> date | None:  # noqa: ARG002
        return None if value is None else date.fromisoformat(value)


def one_of(column: str, values: type[StrEnum]) -> CheckConstraint:
    """Return the CHECK that keeps a text column to the values of an enumeration."""
    return CheckConstraint(f"{column} IN ({', '.join(repr(str(value)) for value in values)})", name=column)


def is_true_or_false(column: str) -> CheckConstraint:
    """Return the CHECK that keeps an integer column to 0 and 1."""
    return CheckConstraint(f"{column} IN (0, 1)", name=column)


def text(name: str, *constraints: Any, default: str | None = "") -> Column[str]:  # Any: foreign keys and the like
    """Return a required text column; empty by default, or without a default."""
    return Column(name, Text, *constraints, nullable=False, server_default=default)


def required(name: str, *constraints: Any) -> Column[str]:  # Any: foreign keys and the like
    """Return a text column that must be given."""
    return Column(name, Text, *constraints, nullable=False)


def number(name: str, default: int | None = 0) -> Column[int]:
    """Return a required integer column."""
    return Column(name, Integer, nullable=False, server_default=None if default is None else str(default))


def flag(name: str) -> Column[int]:
    """Return a yes/no column, kept as 0 or 1; give the table `is_true_or_false(name)` too."""
    return number(name)


def order_of_entry() -> Column[int]:
    """Return the key that keeps rows in the order they were entered."""
    return Column("number", Integer, primary_key=True)


def version() -> Column[int]:
    """Return the column that shows whether a row was changed meanwhile."""
    return number("version", 1)


def deletion() -> Column[datetime]:
    """Return the mark of deletion: rows stay, lists leave them out."""
    return Column("deleted_at", Instant)
