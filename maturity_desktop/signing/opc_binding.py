"""Custom data in Office packages, which Office does not sign when it is plain XML: only let pass when nothing shows it.

Text documents may draw words from such data; then it must be covered like everything else that is shown.
Source: ECMA-376 part 1, 15.2.5 (custom XML data storage) and 17.5.2.6 (data binding).
"""

import re
from collections.abc import Mapping

from maturity_desktop.signing.opc_package import Package, resolve
from maturity_desktop.signing.opc_xml import Relationship

_CUSTOM_DATA = "/relationships/customXml"
_SIGNED_TYPES = ("text/xml", "inkml+xml", "application/inkml+xml")
_BINDING = re.compile(rb"dataBinding\b([^>]*)")
_STORE = re.compile(rb"""storeItemID\s*=\s*["']([^"']*)["']""")
_PROPERTIES = (b"{6C3C8BC8-F283-45AE-878A-BAB7291924A1}", b"{6668398D-A668-4E3E-A5EB-62B293D839F1}")


def unsigned_data(package: Package, relationships: Mapping[str, tuple[Relationship, ...]]) -> frozenset[str]:
    """Return the parts of custom data a signature may leave out. Raises MalformedXmlError, UnreadablePackageError."""
    data: set[str] = set()
    other: set[str] = set()
    for rels, several in relationships.items():
        for one in several:
            (data if one.type.endswith(_CUSTOM_DATA) else other).add(resolve(rels, one.target))
    types = package.content_types()
    found = {part for part in data - other if part in package.parts and types.of(part) not in _SIGNED_TYPES}
    return frozenset(found) if found and not _is_shown(package) else frozenset()


def _is_shown(package: Package) -> bool:
    """Tell whether any text is bound to data other than document properties."""
    for part in package.parts:
        if not part.startswith("/word/") or not part.endswith(".xml"):
            continue
        for binding in _BINDING.finditer(package.read(part)):
            store = _STORE.search(binding.group(1))
            if store is None or store.group(1).upper() not in _PROPERTIES:
                return True
    return False
