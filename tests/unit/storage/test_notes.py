"""What the journal is told about changes."""

import json
from dataclasses import replace

from maturity_desktop.domain.ids import InstitutionId
from maturity_desktop.domain.institution import Institution
from maturity_desktop.domain.text import Text
from maturity_desktop.storage.notes import as_json, of_change

BANK = Institution(id=InstitutionId("i"), name=Text("银行", "Bank"))


def test_an_addition_tells_everything_and_a_deletion_what_was_there() -> None:
    added, deleted = of_change("institution", "i", None, BANK), of_change("institution", "i", BANK, None)
    assert (added.event, added.old, json.loads(added.new)["name"]) == (
        "institution.added",
        "",
        {"zh": "银行", "en": "Bank"},
    )
    assert (deleted.event, deleted.old, deleted.new) == ("institution.deleted", added.new, "")


def test_a_change_tells_only_the_fields_that_differ() -> None:
    note = of_change("institution", "i", BANK, replace(BANK, aliases=("行",)), "更名")
    assert (note.event, note.old, note.new, note.reason) == (
        "institution.changed",
        '{"aliases":[]}',
        '{"aliases":["行"]}',
        "更名",
    )


def test_nothing_is_told_as_an_empty_text() -> None:
    assert (as_json(None), as_json({"b": 1, "a": "中"})) == ("", '{"a":"中","b":1}')
