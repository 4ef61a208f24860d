"""What importers hand to `build`: entries of a tree in the order of the source, a scale, and what is not carried."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from maturity_desktop.domain.standard import AnswerSet, Level, RuleProfile
from maturity_desktop.domain.text import Text

MAX_ASSESSED = 20_000
_EXAMPLES = 5
_LONGEST_NAME = 120
_LONGEST_TITLE = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """A criterion to be.

    Attributes:
        level: 1-based position on the scale.
        answer_set: code of the answers to choose from, or "".
    """

    text: Text
    level: int = 1
    note: Text = Text()
    answer_set: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A place of the source's tree.

    Attributes:
        key: unique in the source; `parent` is the key of the entry above, "" for outermost ones.
        codes: the owner's ids, best first; they become the code and aliases.
        points: criteria, when the entry is assessed.
        evidence: titles of what to have ready.
    """

    key: str
    parent: str
    codes: tuple[str, ...]
    name: Text
    is_assessed: bool
    points: tuple[Point, ...] = ()
    scope: Text = Text()
    questions: tuple[Text, ...] = ()
    evidence: tuple[Text, ...] = ()
    weight: Decimal = Decimal(1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Entries that can be assessed alone."""

    code: str
    name: Text
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What is said of the whole model.

    Attributes:
        language: the one every text has; others may be there in part.
        layers: names of the layers, outermost first; missing ones are numbered.
    """

    standard_id: str
    edition_id: str
    released_on: date
    name: Text
    language: str
    levels: tuple[Level, ...]
    profiles: tuple[RuleProfile, ...]
    source_note: Text
    issuing_body: Text = Text()
    base_level: str = ""
    aliases: tuple[str, ...] = ()
    layers: tuple[Text, ...] = ()
    answer_sets: tuple[AnswerSet, ...] = ()
    groups: tuple[Group, ...] = ()
    has_both_languages: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """Something of the source that is not in the edition, or not in the same form: how many, and which.

    Attributes:
        what: key of the sentence that names it (`authoring.left.<what>`).
        examples: the first few of `named`.
        named: all of them that have a name, shortened.
    """

    what: str
    count: int
    examples: tuple[str, ...] = ()
    named: tuple[str, ...] = ()


@dataclass(slots=True)
class Ledger:
    """Keeps account of what is left out while an importer works."""

    _counts: dict[str, int] = field(default_factory=dict)
    _named: dict[str, list[str]] = field(default_factory=dict)

    def leave(self, what: str, examples: Iterable[str] = (), count: int | None = None) -> None:
        """Count things that are not carried; nothing is noted when there are none."""
        named = [" ".join(example.split())[:_LONGEST_NAME] for example in examples]
        number = len(named) if count is None else count
        if number:
            self._counts[what] = self._counts.get(what, 0) + number
            self._named.setdefault(what, []).extend(name for name in named if name)

    def left(self) -> tuple[Left, ...]:
        """Return the account, in the order things were met."""
        return tuple(
            Left(what=what, count=count, examples=tuple(named[:_EXAMPLES]), named=tuple(named))
            for what, count in self._counts.items()
            for named in (self._named[what],)
        )


def letter(place: int) -> str:
    """Return a code for the choice at a place (from 0): a, b, c; never a number, which would read as a credit."""
    return chr(ord("a") + place) if place < 26 else f"z{place}"


def title_of(text: str) -> str:
    """Return what can stand as the name of an entry that has none: the beginning of its text."""
    first = text.strip().partition("\n")[0].strip()
    return first if len(first) <= _LONGEST_TITLE else f"{first[: _LONGEST_TITLE - 1].rstrip()}…"


def single(text: object, language: str) -> Text:
    """Return a text of one language; None is no text."""
    words = "" if text is None else str(text).strip()
    return Text(zh=words) if language == "zh" else Text(en=words)
