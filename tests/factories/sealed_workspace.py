"""A real encrypted workspace with one small assessment, for tests of evidence, backup and crashes."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from maturity_desktop.domain.engagement import Assessment, Engagement
from maturity_desktop.domain.evidence import EvidenceLink
from maturity_desktop.domain.ids import (
    AssessmentId,
    CriterionId,
    EngagementId,
    InstitutionId,
    LevelCode,
    NodeCode,
    SystemId,
)
from maturity_desktop.domain.institution import Institution, InstitutionType, System
from maturity_desktop.domain.standard import (
    Criterion,
    Edition,
    EvidenceKind,
    EvidenceRequest,
    Level,
    LevelCell,
    Method,
    Node,
    RatedItem,
    RuleProfile,
)
from maturity_desktop.domain.text import Text
from maturity_desktop.services import workspaces
from maturity_desktop.services.context import Machine, Workspace

PASSPHRASE = "青山-correct-horse-9-battery"
ASSESSMENT = AssessmentId("assessment-1")
ITEMS = ("CM-VC-VCS", "CM-VC-BM")


@dataclass(slots=True)
class SteadyClock:
    """Stands still, but counts."""

    ticks: int = 0

    def now(self) -> datetime:
        return datetime(2026, 11, 23, 8, 0, tzinfo=UTC)

    def today(self) -> date:
        return date(2026, 11, 23)

    def monotonic_ms(self) -> int:
        self.ticks += 1
        return self.ticks


def make_machine(tmp_path: Path) -> Machine:
    return Machine(clock=SteadyClock(), standards=(), cache=tmp_path / "cache")


def make_edition(criteria_per_cell: int = 2) -> Edition:
    """Two items over three levels; the second one's level 2 evidence is not wanted for level 3."""
    return Edition(
        standard_id="test-standard",
        edition_id="1",
        released_on=date(2026, 1, 1),
        name=Text("测试标准", "Test standard"),
        code="CD",
        levels=tuple(Level(code=LevelCode(str(n)), name=Text(str(n), str(n)), colour="#123456") for n in (1, 2, 3)),
        nodes=(
            Node(code=NodeCode("CM"), name=Text("配置管理", "CM"), items=tuple(map(_item(criteria_per_cell), ITEMS))),
        ),
        profiles=(RuleProfile(id="minimum", method=Method.MINIMUM, name=Text("短板", "Minimum")),),
        layers=(Text("域", "Domain"), Text("项", "Item")),
    )


def _item(criteria_per_cell: int):  # type: ignore[no-untyped-def]  # a small closure for map
    def make(code: str) -> RatedItem:
        cells = tuple(
            LevelCell(
                level=LevelCode(level),
                criteria=tuple(
                    Criterion(id=CriterionId(f"{code}-{level}.{n}"), text=Text("要求", "Demand"))
                    for n in range(1, criteria_per_cell + 1)
                ),
                evidence=(
                    EvidenceRequest(code=f"{code}-L{level}-1", kind=EvidenceKind.DOCUMENT, title=Text("制度", "Rules")),
                ),
                keep_for_higher=not (code == "CM-VC-BM" and level == "2"),
            )
            for level in ("1", "2", "3")
        )
        return RatedItem(code=NodeCode(code), name=Text(code, code), cells=cells)

    return make


def link_to(criterion: str = "CM-VC-BM-3.1", assessment_id: AssessmentId = ASSESSMENT) -> EvidenceLink:
    return EvidenceLink(assessment_id=assessment_id, criterion_id=CriterionId(criterion))


def make_workspace(
    tmp_path: Path,
    *,
    edition: Edition | None = None,
    name: str = "bank",
    profile_id: str = "minimum",
    machine: Machine | None = None,
) -> Workspace:
    """Create and open a workspace that holds one assessment towards level 3."""
    workspace = workspaces.create(machine or make_machine(tmp_path), tmp_path / name, PASSPHRASE, actor="陈思远")
    institution, system, engagement = InstitutionId("i"), SystemId("s"), EngagementId("e")
    with workspace.begin() as work:
        digest = work.editions.add(edition or make_edition())
        work.institutions.save(
            Institution(id=institution, name=Text("示范银行", "Bank"), type=InstitutionType.CITY_COMMERCIAL)
        )
        work.institutions.save_system(System(id=system, institution_id=institution, name=Text("核心", "Core")))
        work.engagements.save(Engagement(id=engagement, institution_id=institution, title="2026"), is_new=True)
        work.assessments.save(
            Assessment(
                id=ASSESSMENT,
                engagement_id=engagement,
                system_id=system,
                edition_digest=digest,
                target_level=LevelCode("3"),
                profile_id=profile_id,
            ),
            is_new=True,
        )
    return workspace


def reopen(workspace: Workspace, *, read_only: bool = False, path: Path | None = None) -> Workspace:
    return workspaces.open_workspace(workspace.machine, path or workspace.path, PASSPHRASE, read_only=read_only)
