"""`keyslots.json`: the master key of a workspace, wrapped once per passphrase.

Each slot authenticates its passphrase on its own (AES-256-GCM under Argon2id), so a wrong passphrase is never
confused with a damaged database. The file holds no secret that opens anything without a passphrase.
"""

import hashlib
import json
import os
import unicodedata
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from maturity_desktop.errors import EnvironmentProblem, RuleBroken
from maturity_desktop.storage.keys import MASTER_BYTES
from maturity_desktop.system import files

FILE_NAME = "keyslots.json"
FORMAT = 1
ASSESSOR = "assessor"
RECOVERY = "recovery"
_MAX_MEMORY_KIB = 2 * 1024 * 1024
_MAX_PASSES = 64
_MAX_LANES = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """Argon2id parameters of a slot; stored with it, so that they may rise later.

    Source: RFC 9106, section 4 (second recommended option: t=3, p=4, 64 MiB).
    """

    passes: int = 3
    lanes: int = 4
    memory_kib: int = 64 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """The master key under one passphrase; byte strings as lower-case hex."""

    name: str
    cost: Cost
    salt: str
    nonce: str
    wrapped: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KeySlots:
    """All slots of a workspace. `workspace_id` binds them to it."""

    workspace_id: str
    slots: tuple[Slot, ...] = ()

    def has(self, name: str) -> bool:
        """Return whether a slot of this name exists."""
        return any(slot.name == name for slot in self.slots)


def new_master() -> bytes:
    """Return a fresh random master key."""
    return os.urandom(MASTER_BYTES)


def with_slot(slots: KeySlots, name: str, passphrase: str, master: bytes, cost: Cost | None = None) -> KeySlots:
    """Return `slots` with the slot `name` added or replaced, so that `passphrase` opens `master`."""
    cost = cost or Cost()
    salt, nonce = os.urandom(16), os.urandom(12)
    wrapped = AESGCM(_stretch(passphrase, salt, cost)).encrypt(nonce, master, _binding(slots.workspace_id, name, cost))
    slot = Slot(name=name, cost=cost, salt=salt.hex(), nonce=nonce.hex(), wrapped=wrapped.hex())
    return replace(slots, slots=(*(other for other in slots.slots if other.name != name), slot))


def unlock(slots: KeySlots, passphrase: str) -> tuple[str, bytes]:
    """Return the name of the slot this passphrase opens, and the master key.

    Raises:
        RuleBroken: WSP-002 no slot opens with it.
    """
    for slot in slots.slots:
        key = _stretch(passphrase, bytes.fromhex(slot.salt), slot.cost)
        binding = _binding(slots.workspace_id, slot.name, slot.cost)
        try:
            return slot.name, AESGCM(key).decrypt(bytes.fromhex(slot.nonce), bytes.fromhex(slot.wrapped), binding)
        except InvalidTag:
            continue
    raise RuleBroken("WSP-002")


def write(folder: Path, slots: KeySlots) -> None:
    """Write the slots durably into a workspace folder; a crash leaves the old file or the new one.

    Raises:
        EnvironmentProblem: SYS-0xx.
    """
    content = {"format": FORMAT, **asdict(slots)}
    document = {**content, "sha256": _checksum(content)}
    files.write_atomically(folder / FILE_NAME, json.dumps(document, indent=1).encode())


def read(folder: Path) -> KeySlots:
    """Read the slots of a workspace folder.

    Raises:
        EnvironmentProblem: WSP-004 no such file; WSP-005 newer format; WSP-007 damaged; SYS-0xx unreadable.
    """
    path = folder / FILE_NAME
    try:
        document = json.loads(path.read_bytes())
    except FileNotFoundError as problem:
        raise EnvironmentProblem("WSP-004", path=str(folder)) from problem
    except OSError as problem:
        raise files.as_problem(problem, path) from problem
    except ValueError as problem:
        raise EnvironmentProblem("WSP-007", path=str(path)) from problem
    return _parsed(document, path)


def _parsed(document: object, path: Path) -> KeySlots:
    damaged = EnvironmentProblem("WSP-007", path=str(path))
    if not isinstance(document, dict) or not isinstance(document.get("format"), int):
        raise damaged
    if document["format"] > FORMAT:
        raise EnvironmentProblem("WSP-005", path=str(path.parent), needed=document["format"], have=FORMAT)
    stated = document.pop("sha256", "")
    if stated != _checksum(document):
        raise damaged
    try:
        slots = tuple(Slot(**{**slot, "cost": Cost(**slot["cost"])}) for slot in document["slots"])
        found = KeySlots(workspace_id=document["workspace_id"], slots=slots)
    except (KeyError, TypeError) as problem:
        raise damaged from problem
    if not all(_is_bearable(slot.cost) for slot in slots):
        raise damaged
    return found


def _is_bearable(cost: Cost) -> bool:
    return (
        1 <= cost.passes <= _MAX_PASSES
        and 1 <= cost.lanes <= _MAX_LANES
        and 8 * cost.lanes <= cost.memory_kib <= _MAX_MEMORY_KIB
    )


def _checksum(content: dict[str, object]) -> str:
    return hashlib.sha256(json.dumps(content, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def _stretch(passphrase: str, salt: bytes, cost: Cost) -> bytes:
    secret = unicodedata.normalize("NFC", passphrase).encode()
    kdf = Argon2id(salt=salt, length=32, iterations=cost.passes, lanes=cost.lanes, memory_cost=cost.memory_kib)
    return kdf.derive(secret)


def _binding(workspace_id: str, name: str, cost: Cost) -> bytes:
    return json.dumps([FORMAT, workspace_id, name, cost.passes, cost.lanes, cost.memory_kib]).encode()
