"""Small widgets shared by all screens: they show plain values and emit intents."""

from maturity_desktop.gui.common.widgets.badges import AnswerBadge, LevelBadge
from maturity_desktop.gui.common.widgets.boxes import Card, EmptyState, SectionHeader, line, scrolled
from maturity_desktop.gui.common.widgets.buttons import button, icon_button
from maturity_desktop.gui.common.widgets.dates import OptionalDate
from maturity_desktop.gui.common.widgets.fields import Field, label, look, name_it
from maturity_desktop.gui.common.widgets.form_dialog import FormDialog
from maturity_desktop.gui.common.widgets.messages import MessageBar, Tone
from maturity_desktop.gui.common.widgets.meters import ProgressBar, ProgressRing, SavedIndicator
from maturity_desktop.gui.common.widgets.texts import ElidedLabel, PassphraseEdit

__all__ = [
    "AnswerBadge",
    "Card",
    "ElidedLabel",
    "EmptyState",
    "Field",
    "FormDialog",
    "LevelBadge",
    "MessageBar",
    "OptionalDate",
    "PassphraseEdit",
    "ProgressBar",
    "ProgressRing",
    "SavedIndicator",
    "SectionHeader",
    "Tone",
    "button",
    "icon_button",
    "label",
    "line",
    "look",
    "name_it",
    "scrolled",
]
