"""The shipped Chinese font, loaded when it is there; otherwise the system's own fonts are used."""

from PySide6.QtGui import QFontDatabase

from maturity_desktop.system import paths


def load_shipped() -> str:
    """Load the shipped screen fonts and return their family, or "" when there are none."""
    family = ""
    for file in sorted(paths.fonts().glob("NotoSansSC*.?tf")):
        number = QFontDatabase.addApplicationFont(str(file))
        families = QFontDatabase.applicationFontFamilies(number) if number >= 0 else []
        family = family or (families[0] if families else "")
    return family
