"""Plain tables (CSV or Excel) with a column file that says which column is what.

The column file is TOML: `id`, `name`, the headings of `groups` (outermost first), `code`, `item`, `text`, and
optionally `level`, `note`, `evidence`, `weight`; or `level_columns` when each level has a column of its own, whose
cells hold one criterion per line, 无 for an empty cell and 同上 for "same as below".
"""

import csv
import io
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from maturity_desktop.domain.text import Text
from maturity_desktop.errors import InputRejected
from maturity_desktop.packs.foreign import scales
from maturity_desktop.packs.foreign.build import Imported, build
from maturity_desktop.packs.foreign.codes import slug
from maturity_desktop.packs.foreign.entries import Entry, Head, Ledger, Point
from maturity_desktop.packs.foreign.plainly import clean, positive
from maturity_desktop.packs.grids import MAX_CELL, Book, Grid
from maturity_desktop.packs.records import Record, rows_below

Columns = Mapping[str, Any]  # Any: a plain TOML table

_SINGLE = ("code", "level", "weight", "sheet", "id", "edition", "language")
_TEXTS = ("item", "text", "note", "evidence")
_KNOWN = frozenset({*_SINGLE, *_TEXTS, "name", "groups", "level_columns", "levels", "header_row", "released_on"})
_NOTHING = frozenset({"无", "none", "n/a", "-", "—", "–", "/"})
_SAME = frozenset({"同上", "same", "same as below", "同上一级"})
_NUMBERED = re.compile(r"^\s*(?:\d+\s*[.、)）]|[-•·●])\s*")
_ENCODINGS = ("utf-8-sig", "gb18030")
_CSV_ROWS = 100_000


@dataclass(frozen=True, slots=True, kw_only=True)
class _Table:
    name: str
    columns: Columns
    language: str
    level_codes: tuple[str, ...]
    ledger: Ledger


def read_columns(content: bytes, name: str) -> Columns:
    """Return a column file.

    Raises:
        InputRejected: AUT-003 no TOML; AUT-014 something wanted is missing or unknown.
    """
    try:
        columns = tomllib.loads(content.decode("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as problem:
        raise InputRejected("AUT-003", (), name=name) from problem
    unknown = next((key for key, value in columns.items() if not _fits(key, value)), "")
    has_text = "text" in columns or isinstance(columns.get("level_columns"), dict)
    missing = next((key for key in ("id", "name") if key not in columns), "" if has_text else "text")
    if unknown or missing:
        raise InputRejected("AUT-014", (), name=name, key=missing or "–", column=unknown or "–")
    return columns


def _fits(key: str, value: object) -> bool:
    """Whether a key of the column file is known and its value of the kind it wants."""
    if key == "header_row":
        return isinstance(value, int) and value > 0
    if key == "level_columns":
        return isinstance(value, dict) and all(isinstance(one, str) for one in value.values())
    if key in ("groups", "levels"):
        return isinstance(value, list) and all(isinstance(one, str | int) for one in value)
    if key in _TEXTS or key == "name":
        inner = value.values() if isinstance(value, dict) else [value]
        return all(isinstance(one, str) for one in inner)
    return key in _KNOWN and isinstance(value, str | int | date)


def read_csv(content: bytes, name: str) -> Book:
    """Return a CSV file as a book of one sheet; comma, semicolon or tab, UTF-8 or GB 18030.

    Raises:
        InputRejected: AUT-003 not text; AUT-004 a cell or a number of rows beyond reason.
    """
    for encoding in _ENCODINGS:
        try:
            text = content.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        raise InputRejected("AUT-003", (), name=name)
    head = text.partition("\n")[0]
    delimiter = max(",;\t", key=head.count)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as problem:
        raise InputRejected("AUT-003", (), name=name) from problem
    if len(rows) > _CSV_ROWS or any(len(word) > MAX_CELL for row in rows for word in row):
        raise InputRejected("AUT-004", (), name=name)
    cleaned = tuple(tuple(clean(word).strip() for word in row) for row in rows)
    return Book(grids={"table": Grid(name="table", rows=cleaned)})


def import_table(name: str, book: Book, columns: Columns, today: date) -> Imported:
    """Return a table as an edition.

    Raises:
        InputRejected: AUT-005 formulas and the like; AUT-006 no rows; AUT-014 a column is not there.
    """
    if any(issue.is_error for issue in book.issues):
        raise InputRejected("AUT-005", book.issues, name=name)
    rows = _rows(name, book, columns)
    language = "zh" if str(columns.get("language", "zh")) != "en" else "en"
    codes = _level_codes(columns, rows)
    table = _Table(name=name, columns=columns, language=language, level_codes=codes, ledger=Ledger())
    entries = tuple(_entries(table, rows))
    used = set(_headings(columns))
    unread = {heading: word for row in rows for heading, (word, _) in row.words.items() if word and heading not in used}
    table.ledger.leave("columns", list(unread))
    return build(name, _head(table, today), entries, table.ledger)


def _rows(name: str, book: Book, columns: Columns) -> list[Record]:
    wanted = str(columns.get("sheet", ""))
    grid = book.grids.get(wanted) if wanted else next(iter(book.grids.values()), None)
    given = columns.get("header_row", 1)
    first = given if isinstance(given, int) and given > 0 else 1
    if grid is None or len(grid.rows) < first:
        raise InputRejected("AUT-014", (), name=name, key="sheet", column=wanted or "–")
    headings = [" ".join(word.split()) for word in grid.rows[first - 1]]
    for heading in _headings(columns):
        if heading not in headings:
            raise InputRejected("AUT-014", (), name=name, key="–", column=heading)
    return list(rows_below(grid, headings, first + 1))


def _headings(columns: Columns) -> Iterator[str]:
    for key in (*_TEXTS, "code", "level", "weight"):
        value = columns.get(key)
        yield from (str(one) for one in value.values()) if isinstance(value, dict) else [str(value)] if value else []
    yield from (str(group) for group in columns.get("groups", ()))
    per_level = columns.get("level_columns")
    yield from (str(heading) for heading in per_level.values()) if isinstance(per_level, dict) else ()


def _level_codes(columns: Columns, rows: Sequence[Record]) -> tuple[str, ...]:
    """Levels as named, or as the columns or cells say them, in the order they are met (numbers in theirs)."""
    if columns.get("levels"):
        return tuple(str(level) for level in columns["levels"])
    if isinstance(columns.get("level_columns"), dict):
        return tuple(str(level) for level in columns["level_columns"])
    heading = str(columns.get("level", ""))
    met = list(dict.fromkeys(row.word(heading) for row in rows if heading and row.word(heading)))
    return tuple(sorted(met, key=int) if all(word.isdecimal() for word in met) else met)


def _head(table: _Table, today: date) -> Head:
    columns = table.columns
    given = columns.get("released_on")
    day = given if isinstance(given, date) else today
    if day is today:
        table.ledger.leave("date_of_import", [today.isoformat()])
    names = [Text(zh=code) if table.language == "zh" else Text(en=code) for code in table.level_codes]
    return Head(
        standard_id=slug(str(columns["id"])).lower()[:80] or "table",
        edition_id=slug(str(columns.get("edition", "1"))).lower()[:80] or "1",
        released_on=day,
        name=_own(table, columns["name"]),
        language=table.language,
        levels=scales.levels(names, table.level_codes, table.language),
        profiles=scales.profiles(table.language)[::-1],
        source_note=scales.source_note(table.language, table.name, "", ""),
        layers=tuple(_own(table, group) for group in columns.get("groups", ())),
    )


def _own(table: _Table, value: object) -> Text:
    if isinstance(value, dict):
        zh, en = str(value.get("zh", "")), str(value.get("en", ""))
        return Text(zh=zh or en, en=en) if table.language == "zh" else Text(zh=zh, en=en or zh)
    return Text(zh=str(value)) if table.language == "zh" else Text(en=str(value))


def _entries(table: _Table, rows: Sequence[Record]) -> Iterator[Entry]:
    """Groups where they are first met, then the items below them; rows of one item are put together."""
    groups = [str(group) for group in table.columns.get("groups", ())]
    path: list[str] = []
    seen: dict[str, None] = {}
    items: dict[str, list[Record]] = {}
    parents: dict[str, str] = {}
    last = ""
    for row in rows:
        path = _path(row, groups, path)
        for depth, word in enumerate(path, 1):
            key = "group " + "\x1f".join(path[:depth])
            if word and key not in seen:
                seen[key] = None
                parent = "group " + "\x1f".join(path[: depth - 1]) if depth > 1 else ""
                yield Entry(key=key, parent=parent, codes=(word,), name=_own(table, word), is_assessed=False)
        last = _item_key(table, row, last)
        items.setdefault(last, []).append(row)
        parents.setdefault(last, "group " + "\x1f".join(path) if path else "")
    for number, (key, own) in enumerate(items.items(), 1):
        yield _item(table, key, own, parents[key], number)


def _path(row: Record, groups: Sequence[str], before: Sequence[str]) -> list[str]:
    """An empty group cell means the one above, unless an outer group changed."""
    path: list[str] = []
    changed = False
    for place, heading in enumerate(groups):
        word = " ".join(row.word(heading).split())
        above = before[place] if place < len(before) and not changed else ""
        changed = changed or bool(word and word != above)
        path.append(word or above)
    while path and not path[-1]:
        path.pop()
    return path


def _item_key(table: _Table, row: Record, before: str) -> str:
    """A row belongs to the item its code, or else its name, says; without either to the item above."""
    code, name = _word(table, row, "code"), _text(table, row, "item").pick("zh")
    own = f"item {code}" if code else f"item {name}" if name else ""
    if own:
        return own
    if before and ("item" in table.columns or "code" in table.columns):
        return before
    return f"item row {row.number}"


def _item(table: _Table, key: str, rows: Sequence[Record], parent: str, number: int) -> Entry:
    points = tuple(point for row in rows for point in _points(table, row))
    names = (_text(table, row, "item") for row in rows)
    evidence = (_text(table, row, "evidence") for row in rows)
    return Entry(
        key=key,
        parent=parent,
        codes=(_word(table, rows[0], "code") or f"R{number}",),
        name=next((name for name in names if name), Text()),
        is_assessed=bool(points),
        points=points,
        evidence=tuple(one for one in evidence if one),
        weight=positive(_word(table, rows[0], "weight")) or Decimal(1),
    )


def _points(table: _Table, row: Record) -> Iterator[Point]:
    per_level = table.columns.get("level_columns")
    if isinstance(per_level, dict):
        for code, heading in per_level.items():
            for line in _criteria(row.word(str(heading))):
                yield Point(text=_own(table, line), level=table.level_codes.index(str(code)) + 1)
        return
    text = _text(table, row, "text")
    if text:
        level = _word(table, row, "level")
        place = table.level_codes.index(level) + 1 if level in table.level_codes else 1
        yield Point(text=text, level=place, note=_text(table, row, "note"))


def _criteria(cell: str) -> Iterator[str]:
    if cell.strip().lower() in _NOTHING | _SAME:
        return
    for line in cell.split("\n"):
        words = _NUMBERED.sub("", line).strip()
        if words:
            yield words


def _word(table: _Table, row: Record, key: str) -> str:
    return row.word(str(table.columns.get(key, "")))


def _text(table: _Table, row: Record, key: str) -> Text:
    """A text column, or a table of one column per language."""
    heading = table.columns.get(key)
    if isinstance(heading, dict):
        words = {language: row.word(str(column)) for language, column in heading.items()}
        return _own(table, words) if any(words.values()) else Text()
    word = row.word(str(heading or ""))
    return _own(table, word) if word else Text()
