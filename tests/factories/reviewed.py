"""A workspace whose team has a lead assessor and an assessor, with everything answered; and identities on disk."""

from dataclasses import dataclass, replace
from pathlib import Path

from maturity_desktop.domain.answers import AnswerValue
from maturity_desktop.domain.engagement import Person, Role
from maturity_desktop.domain.ids import EngagementId, PersonId
from maturity_desktop.services import assessments, engagements, signoff
from maturity_desktop.services.assessments import AnswerRequest
from maturity_desktop.services.context import Workspace
from maturity_desktop.services.export_requests import Identity
from maturity_desktop.signing import authority, qr_keys
from tests.factories import signed
from tests.factories.sealed_workspace import ASSESSMENT, make_workspace

LEAD, ASSESSOR = "陈思远", "林晓"
SECRET = "一个很长的口令-2026"
ENGAGEMENT = EngagementId("e")


@dataclass(frozen=True)
class IdentityFiles:
    """The lead assessor's PKCS#12 file and the root that others verify against."""

    identity: Identity
    root: Path


def identity_files(folder: Path) -> IdentityFiles:
    pkcs12, root = folder / "lead.p12", folder / "root.pem"
    pkcs12.write_bytes(authority.pack(signed.lead(), SECRET))
    root.write_text(signed.assessors_ca().pem + qr_keys.endorse(signed.lead()), encoding="ascii")
    return IdentityFiles(identity=Identity(pkcs12=pkcs12, passphrase=SECRET), root=root)


def make_answered(tmp_path: Path, *, name: str = "bank") -> Workspace:
    workspace = make_workspace(tmp_path, name=name)
    visit = engagements.load_engagement(workspace, ENGAGEMENT).engagement
    team = (
        Person(id=PersonId("1"), name=ASSESSOR, role=Role.ASSESSOR),
        Person(id=PersonId("2"), name=LEAD, role=Role.LEAD_ASSESSOR),
    )
    engagements.save_engagement(workspace, replace(visit, team=team))
    wishes = tuple(
        AnswerRequest(criterion_id=criterion, value=AnswerValue.COMPLIANT, rationale="有制度")
        for criterion in assessments.load_sheet(workspace, ASSESSMENT).edition.criterion_by_id
    )
    assessments.record_answers(workspace, ASSESSMENT, wishes)
    return workspace


def make_approved(tmp_path: Path, *, name: str = "bank", identity: Identity | None = None) -> Workspace:
    workspace = make_answered(tmp_path, name=name)
    signoff.submit(workspace, ASSESSMENT, "请审核")
    signoff.approve(workspace, ASSESSMENT, "同意", identity=identity)
    return workspace
