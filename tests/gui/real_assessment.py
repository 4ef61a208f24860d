"""A real workspace on disk with the shipped part 3 and one empty assessment, opened through the services."""

from dataclasses import dataclass
from pathlib import Path

from maturity_desktop.domain.engagement import Assessment, Engagement, Person, Role
from maturity_desktop.domain.ids import AssessmentId, EngagementId, InstitutionId, LevelCode, PersonId, SystemId
from maturity_desktop.domain.institution import Institution, System
from maturity_desktop.domain.standard import Edition
from maturity_desktop.domain.text import Text
from maturity_desktop.gui.common.screens import Place
from maturity_desktop.services import engagements, standards, workspaces
from maturity_desktop.services.context import Machine, Workspace

PASSPHRASE = "梧桐-lantern-42-harbour"


@dataclass(frozen=True, slots=True)
class RealAssessment:
    """What tests of screens work on."""

    workspace: Workspace
    assessment: Assessment
    edition: Edition

    @property
    def place(self) -> Place:
        return Place(workspace=self.workspace, assessment_id=self.assessment.id)


def make_assessment(machine: Machine, folder: Path, *, standard: str = "cn-devops-3") -> RealAssessment:
    """Make the workspace with an assessment towards the standard's usual target; closing it is the caller's."""
    workspace = workspaces.create(machine, folder / "bank.maturity", PASSPHRASE, actor="陈评估")
    edition = standards.load(machine, standard)
    digest = standards.pin(workspace, edition).value
    bank = Institution(id=InstitutionId("bank"), name=Text(zh="测试银行", en="Test Bank"))
    system = System(id=SystemId("core"), institution_id=bank.id, name=Text(zh="核心系统", en="Core system"))
    engagements.save_institution(workspace, bank)
    engagements.save_system(workspace, system)
    lead = Person(id=PersonId("lead"), name="陈评估", role=Role.LEAD_ASSESSOR)
    visit = Engagement(id=EngagementId("visit"), institution_id=bank.id, title="2026", team=(lead,))
    engagements.save_engagement(workspace, visit)
    assessment = Assessment(
        id=AssessmentId("assessment"),
        engagement_id=visit.id,
        system_id=system.id,
        edition_digest=digest,
        target_level=edition.default_target or LevelCode(edition.levels[-1].code),
        profile_id=edition.profiles[0].id,
    )
    engagements.save_assessment(workspace, assessment)
    return RealAssessment(workspace, assessment, edition)


def open_assessment(machine: Machine, place: Path) -> RealAssessment:
    """Open a copy of a workspace made by `make_assessment`."""
    workspace = workspaces.open_workspace(machine, place, PASSPHRASE, actor="陈评估")
    card = engagements.list_engagements(workspace)[0].assessments[0]
    return RealAssessment(workspace, card.assessment, standards.load(machine, "cn-devops-3"))
