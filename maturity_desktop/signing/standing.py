"""What belief in a signer rests on, for people to read: the role, the root, and what is known of revocation."""

from collections.abc import Collection, Sequence
from dataclasses import replace

from cryptography import x509

from maturity_desktop.domain.trust import TrustRole
from maturity_desktop.signing.findings import Problem, Revocation, SignatureCheck
from maturity_desktop.signing.identity import common_name, fingerprint
from maturity_desktop.signing.parties import Party
from maturity_desktop.signing.trust import Trust, issued

_LONGEST_CHAIN = 8


def with_standing(
    check: SignatureCheck, party: Party, trust: Trust, role: TrustRole, doubts: Collection[str]
) -> SignatureCheck:
    """Return `check` with role, root and revocation filled in; judging is done elsewhere."""
    root = None if Problem.ROOT_UNKNOWN in doubts else root_of(party, _believed(trust, role, doubts))
    return replace(
        check,
        role=role.value,
        root=common_name(root.subject) if root is not None else "",
        root_fingerprint_sha256=fingerprint(root) if root is not None else "",
        is_pinned=trust.is_pinned(party.certificate, role),
        revocation=_revocation(party.certificate, trust.crls, doubts),
    )


def _believed(trust: Trust, role: TrustRole, doubts: Collection[str]) -> tuple[x509.Certificate, ...]:
    """A signer of the wrong party leads to a root of another role."""
    return trust.all_roots if Problem.WRONG_PARTY in doubts else trust.roots_for(role)


def root_of(party: Party, roots: Sequence[x509.Certificate]) -> x509.Certificate | None:
    """Return the one of `roots` that the party's certificate leads to."""
    found = party.certificate
    for _ in range(_LONGEST_CHAIN):
        root = next((one for one in roots if one == found or issued(one, found)), None)
        if root is not None:
            return root
        issuer = next((one for one in party.others if one != found and issued(one, found)), None)
        if issuer is None:
            return None
        found = issuer
    return None


def _revocation(
    certificate: x509.Certificate, crls: Sequence[x509.CertificateRevocationList], doubts: Collection[str]
) -> Revocation:
    if Problem.REVOKED in doubts:
        return Revocation.REVOKED
    is_covered = any(one.issuer == certificate.issuer for one in crls)
    return Revocation.GOOD if is_covered and Problem.REVOCATION_UNKNOWN not in doubts else Revocation.NOT_CHECKED
