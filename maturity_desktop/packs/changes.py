"""What differs between two packs, criterion by criterion, matched by stable id and nothing else.

The sheets of the authoring workbook are the form that is compared: each row is a thing with an id and fields.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

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
_Row = dict[str, str]


def changes(old: PackContent, new: PackContent) -> tuple[Change, ...]:
    """Return every difference, sheet by sheet in the order of the new pack, removed things last."""
    pairs = zip(sheets_of(old), sheets_of(new), strict=True)
    return tuple(change for before, after in pairs for change in _of_sheet(before, after))


def _of_sheet(before: Sheet, after: Sheet) -> Iterator[Change]:
    was, now = _by_id(before), _by_id(after)
    for key, row in now.items():
        if key not in was:
            yield Change(kind=ChangeKind.ADDED, what=after.name, id=key, new=_label(row))
            continue
        for name, value in row.items():
            if value != was[key][name]:
                earlier = was[key][name]
                yield Change(kind=ChangeKind.CHANGED, what=after.name, id=key, field=name, old=earlier, new=value)
    for key, row in was.items():
        if key not in now:
            yield Change(kind=ChangeKind.REMOVED, what=after.name, id=key, old=_label(row))


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


def _label(row: _Row) -> str:
    return row.get("label::zh") or row.get("label::en") or row.get("value", "")
