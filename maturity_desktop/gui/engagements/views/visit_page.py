"""The page about the visit: title, dates, phase, handling mark, and the team."""

from dataclasses import replace
from datetime import date

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, Qt, Slot
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from maturity_desktop.domain.engagement import Engagement, HandlingMark, Phase, Role
from maturity_desktop.gui.common.language import Speech
from maturity_desktop.gui.common.palette import Space
from maturity_desktop.gui.common.widgets import Field, OptionalDate, button, label
from maturity_desktop.gui.engagements.draft import named_people
from maturity_desktop.gui.engagements.models import TeamModel
from maturity_desktop.gui.engagements.views.pages import Page

Index = QModelIndex | QPersistentModelIndex
_ROW_HEIGHT = 38
_ROLE_COLUMN = 1


class RoleDelegate(QStyledItemDelegate):
    """Edits a role by choosing from the list."""

    def __init__(self, speech: Speech, parent: QWidget) -> None:
        super().__init__(parent)
        self._speech = speech

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, _index: Index) -> QWidget:
        box = QComboBox(parent)
        for role in Role:
            box.addItem(self._speech.say(f"engagement.role.{role.value}"), role.value)
        return box

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        if isinstance(editor, QComboBox):
            editor.setCurrentIndex(editor.findData(index.data(Qt.ItemDataRole.EditRole)))

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        if isinstance(editor, QComboBox):
            model.setData(index, editor.currentData(), Qt.ItemDataRole.EditRole)


class VisitPage(Page):
    """When, how, and by whom."""

    def __init__(self, speech: Speech, today: date) -> None:
        super().__init__(speech, "page_visit")
        self._shown: Engagement | None = None
        self.title, title = self.line("title")
        self.starts, starts = self._date("starts_on", today)
        self.ends, ends = self._date("ends_on", today)
        self.phase, phase = self.choice("phase")
        self.handling, handling = self.choice("handling")
        for step in Phase:
            self.phase.addItem(speech.say(f"engagement.phases.{step.value}"), step)
        for mark in HandlingMark:
            self.handling.addItem(speech.say(f"engagement.handlings.{mark.value}"), mark)
        self.model = TeamModel(speech, self)
        self.table = self._team_table()
        self.add_button = button("setup_team_add", speech.say("engagement.team_add"))
        self.remove_button = button("setup_team_remove", speech.say("engagement.team_remove"))
        self.row(title)
        self.row(starts, ends, phase, handling)
        self.rows.addWidget(label(speech.say("engagement.team"), "field"))
        self.rows.addWidget(self.table, 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(Space.S)
        buttons.addWidget(self.add_button)
        buttons.addWidget(self.remove_button)
        buttons.addWidget(label(speech.say("engagement.team_hint"), "caption"), 1)
        self.rows.addLayout(buttons)
        self.add_button.clicked.connect(self._add)
        self.remove_button.clicked.connect(self._remove)
        self.model.changed.connect(self.edited)
        for edit in (self.starts, self.ends):
            edit.dateChanged.connect(self.edited)

    def _date(self, name: str, today: date) -> tuple[OptionalDate, Field]:
        edit = OptionalDate(f"setup_{name}", self.speech.say("engagement.no_date"), today)
        field = Field(edit)
        field.set_texts(self.speech.say(f"engagement.{name}"))
        return edit, field

    def _team_table(self) -> QTableView:
        table = QTableView()
        table.setObjectName("setup_team")
        table.setAccessibleName(self.speech.say("engagement.team"))
        table.setModel(self.model)
        table.setItemDelegateForColumn(_ROLE_COLUMN, RoleDelegate(self.speech, table))
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(_ROW_HEIGHT)
        table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        table.setEditTriggers(QAbstractItemView.EditTrigger.AllEditTriggers)
        table.setShowGrid(False)
        table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        table.setMinimumHeight(120)
        return table

    def show_value(self, engagement: Engagement) -> None:
        """Show one engagement."""
        self._shown = engagement
        self.title.setText(engagement.title)
        self.starts.set_value(engagement.starts_on)
        self.ends.set_value(engagement.ends_on)
        self.phase.setCurrentIndex(self.phase.findData(engagement.phase))
        self.handling.setCurrentIndex(self.handling.findData(engagement.handling))
        self.model.show_people(engagement.team)

    def value(self, engagement: Engagement) -> Engagement:
        """Return the engagement with what stands on the page."""
        return replace(
            engagement,
            title=self.title.text().strip(),
            starts_on=self.starts.value,
            ends_on=self.ends.value,
            phase=Phase(self.phase.currentData()),
            handling=HandlingMark(self.handling.currentData()),
            team=named_people(self.model.people),
        )

    @Slot()
    def _add(self) -> None:
        place = self.model.add()
        self.table.setCurrentIndex(place)
        self.table.edit(place)

    @Slot()
    def _remove(self) -> None:
        self.model.remove(self.table.currentIndex().row())
