"""What the set-up pages collect before anything is saved; plain values, no Qt, no services."""

from dataclasses import dataclass, replace
from datetime import date

from maturity_desktop.domain.engagement import Assessment, Engagement, Person, Scope
from maturity_desktop.domain.ids import (
    AssessmentId,
    Digest,
    EngagementId,
    InstitutionId,
    LevelCode,
    SystemId,
    new_id,
)
from maturity_desktop.domain.institution import Institution, System
from maturity_desktop.domain.standard import Edition
from maturity_desktop.domain.text import Language, Text
from maturity_desktop.gui.engagements.state import credit_code_state


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """Everything of one set-up. `assessment` is None while only the engagement is edited."""

    institution: Institution
    system: System
    engagement: Engagement
    assessment: Assessment | None
    edition: Edition | None = None


def new_draft() -> Draft:
    """Return an empty draft with fresh ids."""
    institution_id = InstitutionId(new_id())
    engagement_id = EngagementId(new_id())
    system_id = SystemId(new_id())
    return Draft(
        institution=Institution(id=institution_id, name=Text()),
        system=System(id=system_id, institution_id=institution_id, name=Text()),
        engagement=Engagement(id=engagement_id, institution_id=institution_id, title=""),
        assessment=_new_assessment(engagement_id, system_id),
    )


def draft_for_more(institution: Institution, engagement: Engagement) -> Draft:
    """Return a draft for one more assessment in an existing engagement."""
    system = System(id=SystemId(new_id()), institution_id=institution.id, name=Text())
    return Draft(
        institution=institution,
        system=system,
        engagement=engagement,
        assessment=_new_assessment(engagement.id, system.id),
    )


def _new_assessment(engagement_id: EngagementId, system_id: SystemId) -> Assessment:
    return Assessment(
        id=AssessmentId(new_id()),
        engagement_id=engagement_id,
        system_id=system_id,
        edition_digest=Digest(""),
        target_level=LevelCode(""),
        profile_id="",
    )


def with_institution(draft: Draft, institution: Institution) -> Draft:
    """Return the draft with another institution; system and engagement follow it."""
    return replace(
        draft,
        institution=institution,
        system=replace(draft.system, institution_id=institution.id),
        engagement=replace(draft.engagement, institution_id=institution.id),
    )


def with_system(draft: Draft, system: System) -> Draft:
    """Return the draft with another system; the assessment follows it."""
    assessment = draft.assessment
    return replace(
        draft, system=system, assessment=None if assessment is None else replace(assessment, system_id=system.id)
    )


def with_edition(draft: Draft, edition: Edition, digest: Digest) -> Draft:
    """Return the draft on another edition: target and rule profile start at the edition's own defaults."""
    if draft.assessment is None:
        return replace(draft, edition=edition)
    is_same = draft.assessment.edition_digest == digest
    assessment = (
        draft.assessment
        if is_same
        else replace(
            draft.assessment,
            edition_digest=digest,
            target_level=edition.default_target or edition.levels[-1].code,
            profile_id=edition.profiles[0].id,
            scope=Scope(),
        )
    )
    return replace(draft, edition=edition, assessment=assessment)


def suggested_title(draft: Draft, today: date, language: Language) -> str:
    """Return a title made of institution, standard and year, for engagements that have none yet."""
    standard = draft.edition.name.pick(language) if draft.edition is not None else ""
    parts = [draft.institution.name.pick(language), standard, str(today.year)]
    return " ".join(part for part in parts if part)


def gaps(draft: Draft) -> tuple[str, ...]:
    """Return what is still missing or wrong, as keys of sentences in `engagement.gap`, in the order of the pages."""
    found = []
    if not draft.institution.name:
        found.append("institution")
    if not credit_code_state(draft.institution.credit_code).is_acceptable:
        found.append("credit_code")
    if draft.assessment is not None:
        found.extend(_assessment_gaps(draft))
    if not draft.engagement.title.strip():
        found.append("title")
    starts, ends = draft.engagement.starts_on, draft.engagement.ends_on
    if starts is not None and ends is not None and ends < starts:
        found.append("dates")
    return tuple(found)


def _assessment_gaps(draft: Draft) -> list[str]:
    found = []
    if not draft.system.name:
        found.append("system")
    if draft.edition is None:
        found.append("standard")
    return found


def named_people(people: tuple[Person, ...]) -> tuple[Person, ...]:
    """Return the people that have a name; empty lines of the table are left out."""
    return tuple(person for person in people if person.name.strip())
