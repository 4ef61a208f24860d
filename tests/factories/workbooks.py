"""Authoring workbooks, packs and foreign files spoilt by chance: cells, rows, sheets, parts, bytes."""

import io
import json
import random
import zipfile
from collections.abc import Callable, Sequence
from datetime import date, datetime, time
from pathlib import Path

import openpyxl
import yaml
from openpyxl.utils.exceptions import IllegalCharacterError

from maturity_desktop.domain.standard import Edition
from maturity_desktop.errors import InputRejected
from maturity_desktop.packs import HEAD_FILE, PackFiles, examine, examine_files
from maturity_desktop.packs.foreign.recognise import Wishes, recognise
from maturity_desktop.packs.foreign.scales import Groups
from maturity_desktop.packs.store import store
from maturity_desktop.packs.write import PackContent, pack_files
from tests.factories import catalogs, foreign_models, libraries

Value = str | int | float | bool | date | time | None
Sheets = dict[str, list[list[Value]]]

ODD: tuple[Value, ...] = (
    *("", " ", "\n", "A-1", "A-1-2.1", "B", "same", "empty", "item", "node", "criteria", "Yes", "zh", "1", "-1", "0.5"),
    *(
        "=1+1",
        '=HYPERLINK("x")',
        "#REF!",
        "9" * 400,
        "名" * 200,
        "a\nb\nc",
        "_x000B_",
        "::zh",
        "<b>&amp;",
        "NaN",
        "1e9",
    ),
    *(0, 1, -1, 3.7, 1e300, True, False, None, date(2026, 1, 31), datetime(1900, 1, 1), time(1, 2), 10**20),  # noqa: DTZ001
)
_PARTS = (
    "xl/workbook.xml",
    "xl/sharedStrings.xml",
    "xl/styles.xml",
    "[Content_Types].xml",
    "xl/_rels/workbook.xml.rels",
)
_TODAY = date(2026, 11, 23)


def sheets_in(content: bytes) -> Sheets:
    """The cells of a workbook."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    return {page.title: [list(row) for row in page.iter_rows(values_only=True)] for page in book.worksheets}  # type: ignore[arg-type]  # plain values


def spoilt_workbook(chance: random.Random, content: bytes, sheets: Sheets) -> bytes:
    """A workbook with a few of its cells, rows, columns or sheets changed, or its file damaged."""
    if chance.random() < 0.25:
        return _damaged(chance, content)
    copy = {name: [list(row) for row in rows] for name, rows in sheets.items()}
    merged: list[tuple[str, str]] = []
    for _ in range(chance.randint(1, 5)):
        chance.choice(_CHANGES)(chance, copy, merged)
    return _written(copy, merged)


def _written(sheets: Sheets, merged: Sequence[tuple[str, str]]) -> bytes:
    book = openpyxl.Workbook()
    first = book.worksheets[0]
    for name, rows in sheets.items():
        page = book.create_sheet(name[:31] or "x")
        for number, row in enumerate(rows, 1):
            for place, value in enumerate(row, 1):
                if value is not None:
                    _put(page.cell(number, place), value)
        for title, area in merged:
            if title == name:
                page.merge_cells(area)
    if len(book.worksheets) > 1:
        book.remove(first)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def _put(cell: openpyxl.cell.cell.Cell, value: Value) -> None:
    try:
        cell.value = value
    except (IllegalCharacterError, ValueError):
        cell.value = "x"


def _cell(chance: random.Random, sheets: Sheets, merged: list[tuple[str, str]]) -> None:
    rows = sheets[chance.choice(list(sheets))]
    if rows and rows[0]:
        row = chance.choice(rows)
        row[chance.randrange(len(row))] = chance.choice(ODD)


def _cell_of_another(chance: random.Random, sheets: Sheets, merged: list[tuple[str, str]]) -> None:
    rows, others = (sheets[chance.choice(list(sheets))] for _ in range(2))
    if rows and others and rows[0] and others[0]:
        row = chance.choice(rows)
        row[chance.randrange(len(row))] = chance.choice(chance.choice(others))


def _rows(chance: random.Random, sheets: Sheets, merged: list[tuple[str, str]]) -> None:
    rows = sheets[chance.choice(list(sheets))]
    if not rows:
        return
    match chance.randrange(5):
        case 0:
            del rows[chance.randrange(len(rows))]
        case 1:
            rows.insert(chance.randrange(len(rows) + 1), list(chance.choice(rows)))
        case 2:
            rows.insert(chance.randrange(len(rows) + 1), [chance.choice(ODD) for _ in rows[0]])
        case 3:
            rows[1:] = chance.sample(rows[1:], len(rows) - 1)
        case _:
            rows.clear()


def _columns(chance: random.Random, sheets: Sheets, merged: list[tuple[str, str]]) -> None:
    rows = sheets[chance.choice(list(sheets))]
    width = min(map(len, rows), default=0)
    if width < 2:
        return
    one, other = chance.sample(range(width), 2)
    for row in rows:
        match chance.randrange(3) if chance.random() < 0.05 else 0:
            case 0:
                row[one], row[other] = row[other], row[one]
            case 1:
                row[one] = None
            case _:
                row.insert(one, row[other])


def _titles(chance: random.Random, sheets: Sheets, merged: list[tuple[str, str]]) -> None:
    name = chance.choice(list(sheets))
    match chance.randrange(3):
        case 0:
            sheets[chance.choice(("Sheet", "criteria2", "标准", "library_meta", name.upper()))] = sheets.pop(name)
        case 1 if len(sheets) > 1:
            del sheets[name]
        case _:
            sheets[f"{name}2"] = [list(row) for row in sheets[name]]


def _areas(chance: random.Random, sheets: Sheets, merged: list[tuple[str, str]]) -> None:
    top = chance.randint(1, 6)
    merged.append((chance.choice(list(sheets)), f"{chance.choice('ABC')}{top}:{chance.choice('CDE')}{top + 3}"))


_CHANGES: tuple[Callable[[random.Random, Sheets, list[tuple[str, str]]], None], ...] = (
    _cell,
    _cell,
    _cell,
    _cell_of_another,
    _cell_of_another,
    _rows,
    _columns,
    _titles,
    _areas,
)


def _damaged(chance: random.Random, content: bytes) -> bytes:
    """The file with bytes turned, cut off, parts lost, swapped, or filled with what could act or explode."""
    if chance.random() < 0.3:
        return spoilt_bytes(chance, content)
    target = io.BytesIO()
    name = chance.choice((*_PARTS, "xl/worksheets/sheet1.xml", "xl/worksheets/sheet3.xml"))
    kind = chance.randrange(6)
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        for entry in source.namelist():
            part = source.read(entry)
            if entry == name:
                if kind == 0:
                    continue
                part = _part(chance, kind, part)
            package.writestr(entry, part)
    return target.getvalue()


def _part(chance: random.Random, kind: int, part: bytes) -> bytes:
    match kind:
        case 1:
            return spoilt_bytes(chance, part)
        case 2:
            return b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///x">]>' + part
        case 3:
            return part.replace(b"<t>", b"<t>" + b"x" * 40_000, 1)
        case 4:
            return part.replace(b"<v>", b"<v>9" + b"9" * chance.choice((1, 5, 30)), 2)
        case _:
            return b"" if chance.random() < 0.3 else part[: len(part) // 2]


def spoilt_bytes(chance: random.Random, content: bytes) -> bytes:
    """Bytes turned, cut off or doubled."""
    spoilt = bytearray(content)
    for _ in range(chance.randint(1, 12)):
        place = chance.randrange(max(len(spoilt), 1))
        match chance.randrange(4):
            case 0:
                del spoilt[place : place + chance.randint(1, 40)]
            case 1:
                spoilt[place:place] = spoilt[place : place + chance.randint(1, 40)]
            case _ if spoilt:
                spoilt[place] = chance.randrange(256)
    return bytes(spoilt)


_YAML_WORDS = (
    *(
        "",
        "~",
        "null",
        "[]",
        "{}",
        "[",
        "{a: 1}",
        "- x",
        "&a x",
        "*a",
        "!!int 1",
        "|",
        ">",
        "'",
        '"',
        "-1",
        "1e5",
        "x: y",
    ),
    *(
        "same",
        "empty",
        "A",
        "A-1",
        "9" * 50,
        "名",
        "\x01",
        "# x",
        "yes",
        "2026-01-31",
        "0.0000001",
        "zh",
        "<<: *a",
        "? x",
    ),
)


def spoilt_text(chance: random.Random, content: bytes) -> bytes:
    """A text file with lines lost, doubled, moved, shifted, or their values changed."""
    if chance.random() < 0.15:
        return spoilt_bytes(chance, content)
    lines = content.decode("utf-8", "replace").split("\n")
    for _ in range(chance.randint(1, 4)):
        place, other = chance.randrange(len(lines)), chance.randrange(len(lines))
        head, colon, _ = lines[place].partition(":")
        match chance.randrange(7):
            case 0 if len(lines) > 1:
                del lines[place]
            case 1:
                lines.insert(place, lines[other])
            case 2:
                lines[place], lines[other] = lines[other], lines[place]
            case 3:
                lines[place] = chance.choice((" ", "  ", "    ", "\t", "- ")) + lines[place]
            case 4:
                lines[place] = lines[place][chance.randint(1, 4) :]
            case _:
                lines[place] = f"{head}{colon} {chance.choice(_YAML_WORDS)}"
    return "\n".join(lines).encode()


def spoilt_pack(chance: random.Random, files: dict[str, bytes]) -> dict[str, bytes]:
    """The files of a pack, a few of them changed, renamed, lost or swapped."""
    copy = dict(files)
    for _ in range(chance.randint(1, 3)):
        name = chance.choice(list(copy))
        match chance.randrange(8):
            case 0 if len(copy) > 1:
                del copy[name]
            case 1:
                copy[chance.choice(("x.yaml", "standard.yaml", "mappings.yaml", "a/b.yaml"))] = copy[name]
            case _:
                copy[name] = spoilt_text(chance, copy[name])
    return copy


def judged(files: dict[str, bytes]) -> bool:
    """Whether a pack is good; an edition is there exactly when nothing is wrong."""
    found = examine_files(PackFiles(files))
    assert (found.edition is None) == any(issue.is_error for issue in found.issues)
    return found.edition is not None


def stored_again(edition: Edition, folder: Path) -> None:
    """An edition written as a pack is read back as the same edition."""
    store(pack_files(PackContent(edition=edition)), folder)
    again = examine(folder)
    assert [issue for issue in again.issues if issue.is_error] == []
    assert again.edition == edition
    assert (folder / HEAD_FILE).is_file()


def spoil_foreign(chance: random.Random, folder: Path, count: int) -> int:
    """Spoil foreign files of every form; each is refused in one sentence, or comes in whole. Return how many did."""
    columns = folder / "columns.toml"
    columns.write_text(foreign_models.COLUMNS, encoding="utf-8")
    sheets = sheets_in(foreign_models.ciso_excel())
    whole = 0
    for number in range(count):
        name, content = _foreign(chance, sheets)
        path = folder / f"{number}{name}"
        path.write_bytes(content)
        wishes = Wishes(today=_TODAY, columns=columns, groups=chance.choice(tuple(Groups)))
        try:
            found = recognise(path, wishes).imported
        except InputRejected:
            found = None
        path.unlink()
        if found is not None:
            judged(pack_files(PackContent(edition=found.edition)))
            assert found.found.assessed == found.carried.assessed == len(found.edition.items)
            whole += 1
    return whole


def _foreign(chance: random.Random, sheets: Sheets) -> tuple[str, bytes]:
    match chance.randrange(6):
        case 0 | 1:
            plain = yaml.safe_dump(libraries.library(chance, 8), sort_keys=False, allow_unicode=True).encode()
            return ".yaml", spoilt_text(chance, plain)
        case 2:
            return ".json", spoilt_text(chance, json.dumps(catalogs.catalog(chance, 4), indent=1).encode())
        case 3:
            return ".xlsx", spoilt_workbook(chance, foreign_models.ciso_excel(), sheets)
        case 4:
            return ".zip", _spoilt_model(chance)
        case _:
            return ".csv", spoilt_text(chance, foreign_models.TABLE.encode())


def _spoilt_model(chance: random.Random) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for number, text in enumerate(foreign_models.samm_texts()):
            content = text.encode()
            archive.writestr(f"model/{number}.yml", spoilt_text(chance, content) if chance.random() < 0.1 else content)
    return target.getvalue() if chance.random() < 0.8 else spoilt_bytes(chance, target.getvalue())
