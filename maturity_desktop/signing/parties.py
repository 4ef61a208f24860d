"""Whether a signer is believed in the role the signature claims: the roots of the role, and pinned certificates."""

from dataclasses import dataclass
from datetime import datetime

from cryptography import x509

from maturity_desktop.domain.trust import TrustRole
from maturity_desktop.signing.fields import INSTITUTION, ISSUING_BODY
from maturity_desktop.signing.findings import Problem
from maturity_desktop.signing.identity import problem_of
from maturity_desktop.signing.trust import Trust, is_listed, judge_signer

_PROBLEM_OF_PINNED = {
    "SGN-012": Problem.EXPIRED,
    "SGN-013": Problem.EXPIRED,
    "SGN-014": Problem.KEY_USAGE,
    "SGN-015": Problem.KEY_WEAK,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """The certificates a signature brought along, and the time it claims."""

    certificate: x509.Certificate
    others: tuple[x509.Certificate, ...]
    claimed_at: datetime | None


def role_of_field(field: str) -> TrustRole:
    """Return the role a PDF signature field stands for; fields we do not know are judged as the lead assessor's."""
    known = {INSTITUTION: TrustRole.INSTITUTION, ISSUING_BODY: TrustRole.ISSUING_BODY}
    return known.get(field, TrustRole.LEAD_ASSESSOR)


def judge_party(party: Party, trust: Trust, role: TrustRole, *, at: datetime) -> tuple[Problem, ...]:
    """Return what speaks against believing this party in this role; one believed in another role is the wrong party."""
    if trust.is_pinned(party.certificate, role):
        return _judge_pinned(party.certificate, trust, at)
    problems = _judge_with(party, trust, role, at)
    if Problem.ROOT_UNKNOWN not in problems or not trust.tells_roles_apart:
        return problems
    others = (one for one in TrustRole if one is not role)
    if any(Problem.ROOT_UNKNOWN not in _judge_with(party, trust, other, at) for other in others):
        return (*(one for one in problems if one != Problem.ROOT_UNKNOWN), Problem.WRONG_PARTY)
    return problems


def _judge_with(party: Party, trust: Trust, role: TrustRole, at: datetime) -> tuple[Problem, ...]:
    return judge_signer(
        party.certificate,
        party.others,
        roots=trust.roots_for(role),
        crls=trust.crls,
        at=at,
        claimed_at=party.claimed_at,
    )


def _judge_pinned(certificate: x509.Certificate, trust: Trust, at: datetime) -> tuple[Problem, ...]:
    """A pinned certificate needs no chain, but its dates, its usage and revocation lists of its issuer still count."""
    code = problem_of(certificate, at)
    problems = [_PROBLEM_OF_PINNED[code]] if code else []
    if is_listed(certificate, trust.crls):
        problems.append(Problem.REVOKED)
    return tuple(problems)
