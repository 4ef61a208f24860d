"""Foreign YAML, JSON and archives as plain values, within limits; whatever could act or explode is refused.

Unlike our own packs, foreign YAML may repeat a value by alias, as common writers do; the repeated whole is counted.
"""

import io
import json
import re
import zipfile
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path, PurePosixPath
from typing import Any, TypeAlias

import yaml

from maturity_desktop.errors import InputRejected
from maturity_desktop.packs.gather import ARCHIVE_FAULTS
from maturity_desktop.system.files import as_problem

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_DIGITS = re.compile(r"[0-9]{1,9}(?:\.[0-9]{1,6})?")
_HIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")

MAX_BYTES = 30_000_000
MAX_VALUES = 3_000_000
MAX_DEPTH = 60
MAX_ENTRIES = 3_000
MAX_RATIO = 100
_RATIO_COUNTS_FROM_BYTES = 1_000_000

Plainly: TypeAlias = "dict[str, Any] | list[Any] | str | None"  # Any: values nest without end

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
_MERGE = "<<"
_TAGS = "tag:yaml.org,2002:"
_NAMES = ("str", "int", "float", "bool", "null", "timestamp", "seq", "map")
_PLAIN_TAGS = frozenset({"!", *(f"{_TAGS}{name}" for name in _NAMES)})


def load_bytes(path: Path) -> bytes:
    """Return the content of a file.

    Raises:
        InputRejected: AUT-002 too large.
        EnvironmentProblem: SYS-0xx the disk refuses.
    """
    try:
        if path.stat().st_size > MAX_BYTES:
            raise InputRejected("AUT-002", (), name=path.name, limit=MAX_BYTES)
        return path.read_bytes()
    except OSError as problem:
        raise as_problem(problem, path) from problem


def from_json(content: bytes, name: str) -> Plainly:
    """Return a JSON document, numbers and truth values as written.

    Raises:
        InputRejected: AUT-003 not text; AUT-007 nested too deeply; AUT-019 not JSON, and where.
    """
    try:
        value = json.loads(content.decode("utf-8-sig"), parse_int=str, parse_float=str, parse_constant=str)
    except RecursionError as problem:
        raise InputRejected("AUT-007", (), name=name, limit=MAX_DEPTH) from problem
    except json.JSONDecodeError as problem:
        raise InputRejected("AUT-019", (), name=name, line=problem.lineno, column=problem.colno) from problem
    except ValueError as problem:
        raise InputRejected("AUT-003", (), name=name) from problem
    _weigh(value, name)
    return _texts(value)


def _texts(value: Any) -> Plainly:  # Any: parsed JSON
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict):
        return {clean(key): _texts(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_texts(inner) for inner in value]
    return None if value is None else clean(str(value))


def from_yaml(content: bytes, name: str) -> Plainly:
    """Return a YAML document with every scalar as text.

    Raises:
        InputRejected: AUT-003 not text; AUT-007 tags, nesting or repetition beyond reason; AUT-019 not YAML, and where.
    """
    try:
        text = content.decode("utf-8-sig")
        value = _Composer(yaml.parse(text, Loader=_LOADER), name).document()
    except yaml.MarkedYAMLError as problem:
        mark = problem.problem_mark or problem.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        raise InputRejected("AUT-019", (), name=name, line=line, column=column) from problem
    except (yaml.YAMLError, UnicodeDecodeError, StopIteration) as problem:
        raise InputRejected("AUT-003", (), name=name) from problem
    _weigh(value, name)
    return value


class _Composer:
    """Events to values; anchors are remembered once their value is complete."""

    def __init__(self, events: Iterator[Any], name: str) -> None:  # Any: the parser's events carry no types
        self._events = events
        self._name = name
        self._anchors: dict[str, Plainly] = {}
        self._merged = 0

    def document(self) -> Plainly:
        """Return the first document; further ones are refused."""
        value: Plainly = None
        documents = 0
        for event in self._events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
            elif not isinstance(event, yaml.StreamStartEvent | yaml.StreamEndEvent | yaml.DocumentEndEvent):
                value = self._value(event, 1)
        if documents > 1:
            raise InputRejected("AUT-003", (), name=self._name)
        return value

    def _value(self, event: Any, depth: int) -> Plainly:  # Any: as above
        if depth > MAX_DEPTH:
            self._refuse()
        if isinstance(event, yaml.AliasEvent):
            if event.anchor not in self._anchors:
                self._refuse()
            return self._anchors.get(str(event.anchor))
        if event.tag and event.tag not in _PLAIN_TAGS:
            self._refuse()
        value: Plainly = self._inner(event, depth)
        if event.anchor:
            self._anchors[event.anchor] = value
        return value

    def _inner(self, event: Any, depth: int) -> Plainly:  # Any: as above
        if isinstance(event, yaml.ScalarEvent):
            return None if event.implicit[0] and event.value in _NULLS else clean(str(event.value))
        if isinstance(event, yaml.SequenceStartEvent):
            return list(self._until(yaml.SequenceEndEvent, depth))
        words = self._until(yaml.MappingEndEvent, depth)
        made: dict[str, Any] = {}
        for key, value in zip(words, words, strict=True):
            if key == _MERGE:
                brought = _merged(value)
                self._merged += len(brought) + len(made)
                if self._merged > MAX_VALUES:
                    self._refuse()
                made = {**brought, **made}
            else:
                made[str(key)] = value
        return made

    def _until(self, end: type, depth: int) -> Iterator[Plainly]:
        for event in self._events:
            if isinstance(event, end):
                return
            yield self._value(event, depth + 1)

    def _refuse(self) -> None:
        raise InputRejected("AUT-007", (), name=self._name, limit=MAX_DEPTH)


def _merged(value: Plainly) -> dict[str, Any]:
    """What a merge key brings: the entries of a table, or of several, the first one first."""
    tables_in = value if isinstance(value, list) else [value]
    made: dict[str, Any] = {}
    for one in reversed(tables_in):
        made |= one if isinstance(one, dict) else {}
    return made


def _weigh(value: Plainly, name: str) -> None:
    """Refuse a document that is small as text but enormous once repeated values are counted as often as they occur."""
    known: dict[int, int] = {}

    def weight(one: Plainly, depth: int) -> int:
        if depth > MAX_DEPTH:
            raise InputRejected("AUT-007", (), name=name, limit=MAX_DEPTH)
        if not isinstance(one, dict | list):
            return 1
        if id(one) not in known:
            inner = one.values() if isinstance(one, dict) else one
            known[id(one)] = 1 + sum(weight(part, depth + 1) for part in inner)
        return known[id(one)]

    if weight(value, 1) > MAX_VALUES:
        raise InputRejected("AUT-007", (), name=name, limit=MAX_DEPTH)


def files_in(path: Path, suffixes: tuple[str, ...]) -> dict[str, bytes]:
    """Return the files with these suffixes in a folder or zip archive, by their path inside it.

    Raises:
        InputRejected: AUT-002 too large; AUT-003 no archive; AUT-004 an archive that explodes.
        EnvironmentProblem: SYS-0xx the disk refuses.
    """
    if path.is_dir():
        return _of_folder(path, suffixes)
    content = load_bytes(path)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = [entry for entry in archive.infolist() if entry.filename.lower().endswith(suffixes)]
            if _is_bomb(entries):
                raise InputRejected("AUT-004", (), name=path.name)
            return {entry.filename: archive.read(entry) for entry in entries}
    except (*ARCHIVE_FAULTS, OSError) as problem:  # the archive lies in memory: the disk has no part in it
        raise InputRejected("AUT-003", (), name=path.name) from problem


def _is_bomb(entries: list[zipfile.ZipInfo]) -> bool:
    whole = sum(entry.file_size for entry in entries)
    return (
        len(entries) > MAX_ENTRIES
        or whole > MAX_BYTES
        or any(entry.file_size > max(_RATIO_COUNTS_FROM_BYTES, entry.compress_size * MAX_RATIO) for entry in entries)
    )


def _of_folder(folder: Path, suffixes: tuple[str, ...]) -> dict[str, bytes]:
    paths = sorted(path for path in folder.rglob("*") if path.is_file() and path.name.lower().endswith(suffixes))
    if len(paths) > MAX_ENTRIES:
        raise InputRejected("AUT-002", (), name=folder.name, limit=MAX_BYTES)
    return {PurePosixPath(path.relative_to(folder)).as_posix(): load_bytes(path) for path in paths}


def clean(text: str) -> str:
    """Return a text without control characters and halves of characters, which no file of ours may hold."""
    return _HIDDEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def words(table: Mapping[str, Any], key: str) -> str:  # Any: a plain table
    """Return the text under a key, stripped; "" when there is none."""
    value = table.get(key)
    return value.strip() if isinstance(value, str) else ""


def tables(table: Mapping[str, Any], key: str) -> list[dict[str, Any]]:  # Any: as above
    """Return the tables of a list under a key."""
    value = table.get(key)
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def day_of(text: str) -> date | None:
    """Return the date a text begins with; None when it begins with none."""
    try:
        return date.fromisoformat(text.strip()[:10]) if _DAY.match(text.strip()) else None
    except ValueError:
        return None


def positive(text: str) -> Decimal | None:
    """Return a number above zero with at most six decimals; None for anything else."""
    digits = text.strip()
    number = Decimal(digits) if _DIGITS.fullmatch(digits) else Decimal(0)
    return number if number > 0 else None


def listed(table: Mapping[str, Any], key: str) -> list[str]:  # Any: as above
    """Return the texts of a list under a key."""
    value = table.get(key)
    return [one.strip() for one in value if isinstance(one, str) and one.strip()] if isinstance(value, list) else []
