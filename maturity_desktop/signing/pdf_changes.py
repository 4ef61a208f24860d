"""What may be added to a PDF after a signature: the next signature in its prepared field, and nothing to look at.

Titles and attachments may not change either; that is judged in `pdf_signature`, by comparing what they say.
"""

from collections.abc import Iterator
from typing import Any

from pyhanko.pdf_utils.reader import HistoricalResolver
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
    WhitelistRule,
    XrefStreamRule,
)
from pyhanko.sign.diff_analysis.constants import VALUE_UPDATE_KEYS

_DATE_OF_CHANGE = "/M"  # some programs date the field when they sign it
_CATALOG: Any = CatalogModificationRule  # Any: not typed there
_CREATION: Any = SigFieldCreationRule


class UnreachableRule(WhitelistRule):
    """Objects that nothing in the document refers to, before or after: some programs leave such behind.

    Nobody can see them now; once a later revision refers to one, that revision has something to explain.
    """

    def apply(self, old: HistoricalResolver, new: HistoricalResolver) -> Iterator[ReferenceUpdate]:
        """Clear what is new in `new` and unreachable in both."""
        reachable = {*old.collect_dependencies(old.trailer_view), *new.collect_dependencies(new.trailer_view)}
        revision: Any = new  # Any: this method is not typed
        for reference in revision.explicit_refs_in_revision():
            if reference not in reachable:
                yield ReferenceUpdate(reference)


_RULES = (DocInfoRule, XrefStreamRule, ObjectStreamRule, DSSCompareRule, MetadataUpdateRule, UnreachableRule)

DIFF_POLICY = StandardDiffPolicy(
    global_rules=[_CATALOG(), *(rule().as_qualified(ModificationLevel.LTA_UPDATES) for rule in _RULES)],
    form_rule=FormUpdatingRule(
        field_rules=[
            _CREATION(),
            SigFieldModificationRule(value_update_keys=VALUE_UPDATE_KEYS | {_DATE_OF_CHANGE}),
        ]
    ),
)
