"""Who is assessed: institutions, their systems, and the check digit of the unified social credit code."""

from dataclasses import dataclass
from enum import StrEnum

from maturity_desktop.domain.ids import InstitutionId, SystemId
from maturity_desktop.domain.text import Text

CREDIT_CODE_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
CREDIT_CODE_LENGTH = 18


class InstitutionType(StrEnum):
    """Kinds of institution as the sector counts them."""

    STATE_OWNED = "state-owned"
    JOINT_STOCK = "joint-stock"
    CITY_COMMERCIAL = "city-commercial"
    RURAL_COMMERCIAL = "rural-commercial"
    PRIVATE = "private"
    DIRECT = "direct"
    CONSUMER_FINANCE = "consumer-finance"
    OTHER = "other"


class SystemKind(StrEnum):
    """What is assessed: a business system or a tool platform."""

    BUSINESS_SYSTEM = "business-system"
    TOOL_PLATFORM = "tool-platform"


@dataclass(frozen=True, slots=True, kw_only=True)
class Institution:
    """The assessed institution. `credit_code` is empty or an 18-character code with a valid check digit."""

    id: InstitutionId
    name: Text
    aliases: tuple[str, ...] = ()
    type: InstitutionType = InstitutionType.OTHER
    credit_code: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class System:
    """A business system or tool platform of one institution; its name is printed on the certificate."""

    id: SystemId
    institution_id: InstitutionId
    name: Text
    kind: SystemKind = SystemKind.BUSINESS_SYSTEM
    description: str = ""


def credit_code_check_digit(first_seventeen: str) -> str:
    """Return the check digit for the first 17 characters of a unified social credit code.

    Raises:
        ValueError: a character is not of the code's alphabet.

    Source: GB 32100-2015, clause on the check code (weights 3^(i-1) mod 31, modulus 31).
    """
    total = sum(
        CREDIT_CODE_ALPHABET.index(character) * pow(3, place, 31) for place, character in enumerate(first_seventeen)
    )
    return CREDIT_CODE_ALPHABET[-total % 31]


def is_credit_code(code: str) -> bool:
    """Return whether `code` is an 18-character unified social credit code with a right check digit.

    Source: GB 32100-2015.
    """
    if len(code) != CREDIT_CODE_LENGTH or any(character not in CREDIT_CODE_ALPHABET for character in code):
        return False
    return credit_code_check_digit(code[:-1]) == code[-1]
