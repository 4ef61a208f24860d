"""Scales and rules of imported models: levels from names, groups that contain each other, and the rules we add.

The sentences are in the wording file `imported`, since they become part of a standard in its own language.
"""

from collections.abc import Collection, Iterable, Sequence
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise

from maturity_desktop.domain.ids import LevelCode
from maturity_desktop.domain.standard import AverageOver, Level, Method, RuleProfile
from maturity_desktop.domain.text import Text
from maturity_desktop.packs.foreign.codes import slug
from maturity_desktop.wording import say

_COLOURS = ("#8A94A6", "#46608C", "#17996E", "#B25C00", "#C93BEE")
_HALF = Decimal("0.5")


class Groups(StrEnum):
    """What the implementation groups of a model become."""

    AUTO = "auto"
    LEVELS = "levels"
    SCOPES = "scopes"


def in_language(language: str, key: str, **values: object) -> Text:
    """Return a sentence of `imported` in the language of the model alone, so that no text is half translated."""
    zh = say("zh", f"imported.{key}", **values) if language in ("zh", "both") else ""
    en = say("en", f"imported.{key}", **values) if language in ("en", "both") else ""
    return Text(zh=zh, en=en)


def levels(names: Sequence[Text], codes: Sequence[str], language: str) -> tuple[Level, ...]:
    """Return a scale; one step, "met", for a model without one."""
    if not names:
        return (Level(code=LevelCode("1"), name=in_language(language, "met"), colour=_COLOURS[2]),)
    fit = [slug(code).replace("-", "").replace(".", "")[:12] for code in codes]
    is_distinct = all(fit) and len({code.lower() for code in fit}) == len(fit)
    are_words = is_distinct and not any(code.isdecimal() for code in fit)
    chosen = fit if are_words else [str(number) for number in range(1, len(names) + 1)]
    return tuple(
        Level(
            code=LevelCode(code),
            name=name or in_language(language, "level", number=number),
            colour=_colour(number, len(names)),
        )
        for number, (code, name) in enumerate(zip(chosen, names, strict=True), 1)
    )


def _colour(number: int, count: int) -> str:
    """Spread the colours over the scale, the last one for its top."""
    return _COLOURS[-1] if count == 1 else _COLOURS[(number - 1) * (len(_COLOURS) - 1) // (count - 1)]


def profiles(
    language: str, *, is_cumulative: bool = False, over: AverageOver = AverageOver.ITEM
) -> tuple[RuleProfile, ...]:
    """Return the rules offered: the average of what answers earn, the lowest item, the gate for groups as levels."""
    average = RuleProfile(
        id="average",
        method=Method.AVERAGE,
        name=in_language(language, "average"),
        note=in_language(language, f"average_note_{over}"),
        over=over,
        partial_credit=_HALF,
    )
    minimum = RuleProfile(
        id="minimum",
        method=Method.MINIMUM,
        name=in_language(language, "minimum"),
        note=in_language(language, "minimum_note"),
    )
    gate = RuleProfile(
        id="gate",
        method=Method.CUMULATIVE_GATE,
        name=in_language(language, "gate"),
        note=in_language(language, "gate_note"),
    )
    return (gate, average, minimum) if is_cumulative else (average, minimum)


def source_note(language: str, form: str, provider: str, rights: str) -> Text:
    """Return where the content comes from, and whose it is."""
    claim = " ".join(rights.split())[:2000] or "–"
    return in_language(language, "source", form=form, provider=provider or "–", rights=claim)


def are_cumulative(wish: Groups, names: Sequence[str], members: Iterable[Collection[str]], *, has_scale: bool) -> bool:
    """Whether groups become levels: when wished, or when each group's entries all belong to the next group too.

    Every group must add entries of its own, else a level would ask nothing.
    """
    if wish is Groups.SCOPES or len(names) < 2:
        return False
    if wish is Groups.LEVELS:
        return True
    listed = [set(one) for one in members if one]
    nested = all(higher in one for lower, higher in pairwise(names) for one in listed if lower in one)
    begins = {min((place for place, name in enumerate(names) if name in one), default=-1) for one in listed}
    return nested and begins >= set(range(len(names))) and not has_scale
