"""OpenSSL's own library, the one Python takes its hashes from: found, judged, and bound for SM2 with SM3.

Loaded only when somebody asks for SM2. Whatever is handed out here is freed here.
Source: OpenSSL 3.0 manual pages EVP_PKEY-SM2(7), EVP_DigestSignInit(3), EVP_DigestVerifyInit(3), PEM_read_bio(3).
"""

import ctypes
import ctypes.util
import importlib.util
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from maturity_desktop.errors import EnvironmentProblem

_OLDEST = 0x30000000
_MAX_SIGNATURE = 256
_TEXT, _INT, _SIZE, _PLACE = ctypes.c_char_p, ctypes.c_int, ctypes.c_size_t, ctypes.c_void_p
_SHAPES: dict[str, tuple[object, tuple[object, ...]]] = {
    "OpenSSL_version_num": (ctypes.c_ulong, ()),
    "OpenSSL_version": (_TEXT, (_INT,)),
    "ERR_clear_error": (None, ()),
    "BIO_new_mem_buf": (_PLACE, (_TEXT, _INT)),
    "BIO_free": (_INT, (_PLACE,)),
    "PEM_read_bio_PrivateKey": (_PLACE, (_PLACE, _PLACE, _PLACE, _PLACE)),
    "d2i_X509": (_PLACE, (_PLACE, ctypes.POINTER(_TEXT), ctypes.c_long)),
    "X509_get_pubkey": (_PLACE, (_PLACE,)),
    "X509_free": (None, (_PLACE,)),
    "EVP_PKEY_is_a": (_INT, (_PLACE, _TEXT)),
    "EVP_PKEY_eq": (_INT, (_PLACE, _PLACE)),
    "EVP_PKEY_free": (None, (_PLACE,)),
    "EVP_MD_fetch": (_PLACE, (_PLACE, _TEXT, _TEXT)),
    "EVP_MD_free": (None, (_PLACE,)),
    "EVP_SIGNATURE_fetch": (_PLACE, (_PLACE, _TEXT, _TEXT)),
    "EVP_SIGNATURE_free": (None, (_PLACE,)),
    "EVP_MD_CTX_new": (_PLACE, ()),
    "EVP_MD_CTX_free": (None, (_PLACE,)),
    "EVP_PKEY_CTX_set1_id": (_INT, (_PLACE, _TEXT, _SIZE)),
    "EVP_DigestSignInit": (_INT, (_PLACE, ctypes.POINTER(_PLACE), _PLACE, _PLACE, _PLACE)),
    "EVP_DigestSign": (_INT, (_PLACE, _PLACE, ctypes.POINTER(_SIZE), _TEXT, _SIZE)),
    "EVP_DigestVerifyInit": (_INT, (_PLACE, ctypes.POINTER(_PLACE), _PLACE, _PLACE, _PLACE)),
    "EVP_DigestVerify": (_INT, (_PLACE, _TEXT, _SIZE, _TEXT, _SIZE)),
}


class OpenSslError(Exception):
    """The library refused; the message names the call."""


class Key:
    """A key of the library's, freed by `close` or at the end of a ``with``; the library wipes private numbers then."""

    def __init__(self, library: "Libcrypto", place: int) -> None:
        self._library, self._place = library, place

    @property
    def place(self) -> int:
        """Return where the key lies. Raises OpenSslError when it was closed."""
        if not self._place:
            raise OpenSslError("the key is closed")
        return self._place

    def close(self) -> None:
        """Free the key; doing so twice is harmless."""
        place, self._place = self._place, 0
        if place:
            self._library.call("EVP_PKEY_free", place)

    def __enter__(self) -> "Key":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class Libcrypto:
    """The calls that SM2 needs, with every answer checked."""

    def __init__(self, library: ctypes.CDLL) -> None:
        """Bind the calls. Raises AttributeError when one is missing."""
        self._library = library
        self._calls: dict[str, Callable[..., int]] = {}
        for name, (answer, arguments) in _SHAPES.items():
            call = getattr(library, name)
            call.restype, call.argtypes = answer, arguments
            self._calls[name] = call

    def call(self, name: str, *arguments: object) -> int:
        """Call by name and leave no error behind for Python's own modules, which share the queue."""
        try:
            return self._calls[name](*arguments)
        finally:
            self._calls["ERR_clear_error"]()

    @property
    def has_sm2(self) -> bool:
        """Whether SM2 and SM3 were built in and may be used."""
        try:
            with self._held("EVP_SIGNATURE_fetch", None, b"SM2", None), self._held("EVP_MD_fetch", None, b"SM3", None):
                return True
        except OpenSslError:
            return False

    def private_key(self, pem: bytes, passphrase: str) -> Key:
        """Read the first private key of a PEM file. Raises OpenSslError; never asks anybody for the passphrase."""
        secret = ctypes.create_string_buffer(passphrase.encode())
        try:
            with self._held("BIO_new_mem_buf", pem, len(pem)) as source:
                return Key(self, self._made("PEM_read_bio_PrivateKey", source, None, None, secret))
        finally:
            ctypes.memset(secret, 0, len(secret))

    def public_key(self, certificate: bytes) -> Key:
        """Return the key of a DER certificate. Raises OpenSslError."""
        place = _TEXT(certificate)
        with self._held("d2i_X509", None, ctypes.byref(place), len(certificate)) as read:
            return Key(self, self._made("X509_get_pubkey", read))

    def is_sm2(self, key: Key) -> bool:
        """Tell whether a key lies on the SM2 curve and is meant for SM2."""
        return self.call("EVP_PKEY_is_a", key.place, b"SM2") == 1

    def are_one_pair(self, one: Key, other: Key) -> bool:
        """Tell whether two keys have the same public half."""
        return self.call("EVP_PKEY_eq", one.place, other.place) == 1

    def sign(self, key: Key, content: bytes, identifier: bytes) -> bytes:
        """Return the SM2 signature with SM3 over `content`, DER. Raises OpenSslError."""
        with self._context("EVP_DigestSignInit", key, identifier) as context:
            made = ctypes.create_string_buffer(_MAX_SIGNATURE)
            length = _SIZE(len(made))
            self._must("EVP_DigestSign", context, made, ctypes.byref(length), content, len(content))
            return made.raw[: length.value]

    def is_signed(self, key: Key, content: bytes, signature: bytes, identifier: bytes) -> bool:
        """Tell whether an SM2 signature with SM3 holds. Raises OpenSslError when it cannot even be tried."""
        with self._context("EVP_DigestVerifyInit", key, identifier) as context:
            lengths = (len(signature), len(content))
            return self.call("EVP_DigestVerify", context, signature, lengths[0], content, lengths[1]) == 1

    @contextmanager
    def _context(self, begin: str, key: Key, identifier: bytes) -> Iterator[int]:
        """Begin signing or verifying with SM3 under a distinguishing identifier."""
        inner = _PLACE()  # belongs to the context and is freed with it
        with self._held("EVP_MD_fetch", None, b"SM3", None) as digest, self._held("EVP_MD_CTX_new") as context:
            self._must(begin, context, ctypes.byref(inner), digest, None, key.place)
            self._must("EVP_PKEY_CTX_set1_id", inner, identifier, len(identifier))
            yield context

    @contextmanager
    def _held(self, make: str, *arguments: object) -> Iterator[int]:
        """Make something and free it afterwards."""
        place = self._made(make, *arguments)
        try:
            yield place
        finally:
            self.call(_FREED_BY[make], place)

    def _made(self, name: str, *arguments: object) -> int:
        place = self.call(name, *arguments)
        if not place:
            raise OpenSslError(name)
        return place

    def _must(self, name: str, *arguments: object) -> None:
        if self.call(name, *arguments) != 1:
            raise OpenSslError(name)


_FREED_BY = {
    "BIO_new_mem_buf": "BIO_free",
    "d2i_X509": "X509_free",
    "EVP_MD_fetch": "EVP_MD_free",
    "EVP_SIGNATURE_fetch": "EVP_SIGNATURE_free",
    "EVP_MD_CTX_new": "EVP_MD_CTX_free",
}


def places() -> Iterator[str]:
    """Name where the library may be: behind Python's module of hashes, beside it, or where the system keeps it.

    On a Mac the system's own library is never asked for: loading it ends the program.
    """
    module = importlib.util.find_spec("_hashlib")
    origin = Path(module.origin) if module and module.has_location and module.origin else None
    if sys.platform == "win32":
        home = Path(sys.base_prefix)
        folders = (*((origin.parent,) if origin else ()), home / "DLLs", home, home / "Library" / "bin")
        yield from (str(one) for folder in folders for one in sorted(folder.glob("libcrypto-3*.dll")))
        return
    if origin is not None:
        yield str(origin)
    if sys.platform == "darwin":
        yield str(Path(sys.base_prefix) / "lib" / "libcrypto.3.dylib")
        return
    found = ctypes.util.find_library("crypto")
    if found:
        yield found


def find(candidates: Iterable[str]) -> Libcrypto:
    """Return the first usable library. Raises EnvironmentProblem SGN-040: none, too old, or built without SM2."""
    seen = ""
    for one in candidates:
        try:
            library = ctypes.CDLL(one)
            seen = seen or _version(library)
            bound = Libcrypto(library) if _is_new_enough(library) else None
        except (OSError, AttributeError):
            continue
        if bound is not None and bound.has_sm2:
            return bound
    raise EnvironmentProblem("SGN-040", found=seen or "–")


@cache
def load() -> Libcrypto:
    """Return this computer's library. Raises EnvironmentProblem SGN-040."""
    return find(places())


def _version(library: ctypes.CDLL) -> str:
    library.OpenSSL_version.restype, library.OpenSSL_version.argtypes = _TEXT, (_INT,)
    return str(library.OpenSSL_version(0).decode("ascii", "replace"))


def _is_new_enough(library: ctypes.CDLL) -> bool:
    library.OpenSSL_version_num.restype, library.OpenSSL_version_num.argtypes = ctypes.c_ulong, ()
    return int(library.OpenSSL_version_num()) >= _OLDEST
