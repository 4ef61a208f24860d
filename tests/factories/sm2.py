"""SM2 keys and certificates as authorities hand them out, made by the `openssl` program, never by our own code."""

import subprocess
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from cryptography import x509

SECRET = "国密口令-2026"
IDENTIFIER = "distid:1234567812345678"
SIGNING = "digitalSignature,nonRepudiation"
ISSUING = "keyCertSign,cRLSign"
BEGIN, END = datetime(2026, 1, 1, tzinfo=UTC), datetime(2036, 1, 1, tzinfo=UTC)

_CONFIG = """
[ca]
default_ca = ours
[ours]
dir = {folder}
database = $dir/index.txt
new_certs_dir = $dir/new
rand_serial = yes
unique_subject = no
policy = any
default_md = sm3
default_crl_days = 30
crl_extensions = crl
utf8 = yes
string_mask = utf8only
[any]
commonName = supplied
[crl]
authorityKeyIdentifier = keyid
[req]
distinguished_name = name
utf8 = yes
string_mask = utf8only
[name]
"""


@dataclass(frozen=True, kw_only=True)
class Sm2Files:
    """A key, its certificate, and a file with the certificate and its issuers'."""

    key: Path
    certificate: Path
    bundle: Path

    @property
    def x509(self) -> x509.Certificate:
        return x509.load_pem_x509_certificate(self.certificate.read_bytes())


class Sm2Place:
    """A folder in which `openssl` makes SM2 keys, certificates and revocation lists."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / "new").mkdir(parents=True)
        (folder / "index.txt").touch()
        (folder / "openssl.cnf").write_text(_CONFIG.format(folder=folder), encoding="utf-8")

    def run(self, *words: str) -> None:
        done = subprocess.run(["openssl", *words], cwd=self.folder, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr

    def make(
        self,
        name: str,
        issuer: Sm2Files | None = None,
        *,
        usage: str = SIGNING,
        constraints: str = "CA:false",
        dates: tuple[datetime, datetime] = (BEGIN, END),
        identifier: str = IDENTIFIER,
        more: str = "",
    ) -> Sm2Files:
        """Make a key with a certificate from `issuer`, or of its own."""
        stem = name.replace(" ", "_")
        plain, key, certificate = (self.folder / f"{stem}{end}" for end in (".plain.key", ".key", ".pem"))
        self.run("genpkey", "-algorithm", "SM2", "-out", str(plain))
        self.run("pkcs8", "-topk8", "-in", str(plain), "-out", str(key), "-passout", f"pass:{SECRET}")
        config = ["-config", "openssl.cnf"]
        request = ["-new", "-key", str(plain), "-sm3", "-sigopt", IDENTIFIER, "-subj", f"/CN={name}", "-utf8"]
        self.run("req", *config, *request, "-out", f"{stem}.csr")
        (self.folder / f"{stem}.ext").write_text(
            f"basicConstraints=critical,{constraints}\nkeyUsage=critical,{usage}\n{more}\n", encoding="ascii"
        )
        who = ["-selfsign", "-keyfile", str(plain)]
        if issuer is not None:
            issuing_key = issuer.key.with_suffix(".plain.key")
            who = ["-cert", str(issuer.certificate), "-keyfile", str(issuing_key)]
        begin, end = (f"{one:%Y%m%d%H%M%SZ}" for one in dates)
        options = ["-batch", "-notext", "-extfile", f"{stem}.ext", "-startdate", begin, "-enddate", end]
        options += ["-sigopt", identifier, "-vfyopt", IDENTIFIER, "-in", f"{stem}.csr", "-out", str(certificate)]
        self.run("ca", *config, *who, *options)
        bundle = self.folder / f"{stem}.bundle.pem"
        bundle.write_bytes(certificate.read_bytes() + (issuer.bundle.read_bytes() if issuer else b""))
        return Sm2Files(key=key, certificate=certificate, bundle=bundle)

    def root(self, name: str = "SM2 根证书", constraints: str = "CA:true") -> Sm2Files:
        return self.make(name, usage=ISSUING, constraints=constraints)

    def revocation_list(self, issuer: Sm2Files, *revoked: Sm2Files) -> Path:
        """Return a list by `issuer` that takes back certificates."""
        signing = ["-config", "openssl.cnf", "-cert", str(issuer.certificate)]
        signing += ["-keyfile", str(issuer.key.with_suffix(".plain.key"))]
        for one in revoked:
            self.run("ca", *signing, "-revoke", str(one.certificate))
        dates = ["-crl_lastupdate", f"{BEGIN:%Y%m%d%H%M%SZ}", "-crl_nextupdate", f"{END:%Y%m%d%H%M%SZ}"]
        self.run("ca", *signing, "-gencrl", *dates, "-sigopt", IDENTIFIER, "-out", "list.crl")
        return self.folder / "list.crl"
