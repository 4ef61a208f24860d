"""The one place that knows the encrypted engine: how a connection is made and keyed. Swap it here or nowhere."""

from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as engine_api

BUSY_TIMEOUT_S = 5
CACHE_KIB = 64_000


def connect(path: Path, key: bytes, *, foreign_keys: bool = True) -> Any:  # Any: the engine brings no types
    """Return a keyed read-write connection; transactions are begun explicitly.

    The engine's own error log is silenced first: it would print to the console.

    Raises:
        DatabaseError: (of the engine) the key is wrong or the file is damaged.
    """
    connection = _keyed(engine_api.connect(path, **_OPTIONS), key)
    connection.execute("PRAGMA journal_mode=WAL").fetchone()
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute(f"PRAGMA foreign_keys={'ON' if foreign_keys else 'OFF'}")
    return connection


def connect_read_only(path: Path, key: bytes, *, is_immutable: bool = False) -> Any:  # Any: the engine brings no types
    """Return a keyed connection that cannot write.

    `is_immutable` is for read-only media without a write-ahead log beside the file; with one it would show old content.

    Raises:
        DatabaseError: (of the engine) the key is wrong or the file is damaged.
    """
    address = f"{path.absolute().as_uri()}?mode=ro{'&immutable=1' if is_immutable else ''}"
    connection = _keyed(engine_api.connect(address, uri=True, **_OPTIONS), key)
    connection.execute("PRAGMA query_only=ON")
    return connection


_OPTIONS: dict[str, Any] = {  # Any: arguments of different types
    "isolation_level": None,
    "check_same_thread": False,
    "timeout": BUSY_TIMEOUT_S,
}


def _keyed(connection: Any, key: bytes) -> Any:  # Any: the engine brings no types
    try:
        connection.execute("PRAGMA cipher_log_level=NONE").fetchone()
        connection.execute(f"PRAGMA key=\"x'{key.hex()}'\"").fetchone()
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except engine_api.Error:
        connection.close()
        raise
    connection.execute(f"PRAGMA cache_size=-{CACHE_KIB}")
    connection.execute("PRAGMA temp_store=MEMORY")
    return connection
