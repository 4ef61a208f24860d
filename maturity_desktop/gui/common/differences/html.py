"""One difference as rich text: each field before and after, the words that differ marked by ground and line."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from html import escape

from maturity_desktop.gui.common.differences.state import DifferenceRow
from maturity_desktop.gui.common.palette import Palette, Type
from maturity_desktop.gui.common.theme import Theme

_TOKENS = re.compile(r"[A-Za-z0-9]+|\s+|.", re.DOTALL)
_COMPARED = 3_000
_NAMES_PCT = 14


def difference_html(row: DifferenceRow, before: str, after: str, theme: Theme) -> str:
    """Return the page of a difference, with the names of the two editions above their columns."""
    palette = theme.palette
    size = theme.px(Type.BODY)
    heads = "".join(_cell(escape(word), palette, is_head=True) for word in ("", before, after))
    lines = "".join(_line(row.kind, side.field, side.old, side.new, palette) for side in row.sides)
    caption = " · ".join(part for part in (row.kind_word, row.what_word, row.id, row.place) if part)
    return (
        f'<p style="font-size:{theme.px(Type.STRONG)}px; font-weight:600; margin:0">{escape(caption)}</p>'
        f'<table width="100%" cellspacing="0" cellpadding="6" border="1" style="font-size:{size}px; '
        f"border-color:{palette.line}; border-style:solid; border-collapse:collapse; "
        f'margin-top:8px"><tr>{heads}</tr>{lines}</table>'
    )


def _line(kind: str, field: str, old: str, new: str, palette: Palette) -> str:
    was, now = (escape(old), escape(new)) if kind != "changed" else marked(old, new, palette)
    cells = (_cell(escape(field), palette, is_name=True), _cell(was, palette), _cell(now, palette))
    return f"<tr>{''.join(cells)}</tr>"


def _cell(words: str, palette: Palette, *, is_head: bool = False, is_name: bool = False) -> str:
    shown = words.replace("\n", "<br>") or ("" if is_head else f'<span style="color:{palette.text_faint}">–</span>')
    if is_head:
        return f'<td bgcolor="{palette.sunken}"><b>{shown}</b></td>'
    if is_name:
        return f'<td width="{_NAMES_PCT}%" valign="top"><span style="color:{palette.text_soft}">{shown}</span></td>'
    return f'<td width="{(100 - _NAMES_PCT) // 2}%" valign="top">{shown}</td>'


def marked(old: str, new: str, palette: Palette) -> tuple[str, str]:
    """Return both texts with what is only in one of them struck out or underlined."""
    was, now = _TOKENS.findall(old), _TOKENS.findall(new)
    if max(len(was), len(now)) > _COMPARED:
        return escape(old), escape(new)
    steps = SequenceMatcher(a=was, b=now, autojunk=False).get_opcodes()
    left = "".join(_span(was[a:b], kind, palette.bad_soft, "line-through") for kind, a, b, _, _ in steps)
    right = "".join(_span(now[a:b], kind, palette.good_soft, "underline") for kind, _, _, a, b in steps)
    return left, right


def _span(tokens: list[str], kind: str, ground: str, line: str) -> str:
    return "".join(_spanned(tokens, kind, ground, line))


def _spanned(tokens: list[str], kind: str, ground: str, line: str) -> Iterator[str]:
    words = escape("".join(tokens))
    if not words:
        return
    if kind == "equal":
        yield words
    else:
        yield f'<span style="background-color:{ground}; text-decoration:{line}">{words}</span>'
