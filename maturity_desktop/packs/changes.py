"""What differs between two packs, criterion by criterion, matched by stable id and nothing else.

The sheets of the authoring workbook are the form that is compared: each row is a thing with an id and fields.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from maturity_desktop.domain.text import Text
from maturity_desktop.packs.grids import Sheet
from maturity_desktop.packs.sheets import sheets_of
from maturity_desktop.packs.write import PackContent


class ChangeKind(StrEnum):
    """What happened to a thing with an id, or to one of its fields."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One difference.

    Attributes:
        what: name of the sheet the thing stands in, such as ``criteria``.
        field: the column that changed, such as ``label::zh``; "" for a thing added or removed.
        new: for a thing added its label, for a thing removed "" (and `old` has the label).
    """

    kind: ChangeKind
    what: str
    id: str
    field: str = ""
    old: str = ""
    new: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldChange:
    """One column of a thing as it stands on both sides; "" where it is empty or the thing is not there."""

    field: str
    old: str
    new: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One thing that differs, whole.

    Attributes:
        what: name of the sheet the thing stands in, such as ``criteria``.
        place: where it stands in the standard, as codes from the outside in; empty for what stands in no tree.
        label: what it is called, or says, in the new edition (in the old one when it was removed).
        fields: the columns that differ; of a thing added or removed every filled one.
    """

    kind: ChangeKind
    what: str
    id: str
    place: tuple[str, ...]
    label: Text
    fields: tuple[FieldChange, ...]


_KEYS = {
    "settings": ("key",),
    "levels": ("code",),
    "tree": ("code",),
    "criteria": ("code", "item", "level"),
    "evidence": ("code",),
    "questions": ("item",),
    "rules": ("code",),
    "choices": ("list_name", "name"),
    "modules": ("code",),
    "mappings": ("source", "target_standard", "target"),
    "glossary": ("label::zh", "label::en"),
    "examples": ("example", "type", "code"),
}
_PLACES = {"tree": ("parent",), "criteria": ("item", "level"), "evidence": ("item", "level"), "questions": ("item",)}
_Row = dict[str, str]


def changes(old: PackContent, new: PackContent) -> tuple[Change, ...]:
    """Return every difference, sheet by sheet in the order of the new pack, removed things last."""
    return tuple(change for thing in differences(old, new) for change in _flat(thing))


def differences(old: PackContent, new: PackContent) -> tuple[Difference, ...]:
    """Return every thing that differs, in the same order, with all that differs of it."""
    pairs = zip(sheets_of(old), sheets_of(new), strict=True)
    return tuple(thing for before, after in pairs for thing in _of_sheet(before, after))


def _flat(thing: Difference) -> Iterator[Change]:
    label = thing.label.zh or thing.label.en or _value(thing)
    match thing.kind:
        case ChangeKind.ADDED:
            yield Change(kind=thing.kind, what=thing.what, id=thing.id, new=label)
        case ChangeKind.REMOVED:
            yield Change(kind=thing.kind, what=thing.what, id=thing.id, old=label)
        case ChangeKind.CHANGED:
            for one in thing.fields:
                yield Change(kind=thing.kind, what=thing.what, id=thing.id, field=one.field, old=one.old, new=one.new)


def _value(thing: Difference) -> str:
    return next((one.new or one.old for one in thing.fields if one.field == "value"), "")


def _of_sheet(before: Sheet, after: Sheet) -> Iterator[Difference]:
    was, now = _by_id(before), _by_id(after)
    for key, row in now.items():
        kind = ChangeKind.CHANGED if key in was else ChangeKind.ADDED
        fields = tuple(_fields(was.get(key, {}), row))
        if fields or kind is ChangeKind.ADDED:
            yield _difference(kind, after.name, key, row, fields)
    for key, row in was.items():
        if key not in now:
            yield _difference(ChangeKind.REMOVED, after.name, key, row, tuple(_fields(row, {})))


def _fields(was: _Row, now: _Row) -> Iterator[FieldChange]:
    for name in now or was:
        old, new = was.get(name, ""), now.get(name, "")
        if old != new:
            yield FieldChange(field=name, old=old, new=new)


def _difference(kind: ChangeKind, what: str, key: str, row: _Row, fields: tuple[FieldChange, ...]) -> Difference:
    place = tuple(row[name] for name in _PLACES.get(what, ()) if row[name])
    label = Text(zh=row.get("label::zh", ""), en=row.get("label::en", ""))
    return Difference(kind=kind, what=what, id=key, place=place, label=label, fields=fields)


def _by_id(sheet: Sheet) -> dict[str, _Row]:
    """Rows by id; rows that share one (layers, questions of one item) are numbered."""
    names = [column.name for column in sheet.columns]
    counts: Counter[str] = Counter()
    found: dict[str, _Row] = {}
    for words in sheet.rows:
        row = dict(zip(names, words, strict=True))
        key = _id(sheet.name, row)
        counts[key] += 1
        found[key if counts[key] == 1 else f"{key} #{counts[key]}"] = row
    return found


def _id(sheet: str, row: _Row) -> str:
    if sheet == "criteria" and row["code"]:
        return row["code"]
    return " ".join(row[key] for key in _KEYS[sheet] if row[key])
