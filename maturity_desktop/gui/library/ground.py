"""What the parts of the library's presenter share: the desk, the page, saying what failed, where file dialogs begin."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from maturity_desktop.errors import MaturityError
from maturity_desktop.gui.common.desk import Desk
from maturity_desktop.gui.common.jobs import Failure, Success
from maturity_desktop.gui.common.widgets import Tone
from maturity_desktop.gui.library.views.page import LibraryPage
from maturity_desktop.settings import options
from maturity_desktop.system.progress import Progress

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Ground:
    """Handed to every part of the presenter."""

    desk: Desk
    page: LibraryPage

    def follow(self, job: Callable[[Progress], T], then: Callable[[Success[T] | Failure], None], words: str) -> None:
        """Run long work under the strip, where it can be stopped; `then` calls `end` first."""
        self.page.message.hide()
        self.page.strip.follow(self.desk.jobs.watch(job, then), words)

    def end(self) -> None:
        """The work under the strip is over."""
        self.page.strip.finish()

    def tell(self, failure: Failure) -> None:
        """Say why something failed, or that it was stopped."""
        self.page.tell(self.sentence(failure), Tone.NOTE if failure.is_cancelled else Tone.BAD)

    def sentence(self, failure: Failure) -> str:
        """Return why something failed."""
        return self.desk.problems.sentence(failure.problem)

    def code(self, failure: Failure) -> str:
        """Return the code of a refusal; "" for a bug."""
        return failure.problem.code if isinstance(failure.problem, MaturityError) else ""

    def folder(self) -> Path:
        """Return where file dialogs begin."""
        return Path(self.desk.settings.text(options.DEFAULT_FOLDER) or Path.home())
