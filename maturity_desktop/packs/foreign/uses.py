"""What each column of a plain table is used for, as an author chooses it; a column file is the same choice."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from maturity_desktop.domain.text import Text
from maturity_desktop.packs.foreign.table import Columns

_DIGITS = re.compile(r"\d{1,2}")
_NUMERALS = "一二三四五六七八九"
_BILINGUAL = ("item", "text", "note", "evidence")


class Use(StrEnum):
    """What a column holds. Of a use with a language, each language may have a column of its own."""

    IGNORED = "ignored"
    GROUP = "group"
    CODE = "code"
    ITEM_ZH = "item_zh"
    ITEM_EN = "item_en"
    LEVEL = "level"
    TEXT_ZH = "text_zh"
    TEXT_EN = "text_en"
    NOTE_ZH = "note_zh"
    NOTE_EN = "note_en"
    EVIDENCE_ZH = "evidence_zh"
    EVIDENCE_EN = "evidence_en"
    WEIGHT = "weight"
    LEVEL_COLUMN = "level_column"

    @property
    def may_repeat(self) -> bool:
        """Whether several columns may have this use."""
        return self in (Use.IGNORED, Use.GROUP, Use.LEVEL_COLUMN)


@dataclass(frozen=True, slots=True, kw_only=True)
class TableChoice:
    """How a table is read.

    Attributes:
        language: ``zh`` or ``en``, the language of columns that name none.
        sheet: name of the sheet; "" is the first one.
        header_row: the row with the headings, from 1.
        uses: heading and use, in the order of the columns.
        levels: codes of levels, lowest first; empty: as they are met.
        level_codes: heading and code of columns that hold the criteria of one level, where they are not told apart by
            a number in the heading.
    """

    standard_id: str = ""
    edition_id: str = "1"
    name: Text = Text()
    language: str = "zh"
    sheet: str = ""
    header_row: int = 1
    uses: tuple[tuple[str, Use], ...] = ()
    levels: tuple[str, ...] = ()
    level_codes: tuple[tuple[str, str], ...] = ()
    released_on: date | None = None

    def use_of(self, heading: str) -> Use:
        """Return what a column is used for."""
        return dict(self.uses).get(heading, Use.IGNORED)

    def headings(self, use: Use) -> tuple[str, ...]:
        """Return the columns with a use, in their order."""
        return tuple(heading for heading, one in self.uses if one is use)


def as_columns(choice: TableChoice) -> dict[str, Any]:  # Any: a plain TOML table
    """Return the column file of a choice, as plain values."""
    made: dict[str, Any] = {"id": choice.standard_id, "edition": choice.edition_id, "name": _name(choice)}
    made |= {"language": choice.language, "header_row": choice.header_row}
    if choice.sheet:
        made["sheet"] = choice.sheet
    if choice.released_on is not None:
        made["released_on"] = choice.released_on
    if groups := list(choice.headings(Use.GROUP)):
        made["groups"] = groups
    for use in (Use.CODE, Use.LEVEL, Use.WEIGHT):
        if found := choice.headings(use):
            made[use.value] = found[0]
    made |= dict(_texts(choice))
    if choice.levels:
        made["levels"] = list(choice.levels)
    if per_level := dict(_level_columns(choice)):
        made["level_columns"] = per_level
    return made


def from_columns(columns: Columns) -> TableChoice:
    """Return the choice a column file stands for; what it does not say is as the importer takes it."""
    language = "en" if columns.get("language") == "en" else "zh"
    uses: dict[str, Use] = {str(heading): Use.GROUP for heading in _listed(columns.get("groups"))}
    uses |= {str(columns[use.value]): use for use in (Use.CODE, Use.LEVEL, Use.WEIGHT) if columns.get(use.value)}
    for key in _BILINGUAL:
        given = columns.get(key)
        sides = given if isinstance(given, Mapping) else {language: given} if given else {}
        uses |= {str(heading): Use(f"{key}_{side}") for side, heading in sides.items() if side in ("zh", "en")}
    per_level = columns.get("level_columns")
    codes = {str(heading): str(code) for code, heading in per_level.items()} if isinstance(per_level, Mapping) else {}
    uses |= dict.fromkeys(codes, Use.LEVEL_COLUMN)
    name = columns.get("name", "")
    pair = name if isinstance(name, Mapping) else {language: name}
    row, day = columns.get("header_row", 1), columns.get("released_on")
    return TableChoice(
        standard_id=str(columns.get("id", "")),
        edition_id=str(columns.get("edition", "1")),
        name=Text(zh=str(pair.get("zh", "")), en=str(pair.get("en", ""))),
        language=language,
        sheet=str(columns.get("sheet", "")),
        header_row=row if isinstance(row, int) and row > 0 else 1,
        uses=tuple(uses.items()),
        levels=tuple(map(str, _listed(columns.get("levels")))),
        level_codes=tuple(codes.items()),
        released_on=day if isinstance(day, date) else None,
    )


def as_toml(choice: TableChoice) -> str:
    """Return the column file of a choice, as the command line takes it."""
    return "".join(f"{key} = {_literal(value)}\n" for key, value in as_columns(choice).items())


def _name(choice: TableChoice) -> dict[str, str]:
    sides = {"zh": choice.name.zh, "en": choice.name.en}
    return {side: words for side, words in sides.items() if words} or {choice.language: choice.standard_id}


def _texts(choice: TableChoice) -> Iterator[tuple[str, str | dict[str, str]]]:
    for key in _BILINGUAL:
        sides = {side: found[0] for side in ("zh", "en") if (found := choice.headings(Use(f"{key}_{side}")))}
        if list(sides) == [choice.language]:
            yield key, sides[choice.language]
        elif sides:
            yield key, sides


def _level_columns(choice: TableChoice) -> Iterator[tuple[str, str]]:
    """A column is the level its heading counts; when two would be the same, they are numbered as they stand."""
    headings = choice.headings(Use.LEVEL_COLUMN)
    given = dict(choice.level_codes)
    counted = [given.get(heading) or counted_level(heading) for heading in headings]
    is_plain = all(counted) and len(set(counted)) == len(counted)
    codes = counted if is_plain else [str(number) for number in range(1, len(headings) + 1)]
    pairs = zip(codes, headings, strict=True)
    yield from sorted(pairs, key=lambda pair: int(pair[0])) if all(code.isdecimal() for code in codes) else pairs


def counted_level(heading: str) -> str:
    """Return the number a heading counts, ``3`` for ``三级``; "" when it counts none."""
    found = _DIGITS.search(heading)
    if found:
        return str(int(found[0]))
    return next((str(_NUMERALS.index(one) + 1) for one in heading if one in _NUMERALS), "")


def _listed(value: object) -> list[Any]:  # Any: a plain TOML table
    return value if isinstance(value, list) else []


def _literal(value: object) -> str:
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_literal(str(key))} = {_literal(one)}" for key, one in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_literal, value)) + "]"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007F")
    return str(value)
