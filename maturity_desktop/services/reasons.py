"""Sentences that explain a level, made of the facts `scoring.explain` gives. Used by screens and reports alike."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from maturity_desktop.domain.ids import NodeCode
from maturity_desktop.domain.results import ItemState, Rating
from maturity_desktop.domain.standard import Edition, HalfStep, Method
from maturity_desktop.domain.text import Language
from maturity_desktop.scoring import Explanation
from maturity_desktop.wording import say

SHOWN_AT_MOST = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class _Telling:
    """Facts, and the language they are told in."""

    facts: Explanation
    edition: Edition
    language: Language

    def say(self, key: str, **values: object) -> str:
        return say(self.language, key, **values)

    def label(self, rating: Rating) -> str:
        return rating.label(self.edition.levels)

    @property
    def next_words(self) -> str:
        """The next level inside a sentence: its word, or ``level 3``."""
        following = Rating(self.facts.next_level)
        key = "explain.level.word" if self.edition.rated_in_words else "explain.level.code"
        return self.say(key, label=self.told(following))

    def told(self, rating: Rating) -> str:
        """Return a rating by its word where the standard rates in words, else by its code."""
        word = rating.word(self.edition.levels) if self.edition.rated_in_words else None
        return word.pick(self.language) if word is not None else self.label(rating)

    def names(self, codes: Sequence[NodeCode]) -> str:
        items = self.edition.item_by_code
        return self.listed([f"{code} {items[code].name.pick(self.language)}" for code in codes])

    def listed(self, words: Sequence[str]) -> str:
        joined = ("、" if self.language == "zh" else ", ").join(words[:SHOWN_AT_MOST])
        rest = len(words) - SHOWN_AT_MOST
        return joined if rest <= 0 else self.say("explain.list.more", shown=joined, rest=rest)


def sentences(facts: Explanation, edition: Edition, language: Language) -> tuple[str, ...]:
    """Return the level, the rule, the spread of the items, and what the next level wants, one sentence each."""
    telling = _Telling(facts=facts, edition=edition, language=language)
    return (*_head(telling), *_rule(telling), *_spread(telling), *_next(telling))


def _head(telling: _Telling) -> Iterator[str]:
    facts = telling.facts
    label = telling.label(facts.rating)
    if not 1 <= facts.rating.level <= len(telling.edition.levels):
        yield telling.say("explain.head.none", place=_place(telling))
    else:
        name = telling.edition.levels[facts.rating.level - 1].name.pick(telling.language)
        key = "explain.head.reached_word" if telling.edition.rated_in_words else "explain.head.reached"
        yield telling.say(key, place=_place(telling), level=label, name=name)
    if facts.rating.half is HalfStep.MINUS:
        yield telling.say("explain.head.half", level=label)
    if facts.rating.half is HalfStep.PLUS:
        yield telling.say("explain.head.plus", level=label)
    if facts.state is not ItemState.SETTLED:
        yield telling.say("explain.head.open")


def _place(telling: _Telling) -> str:
    code = telling.facts.code
    if not code:
        return telling.say("explain.head.whole")
    names = {one.code: one.name for one in telling.edition.modules}
    found = telling.edition.item_by_code.get(code) or telling.edition.node_by_code.get(code)
    name = names[code] if found is None else found.name
    return f"{code} {name.pick(telling.language)}"


def _rule(telling: _Telling) -> Iterator[str]:
    facts = telling.facts
    if facts.code in telling.edition.item_by_code:
        return
    if facts.items == 1 and facts.profile.method is not Method.CUMULATIVE_GATE:
        yield telling.say("explain.rule.single")
        return
    is_in_full = facts.profile.method is Method.AVERAGE and not telling.edition.half_steps
    yield telling.say(
        f"explain.rule.{facts.profile.method}{'_full' if is_in_full else ''}",
        rule=facts.profile.name.pick(telling.language),
        items=facts.items,
        wanted=facts.wanted_at_next,
        share=facts.profile.share_pct.normalize().to_eng_string(),
        floor=facts.profile.floor_steps,
        average=facts.average,
    )


def _spread(telling: _Telling) -> Iterator[str]:
    facts = telling.facts
    if facts.next_level and facts.items > 1:
        yield telling.say("explain.spread.at_next", items=facts.items, at_next=facts.at_next, next=telling.next_words)
    lowest = telling.told(facts.lowest_rating)
    if len(facts.lowest) == facts.items and facts.items > 1:
        yield telling.say("explain.spread.all_equal", items=facts.items, level=lowest)
    elif facts.items > 1:
        names = telling.names(facts.lowest)
        yield telling.say("explain.spread.lowest", level=lowest, count=len(facts.lowest), names=names)
    if facts.overridden:
        yield telling.say(
            "explain.spread.overridden", count=len(facts.overridden), names=telling.names(facts.overridden)
        )


def _next(telling: _Telling) -> Iterator[str]:
    facts = telling.facts
    if not facts.next_level:
        yield telling.say("explain.next.top")
        return
    points = telling.listed([str(blocker.criterion_id) for blocker in facts.blockers])
    if facts.blockers:
        yield telling.say(
            _wanting_key(facts),
            next=telling.next_words,
            mean=facts.next_level,
            count=len(facts.blockers),
            blocking=len(facts.blocking),
            missing=facts.wanted_at_next - facts.at_next,
            points=points,
        )
    with_points = {blocker.item_code for blocker in facts.blockers}
    fixed = [code for code in facts.blocking if code in facts.overridden and code not in with_points]
    if fixed:
        yield telling.say("explain.next.fixed", count=len(fixed), next=telling.next_words, names=telling.names(fixed))


def _wanting_key(facts: Explanation) -> str:
    if facts.items == 1:
        return "explain.next.all_needed"
    if facts.profile.method is Method.AVERAGE:
        return "explain.next.average_needed"
    if facts.profile.method is Method.SHARE_WITH_FLOOR:
        return "explain.next.share_needed" if facts.at_next < facts.wanted_at_next else "explain.next.floor_needed"
    return "explain.next.all_needed"
