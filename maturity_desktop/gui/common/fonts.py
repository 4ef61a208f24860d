"""The fonts of the screens: the shipped Chinese font when it is there, and for English a Latin font of the system.

The quotation marks and dots of a Chinese font are wide; in English text they look like mistakes.
"""

from PySide6.QtGui import QFontDatabase

from maturity_desktop.system import paths

_LATIN = (
    "Segoe UI",
    "SF Pro Text",
    "Helvetica Neue",
    "Noto Sans",
    "Inter",
    "Cantarell",
    "Ubuntu",
    "Open Sans",
    "Roboto",
)


def load_shipped() -> str:
    """Load the shipped screen fonts and return their family, or "" when there are none."""
    family = ""
    for file in sorted(paths.fonts().glob("NotoSansSC*.?tf")):
        number = QFontDatabase.addApplicationFont(str(file))
        families = QFontDatabase.applicationFontFamilies(number) if number >= 0 else []
        family = family or (families[0] if families else "")
    return family


def latin() -> str:
    """Return the best Latin font of this computer, or "" when it has none of those we know to look well."""
    there = set(QFontDatabase.families())
    return next((family for family in _LATIN if family in there), "")
