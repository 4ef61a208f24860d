"""What an Office file says: of itself in its descriptive properties, and in the cells of its sheets. Claims only."""

from typing import BinaryIO

from maturity_desktop.signing.opc_package import Package, UnreadablePackageError
from maturity_desktop.signing.opc_xml import MalformedXmlError, parse

_CORE = "/docProps/core.xml"
_SHEETS = ("/xl/worksheets/", "/xl/sharedStrings")
_KEYWORDS = "{http://schemas.openxmlformats.org/package/2006/metadata/core-properties}keywords"


def keywords_of(stream: BinaryIO) -> str:
    """Return the keywords of an Office file, "" when it has none or cannot be read."""
    try:
        package = Package(stream)
        return parse(package.read(_CORE)).findtext(_KEYWORDS) or "" if _CORE in package.parts else ""
    except (UnreadablePackageError, MalformedXmlError):
        return ""


def states(stream: BinaryIO, words: str) -> bool:
    """Tell whether some cell of a workbook holds exactly these words, which need no escaping."""
    try:
        package = Package(stream)
        sheets = [one for one in package.parts if one.startswith(_SHEETS) and one.endswith(".xml")]
        return any(f">{words}<".encode() in package.read(one) for one in sheets)
    except UnreadablePackageError:
        return False
