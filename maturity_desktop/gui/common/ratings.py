"""How screens tell results: by code and half step, by the word alone, and with the score where answers earn credit."""

from decimal import Decimal

from maturity_desktop.domain.results import Rating
from maturity_desktop.domain.standard import Edition, RuleProfile
from maturity_desktop.domain.text import Language
from maturity_desktop.wording import say


def told(edition: Edition, rating: Rating, language: Language) -> str:
    """Return a result as its standard tells it: ``3-``, or the level's word where the standard rates in words."""
    word = rating.word(edition.levels) if edition.rated_in_words else None
    return word.pick(language) if word is not None else rating.label(edition.levels)


def told_in_full(edition: Edition, rating: Rating, language: Language) -> str:
    """Return a result with its name, such as ``3 Defined``; the word alone where the standard rates in words."""
    if not 1 <= rating.level <= len(edition.levels):
        return ""
    name = edition.levels[rating.level - 1].name.pick(language)
    return told(edition, rating, language) if edition.rated_in_words else f"{rating.label(edition.levels)} {name}"


def target_words(edition: Edition, rating: Rating, language: Language) -> str:
    """Return a target inside a sentence: ``level 3``, or the word."""
    label = told(edition, rating, language)
    return label if edition.rated_in_words else say(language, "common.level", label=label)


def score(edition: Edition, profile: RuleProfile, earned: Decimal, language: Language) -> str:
    """Return what was earned out of what the scale offers, such as ``1.38 of 3``; "" where levels alone count."""
    if not profile.has_credit:
        return ""
    return say(language, "common.score", score=f"{earned:.2f}", top=len(edition.levels))
