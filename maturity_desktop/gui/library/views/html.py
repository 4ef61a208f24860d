"""A page of the book as rich text: level cells side by side, tables, questions; in the colours of the theme."""

from collections.abc import Iterator
from html import escape

from PySide6.QtGui import QColor

from maturity_desktop.domain.ids import CriterionId
from maturity_desktop.gui.common.palette import Type
from maturity_desktop.gui.common.theme import Theme
from maturity_desktop.gui.library.state.book import Column, Page, Point, Table

_SIDE_BY_SIDE = 5
_TINT = 0.24


def page_html(page: Page, theme: Theme, found: CriterionId | None = None) -> str:
    """Return the rich text of a page; the criterion `found` stands on a ground of its own and is an anchor."""
    return "".join(_Writer(theme, found).page(page))


class _Writer:
    def __init__(self, theme: Theme, found: CriterionId | None) -> None:
        self._theme, self._found = theme, found
        self._palette = theme.palette

    def page(self, page: Page) -> Iterator[str]:
        palette, px = self._palette, self._theme.px
        if page.trail:
            yield self._paragraph(page.trail, Type.CAPTION, palette.text_soft)
        yield f'<p style="font-size:{px(Type.TITLE)}px; font-weight:600; margin:0 0 10px 0">{escape(page.title)}</p>'
        for text in page.paragraphs:
            yield self._paragraph(text, Type.BODY, palette.text_soft)
        for start in range(0, len(page.columns), _SIDE_BY_SIDE):
            yield self._columns(page.columns[start : start + _SIDE_BY_SIDE])
        for table in page.tables:
            yield from self._table(table)
        if page.questions:
            yield self._heading(page.questions_title)
            for number, question in enumerate(page.questions, 1):
                yield self._paragraph(f"{number}. {question}", Type.BODY, palette.text)

    def _paragraph(self, text: str, size: Type, colour: str) -> str:
        return f'<p style="font-size:{self._theme.px(size)}px; color:{colour}; margin:0 0 6px 0">{escape(text)}</p>'

    def _heading(self, text: str) -> str:
        size = self._theme.px(Type.STRONG)
        return f'<p style="font-size:{size}px; font-weight:600; margin:16px 0 6px 0">{escape(text)}</p>'

    def _columns(self, columns: tuple[Column, ...]) -> str:
        width = 100 // max(len(columns), 1)
        line = self._palette.line_strong
        heads = "".join(
            f'<td width="{width}%" bgcolor="{self._tint(column.colour)}"><b>{escape(column.title)}</b></td>'
            for column in columns
        )
        cells = "".join(f'<td width="{width}%" valign="top">{"".join(self._cell(column))}</td>' for column in columns)
        return (
            f'<table width="100%" cellspacing="0" cellpadding="7" border="1" '
            f'style="border-color:{line}; border-style:solid; border-collapse:collapse; margin-top:8px">'
            f"<tr>{heads}</tr><tr>{cells}</tr></table>"
        )

    def _cell(self, column: Column) -> Iterator[str]:
        if column.word:
            yield self._paragraph(column.word, Type.CAPTION, self._palette.text_faint)
        for point in column.points:
            yield from self._point(point)

    def _point(self, point: Point) -> Iterator[str]:
        palette, is_found = self._palette, point.criterion_id == self._found
        ground = f"background-color:{palette.accent_soft};" if is_found else ""
        name = escape(point.criterion_id, quote=True)
        yield f'<p style="margin:0 0 2px 0;{ground}"><a name="{name}"></a>{escape(point.text)}</p>'
        if point.limit:
            yield self._paragraph(point.limit, Type.CAPTION, palette.accent)
        if point.note:
            yield self._paragraph(point.note, Type.CAPTION, palette.text_soft)
        size, faint = self._theme.px(Type.CAPTION) - 2, palette.text_faint
        yield f'<p style="font-size:{size}px; color:{faint}; margin:0 0 12px 0">{name}</p>'

    def _table(self, table: Table) -> Iterator[str]:
        if table.title:
            yield self._heading(table.title)
        line, soft = self._palette.line, self._palette.sunken
        yield (
            f'<table width="100%" cellspacing="0" cellpadding="6" border="1" '
            f'style="border-color:{line}; border-style:solid; border-collapse:collapse">'
        )
        if any(table.head):
            yield f"<tr>{''.join(f'<td bgcolor={soft!r}><b>{escape(word)}</b></td>' for word in table.head)}</tr>"
        for row in table.rows:
            yield f"<tr>{''.join(f'<td>{escape(word)}</td>' for word in row)}</tr>"
        yield "</table>"

    def _tint(self, colour: str) -> str:
        level, ground = self._theme.level(colour), QColor(self._palette.card)
        pairs = ((level.red(), ground.red()), (level.green(), ground.green()), (level.blue(), ground.blue()))
        return QColor(*(round(below + (above - below) * _TINT) for above, below in pairs)).name()
