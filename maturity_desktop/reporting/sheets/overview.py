"""The first sheet: key facts, results per outermost node with a radar, and the spread of ratings."""

from decimal import Decimal
from typing import Any

from openpyxl.chart import RadarChart, Reference
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from maturity_desktop.domain.ids import Digest
from maturity_desktop.reporting import approval, theme
from maturity_desktop.reporting.chapters.overall import self_average
from maturity_desktop.reporting.sheets import cells
from maturity_desktop.reporting.sheets.cells import Value, put, say_all
from maturity_desktop.reporting.sheets.tables import Frame, write_head
from maturity_desktop.reporting.voice import (
    Voice,
    modules_in_scope,
    nodes_in_scope,
    profile_parameters,
    score_words,
    told_in_full,
)

_HEAD_HEIGHT = 28.0  # narrow columns need two lines
_WIDTHS = (24.0, 40.0, 11.0, 12.0, 12.0, 12.0, 4.0, 14.0, 14.0, 14.0, 14.0)


def write(frame: Frame, digest: Digest) -> None:
    """Add the overview."""
    sheet = frame.sheet("overview")
    for place, width in enumerate(_WIDTHS, 1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    top = frame.open(sheet, "overview", 6)
    put(sheet, 1, 1, say_all(frame.voices, "common.title", " · "), font=cells.TITLE, alignment=cells.LEFT_MIDDLE)
    row = _facts(frame, sheet, top, digest)
    first, last = _nodes(frame, sheet, row + 1)
    _radar(frame, sheet, (first, last), top)
    after = _spread(frame, sheet, last + 2)
    _modules(frame, sheet, after + 2)
    frame.finish(sheet, "overview", top, is_one_page=True)


def _facts(frame: Frame, sheet: Worksheet, row: int, digest: Digest) -> int:
    write_head(sheet, row, [say_all(frame.voices, "overview.facts", " / "), "", "", "", "", ""])
    sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=6)
    for key, value in _pairs(frame, digest):
        row += 1
        put(sheet, row, 1, say_all(frame.voices, key), font=cells.QUIET, alignment=cells.LEFT_MIDDLE, border=cells.BOX)
        big = key == "overview.level"
        look: dict[str, Any] = {"font": cells.TITLE} if big else {"font": cells.BOLD}
        if big:
            colour = frame.voices[0].colour(frame.voices[0].snapshot.results.overall.rating)
            look["fill"] = cells.solid(theme.tint(colour, 0.18))
        put(sheet, row, 2, value, alignment=cells.LEFT_MIDDLE, border=cells.BOX, **look)
        sheet.merge_cells(start_row=row, start_column=2, end_row=row, end_column=6)
        label = say_all(frame.voices, key)
        measured = [(label, _WIDTHS[0]), (str(value), sum(_WIDTHS[1:6]))]
        sheet.row_dimensions[row].height = 30 if big else cells.row_height(measured)
    return row


def _pairs(frame: Frame, digest: Digest) -> list[tuple[str, Value]]:
    voice, snapshot = frame.voices[0], frame.voices[0].snapshot
    engagement, overall, lead = snapshot.engagement, snapshot.results.overall, voice.lead

    def both(values: list[str]) -> str:
        return " / ".join(dict.fromkeys(values))

    return [
        ("report.cover.institution", both([each.text(snapshot.institution.name) for each in frame.voices])),
        ("report.cover.system", both([each.text(snapshot.system.name) for each in frame.voices])),
        ("report.cover.standard", both([each.standard_title for each in frame.voices])),
        ("report.cover.edition", snapshot.edition.edition_id),
        ("report.basis.edition_digest", snapshot.edition_digest),
        ("overview.level", both([_level(each) for each in frame.voices])),
        *_score(frame),
        ("report.cover.target", both([each.told(snapshot.results.target) for each in frame.voices])),
        ("report.cover.profile", both([_profile(each) for each in frame.voices])),
        ("overview.progress", f"{overall.progress.answered} / {overall.progress.total}"),
        ("report.cover.dates", both([each.dates(engagement.starts_on, engagement.ends_on) for each in frame.voices])),
        ("report.cover.lead", lead.name if lead else ""),
        ("report.cover.approval", both([approval.in_short(each, frame.approval) for each in frame.voices])),
        ("report.cover.digest", digest),
        ("report.basis.provenance", both([each.text(snapshot.edition.provenance_note) for each in frame.voices])),
    ]


def _score(frame: Frame) -> list[tuple[str, Value]]:
    """Return the score as a fact of its own, where answers earn credit."""
    words = [score_words(voice, voice.snapshot.results.overall.average) for voice in frame.voices]
    return [("overview.score", " / ".join(dict.fromkeys(words)))] if any(words) else []


def _level(voice: Voice) -> str:
    return told_in_full(voice, voice.snapshot.results.overall.rating)


def _profile(voice: Voice) -> str:
    profile = voice.snapshot.results.profile
    return f"{voice.text(profile.name)} ({profile_parameters(voice, profile)})"


def _nodes(frame: Frame, sheet: Worksheet, row: int) -> tuple[int, int]:
    """Write the results per outermost node; return first and last row of the numbers."""
    voice = frame.voices[0]
    keys = ("sub_domain", "items", "rated", "average", "target", "self")
    write_head(sheet, row, [say_all(frame.voices, f"overview.{key}") for key in keys])
    sheet.row_dimensions[row].height = _HEAD_HEIGHT * len(frame.voices)
    nodes = nodes_in_scope(voice.snapshot, voice.snapshot.edition.nodes)
    target = voice.snapshot.results.target.position
    for place, node in enumerate(nodes, row + 1):
        result = voice.snapshot.results.nodes[node.code]
        own = self_average(voice, node)
        name = "\n".join(dict.fromkeys(each.text(node.name) for each in frame.voices))
        count = sum(item.code in voice.snapshot.results.items for item in node.all_items())
        values: tuple[Value, ...] = (name, count, voice.label(result.rating), result.average, target)
        for column, value in enumerate((*values, None if own is None else round(Decimal(own), 2)), 1):
            look = {"number_format": "0.00"} if column >= 4 else {}
            centred = cells.LEFT_MIDDLE if column == 1 else cells.MIDDLE
            put(sheet, place, column, value, border=cells.BOX, alignment=centred, **look)
        sheet.row_dimensions[place].height = cells.row_height([(name, _WIDTHS[0])])
    return row + 1, row + len(nodes)


def _radar(frame: Frame, sheet: Worksheet, rows: tuple[int, int], anchor_row: int) -> None:
    first, last = rows
    if last - first < 2:
        return
    chart: Any = RadarChart()  # Any: the stub allows for missing parts
    chart.type = "marker"
    chart.style = 2
    chart.title = say_all(frame.voices, "overview.chart", " / ")
    chart.add_data(Reference(sheet, min_col=4, max_col=6, min_row=first - 1, max_row=last), titles_from_data=True)
    chart.set_categories(Reference(sheet, min_col=1, min_row=first, max_row=last))
    chart.y_axis.scaling.min = 0
    chart.y_axis.scaling.max = len(frame.voices[0].levels)
    chart.y_axis.majorUnit = 1
    chart.y_axis.number_format = "0"
    chart.x_axis.delete = False
    chart.y_axis.delete = False
    chart.legend.position = "b"
    for series, colour in zip(chart.series, ("1F5F99", "14304F", "A65B00"), strict=True):
        series.graphicalProperties.line.solidFill = colour
        series.graphicalProperties.line.width = 22_000
    chart.series[1].graphicalProperties.line.dashStyle = "dash"
    chart.series[2].graphicalProperties.line.dashStyle = "sysDot"
    chart.width, chart.height = 16.5, 12.5
    sheet.add_chart(chart, f"H{anchor_row}")


def _modules(frame: Frame, sheet: Worksheet, row: int) -> None:
    """Write the result of each module in scope; nothing for a standard without modules."""
    voice = frame.voices[0]
    found = modules_in_scope(voice.snapshot)
    if not found:
        return
    keys = ("module", "result", "target", "items", "points")
    write_head(sheet, row, [say_all(frame.voices, f"report.modules.{key}") for key in keys])
    sheet.row_dimensions[row].height = _HEAD_HEIGHT * len(frame.voices)
    for place, module in enumerate(found, row + 1):
        result = voice.snapshot.results.modules[module.code]
        name = "\n".join(dict.fromkeys(each.text(module.name) for each in frame.voices))
        words = " / ".join(dict.fromkeys(told_in_full(each, result.rating) for each in frame.voices))
        key = "reached" if voice.snapshot.results.target <= result.rating else "missed"
        count = sum(number for _, number in result.distribution)
        points = f"{result.progress.answered} / {result.progress.total}"
        values: tuple[Value, ...] = (name, words, say_all(frame.voices, f"report.modules.{key}"), count, points)
        for column, value in enumerate(values, 1):
            put(
                sheet,
                place,
                column,
                value,
                border=cells.BOX,
                alignment=cells.LEFT_MIDDLE if column < 3 else cells.MIDDLE,
            )
        sheet.row_dimensions[place].height = cells.row_height([(name, _WIDTHS[0])])


def _spread(frame: Frame, sheet: Worksheet, row: int) -> int:
    """Write how many items have each rating; return the last row."""
    voice = frame.voices[0]
    write_head(sheet, row, [say_all(frame.voices, "overview.spread"), say_all(frame.voices, "overview.count")])
    for place, (rating, count) in enumerate(reversed(voice.snapshot.results.overall.distribution), row + 1):
        fill = cells.solid(theme.tint(voice.colour(rating), 0.3))
        put(sheet, place, 1, voice.label(rating), border=cells.BOX, alignment=cells.MIDDLE, fill=fill)
        put(sheet, place, 2, count, border=cells.BOX, alignment=cells.LEFT_MIDDLE)
    return row + len(voice.snapshot.results.overall.distribution)
