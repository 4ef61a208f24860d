"""What an author can do from the shelf: bring a standard in, take the chosen one out, compare editions."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from maturity_desktop.gui.common.icons import Icon
from maturity_desktop.gui.common.looks import Looks
from maturity_desktop.gui.common.palette import Space
from maturity_desktop.gui.common.widgets import button


class ShelfActions(QWidget):
    """Buttons beside the details of the chosen edition; `importing` stands in the header of the shelf."""

    file_wanted = Signal()
    folder_wanted = Signal()
    export_wanted = Signal()
    compare_wanted = Signal()

    def __init__(self, looks: Looks) -> None:
        super().__init__()
        self.setObjectName("library_actions")
        self._looks = looks
        self.importing = button("library_import", look_name="menu")
        self.menu = QMenu(self.importing)
        self.menu.setObjectName("library_import_menu")
        self.from_file = QAction(self.menu)
        self.from_folder = QAction(self.menu)
        self.menu.addActions([self.from_file, self.from_folder])
        self.importing.setMenu(self.menu)
        self.export = button("library_export")
        self.compare = button("library_compare_editions")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(Space.S)
        layout.addWidget(self.export)
        layout.addWidget(self.compare)
        layout.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.from_file.triggered.connect(self.file_wanted)
        self.from_folder.triggered.connect(self.folder_wanted)
        self.export.clicked.connect(self.export_wanted)
        self.compare.clicked.connect(self.compare_wanted)

    def retranslate(self) -> None:
        """Say everything again."""
        say = self._looks.speech.say
        self.importing.setText(say("importing.import"))
        self.from_file.setText(say("importing.from_file"))
        self.from_folder.setText(say("importing.from_folder"))
        self.export.setText(say("importing.export"))
        self.compare.setText(say("importing.compare"))
        self.repaint_icons()

    def repaint_icons(self) -> None:
        """Draw the icons again in the colours of the theme."""
        icons = self._looks.icons
        self.importing.setIcon(icons.get(Icon.ADD))
        self.from_file.setIcon(icons.get(Icon.FILE))
        self.from_folder.setIcon(icons.get(Icon.FOLDER))
        self.export.setIcon(icons.get(Icon.WORKBOOK))
        self.compare.setIcon(icons.get(Icon.LIBRARY))
