"""Compare values with the shapes of the format: unknown keys, missing keys, wrong types, bad numbers. All of them."""

import re
from collections.abc import Iterator
from datetime import date
from difflib import get_close_matches
from typing import assert_never

from maturity_desktop.errors import Issue
from maturity_desktop.packs import shapes
from maturity_desktop.packs.issues import Fault, issue
from maturity_desktop.packs.shapes import Bilingual, Cells, Day, Keys, ListOf, Number, Pairs, Shape, TreeNode, Word
from maturity_desktop.packs.values import Listing, Scalar, Table, Value

FORMAT_VERSION = "1"
MAX_TEXT = 30_000  # a cell of a spreadsheet holds 32 767 characters

_WHOLE = re.compile(r"-?\d{1,9}")
_DECIMAL = re.compile(r"-?\d{1,12}(\.\d{1,6})?")
_HIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


def check_standard(value: Value) -> tuple[Issue, ...]:
    """Return what is wrong with the shape of `standard.yaml`."""
    return (*_check(shapes.STANDARD, value), *_format_version(value))


def check_tree(value: Value) -> tuple[Issue, ...]:
    """Return what is wrong with the shape of a tree file."""
    return tuple(_check(shapes.TREE, value))


def check_links(value: Value) -> tuple[Issue, ...]:
    """Return what is wrong with the shape of a mapping file."""
    return (*_check(shapes.LINKS, value), *_format_version(value))


def _format_version(value: Value) -> Iterator[Issue]:
    if isinstance(value, Table) and value.word("format", FORMAT_VERSION) != FORMAT_VERSION:
        yield issue(Fault.FORMAT_VERSION, value.place_of("format"), found=value.word("format"), known=FORMAT_VERSION)


def _check(shape: Shape, value: Value) -> Iterator[Issue]:
    match shape:
        case Word():
            yield from _word(shape, value)
        case Number():
            yield from _number(shape, value)
        case Day():
            yield from _day(value)
        case Bilingual():
            yield from _bilingual(value)
        case ListOf():
            yield from _list(shape, value)
        case Keys():
            yield from _keys(shape, value)
        case Cells():
            yield from _cells(value)
        case Pairs():
            yield from _pairs(value)
        case TreeNode():
            yield from _tree_node(shape, value)
        case _:  # pragma: no cover - the type checker proves that no shape is forgotten
            assert_never(shape)


def _word(shape: Word, value: Value) -> Iterator[Issue]:
    if not isinstance(value, Scalar):
        yield issue(Fault.WANTS_TEXT, value.place)
    elif not value.text.strip():
        yield issue(Fault.EMPTY_TEXT, value.place)
    elif len(value.text) > MAX_TEXT:
        yield issue(Fault.TOO_LONG, value.place, length=len(value.text), limit=MAX_TEXT)
    elif hidden := _HIDDEN.search(value.text):
        yield issue(Fault.BAD_CHARACTER, value.place, character=f"U+{ord(hidden[0]):04X}")
    elif shape.choices and value.text.strip() not in shape.choices:
        yield issue(Fault.NOT_A_CHOICE, value.place, found=value.text, choices=", ".join(shape.choices))
    elif shape.pattern and not re.fullmatch(shape.pattern, value.text.strip()):
        yield issue(Fault.BAD_SPELLING, value.place, found=value.text, example=shape.example)


def _number(shape: Number, value: Value) -> Iterator[Issue]:
    pattern, example = (_DECIMAL, "99.5") if shape.is_decimal else (_WHOLE, "1")
    if not isinstance(value, Scalar):
        yield issue(Fault.WANTS_NUMBER, value.place)
    elif not pattern.fullmatch(value.text.strip()):
        yield issue(Fault.BAD_NUMBER, value.place, found=value.text, example=example)


def _day(value: Value) -> Iterator[Issue]:
    if not isinstance(value, Scalar):
        yield issue(Fault.WANTS_DATE, value.place)
    elif not _is_date(value.text.strip()):
        yield issue(Fault.BAD_DATE, value.place, found=value.text)


def _is_date(word: str) -> bool:
    try:
        return bool(_DATE.fullmatch(word)) and bool(date.fromisoformat(word))
    except ValueError:
        return False


def _bilingual(value: Value) -> Iterator[Issue]:
    """Which languages must be there is a matter of the declared languages, not of the shape."""
    if not isinstance(value, Table):
        yield issue(Fault.WANTS_BILINGUAL, value.place)
        return
    yield from _keys(Keys({}, {"zh": shapes.FREE, "en": shapes.FREE}), value)
    if not value.entries:
        yield issue(Fault.MISSING_KEY, value.place, key="zh")


def _list(shape: ListOf, value: Value) -> Iterator[Issue]:
    if not isinstance(value, Listing):
        yield issue(Fault.WANTS_LIST, value.place)
        return
    if not value.items and not shape.may_be_empty:
        yield issue(Fault.EMPTY_LIST, value.place)
    for item in value.items:
        yield from _check(shape.of, item)


def _keys(shape: Keys, value: Value) -> Iterator[Issue]:
    if not isinstance(value, Table):
        yield issue(Fault.WANTS_TABLE, value.place)
        return
    known = {**shape.required, **shape.optional}
    for key, inner in value.entries.items():
        if key in known:
            yield from _check(known[key], inner)
        else:
            close = get_close_matches(key, known, n=1)
            yield issue(Fault.UNKNOWN_KEY, value.key_places[key], key=key, known=", ".join(close or sorted(known)))
    for key in shape.required:
        if key not in value.entries:
            yield issue(Fault.MISSING_KEY, value.place, key=key)


def _pairs(value: Value) -> Iterator[Issue]:
    if not isinstance(value, Table):
        yield issue(Fault.WANTS_TABLE, value.place)
        return
    for inner in value.entries.values():
        yield from _word(shapes.FREE, inner)


def _cells(value: Value) -> Iterator[Issue]:
    if not isinstance(value, Table):
        yield issue(Fault.WANTS_TABLE, value.place)
        return
    for cell in value.entries.values():
        if not isinstance(cell, Scalar):
            yield from _keys(shapes.CELL, cell)
        elif cell.text.strip() not in shapes.CELL_WORDS:
            yield issue(Fault.NOT_A_CHOICE, cell.place, found=cell.text, choices=", ".join(shapes.CELL_WORDS))


def _tree_node(shape: TreeNode, value: Value) -> Iterator[Issue]:
    if not isinstance(value, Table):
        yield issue(Fault.WANTS_TABLE, value.place)
        return
    is_item = "cells" in value.entries
    has_nodes = "nodes" in value.entries
    if is_item == has_nodes or (is_item and shape.is_root):
        yield issue(Fault.NODES_OR_CELLS, value.place, code=value.word("code", "?"))
    else:
        yield from _keys(shapes.ITEM if is_item else shapes.INNER, value)
