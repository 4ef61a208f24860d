"""What the start and set-up pages show, derived from plain inputs; no Qt here."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from maturity_desktop.domain.institution import CREDIT_CODE_ALPHABET, CREDIT_CODE_LENGTH, is_credit_code

LEAST_PASSPHRASE_SCORE = 1
BEST_PASSPHRASE_SCORE = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class RecentRow:
    """A recent workspace as the list shows it; `state` says that it is missing, else it is empty."""

    path: Path
    name: str
    place: str
    opened: str
    state: str = ""

    @property
    def is_missing(self) -> bool:
        """Whether it is no longer where it was."""
        return bool(self.state)


def recent_row(path: Path, opened_at: datetime, *, is_there: bool, missing_word: str) -> RecentRow:
    """Return the row of one workspace; the time is shown in the PC's time zone."""
    return RecentRow(
        path=path,
        name=path.stem,
        place=str(path.parent),
        opened=f"{opened_at.astimezone():%Y-%m-%d %H:%M}",
        state="" if is_there else missing_word,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class CreateInputs:
    """What has been typed into the dialog for a new workspace; `score` is None while it is being judged."""

    name: str
    folder: str
    actor: str
    passphrase: str
    again: str
    recovery: str = ""
    score: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CreateProps:
    """What the dialog shows: keys of sentences in `home`, empty when there is nothing to say."""

    can_create: bool
    name_problem: str = ""
    again_problem: str = ""
    recovery_problem: str = ""
    target: str = ""


_FORBIDDEN = frozenset('\\/:*?"<>|')


def derive_create(inputs: CreateInputs) -> CreateProps:
    """Decide what is still missing before a workspace can be made."""
    name = inputs.name.strip()
    is_bad_name = bool(name) and (bool(_FORBIDDEN & set(name)) or name.startswith(".") or name.endswith("."))
    differs = bool(inputs.again) and inputs.again != inputs.passphrase
    same_recovery = bool(inputs.recovery) and inputs.recovery == inputs.passphrase
    is_strong = inputs.score is not None and inputs.score >= LEAST_PASSPHRASE_SCORE
    is_complete = all((name, inputs.folder.strip(), inputs.actor.strip(), inputs.passphrase))
    is_confirmed = inputs.again == inputs.passphrase
    return CreateProps(
        can_create=is_complete and is_confirmed and is_strong and not is_bad_name and not same_recovery,
        name_problem="name_bad" if is_bad_name else "",
        again_problem="again_differs" if differs else "",
        recovery_problem="recovery_same" if same_recovery else "",
        target=str(Path(inputs.folder.strip()) / f"{name}.maturity") if name and inputs.folder.strip() else "",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeState:
    """Verdict on a credit code being typed: a key in `engagement` and a tone; `is_acceptable` for saving."""

    key: str
    tone: str
    is_acceptable: bool


def credit_code_state(typed: str) -> CodeState:
    """Judge a unified social credit code as it is typed; an empty one is acceptable."""
    code = normal_credit_code(typed)
    if not code:
        return CodeState(key="code_empty", tone="caption", is_acceptable=True)
    if any(character not in CREDIT_CODE_ALPHABET for character in code):
        return CodeState(key="code_letters", tone="bad", is_acceptable=False)
    if len(code) < CREDIT_CODE_LENGTH:
        return CodeState(key="code_short", tone="caption", is_acceptable=False)
    if not is_credit_code(code):
        return CodeState(key="code_wrong", tone="bad", is_acceptable=False)
    return CodeState(key="code_good", tone="good", is_acceptable=True)


def normal_credit_code(typed: str) -> str:
    """Return a code without blanks and hyphens, in capitals, full-width characters made narrow."""
    narrow = "".join(chr(ord(character) - 0xFEE0) if "！" <= character <= "～" else character for character in typed)
    return "".join(character for character in narrow.upper() if character not in " -\t　")
