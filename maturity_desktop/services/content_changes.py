"""What differs between two contents (canonical JSON of `reporting.digest.content_of`), field by field.

Only what people enter is compared; computed parts follow from it and are named as one when nothing else differs.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from maturity_desktop.domain.signoff import ChangedField
from maturity_desktop.domain.text import Language
from maturity_desktop.storage.notes import as_json
from maturity_desktop.wording import area, say

# Any in this file: plain JSON values.

_ONE_THING = ("institution", "system", "engagement", "assessment")
_BY_KEY = ("answers", "overrides", "self_ratings")
_RECORDS = {"evidence": "title", "observations": "text", "claims": "metric", "interviews": "held_on"}
_COMPUTED = ("results", "path_to_target", "coverage")
_BOOKKEEPING = frozenset({"revision", "by", "at", "added_by", "added_at"})
_LONGEST_SUBJECT = 40
_KEYS = {"zh": "name_zh", "en": "name_en"}  # a table of sentences cannot hold entries named after languages


def changed_fields(approved: Mapping[str, Any], present: Mapping[str, Any]) -> tuple[ChangedField, ...]:
    """Return every field that differs, in the order of the report; none means that the contents are equal."""
    if approved == present:
        return ()
    found = tuple(_entered(approved, present))
    if found:
        return found
    return tuple(
        ChangedField(area=name, subject="", field="", old="", new="")
        for name in _COMPUTED
        if approved.get(name) != present.get(name)
    )


def in_words(change: ChangedField, language: Language) -> str:
    """Return where a change is, such as "Answers › CM-VC-BM-3.1 › rationale"."""
    known = area("signoff")
    last = change.field.rsplit(".", 1)[-1]
    field_key = f"field.{_KEYS.get(last, last)}"
    field = say(language, f"signoff.{field_key}") if field_key in known else change.field
    parts = (say(language, f"signoff.area.{change.area}"), change.subject, field)
    return say(language, "signoff.path_mark").join(part for part in parts if part)


def _entered(approved: Mapping[str, Any], present: Mapping[str, Any]) -> Iterator[ChangedField]:
    if approved.get("edition_digest") != present.get("edition_digest"):
        old, new = _shown(approved.get("edition_digest")), _shown(present.get("edition_digest"))
        yield ChangedField(area="edition", subject="", field="", old=old, new=new)
    for name in _ONE_THING:
        yield from _in_thing(name, "", approved[name], present[name])
    for name in _BY_KEY:
        yield from _in_things(name, approved[name], present[name], {})
    for name, title in _RECORDS.items():
        before, after = ({each["id"]: each for each in content[name]} for content in (approved, present))
        titles = {key: str(each.get(title) or "")[:_LONGEST_SUBJECT] for key, each in (before | after).items()}
        yield from _in_things(name, before, after, titles)


def _in_things(
    name: str, before: Mapping[str, Any], after: Mapping[str, Any], titles: Mapping[str, str]
) -> Iterator[ChangedField]:
    for key in dict.fromkeys((*before, *after)):
        subject = titles.get(key) or key
        if key in before and key in after:
            yield from _in_thing(name, subject, before[key], after[key])
        else:
            old, new = _shown(before.get(key)), _shown(after.get(key))
            yield ChangedField(area=name, subject=subject, field="", old=old, new=new)


def _in_thing(name: str, subject: str, before: Any, after: Any) -> Iterator[ChangedField]:
    """Yield the fields that differ; who and when only where nothing else does."""
    fields = tuple(_differing("", before, after))
    telling = tuple(each for each in fields if each[0].rsplit(".", 1)[-1] not in _BOOKKEEPING)
    for field, old, new in telling or fields:
        yield ChangedField(area=name, subject=subject, field=field, old=old, new=new)


def _differing(path: str, before: Any, after: Any) -> Iterator[tuple[str, str, str]]:
    if before == after:
        return
    if not (isinstance(before, dict) and isinstance(after, dict)):
        yield path, _shown(before), _shown(after)
        return
    names: Iterable[str] = dict.fromkeys((*before, *after))
    for name in names:
        yield from _differing(f"{path}.{name}".lstrip("."), before.get(name), after.get(name))


def _shown(value: Any) -> str:
    return value if isinstance(value, str) else as_json(value)
