"""Which components are installed and under which licences, read from their own descriptions."""

from email.message import Message
from importlib import metadata
from typing import cast

from maturity_desktop import __version__
from maturity_desktop.gui.preferences.models import Component

_LIBRARIES = (
    "PySide6-Essentials",
    "SQLAlchemy",
    "alembic",
    "sqlcipher3",
    "cryptography",
    "pyHanko",
    "pyhanko-certvalidator",
    "lxml",
    "reportlab",
    "openpyxl",
    "pypdfium2",
    "PyYAML",
    "msgspec",
    "cbor2",
)
_UNSTATED = {"sqlcipher3": "zlib; SQLCipher: BSD-3-Clause"}  # it states none in its description
_FONTS = ("Noto Sans SC", "Noto Serif SC", "LXGW WenKai")
_LONGEST = 60


def installed() -> tuple[Component, ...]:
    """Return the program, the libraries it imports and the fonts it ships."""
    own = Component(name="Maturity Desktop", version=__version__, licence="Apache-2.0")
    fonts = tuple(Component(name=font, version="", licence="OFL-1.1") for font in _FONTS)
    found = (component for component in map(_described, _LIBRARIES) if component is not None)
    return (own, *found, *fonts)


def _described(name: str) -> Component | None:
    try:
        facts = cast("Message", metadata.metadata(name))
    except metadata.PackageNotFoundError:
        return None
    classifiers = [line for line in facts.get_all("Classifier") or [] if line.startswith("License ::")]
    stated = facts.get("License-Expression") or facts.get("License") or ""
    first_line = stated.strip().splitlines()[0] if stated.strip() else ""
    short = first_line if len(first_line) <= _LONGEST else ""
    return Component(
        name=name,
        version=facts.get("Version") or "",
        licence=short or "; ".join(line.rsplit(" :: ", 1)[-1] for line in classifiers) or _UNSTATED.get(name, ""),
    )
