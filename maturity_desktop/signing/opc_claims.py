"""What an Office file says of itself in its descriptive properties. Claims only."""

from typing import BinaryIO

from maturity_desktop.signing.opc_package import Package, UnreadablePackageError
from maturity_desktop.signing.opc_xml import MalformedXmlError, parse

_CORE = "/docProps/core.xml"
_KEYWORDS = "{http://schemas.openxmlformats.org/package/2006/metadata/core-properties}keywords"


def keywords_of(stream: BinaryIO) -> str:
    """Return the keywords of an Office file, "" when it has none or cannot be read."""
    try:
        package = Package(stream)
        return parse(package.read(_CORE)).findtext(_KEYWORDS) or "" if _CORE in package.parts else ""
    except (UnreadablePackageError, MalformedXmlError):
        return ""
