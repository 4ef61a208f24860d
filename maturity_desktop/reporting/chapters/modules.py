"""The results of modules, each with its word: the unit a tool platform, or a part of a standard, is certified by."""

from typing import Any

from maturity_desktop.domain.results import NodeResult
from maturity_desktop.domain.standard import Module
from maturity_desktop.reporting.grid import Grid, Row
from maturity_desktop.reporting.styles import CELL_BOLD, CELL_CENTRE, full_width, head_row, section, text_cell
from maturity_desktop.reporting.voice import Voice, modules_in_scope, told_in_full

# Any in this file: flowables, which have no common type.


def flow(voice: Voice) -> list[Any]:
    """Return the table of the modules in scope; nothing for a standard without modules."""
    found = modules_in_scope(voice.snapshot)
    if not found:
        return []
    keys = ("module", "result", "target", "items", "points")
    head = head_row(*(voice.say(f"report.modules.{key}") for key in keys), centred=(2, 3, 4))
    rows = [_row(voice, module, voice.snapshot.results.modules[module.code]) for module in found]
    table = Grid(full_width((4.6, 3.2, 1.6, 1.2, 1.4)), rows, head=(head,), pad_y=2.2)
    return section(voice.say("report.modules.title"), table)


def _row(voice: Voice, module: Module, result: NodeResult) -> Row:
    is_reached = voice.snapshot.results.target <= result.rating
    return Row(
        cells=(
            text_cell(voice.text(module.name), CELL_BOLD),
            text_cell(told_in_full(voice, result.rating), CELL_BOLD),
            text_cell(voice.say("report.modules.reached" if is_reached else "report.modules.missed"), CELL_CENTRE),
            text_cell(str(sum(count for _, count in result.distribution)), CELL_CENTRE),
            text_cell(f"{result.progress.answered}/{result.progress.total}", CELL_CENTRE),
        )
    )
