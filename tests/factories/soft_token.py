"""A software token of our own for tests: SoftHSM2 with its store in a scratch folder, filled once per run."""

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from maturity_desktop.signing.identity import KeySigner
from maturity_desktop.signing.token import TokenPlace
from tests.factories import signed
from tests.golden.checkers import tool

PIN, OFFICER_PIN = "口令2468", "987654"
LABEL = "Assessor 评估"
_LIBRARIES = ("/usr/lib/softhsm/libsofthsm2.so", "/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so")


@dataclass(frozen=True)
class SoftToken:
    """Where the token lies."""

    library: Path

    def place(self, key_label: str = "rsa", token_label: str = LABEL) -> TokenPlace:
        return TokenPlace(library=self.library, token_label=token_label, key_label=key_label)


_MADE: list[SoftToken] = []


def make(folder: Path) -> SoftToken:
    """Return the one token of this run: the library reads where its store lies only once per process."""
    if not _MADE:
        _MADE.append(_filled(folder))
    return _MADE[0]


def _filled(folder: Path) -> SoftToken:
    """Make a token with an RSA and a curve key of known identities, and an RSA key without a certificate."""
    util = tool("softhsm2-util")
    (folder / "tokens").mkdir()
    conf = folder / "softhsm2.conf"
    conf.write_text(f"directories.tokendir = {folder / 'tokens'}\nobjectstore.backend = file\nlog.level = ERROR\n")
    os.environ["SOFTHSM2_CONF"] = str(conf)
    _run(util, "--init-token", "--free", "--label", LABEL, "--pin", PIN, "--so-pin", OFFICER_PIN)
    token = SoftToken(library=next(Path(one).resolve() for one in _LIBRARIES if Path(one).exists()))
    for number, (label, signer) in enumerate({"rsa": signed.lead(), "curve": signed.curve()}.items(), start=1):
        _put_key(util, folder, label, signer, number)
    _put_key(util, folder, "bare", signed.bank(), 9)
    _put_certificates(token, {b"\x01": ("rsa", signed.lead()), b"\x02": ("curve", signed.curve())})
    return token


def _put_key(util: str, folder: Path, label: str, signer: KeySigner, number: int) -> None:
    file = folder / f"{label}.pem"
    file.write_bytes(signer.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    words = ["--token", LABEL, "--label", label, "--id", f"{number:02x}", "--pin", PIN]
    _run(util, "--import", str(file), *words)
    file.unlink()


def _put_certificates(token: SoftToken, owners: dict[bytes, tuple[str, KeySigner]]) -> None:
    import pkcs11
    from pkcs11 import Attribute, CertificateType, ObjectClass

    found = pkcs11.lib(str(token.library)).get_token(token_label=LABEL)
    with found.open(rw=True, user_pin=PIN) as session:
        for key_id, (label, signer) in owners.items():
            for one, name, place in (
                (signer.certificate, label, key_id),
                (signer.chain[0], "issuer", b"\xff" + key_id),
            ):
                session.create_object(
                    {
                        Attribute.CLASS: ObjectClass.CERTIFICATE,
                        Attribute.CERTIFICATE_TYPE: CertificateType.X_509,
                        Attribute.TOKEN: True,
                        Attribute.LABEL: name,
                        Attribute.ID: place,
                        Attribute.SUBJECT: one.subject.public_bytes(),
                        Attribute.VALUE: one.public_bytes(Encoding.DER),
                    }
                )


def _run(*command: str) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
