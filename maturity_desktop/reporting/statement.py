"""What a certificate states, as centred lines: names shrink first and wrap then, so that every length fits."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from maturity_desktop.domain.certificate import Certificate
from maturity_desktop.domain.text import Language, Text
from maturity_desktop.reporting import theme
from maturity_desktop.reporting.fonts import Face
from maturity_desktop.reporting.linebreak import Span, break_lines, text_width
from maturity_desktop.wording import say

_SMALLEST_SHARE = 0.68


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementLine:
    """One centred line; size and gap (the room above it) in points."""

    words: str
    size: float
    face: Face = "kai"
    colour: str = theme.INK
    gap: float = 0


def lines_of(certificate: Certificate, languages: Sequence[Language], width: float) -> list[StatementLine]:
    """Return the lines from "this is to certify" to what the institution was assessed against."""

    def standing(language: Language) -> dict[str, str]:
        return {
            "standard": certificate.standard.pick(language),
            "scope": certificate.scope.pick(language),
            "edition": certificate.edition,
        }

    certify = " · ".join(say(language, "report_certificate.certify") for language in languages)
    system = _sentence("system", lambda language: {"system": certificate.system.pick(language)})
    fitting = _Fitting(languages=tuple(languages), width=width)
    return [
        StatementLine(words=certify, size=11, colour=theme.MUTED),
        *fitting.lines(certificate.institution, (24, 12), face="serif"),
        *fitting.lines(system, (14.5, 10.5)),
        *fitting.lines(_sentence("assessed", standing), (11.5, 10)),
    ]


def level_words(certificate: Certificate, language: Language) -> str:
    """Say the level; a half step names the level that is reached in full, a scale of words its word alone."""
    name = certificate.level_name.pick(language)
    if certificate.is_in_words:
        return name
    words = say(language, "report_certificate.level", label=certificate.level_label)
    if certificate.level_label.endswith("-"):
        return say(language, "report_certificate.half", level=words, name=name)
    return f"{words}  {name}"


def _sentence(key: str, values: Callable[[Language], dict[str, str]]) -> Text:
    zh, en = (say(language, f"report_certificate.{key}", **values(language)) for language in ("zh", "en"))
    return Text(zh, en)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Fitting:
    """The languages to print, the leading one first, and the room they have."""

    languages: tuple[Language, ...]
    width: float

    def lines(self, text: Text, sizes: tuple[float, float], *, face: Face = "kai") -> list[StatementLine]:
        """Return a text in every language; `sizes` are those of the leading and of the other language."""
        lines: list[StatementLine] = []
        for place, words in enumerate(dict.fromkeys(text.pick(language) for language in self.languages)):
            own_face: Face = face if place == 0 else "kai"
            size = self._size(words, own_face, sizes[min(place, 1)])
            for number, line in enumerate(break_lines([Span(words, own_face, size)], self.width)):
                gap = 2 if number else (4 if place else 9)
                lines.append(StatementLine(words=line.text.rstrip(), size=size, face=own_face, gap=gap))
        return lines

    def _size(self, words: str, face: Face, size: float) -> float:
        smallest = size * _SMALLEST_SHARE
        while size > smallest and text_width(words, face, size) > self.width:
            size -= 0.5
        return size
