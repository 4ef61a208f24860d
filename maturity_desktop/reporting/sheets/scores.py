"""The score sheet, laid out as the public self-assessment form: tree, level cells, ratings, gaps, ideas.

Source: self-assessment sheet of the public kit (domain facts 4.4 and products D1).
"""

from collections.abc import Sequence

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from maturity_desktop.domain.ids import NodeCode
from maturity_desktop.domain.standard import CellKind, LevelCell, Node, RatedItem
from maturity_desktop.domain.text import Text
from maturity_desktop.reporting import theme
from maturity_desktop.reporting.sheets import cells
from maturity_desktop.reporting.sheets.cells import put, say_all
from maturity_desktop.reporting.sheets.registers import word_all
from maturity_desktop.reporting.sheets.tables import Frame, set_up_page, write_head
from maturity_desktop.reporting.voice import Voice, answer_words, cell_held, obstacle_words, score_words

_LEVEL_WIDTH = 26.0
_NOTE_WIDTH = 30.0


def write(frame: Frame) -> None:
    """Add the score sheet."""
    voice = frame.voices[0]
    sheet = frame.sheet("scores")
    layers = _layers(voice)
    width = len(layers) + 1 + len(voice.levels) + 4
    top = _header(frame, sheet, frame.open(sheet, "scores", width))
    write_head(sheet, top, _heads(frame, layers))
    _widths(sheet, len(layers), len(voice.levels))
    paths = [(*voice.snapshot.edition.path_to(item.code),) for item in voice.items]
    for place, item in enumerate(voice.items):
        _item_row(frame, sheet, top + 1 + place, item, len(layers))
    _tree_columns(frame, sheet, top + 1, paths, len(layers))
    sheet.freeze_panes = f"{get_column_letter(len(layers) + 2)}{top + 1}"
    frame.finish(sheet, "scores", top)
    set_up_page(frame, sheet)


def _layers(voice: Voice) -> list[Text]:
    """Return the captions of the tree columns: the standard itself, then its layers, item last."""
    edition = voice.snapshot.edition
    depth = 1 + max((len(edition.path_to(item.code)) for item in voice.items), default=1)
    named = list(edition.layers)[-depth:]
    return [edition.root_layer or edition.name, *named, *[Text()] * (depth - len(named))]


def _all(voices: Sequence[Voice], text: Text) -> str:
    return "\n".join(dict.fromkeys(voice.text(text) for voice in voices))


def _header(frame: Frame, sheet: Worksheet, row: int) -> int:
    voice = frame.voices[0]
    target = voice.snapshot.results.target
    pairs = (
        ("scores.project", _all(frame.voices, voice.snapshot.system.name).replace("\n", " / ")),
        ("scores.target", voice.label(target)),
    )
    for key, value in pairs:
        put(sheet, row, 1, say_all(frame.voices, key, " / "), font=cells.BOLD, alignment=cells.LEFT_MIDDLE)
        sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=2)
        put(sheet, row, 3, value, font=cells.BOLD, alignment=cells.LEFT_MIDDLE)
        sheet.merge_cells(start_row=row, start_column=3, end_row=row, end_column=8)
        sheet.row_dimensions[row].height = 19
        row += 1
    return row + 1


def _heads(frame: Frame, layers: Sequence[Text]) -> list[str]:
    voice = frame.voices[0]
    heads = [_all(frame.voices, layer) for layer in layers]
    heads.append(say_all(frame.voices, "scores.code"))
    for level in voice.levels:
        words = [say_all((each,), "scores.level", code=level.code, name=each.text(level.name)) for each in frame.voices]
        heads.append("\n".join(words))
    target = voice.label(voice.snapshot.results.target)
    heads += [
        say_all(frame.voices, "scores.self"),
        say_all(frame.voices, "scores.rated"),
        say_all(frame.voices, "scores.gap", target=target),
        say_all(frame.voices, "scores.ideas"),
    ]
    return heads


def _widths(sheet: Worksheet, layers: int, levels: int) -> None:
    widths = [9.0, *[13.0] * (layers - 1), 13.0, *[_LEVEL_WIDTH] * levels, 9.0, 11.0, _NOTE_WIDTH, _NOTE_WIDTH]
    for place, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(place)].width = width


def _item_row(frame: Frame, sheet: Worksheet, row: int, item: RatedItem, layers: int) -> None:
    voice = frame.voices[0]
    put(
        sheet,
        row,
        layers,
        _all(frame.voices, item.name),
        font=cells.BOLD,
        alignment=cells.LEFT_MIDDLE,
        border=cells.BOX,
    )
    put(sheet, row, layers + 1, item.code, font=cells.QUIET, alignment=cells.LEFT_MIDDLE, border=cells.BOX)
    column, measured = layers + 2, []
    for level, cell in zip(voice.levels, item.cells, strict=True):
        text, shade = _level_text(frame.voices, cell), _shade(voice, cell)
        fill = {"fill": cells.solid(theme.tint(level.colour, shade))} if shade else {}
        put(sheet, row, column, text, border=cells.BOX, **fill)
        measured.append((text, _LEVEL_WIDTH))
        column += 1
    own = voice.snapshot.self_ratings.get(item.code)
    ratings = (voice.label(own.rating) if own else "", _rated(frame, item.code))
    for place, text in enumerate(ratings, column):
        put(sheet, row, place, text, font=cells.BOLD, alignment=cells.MIDDLE, border=cells.BOX)
    gap, ideas = _gap(frame.voices, item), _ideas(frame, item)
    put(sheet, row, column + 2, gap, border=cells.BOX)
    put(sheet, row, column + 3, ideas, border=cells.BOX)
    sheet.row_dimensions[row].height = cells.row_height([*measured, (gap, _NOTE_WIDTH), (ideas, _NOTE_WIDTH)])


def _level_text(voices: Sequence[Voice], cell: LevelCell) -> str:
    if cell.kind is CellKind.EMPTY:
        return say_all(voices, "scores.empty", " / ")
    if cell.kind is CellKind.SAME:
        return say_all(voices, "scores.same", " / ")
    lines = []
    for place, criterion in enumerate(cell.criteria, 1):
        answer = " / ".join(dict.fromkeys(answer_words(voice, criterion.id) for voice in voices))
        lines.append(f"{place}. [{answer}] {_all(voices, criterion.text)}")
    return "\n".join(lines)


def _shade(voice: Voice, cell: LevelCell) -> float:
    met, asked, _ = cell_held(voice, cell)
    if not asked or not met:
        return 0
    return 0.3 if met == asked else 0.1


def _rated(frame: Frame, code: NodeCode) -> str:
    voice = frame.voices[0]
    rating = voice.snapshot.results.items[code]
    if rating.override is None:
        earned = score_words(voice, rating.score)
        return "\n".join(part for part in (voice.label(rating.effective), earned) if part)
    chosen, computed = voice.label(rating.override), voice.label(rating.computed)
    return say_all(frame.voices[:1], "scores.override", chosen=chosen, computed=computed)


def _gap(voices: Sequence[Voice], item: RatedItem) -> str:
    voice = voices[0]
    by_id = voice.snapshot.edition.criterion_by_id
    lines = []
    for blocker in voice.snapshot.results.items[item.code].target_blockers:
        obstacle = obstacle_words(voice, blocker)
        lines.append(f"{blocker.criterion_id} ({obstacle}) {_all(voices, by_id[blocker.criterion_id].text)}")
    return "\n".join(lines)


def _ideas(frame: Frame, item: RatedItem) -> str:
    voice = frame.voices[0]
    found = {
        each.id: each
        for id_ in (criterion.id for criterion in item.criteria)
        for each in voice.observations_of.get(id_, ())
    }
    lines = [
        f"[{word_all(frame.voices[:1], 'observation_grade', each.grade.value)}] {each.text}"
        + (f" → {each.recommendation}" if each.recommendation else "")
        for each in found.values()
    ]
    own = voice.snapshot.self_ratings.get(item.code)
    if own and own.remark:
        lines.append(own.remark)
    return "\n".join(lines)


def _tree_columns(frame: Frame, sheet: Worksheet, top: int, paths: Sequence[tuple[Node, ...]], layers: int) -> None:
    """Write root and inner nodes, merged over the rows of their items."""
    if not paths:
        return
    edition = frame.voices[0].snapshot.edition
    _merged(frame, sheet, (1, top, top + len(paths) - 1), edition.name)
    for depth in range(layers - 2):
        start = 0
        for place in range(1, len(paths) + 1):
            if place == len(paths) or paths[place][: depth + 1] != paths[start][: depth + 1]:
                name = paths[start][depth].name if depth < len(paths[start]) else Text()
                _merged(frame, sheet, (depth + 2, top + start, top + place - 1), name)
                start = place


def _merged(frame: Frame, sheet: Worksheet, area: tuple[int, int, int], name: Text) -> None:
    column, first, last = area
    for row in range(first, last + 1):
        sheet.cell(row, column).border = cells.BOX
    look = {"font": cells.BOLD, "alignment": cells.MIDDLE, "fill": cells.solid(theme.WASH), "border": cells.BOX}
    put(sheet, first, column, _all(frame.voices, name), **look)
    if last > first:
        sheet.merge_cells(start_row=first, start_column=column, end_row=last, end_column=column)
