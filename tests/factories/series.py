"""One engagement with assessments of several standards: modules with words, one module, a scale of its own, SAMM."""

from dataclasses import dataclass, replace
from pathlib import Path

from maturity_desktop.domain.answers import AnswerValue, SelfRating
from maturity_desktop.domain.certificate import IssuingBody
from maturity_desktop.domain.engagement import Assessment, Engagement, Person, Role, Scope
from maturity_desktop.domain.ids import (
    AssessmentId,
    EngagementId,
    InstitutionId,
    LevelCode,
    NodeCode,
    PersonId,
    SystemId,
)
from maturity_desktop.domain.institution import Institution, System, SystemKind
from maturity_desktop.domain.results import Rating
from maturity_desktop.domain.standard import Edition
from maturity_desktop.domain.text import Text
from maturity_desktop.scoring.scope import items_in_scope
from maturity_desktop.services import assessments, authoring, engagements, exporting, standards, workspaces
from maturity_desktop.services.assessments import AnswerRequest
from maturity_desktop.services.context import Machine, Workspace
from tests.factories.foreign_models import samm_files

LEAD = "陈思远"
PASSPHRASE = "白桦-signal-77-orchard"
VALUES = (AnswerValue.COMPLIANT, AnswerValue.PARTIALLY_COMPLIANT, AnswerValue.NOT_COMPLIANT)


@dataclass(frozen=True)
class Wish:
    """One assessment to make; `reach` is the place in the scale up to which everything holds."""

    name: str
    standard: str
    system: str
    profile: str
    target: str
    scope: Scope
    reach: int


WISHES = (
    Wish(
        "tools",
        "cn-devops-8",
        "platform",
        "minimum",
        "3",
        Scope(modules=("M-CDL-PPL", "M-CDL-ART", "M-TOP-LOG")),
        4,
    ),
    Wish("security", "cn-devops-6", "core", "share-90", "2", Scope(modules=("delivery-risk",)), 2),
    Wish("measuring", "cn-devops-pm", "platform", "minimum", "2", Scope(), 2),
    Wish("monitoring", "cn-devops-4", "core", "minimum", "3", Scope(nodes=(NodeCode("MON"),)), 3),
    Wish("samm", "", "core", "", "", Scope(), 1),
)


def make_series(machine: Machine, folder: Path) -> Workspace:
    """Make a workspace with one engagement that holds all of `WISHES`; closing it is the caller's."""
    packs = folder / "packs"
    imported = authoring.plan_import(machine, samm_files(folder / "samm"), packs / "model" / "1")
    authoring.carry_out(imported, packs / "model" / "1")
    machine = replace(machine, standards=(*machine.standards, packs))
    workspace = workspaces.create(machine, folder / "series.maturity", PASSPHRASE, actor=LEAD)
    bank = Institution(id=InstitutionId("bank"), name=Text(zh="测试银行股份有限公司", en="Test Bank"))
    engagements.save_institution(workspace, bank)
    for name, kind, zh, en in (
        ("core", SystemKind.BUSINESS_SYSTEM, "新一代核心系统", "New core system"),
        ("platform", SystemKind.TOOL_PLATFORM, "研发效能平台", "Engineering platform"),
    ):
        system = System(id=SystemId(name), institution_id=bank.id, name=Text(zh=zh, en=en), kind=kind)
        engagements.save_system(workspace, system)
    team = (Person(id=PersonId("lead"), name=LEAD, role=Role.LEAD_ASSESSOR),)
    visit = Engagement(id=EngagementId("visit"), institution_id=bank.id, title="2026 联合评估", team=team)
    engagements.save_engagement(workspace, visit)
    body = IssuingBody(
        name=Text(zh="示例评估中心", en="Sample Assessment Centre"), serial_prefix="SAC", validity_years=3
    )
    exporting.save_issuing_body(workspace, body)
    for wish in WISHES:
        _assess(workspace, wish, packs)
    return workspace


def _assess(workspace: Workspace, wish: Wish, packs: Path) -> None:
    card = next(
        one
        for one in standards.library(workspace.machine)
        if wish.standard == one.standard_id or _is_own(one.place, packs, wish)
    )
    edition = standards.load(workspace.machine, card.standard_id, card.edition_id)
    assessment = Assessment(
        id=AssessmentId(wish.name),
        engagement_id=EngagementId("visit"),
        system_id=SystemId(wish.system),
        edition_digest=standards.pin(workspace, edition).value,
        target_level=LevelCode(wish.target or edition.levels[-1].code),
        profile_id=wish.profile or edition.profiles[0].id,
        scope=wish.scope,
    )
    engagements.save_assessment(workspace, assessment)
    requests = tuple(_answers(edition, wish))
    assessments.record_answers(workspace, assessment.id, requests)
    own = edition.items[0] if wish.scope.is_whole else None
    if own is not None:
        rating = SelfRating(item_code=own.code, rating=Rating(len(edition.levels)), remark="自评")
        assessments.save_self_rating(workspace, assessment.id, rating)


def _is_own(place: Path, packs: Path, wish: Wish) -> bool:
    return not wish.standard and place.is_relative_to(packs)


def _answers(edition: Edition, wish: Wish) -> list[AnswerRequest]:
    """Everything holds up to the wish's level; above it answers alternate, so half steps and credit come up."""
    items = items_in_scope(edition, wish.scope)
    made = []
    for number, item in enumerate(items):
        reach = wish.reach - (number % 5 == 4)
        for place, cell in enumerate(item.cells, 1):
            for turn, criterion in enumerate(cell.criteria):
                value = VALUES[0] if place <= reach else VALUES[(turn + number) % 3]
                made.append(AnswerRequest(criterion_id=criterion.id, value=value, rationale="查看了平台记录。"))
    return made
