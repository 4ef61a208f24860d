"""Submissions: everything about one assessment in one signed file for upload, readable without this program.

Evidence leaves in plain form here, and only here and by `evidence.save_copy`: because somebody asked, journalled first.
"""

from maturity_desktop.domain.submission import SUFFIX
from maturity_desktop.services.context import Workspace
from maturity_desktop.services.export_requests import Identity, KeptIdentity, Sm2Identity, TokenIdentity
from maturity_desktop.services.outcomes import Area, Changes, Outcome
from maturity_desktop.services.submission_requests import Packed, SubmissionRequest
from maturity_desktop.system.progress import Progress, silent

__all__ = [
    "SUFFIX",
    "Identity",
    "KeptIdentity",
    "Packed",
    "Sm2Identity",
    "SubmissionRequest",
    "TokenIdentity",
    "pack",
]


def pack(workspace: Workspace, request: SubmissionRequest, progress: Progress = silent) -> Outcome[Packed]:
    """Write a submission; it bears its name only once it was read back and verified whole. Progress counts bytes.

    Raises:
        SigningRefused: SGN-01x, SGN-02x; SGN-041 … SGN-044 the SM2 key.
        RuleBroken: EXP-004 nothing answered yet; SUB-001 the target lies inside the workspace.
        EnvironmentProblem: EVI-004, EVI-005 evidence missing or damaged; WSP-020, WSP-022; SYS-0xx; SUB-002 not enough
            space; SGN-040 no SM2 on this computer.
        VerificationFailed: SUB-003 what was written does not verify.
        Cancelled: the progress asked to stop; nothing is left at the target.
    """
    from maturity_desktop.services import packing  # loads the database engine, the renderers, the signing library

    target = request.target
    if target.suffix.lower() != SUFFIX:
        target = target.with_name(f"{target.name}{SUFFIX}")
    packed = packing.pack(workspace, request, target, progress)
    changes = Changes(areas=frozenset({Area.EXPORTS}), assessment_id=request.assessment_id)
    return Outcome(value=packed, changes=changes)
