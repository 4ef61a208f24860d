"""Turns what the services found into rows and sentences."""

from collections.abc import Iterable
from dataclasses import replace
from itertools import count

from maturity_desktop.domain.ids import NodeCode
from maturity_desktop.domain.self_assessment import Difference, SelfField
from maturity_desktop.domain.standard import Edition
from maturity_desktop.domain.text import Language
from maturity_desktop.gui.self_assessment.state import DifferenceRow, NoteRow
from maturity_desktop.services.evidence_folder import FolderMatch
from maturity_desktop.services.self_assessment_return import ReturnedWorkbook
from maturity_desktop.wording import say, say_issue

Key = tuple[NodeCode, SelfField]


def difference_rows(
    differences: Iterable[Difference], accepted: frozenset[Key], edition: Edition, language: Language
) -> tuple[DifferenceRow, ...]:
    """Return a row per difference, in the order of the pack."""
    nothing = say(language, "self_assessment.said.nothing")
    words = {
        True: say(language, "self_assessment.screen.accepted"),
        False: say(language, "self_assessment.screen.refused"),
    }
    return tuple(
        DifferenceRow(
            number=number,
            item_code=one.item_code,
            field=one.field,
            item=_item(edition, one.item_code, language),
            field_word=say(language, f"self_assessment.field.{one.field.value}"),
            old=one.old or nothing,
            new=one.new or nothing,
            place=one.place,
            is_accepted=one.key in accepted,
            accept_word=words[one.key in accepted],
        )
        for number, one in enumerate(differences)
    )


def without(returned: ReturnedWorkbook, left: tuple[Difference, ...]) -> ReturnedWorkbook:
    """Return what came back with only these differences left."""
    return replace(returned, differences=left)


def _item(edition: Edition, code: NodeCode, language: Language) -> str:
    item = edition.item_by_code.get(code)
    return f"{code} {item.name.pick(language)}" if item else str(code)


def returned_notes(returned: ReturnedWorkbook, edition: Edition, language: Language) -> tuple[NoteRow, ...]:
    """Return the cells that cannot be used, the rows without a known id, and the items that are missing."""

    def word(key: str) -> str:
        return say(language, f"self_assessment.what.{key}")

    numbers = count()
    rows = [
        NoteRow(number=next(numbers), place=fault.place, what=word("cell"), text=say_issue(language, fault))
        for fault in returned.faults
    ]
    rows += [
        NoteRow(number=next(numbers), place=row.place, what=word("unknown_row"), text=row.text)
        for row in returned.unknown_rows
    ]
    rows += [
        NoteRow(number=next(numbers), place=code, what=word("missing_row"), text=_item(edition, code, language))
        for code in returned.missing
    ]
    return tuple(rows)


def folder_notes(match: FolderMatch, language: Language) -> tuple[NoteRow, ...]:
    """Return what is missing, extra, misnamed or of another kind in a returned folder."""

    def word(key: str) -> str:
        return say(language, f"self_assessment.folder.{key}")

    numbers, rows = count(), []
    for item in match.missing:
        request = item.line.request
        what = word("missing_optional" if item.is_optional else "missing")
        kind = say(language, f"self_assessment.kind.{request.kind.value}")
        text = f"{kind}  {request.title.pick(language)}"
        rows.append(NoteRow(number=next(numbers), place=request.code, what=what, text=text))
    groups = (("misnamed", match.misnamed), ("extra", match.extra), ("wrong_kind", match.wrong_kind))
    for key, files in groups:
        for file in files:
            hint = say(language, "self_assessment.folder.suggestion", name=file.suggestion) if file.suggestion else ""
            text = hint or file.request_code
            rows.append(NoteRow(number=next(numbers), place=file.path.as_posix(), what=word(key), text=text))
    return tuple(rows)


def folder_summary(match: FolderMatch, name: str, language: Language) -> str:
    """Return the one sentence about a returned folder."""
    return say(
        language,
        "self_assessment.folder.summary",
        name=name,
        matched=len(match.matched),
        missing=len(match.missing_required),
        optional=len(match.missing) - len(match.missing_required),
        extra=len(match.extra),
        misnamed=len(match.misnamed),
    )
