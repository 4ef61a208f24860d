"""The sheets of an authoring workbook as the values of a pack, each still knowing its sheet, row and column.

What comes out has the shape of the pack's text files, so that `schema`, `rules` and `quality` judge it as any other.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from difflib import get_close_matches

from maturity_desktop.domain.standard import CellKind
from maturity_desktop.errors import Issue
from maturity_desktop.packs.grids import Book
from maturity_desktop.packs.issues import Fault, issue
from maturity_desktop.packs.read import MAX_DEPTH
from maturity_desktop.packs.records import Record, filled, records, table
from maturity_desktop.packs.sheets import BILINGUAL, COLUMNS, ITEM, LISTED, NODE, REQUIRED
from maturity_desktop.packs.values import Listing, Place, Scalar, Table, Value

UNREAD = frozenset({"README", "errors"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Unsheeted:
    """The values of a workbook: the standard, the roots of its tree, its links; and what was wrong with the sheets."""

    standard: Table
    trees: tuple[Table, ...]
    links: Table | None
    issues: tuple[Issue, ...]


@dataclass(slots=True)
class _Sheets:
    rows: dict[str, tuple[Record, ...]]
    issues: list[Issue]
    children: dict[str, list[Record]] = field(default_factory=dict)
    cells: dict[str, dict[str, Value]] = field(default_factory=dict)
    questions: dict[str, list[Value]] = field(default_factory=dict)


def unsheet(book: Book) -> Unsheeted:
    """Turn the sheets into values; sheets the format does not know become warnings, missing ones faults."""
    issues = list(book.issues)
    sheets = _Sheets(rows=dict(_rows(book, issues)), issues=issues)
    _sort_cells(sheets)
    trees = tuple(_trees(sheets))
    standard = _standard(sheets, trees)
    return Unsheeted(standard=standard, trees=trees, links=_links(sheets, standard), issues=tuple(sheets.issues))


def _rows(book: Book, issues: list[Issue]) -> Iterator[tuple[str, tuple[Record, ...]]]:
    for name in book.grids:
        if name not in COLUMNS and name not in UNREAD:
            close = get_close_matches(name, COLUMNS, n=1)
            issues.append(issue(Fault.SHEET_UNKNOWN, Place(name), name=name, known=", ".join(close or COLUMNS)))
    for name, columns in COLUMNS.items():
        if name in book.grids:
            yield name, records(book.grids[name], [column.name for column in columns], issues)
        else:
            if name in REQUIRED:
                issues.append(issue(Fault.SHEET_MISSING, Place(name), name=name))
            yield name, ()


def _standard(sheets: _Sheets, trees: tuple[Table, ...]) -> Table:
    place = Place("settings", 1, 1)
    entries: dict[str, Value] = {}
    layers: list[Value] = []
    for row in sheets.rows["settings"]:
        key = row.word("key")
        if key == "layer":
            layers.append(row.text("label"))
        elif key in entries:
            sheets.issues.append(issue(Fault.TWICE, row.place_of("key"), name=key, other=entries[key].place))
        elif key:
            entries[key] = _setting(row, key)
    entries["layers"] = Listing(tuple(layers), place)
    for key, name, make in (
        ("levels", "levels", _level),
        ("profiles", "rules", _profile),
        ("modules", "modules", _module),
        ("glossary", "glossary", _term),
    ):
        made = (filled(make(row), row.place) for row in sheets.rows[name])
        entries[key] = Listing(tuple(made), Place(name, 1, 1))
    entries["answer_sets"] = _answer_sets(sheets)
    entries["examples"] = _examples(sheets)
    entries["tree"] = Listing(tuple(Scalar(tree.word("code", "?"), tree.place) for tree in trees), Place("tree", 1, 1))
    return filled(entries, place)


def _setting(row: Record, key: str) -> Value:
    if key in BILINGUAL:
        return row.text("label")
    return row.listing("value") if key in LISTED else row.scalar("value")


def _level(row: Record) -> dict[str, Value]:
    return {
        "code": row.scalar("code"),
        "name": row.text("label"),
        "colour": row.scalar("colour"),
        "summary": row.text("hint"),
    }


def _profile(row: Record) -> dict[str, Value]:
    parameters = ("method", "share_pct", "floor_steps", "per", "partial_credit")
    numbers: dict[str, Value] = {key: row.scalar(key) for key in parameters}
    return {"id": row.scalar("code"), **numbers, "name": row.text("label"), "note": row.text("hint")}


def _module(row: Record) -> dict[str, Value]:
    return {"code": row.scalar("code"), "name": row.text("label"), "nodes": row.listing("nodes")}


def _term(row: Record) -> dict[str, Value]:
    return {**row.text("label").entries, "note": row.text("hint")}


def _answer_sets(sheets: _Sheets) -> Listing:
    place = Place("choices", 1, 1)
    sets: dict[str, list[Record]] = {}
    for row in sheets.rows["choices"]:
        sets.setdefault(row.word("list_name"), []).append(row)
    made = []
    for rows in sets.values():
        choices = (
            filled({"code": row.scalar("name"), "name": row.text("label"), "credit": row.scalar("credit")}, row.place)
            for row in rows
        )
        first = rows[0]
        made.append(filled({"code": first.scalar("list_name"), "choices": Listing(tuple(choices), place)}, first.place))
    return Listing(tuple(made), place)


def _examples(sheets: _Sheets) -> Listing:
    place = Place("examples", 1, 1)
    keys = {"answer": "answers", "rating": "ratings", "score": "scores"}
    made: dict[str, dict[str, Value]] = {}
    for row in sheets.rows["examples"]:
        example = made.setdefault(row.word("example"), {"name": row.text("label"), "answers": table({}, row.place)})
        for key in ("profile", "target", "otherwise"):
            example.setdefault(key, row.scalar(key))
        pairs = example.setdefault(keys.get(row.word("type"), "answers"), table({}, row.place))
        if row.word("type") not in keys:
            _refuse_choice(sheets, row, tuple(keys))
        if isinstance(pairs, Table) and row.word("code"):
            pairs.entries[row.word("code")] = row.scalar("value")
            pairs.key_places[row.word("code")] = row.place_of("code")
    return Listing(tuple(_example(example, place) for example in made.values()), place)


def _example(example: dict[str, Value], place: Place) -> Table:
    whole = filled(example, place)
    whole.entries.setdefault("answers", table({}, place))
    return whole


def _links(sheets: _Sheets, standard: Table) -> Table | None:
    rows = sheets.rows["mappings"]
    if not rows:
        return None
    place = Place("mappings", 1, 1)
    targets: dict[str, list[Value]] = {}
    for row in rows:
        link: dict[str, Value] = {"kind": row.scalar("relationship"), "note": row.text("hint")}
        link |= {"source": row.scalar("source"), "target": row.scalar("target")}
        targets.setdefault(row.word("target_standard"), []).append(filled(link, row.place))
    listed: list[Value] = [
        table({"target": Scalar(name, links[0].place), "links": Listing(tuple(links), place)}, place)
        for name, links in targets.items()
    ]
    head: dict[str, Value] = {"format": Scalar("1", place), "source": Scalar(standard.word("id"), place)}
    return table({**head, "targets": Listing(tuple(listed), place)}, place)


def _sort_cells(sheets: _Sheets) -> None:
    """Give criteria, evidence and questions to their items, and tree rows to their parents."""
    codes = {row.word("code") for row in sheets.rows["tree"]}
    for row in sheets.rows["tree"]:
        sheets.children.setdefault(row.word("parent"), []).append(row)
    for name in ("criteria", "evidence", "questions"):
        for row in sheets.rows[name]:
            item = row.word("item")
            if item not in codes:
                sheets.issues.append(issue(Fault.ITEM_UNKNOWN, row.place_of("item"), code=item))
            elif name == "questions":
                sheets.questions.setdefault(item, []).append(row.text("label"))
            else:
                _into_cell(sheets, sheets.cells.setdefault(item, {}), row)


def _into_cell(sheets: _Sheets, cells: dict[str, Value], row: Record) -> None:
    level = row.word("level")
    kind = row.word("type") if row.sheet == "criteria" else CellKind.CRITERIA
    if kind in (CellKind.EMPTY, CellKind.SAME):
        if level in cells:
            _refuse_double(sheets, row)
        cells[level] = row.scalar("type")
    elif kind != CellKind.CRITERIA:
        _refuse_choice(sheets, row, tuple(CellKind))
    else:
        cell = cells.setdefault(level, table({}, row.place))
        if isinstance(cell, Table):
            _add_to_cell(cell, row)
        else:
            _refuse_double(sheets, row)


def _add_to_cell(cell: Table, row: Record) -> None:
    key, made = ("criteria", _criterion(row)) if row.sheet == "criteria" else ("evidence", _request(row))
    present = cell.entries.get(key)
    before = present.items if isinstance(present, Listing) else ()
    cell.entries[key] = Listing((*before, made), row.place)
    cell.key_places[key] = row.place
    if row.word("keep_for_higher") and "keep_for_higher" not in cell.entries:
        cell.entries["keep_for_higher"] = row.scalar("keep_for_higher")
        cell.key_places["keep_for_higher"] = row.place_of("keep_for_higher")


def _criterion(row: Record) -> Table:
    threshold = filled(
        {
            "metric": row.text("metric"),
            "operator": row.scalar("operator"),
            "value": row.scalar("value"),
            "unit": row.text("unit"),
        },
        row.place,
    )
    entries: dict[str, Value] = {
        "id": row.scalar("code"),
        "text": row.text("label"),
        "note": row.text("hint"),
        "threshold": threshold,
        "answers": row.scalar("answers"),
        "provenance": row.scalar("provenance"),
    }
    return filled(entries, row.place)


def _request(row: Record) -> Table:
    return filled({"code": row.scalar("code"), "kind": row.scalar("kind"), "title": row.text("label")}, row.place)


def _trees(sheets: _Sheets) -> Iterator[Table]:
    codes = {row.word("code") for row in sheets.rows["tree"]}
    reached: set[str] = set()
    for row in sheets.children.get("", ()):
        yield _place_of_tree(sheets, row, reached, 1)
    for row in sheets.rows["tree"]:
        parent = row.word("parent")
        if parent and parent not in codes:
            sheets.issues.append(issue(Fault.PARENT_UNKNOWN, row.place_of("parent"), parent=parent))
        elif row.word("code") not in reached:
            sheets.issues.append(issue(Fault.PARENT_CYCLE, row.place_of("parent"), code=row.word("code")))


def _place_of_tree(sheets: _Sheets, row: Record, reached: set[str], depth: int) -> Table:
    code, kind = row.word("code"), row.word("type")
    entries: dict[str, Value] = {
        "code": row.scalar("code"),
        "name": row.text("label"),
        "aliases": row.listing("aliases"),
        "provenance": row.scalar("provenance"),
    }
    if kind == ITEM:
        entries["scope"] = row.text("hint")
        entries["questions"] = Listing(tuple(sheets.questions.get(code, ())), row.place)
        entries["weight"] = row.scalar("weight")
    elif kind != NODE:
        _refuse_choice(sheets, row, (NODE, ITEM))
    made = filled(entries, row.place)
    if kind == ITEM:
        made.entries["cells"] = table(sheets.cells.get(code, {}), row.place)
    below = sheets.children.get(code, []) if code and code not in reached else []
    reached.add(code)
    if depth > MAX_DEPTH:
        sheets.issues.append(issue(Fault.TOO_DEEP, row.place, limit=MAX_DEPTH))
    elif below or kind != ITEM:
        inner = tuple(_place_of_tree(sheets, child, reached, depth + 1) for child in below)
        made.entries["nodes"] = Listing(inner, row.place)
    return made


def _refuse_choice(sheets: _Sheets, row: Record, choices: tuple[str, ...]) -> None:
    found = row.word("type") or "–"
    sheets.issues.append(issue(Fault.NOT_A_CHOICE, row.place_of("type"), found=found, choices=", ".join(choices)))


def _refuse_double(sheets: _Sheets, row: Record) -> None:
    place = row.place_of("level")
    code = f"{row.word('item')} {row.word('level')}"
    sheets.issues.append(issue(Fault.CELL_SAYS_TWO_THINGS, place, code=code))
