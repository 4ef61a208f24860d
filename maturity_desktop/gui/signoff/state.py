"""What the sign-off screen shows, derived from plain inputs; no Qt here."""

from dataclasses import dataclass
from enum import StrEnum

from maturity_desktop.domain.engagement import Role
from maturity_desktop.domain.signoff import SignoffAct, SignoffState


class Pace(StrEnum):
    """Whether a stage lies behind, is the present one, or lies ahead."""

    DONE = "done"
    NOW = "now"
    AHEAD = "ahead"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """One stage of the review."""

    state: SignoffState
    pace: Pace


def stages(state: SignoffState) -> tuple[Stage, ...]:
    """Return draft, submitted, and what came or will come of it."""
    outcome = state if state is SignoffState.CHANGES_REQUESTED else SignoffState.APPROVED
    path = (SignoffState.DRAFT, SignoffState.SUBMITTED, outcome)
    reached = path.index(state)
    return tuple(
        Stage(state=each, pace=Pace.DONE if place < reached else Pace.NOW if place == reached else Pace.AHEAD)
        for place, each in enumerate(path)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ActInputs:
    """What decides whether an act can be done now."""

    actor: str
    role: Role | None
    is_read_only: bool
    was_changed_since_submitted: bool


_LEAD_ONLY = (SignoffAct.APPROVE, SignoffAct.REOPEN)


def obstacle(act: SignoffAct, inputs: ActInputs) -> str:
    """Return why an act that the state allows cannot be done, as a key of a sentence in `review.lacks`, or ""."""
    checks = (
        (inputs.is_read_only, "read_only"),
        (not inputs.actor.strip(), "nobody"),
        (act in _LEAD_ONLY and inputs.role is not Role.LEAD_ASSESSOR, "lead"),
        (act is SignoffAct.APPROVE and inputs.was_changed_since_submitted, "changed"),
    )
    return next((key for is_lacking, key in checks if is_lacking), "")


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryRow:
    """One step that was taken."""

    id: str
    at: str
    by: str
    role: str
    act: str
    comment: str
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeRow:
    """One field that differs from what was approved."""

    number: int
    place: str
    old: str
    new: str


class Worth(StrEnum):
    """What the newest approval is worth now."""

    HOLDS = "holds"
    REOPENED = "reopened"
    SUPERSEDED = "superseded"


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovalProps:
    """The newest approval."""

    line: str
    digest: str
    worth: Worth


@dataclass(frozen=True, slots=True, kw_only=True)
class ActProps:
    """One act that the state allows; `lack` says why it cannot be done now."""

    act: SignoffAct
    lack: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewProps:
    """Everything on the screen."""

    state: SignoffState
    who: str
    digest: str
    acts: tuple[ActProps, ...]
    approval: ApprovalProps | None
    history: tuple[HistoryRow, ...]
    changes: tuple[ChangeRow, ...]
    was_changed_since_submitted: bool = False
