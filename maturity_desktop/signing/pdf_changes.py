"""What may be added to a PDF after a signature: the next signature in its prepared field, and nothing to look at.

Titles and attachments may not change either; that is judged in `pdf_signature`, by comparing what they say.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.reader import HistoricalResolver, PdfFileReader
from pyhanko.sign.diff_analysis import (
    CatalogModificationRule,
    DocInfoRule,
    DSSCompareRule,
    FormUpdatingRule,
    MetadataUpdateRule,
    ModificationLevel,
    ObjectStreamRule,
    ReferenceUpdate,
    SigFieldCreationRule,
    SigFieldModificationRule,
    StandardDiffPolicy,
    SuspiciousModification,
    WhitelistRule,
    XrefStreamRule,
)
from pyhanko.sign.diff_analysis.constants import VALUE_UPDATE_KEYS
from pyhanko.sign.diff_analysis.form_rules_api import FormUpdate

_DATE_OF_CHANGE = "/M"  # some programs date the field when they sign it
_LOOKS_OF_FIELDS = frozenset({"/DR", "/DA", "/Q"})  # used by fields that are written into, which signatures are not
_OBJECT = re.compile(rb"(?<![0-9])([0-9]{1,10})[\0\t\n\f\r ]+([0-9]{1,5})[\0\t\n\f\r ]+obj(?![a-zA-Z0-9])")
_BLANK = b"\0\t\n\f\r "
_CATALOG: Any = CatalogModificationRule  # Any: not typed there
_CREATION: Any = SigFieldCreationRule


class UnreachableRule(WhitelistRule):
    """Objects that nothing in the document refers to, before or after: some programs leave such behind.

    Nobody can see them now; once a later revision refers to one, that revision has something to explain. Not so a
    stream of objects, which programs that repair files open without being referred to it. Another generation of an
    object still in use is never explained, since many programs look at the number alone and show the younger one.
    """

    def apply(self, old: HistoricalResolver, new: HistoricalResolver) -> Iterator[ReferenceUpdate]:
        """Clear what is new in `new` and unreachable in both. Raises SuspiciousModification for other generations."""
        in_use = new.collect_dependencies(new.trailer_view)
        reachable = in_use | old.collect_dependencies(old.trailer_view)
        present = _present(old)
        revision: Any = new  # Any: this method is not typed
        for reference in revision.explicit_refs_in_revision():
            before = present.get(reference.idnum)
            if before not in (None, reference) and before in in_use:
                raise SuspiciousModification(f"another generation of {before}")
            if before is None and reference not in reachable and not _holds_objects(new(reference)):
                yield ReferenceUpdate(reference)


def _present(resolver: HistoricalResolver) -> dict[int, generic.Reference]:
    """Return the objects there are up to a revision by their number."""
    xrefs: Any = resolver.reader.xrefs  # Any: its methods are not typed
    revisions = range(resolver.revision + 1)
    known = (one for each in revisions for one in xrefs.explicit_refs_in_revision(each))
    return {one.idnum: one for one in known if xrefs.get_historical_ref(one, resolver.revision) is not None}


def _holds_objects(item: generic.PdfObject) -> bool:
    return isinstance(item, generic.StreamObject) and item.get("/Type") == "/ObjStm"


class SignatureFormRule(FormUpdatingRule):
    """The form may be extended for the next signature; nothing that changes how fields look."""

    def __init__(self, field_rules: list[Any]) -> None:  # Any: rules of the library, not typed
        super().__init__(field_rules, ignored_acroform_keys={"/Fields", *_LOOKS_OF_FIELDS})
        self._strict = FormUpdatingRule(field_rules, ignored_acroform_keys={"/Fields"})

    def apply(self, old: HistoricalResolver, new: HistoricalResolver) -> Iterable[tuple[ModificationLevel, FormUpdate]]:
        """Judge the change of the form; the looks of written fields may only change when there are none."""
        if _has_signatures_alone(old):
            return super().apply(old, new)
        return self._strict.apply(old, new)


def _has_signatures_alone(resolver: HistoricalResolver) -> bool:
    if "/AcroForm" not in resolver.root or "/Fields" not in resolver.root["/AcroForm"]:
        return True
    return all(field.get_object().get("/FT") == "/Sig" for field in resolver.root["/AcroForm"]["/Fields"])


def hides_objects(content: bytes, reader: PdfFileReader, start: int) -> bool:
    """Tell whether an object lies behind `start` that the cross-references do not lead to.

    Programs that repair files look for objects by their first words, and would show it.
    """
    xrefs: Any = reader.xrefs  # Any: its methods are not typed
    places: dict[tuple[int, int], set[int]] = {}
    for revision in range(xrefs.total_revisions):
        for one in xrefs.explicit_refs_in_revision(revision):
            place = xrefs.get_historical_ref(one, revision)
            if isinstance(place, int):
                places.setdefault((one.idnum, one.generation), set()).add(place)
    for found in _OBJECT.finditer(content, start):
        told = places.get((int(found.group(1)), int(found.group(2))), set())
        if not any(place <= found.start() and not content[place : found.start()].strip(_BLANK) for place in told):
            return True
    return False


_RULES = (DocInfoRule, XrefStreamRule, ObjectStreamRule, DSSCompareRule, MetadataUpdateRule, UnreachableRule)

DIFF_POLICY = StandardDiffPolicy(
    global_rules=[_CATALOG(), *(rule().as_qualified(ModificationLevel.LTA_UPDATES) for rule in _RULES)],
    form_rule=SignatureFormRule(
        [
            _CREATION(),
            SigFieldModificationRule(value_update_keys=VALUE_UPDATE_KEYS | {_DATE_OF_CHANGE}),
        ]
    ),
    ignore_orphaned_objects=False,  # its notion of orphans overlooks references to what is not there yet
)
