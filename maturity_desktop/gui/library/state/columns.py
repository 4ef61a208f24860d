"""The columns of a plain table: what is chosen for each, and what would come of it."""

from dataclasses import dataclass

from maturity_desktop.gui.library.state.book import Leaf

IGNORED = "ignored"
USES = (
    IGNORED,
    "group",
    "code",
    "item_zh",
    "item_en",
    "level",
    "text_zh",
    "text_en",
    "note_zh",
    "note_en",
    "evidence_zh",
    "evidence_en",
    "weight",
    "level_column",
)
MAY_REPEAT = (IGNORED, "group", "level_column")


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnRow:
    """One column: its heading, the first cells below it, and its use (one of `USES`)."""

    heading: str
    samples: str
    use: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadChoice:
    """What is said of the table as a whole."""

    sheet: str
    header_row: int
    language: str
    standard_id: str
    edition_id: str
    name_zh: str
    name_en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnsProps:
    """A table that is open, with the present choice."""

    title: str
    sheets: tuple[str, ...]
    head: HeadChoice
    rows: tuple[ColumnRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewProps:
    """What the present choice would make: counts in words and the tree; or why nothing can be made of it."""

    words: str
    is_possible: bool
    contents: tuple[Leaf, ...] = ()
