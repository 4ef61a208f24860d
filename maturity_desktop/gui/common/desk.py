"""What every screen is handed: one object with everything it may ask for."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from maturity_desktop.gui.common.dialogs import Dialogs
from maturity_desktop.gui.common.hub import Hub
from maturity_desktop.gui.common.icons import Icons
from maturity_desktop.gui.common.jobs import Jobs
from maturity_desktop.gui.common.language import Speech
from maturity_desktop.gui.common.problems import Problems
from maturity_desktop.gui.common.theme import Theme
from maturity_desktop.settings.store import Settings

if TYPE_CHECKING:
    from maturity_desktop.services.context import Machine


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """The surroundings of a screen, wired by `bootstrap`, or by a fixture in tests."""

    machine: "Machine"
    settings: Settings
    speech: Speech
    theme: Theme
    icons: Icons
    jobs: Jobs
    hub: Hub
    problems: Problems
    dialogs: Dialogs
