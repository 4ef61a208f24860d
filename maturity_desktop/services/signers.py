"""From a wish to sign to the signer itself: a PKCS#12 file, a token, or a key kept in the workspace; judged first."""

from contextlib import AbstractContextManager
from datetime import datetime
from typing import TYPE_CHECKING

from maturity_desktop.domain.kept_key import KeptKey
from maturity_desktop.errors import SigningRefused
from maturity_desktop.services.context import Workspace
from maturity_desktop.services.export_requests import Identity, KeptIdentity, Signatory, Sm2Identity
from maturity_desktop.system.clock import Clock
from maturity_desktop.system.files import read

if TYPE_CHECKING:
    from maturity_desktop.signing.identity import KeySigner, Signer
    from maturity_desktop.signing.sm2 import Sm2Signer
    from maturity_desktop.storage.kept_keys import KeptKeys


def load(clock: Clock, signatory: Signatory, workspace: Workspace | None = None) -> "Signer":
    """Open an identity and make sure it may sign now. `workspace` is where kept keys are looked up.

    Raises:
        SigningRefused: SGN-010 … SGN-015 the file or the certificate, SGN-020 … SGN-026 the token, SGN-050 … SGN-053
            the kept key.
        EnvironmentProblem: SYS-0xx the file cannot be read; STO-0xx.
    """
    if isinstance(signatory, Identity):
        return load_file(signatory, clock.now())
    if isinstance(signatory, KeptIdentity):
        return load_kept(clock, signatory, workspace)
    from maturity_desktop.signing.token import TokenPlace, open_token  # loads when needed

    place = TokenPlace(library=signatory.library, token_label=signatory.token_label, key_label=signatory.key_label)
    return open_token(place, signatory.pin, clock.now())


def open_sm2(clock: Clock, who: Sm2Identity) -> "AbstractContextManager[Sm2Signer]":
    """Return a context in which an SM2 key, found fit to sign now, is in memory.

    Raises:
        EnvironmentProblem: SGN-040 no OpenSSL with SM2 on this computer; SYS-0xx a file cannot be read.
        SigningRefused: on entering, SGN-012 … SGN-014, SGN-041 … SGN-044.
    """
    from maturity_desktop.signing import libcrypto, sm2  # OpenSSL's library is looked for only now

    library = libcrypto.load()
    key, certificates = read(who.key), read(who.certificate)
    return sm2.opened(key, who.passphrase, certificates, at=clock.now(), library=library)


def load_file(identity: Identity, at: datetime) -> "KeySigner":
    """Open a PKCS#12 file and make sure it may sign at `at`. Raises SGN-010 … SGN-015, SYS-0xx."""
    from maturity_desktop.signing.identity import load_pkcs12  # cryptography loads when needed

    return load_pkcs12(read(identity.pkcs12), identity.passphrase, at)


def load_kept(clock: Clock, identity: KeptIdentity, workspace: Workspace | None) -> "KeySigner":
    """Open a kept key and make sure it may sign now. Raises SGN-012 … SGN-015, SGN-050 … SGN-053, STO-0xx."""
    from maturity_desktop.signing.identity import problem_of, refusal  # cryptography loads when needed

    if workspace is None:
        raise SigningRefused("SGN-053", name=identity.name)
    signer = open_kept(workspace, identity)
    problem = problem_of(signer.certificate, clock.now())
    if problem:
        raise refusal(problem, signer.certificate)
    return signer


def open_kept(workspace: Workspace, identity: KeptIdentity) -> "KeySigner":
    """Open a kept key without judging its certificate. Raises SGN-050, SGN-051, SGN-052, STO-0xx."""
    from maturity_desktop.signing.kept_key import unlock  # cryptography loads when needed

    with workspace.read() as reading:
        key = found(reading.kept_keys, identity.name)
    return unlock(key, identity.passphrase)


def found(kept: "KeptKeys", name: str) -> KeptKey:
    """Return the kept key of this name. Raises SigningRefused SGN-050 with the names there are."""
    key = kept.find(name)
    if key is None:
        names = ", ".join(one.name for one in kept.all()) or "–"
        raise SigningRefused("SGN-050", name=name, found=names)
    return key
