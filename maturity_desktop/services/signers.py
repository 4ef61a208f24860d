"""From a wish to sign to the signer itself: a PKCS#12 file or a token, judged before anything is made."""

from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING

from maturity_desktop.services.export_requests import Identity, Signatory, Sm2Identity
from maturity_desktop.system.clock import Clock
from maturity_desktop.system.files import as_problem

if TYPE_CHECKING:
    from maturity_desktop.signing.identity import Signer
    from maturity_desktop.signing.sm2 import Sm2Signer


def load(clock: Clock, signatory: Signatory) -> "Signer":
    """Open an identity and make sure it may sign now.

    Raises:
        SigningRefused: SGN-010 … SGN-015 the file or its certificate, SGN-020 … SGN-026 the token.
        EnvironmentProblem: SYS-0xx the file cannot be read.
    """
    if isinstance(signatory, Identity):
        from maturity_desktop.signing.identity import load_pkcs12  # cryptography loads when needed

        return load_pkcs12(_read(signatory.pkcs12), signatory.passphrase, clock.now())
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
    key, certificates = _read(who.key), _read(who.certificate)
    return sm2.opened(key, who.passphrase, certificates, at=clock.now(), library=library)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as problem:
        raise as_problem(problem, path) from problem
