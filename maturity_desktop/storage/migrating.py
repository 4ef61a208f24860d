"""Upgrading an older database with Alembic: own engine, foreign keys off, one transaction, checked before commit.

Imported only when a database has an older form: Alembic is slow to load.
"""

from functools import partial
from pathlib import Path

import sqlcipher3.dbapi2 as engine_api
from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine, NullPool, create_engine, event, text

from maturity_desktop.errors import EnvironmentProblem
from maturity_desktop.storage.connecting import connect
from maturity_desktop.storage.problems import translated

SCRIPTS = Path(__file__).parent / "migrations"


def migration_engine(path: Path, key: bytes) -> Engine:
    """Return an engine for migrations: rebuilding a table must not cascade into its children.

    Source: SQLite's ALTER TABLE documentation, "Making Other Kinds Of Table Schema Changes", steps 1 and 10.
    """
    creator = partial(connect, path, key, foreign_keys=False)
    engine = create_engine(
        "sqlite+pysqlite://", module=engine_api, creator=creator, poolclass=NullPool, hide_parameters=True
    )

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


def configuration(connection: Connection, scripts: Path = SCRIPTS) -> Config:
    """Return the Alembic configuration that works on an open connection."""
    config = Config()
    config.set_main_option("script_location", str(scripts).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def upgrade(path: Path, key: bytes, *, to: str = "head", scripts: Path = SCRIPTS) -> None:
    """Bring a database to the form `to`, all or nothing.

    Raises:
        EnvironmentProblem: STO-007 rows would lose what they refer to; STO-0xx. The database is unchanged then.
    """
    engine = migration_engine(path, key)
    try:
        with translated(path), engine.begin() as connection:
            command.upgrade(configuration(connection, scripts), to)
            if connection.execute(text("PRAGMA foreign_key_check")).first() is not None:
                raise EnvironmentProblem("STO-007", path=str(path))
    finally:
        engine.dispose()
