"""What the columns of a plain table are likely to hold, judged by their headings in both languages and their cells."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from maturity_desktop.domain.text import Text
from maturity_desktop.packs.foreign.codes import slug
from maturity_desktop.packs.foreign.uses import TableChoice, Use
from maturity_desktop.packs.grids import Grid

SAMPLES = 5
_LOOKED_AT = 10
_TEXT_LENGTH = 8

_ENGLISH = re.compile(r"英文|英语|english|(?:^|[^a-z])en(?:[^a-z]|$)", re.IGNORECASE)
_CHINESE = re.compile(r"中文|汉语|chinese|(?:^|[^a-z])(?:zh|cn)(?:[^a-z]|$)", re.IGNORECASE)
_HAN = re.compile(r"[\u4e00-\u9fff]")
_RULES = tuple(
    (re.compile(pattern, re.IGNORECASE), use)
    for pattern, use in (
        (r"^第?\s*[一二三四五六七八九1-9]\s*级|^级别\s*[1-9一二三四五]|^(?:level|l|ml)\s*[1-9]\b", "level_column"),
        (r"权重|\bweight", "weight"),
        (r"证据|证明|佐证|材料|\bevidence|\bproof|\bartefact|\bartifact|\bdocuments?\b", "evidence"),
        (r"编号|编码|代码|条款号|\bcode\b|\bref(?:_id|erence)?\b|\bid\b", "code"),
        (r"说明|指引|指南|解释|提示|\bguidance|\bnotes?\b|\bexplanation|\bhints?\b", "note"),
        (r"要求|内容|描述|条款|\brequirement|\bcriteri|\btext\b|\bdescription|\bstatement|\bquestion", "text"),
        (r"级别|等级|成熟度|\blevel|\bmaturity|\bgrade\b", "level"),
        (r"能力项|领域|能力域|类别|分类|大类|维度|模块|章|过程域|一级|二级|三级", "group"),
        (r"\bdomain|\bcategory|\barea\b|\bfunction|\bpractice|\bsection|\bchapter|\bgroup\b|\bfamily", "group"),
        (r"检查项|评估项|评价项|条目|控制点|能力点|子项|指标|名称|标题|项目", "item"),
        (r"\bitem|\bcontrol|\btitle|\bname\b|\bsubject|\bcheck\b", "item"),
    )
)
_WEAK_CODE = re.compile(r"序号|^no\.?$|^#$|\bnumber\b", re.IGNORECASE)
_TWO_SIDED = ("item", "text", "note", "evidence")


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetLook:
    """A sheet as an author recognises it: `headings` of row `header_row`, and the first filled cells below each."""

    name: str
    header_row: int
    rows: int
    headings: tuple[str, ...]
    samples: tuple[tuple[str, ...], ...]


def look_at(grid: Grid, header_row: int = 0) -> SheetLook:
    """Return the columns of a sheet; the row of the headings is found when it is not said. Unnamed columns are left."""
    row = header_row if 0 < header_row <= len(grid.rows) else _header_row(grid)
    words = [" ".join(word.split()) for word in grid.rows[row - 1]] if grid.rows else []
    places = {word: place for place, word in enumerate(words) if word}
    below = grid.rows[row:]
    samples = tuple(_samples(below, place) for place in places.values())
    filled = sum(any(one) for one in below)
    return SheetLook(name=grid.name, header_row=row, rows=filled, headings=tuple(places), samples=samples)


def guess(file_name: str, look: SheetLook) -> TableChoice:
    """Return the likely use of every column, and a name of the standard made of the name of the file."""
    is_chinese = any(map(_HAN.search, (*look.headings, *(word for cells in look.samples for word in cells))))
    language = "zh" if is_chinese else "en"
    stem = " ".join(PurePath(file_name).stem.replace("_", " ").split())
    return TableChoice(
        standard_id=slug(stem).lower()[:40].strip("-.") or "my-standard",
        name=Text(zh=stem) if language == "zh" else Text(en=stem),
        language=language,
        sheet=look.name,
        header_row=look.header_row,
        uses=_uses(look, language),
    )


def _samples(rows: Sequence[tuple[str, ...]], place: int) -> tuple[str, ...]:
    found = (" ".join(row[place].split()) for row in rows if place < len(row) and row[place].strip())
    return tuple(word for word, _ in zip(found, range(SAMPLES), strict=False))


def _header_row(grid: Grid) -> int:
    """The row among the first ones whose cells read most like headings."""
    points = [(_likeness(row), -number) for number, row in enumerate(grid.rows[:_LOOKED_AT], 1)]
    return -max(points, default=((0, 0), -1))[1]


def _likeness(row: tuple[str, ...]) -> tuple[int, int]:
    words = {" ".join(word.split()) for word in row if word.strip()}
    known = sum(_role(word) is not None for word in words if len(word) <= 24)
    return known, min(len(words), 2)


def _uses(look: SheetLook, language: str) -> tuple[tuple[str, Use], ...]:
    uses: dict[str, Use] = {}
    for heading in look.headings:
        use = _use(heading, language)
        uses[heading] = use if use.may_repeat or use not in uses.values() else Use.IGNORED
    for heading in look.headings:
        if _WEAK_CODE.search(heading) and uses[heading] is Use.IGNORED and Use.CODE not in uses.values():
            uses[heading] = Use.CODE
    _find_text(look, language, uses)
    _find_item(language, uses)
    return tuple(uses.items())


def _use(heading: str, language: str) -> Use:
    role = _role(heading)
    if role is None:
        return Use.IGNORED
    if role not in _TWO_SIDED:
        return Use(role)
    side = "en" if _ENGLISH.search(heading) else "zh" if _CHINESE.search(heading) else language
    return Use(f"{role}_{side}")


def _role(heading: str) -> str | None:
    return next((use for pattern, use in _RULES if pattern.search(heading)), None)


def _find_text(look: SheetLook, language: str, uses: dict[str, Use]) -> None:
    """Without a column of criteria the longest cells are taken for them."""
    if any(use in (Use.TEXT_ZH, Use.TEXT_EN, Use.LEVEL_COLUMN) for use in uses.values()):
        return
    lengths = dict(_lengths(look))
    free = [heading for heading, use in uses.items() if use is Use.IGNORED and lengths[heading] >= _TEXT_LENGTH]
    if free:
        uses[max(free, key=lambda heading: lengths[heading])] = Use(f"text_{language}")


def _lengths(look: SheetLook) -> Iterator[tuple[str, int]]:
    for heading, cells in zip(look.headings, look.samples, strict=True):
        yield heading, sum(map(len, cells)) // max(len(cells), 1)


def _find_item(language: str, uses: dict[str, Use]) -> None:
    """Without a name or code of what is rated, the innermost group is what is rated."""
    groups = [heading for heading, use in uses.items() if use is Use.GROUP]
    if groups and not {Use.ITEM_ZH, Use.ITEM_EN, Use.CODE} & set(uses.values()):
        uses[groups[-1]] = Use(f"item_{language}")
