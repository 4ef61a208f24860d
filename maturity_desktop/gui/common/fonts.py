"""The fonts of the screens: the shipped Chinese font when it is there, and for English a Latin font of the system.

The quotation marks of a Chinese font are a hanzi wide; in English text they look like mistakes. Where the system has no
Latin font that looks well, the shipped signs stand in for them.
"""

from PySide6.QtGui import QFontDatabase

from maturity_desktop.system import paths

_SIGNS = "Noto Sans SC Signs"
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
    for file in sorted(paths.fonts().glob("NotoSansSC*.?tf")):  # the signs come last
        number = QFontDatabase.addApplicationFont(str(file))
        families = QFontDatabase.applicationFontFamilies(number) if number >= 0 else []
        family = family or (families[0] if families else "")
    return family


def latin() -> str:
    """Return the best Latin font of this computer, the shipped signs when it has none that looks well, else ""."""
    there = set(QFontDatabase.families())
    return next((family for family in (*_LATIN, _SIGNS) if family in there), "")
