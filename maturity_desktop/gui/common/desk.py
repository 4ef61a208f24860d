"""What every screen is handed: one object with everything it may ask for."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from PySide6.QtWidgets import QApplication

from maturity_desktop.domain.text import Language
from maturity_desktop.errors import EnvironmentProblem
from maturity_desktop.gui.common import fonts
from maturity_desktop.gui.common.dialogs import Dialogs, QtDialogs
from maturity_desktop.gui.common.hub import Hub
from maturity_desktop.gui.common.icons import Icons
from maturity_desktop.gui.common.jobs import JobExecutor, Jobs
from maturity_desktop.gui.common.language import Speech
from maturity_desktop.gui.common.problems import Problems
from maturity_desktop.gui.common.theme import Theme
from maturity_desktop.settings import options
from maturity_desktop.settings.options import Option, Value
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

    def keep(self, option: Option, value: Value) -> None:
        """Keep a preference; when it cannot be written it holds until the program ends, and the user is told."""
        try:
            self.settings.set(option, value)
        except EnvironmentProblem as problem:
            self.problems.announce(problem)


def build_desk(
    app: QApplication, machine: "Machine", settings: Settings, executor: JobExecutor, *, family: str = ""
) -> Desk:
    """Return a desk in the user's language and look; everything on it lives as long as the application."""
    speech = Speech(cast("Language", settings.text(options.LANGUAGE)), app)
    theme = Theme(app, choice=settings.text(options.THEME), scale_pct=settings.number(options.FONT_SCALE))
    theme.set_family(family or theme.family)
    desk = Desk(
        machine=machine,
        settings=settings,
        speech=speech,
        theme=theme,
        icons=Icons(theme, app),
        jobs=Jobs(executor, app),
        hub=Hub(app),
        problems=Problems(speech, app),
        dialogs=QtDialogs(speech),
    )
    follow_settings(desk)
    _use_fonts_of_language(desk)
    theme.apply()
    return desk


def follow_settings(desk: Desk) -> None:
    """Let language, colours and size of text follow the settings at once, whoever changes them."""

    def follow(option: Option) -> None:
        if option is options.LANGUAGE:
            desk.speech.switch_to("zh" if desk.settings.text(option) == "zh" else "en")
            _use_fonts_of_language(desk)
            desk.theme.apply()
        elif option is options.THEME:
            desk.theme.set_choice(desk.settings.text(option))
        elif option is options.FONT_SCALE:
            desk.theme.set_scale(desk.settings.number(option))

    desk.settings.listen(follow)


def _use_fonts_of_language(desk: Desk) -> None:
    desk.theme.set_latin_first(fonts.latin() if desk.speech.language == "en" else "")
