"""Types of the identifiers that cross rooms, so that nobody passes one for another."""

from typing import NewType
from uuid import uuid4

InstitutionId = NewType("InstitutionId", str)
SystemId = NewType("SystemId", str)
PersonId = NewType("PersonId", str)
EngagementId = NewType("EngagementId", str)
AssessmentId = NewType("AssessmentId", str)
InterviewId = NewType("InterviewId", str)
EvidenceId = NewType("EvidenceId", str)
RevisionId = NewType("RevisionId", str)
ObservationId = NewType("ObservationId", str)
ClaimId = NewType("ClaimId", str)
CertificateId = NewType("CertificateId", str)
SignoffId = NewType("SignoffId", str)
TrustId = NewType("TrustId", str)
KeptKeyId = NewType("KeptKeyId", str)

NodeCode = NewType("NodeCode", str)
CriterionId = NewType("CriterionId", str)
LevelCode = NewType("LevelCode", str)
Digest = NewType("Digest", str)


def new_id() -> str:
    """Return a fresh random row id (UUID 4 text)."""
    return str(uuid4())
