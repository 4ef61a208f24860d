"""What a view needs to draw and to speak: no services, no jobs."""

from dataclasses import dataclass

from maturity_desktop.gui.common.icons import Icons
from maturity_desktop.gui.common.language import Speech
from maturity_desktop.gui.common.theme import Theme


@dataclass(frozen=True, slots=True)
class Looks:
    """Words, colours and pictures for views."""

    speech: Speech
    theme: Theme
    icons: Icons
