"""A forecast of a move in words, as the dialog shows it."""

from collections.abc import Iterator

from maturity_desktop.domain.standard import Edition
from maturity_desktop.gui.common.differences.state import DifferenceRow, DifferencesProps, Side
from maturity_desktop.gui.common.fact_strip import Fact
from maturity_desktop.gui.common.language import Speech
from maturity_desktop.gui.engagements.moving_state import MoveProps
from maturity_desktop.services import edition_words
from maturity_desktop.services.edition_changes import CriterionChange, CriterionFate
from maturity_desktop.services.edition_transfer import Transfer

_LEFT = ("overrides_to_confirm", "overrides_left", "self_ratings_left")


def move_props(carried: Transfer, speech: Speech) -> MoveProps:
    """Return what the dialog shows of a forecast."""
    found, say = carried.difference, speech.say
    counts = {fate.value: found.count(fate) for fate in CriterionFate}
    rows = tuple(_row(place, carried, change, speech) for place, change in enumerate(found.changes))
    return MoveProps(
        facts=tuple(
            Fact(caption=say(f"editions.fact.{key}"), value=str(number))
            for key, number in edition_words.counts(carried).items()
        ),
        differences=DifferencesProps(
            rows=rows,
            note=say("editions.move.difference", unchanged=found.unchanged, **counts),
            before=_title(found.old),
            after=_title(found.new),
        ),
        note=" ".join(_notes(carried, speech)),
    )


def _title(edition: Edition) -> str:
    return f"{edition.standard_id} {edition.edition_id}"


def _notes(carried: Transfer, speech: Speech) -> Iterator[str]:
    for key in _LEFT:
        codes = getattr(carried, key)
        if codes:
            yield speech.say(
                f"editions.move.{key}", count=len(codes), codes=speech.say("importing.separator").join(codes)
            )
    if carried.profile_changed:
        yield speech.say("editions.said.profile_changed")


def _row(place: int, carried: Transfer, change: CriterionChange, speech: Speech) -> DifferenceRow:
    say, found = speech.say, carried.difference
    fate = carried.fate_of(change)
    sides = tuple(
        Side(field=edition_words.field(side, speech.language), old=side.old, new=side.new)
        for side in edition_words.sides(found, change, speech.language)
    )
    standing = change.new or change.old
    edition = found.new if change.new is not None else found.old
    item = (
        "" if standing is None else f"{standing.item_code} {speech.pick(edition.item_by_code[standing.item_code].name)}"
    )
    return DifferenceRow(
        order=place,
        kind=change.fate.value,
        kind_word=say(f"importing.kind.{change.fate.value}"),
        what=fate.value,
        what_word=say(f"editions.answer.{fate.value}"),
        id=change.criterion_id,
        place=item,
        fields=say("library.separator").join(say(f"editions.part.{part}") for part in change.parts),
        text="" if standing is None else speech.pick(standing.criterion.text),
        sides=sides,
    )
