"""Which screen lies behind each entry of the rail. Screens are built when first shown: their services load late."""

from collections.abc import Callable

from maturity_desktop.gui.common.desk import Desk
from maturity_desktop.gui.common.screens import Destination, Screen


def build(destination: Destination, desk: Desk) -> Screen:
    """Return a new screen."""
    return _BUILDERS[destination](desk)


def _home(desk: Desk) -> Screen:
    from maturity_desktop.gui.engagements.home import HomeScreen

    return HomeScreen(desk)


def _engagements(desk: Desk) -> Screen:
    from maturity_desktop.gui.engagements.presenter import EngagementsScreen

    return EngagementsScreen(desk)


def _self_assessment(desk: Desk) -> Screen:
    from maturity_desktop.gui.self_assessment.presenter import SelfAssessmentScreen

    return SelfAssessmentScreen(desk)


def _questionnaire(desk: Desk) -> Screen:
    from maturity_desktop.gui.assessment.presenter import QuestionnaireScreen

    return QuestionnaireScreen(desk)


def _evidence(desk: Desk) -> Screen:
    from maturity_desktop.gui.assessment.evidence_presenter import EvidenceScreen

    return EvidenceScreen(desk)


def _findings(desk: Desk) -> Screen:
    from maturity_desktop.gui.findings.presenter import FindingsScreen

    return FindingsScreen(desk)


def _results(desk: Desk) -> Screen:
    from maturity_desktop.gui.results.presenter import ResultsScreen

    return ResultsScreen(desk)


def _signoff(desk: Desk) -> Screen:
    from maturity_desktop.gui.signoff.presenter import SignoffScreen

    return SignoffScreen(desk)


def _export(desk: Desk) -> Screen:
    from maturity_desktop.gui.exporting.presenter import ExportScreen

    return ExportScreen(desk)


def _library(desk: Desk) -> Screen:
    from maturity_desktop.gui.library.presenter import LibraryScreen

    return LibraryScreen(desk)


def _verify(desk: Desk) -> Screen:
    from maturity_desktop.gui.verifying.presenter import VerifyScreen

    return VerifyScreen(desk)


def _journal(desk: Desk) -> Screen:
    from maturity_desktop.gui.preferences.journal import JournalScreen

    return JournalScreen(desk)


def _preferences(desk: Desk) -> Screen:
    from maturity_desktop.gui.preferences.presenter import PreferencesScreen

    return PreferencesScreen(desk)


_BUILDERS: dict[Destination, Callable[[Desk], Screen]] = {
    Destination.HOME: _home,
    Destination.ENGAGEMENTS: _engagements,
    Destination.SELF_ASSESSMENT: _self_assessment,
    Destination.QUESTIONNAIRE: _questionnaire,
    Destination.EVIDENCE: _evidence,
    Destination.FINDINGS: _findings,
    Destination.RESULTS: _results,
    Destination.SIGNOFF: _signoff,
    Destination.EXPORT: _export,
    Destination.LIBRARY: _library,
    Destination.VERIFY: _verify,
    Destination.JOURNAL: _journal,
    Destination.PREFERENCES: _preferences,
}
