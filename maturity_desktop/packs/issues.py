"""Everything that can be wrong with a pack, one code each; the sentences are in the wording file of the errors."""

from enum import StrEnum

from maturity_desktop.errors import Issue
from maturity_desktop.packs.values import Place


class Fault(StrEnum):
    """Codes of pack issues: reading (003-019), shape (020-039), meaning (040-058), workbooks (059-069), wording (070-).

    Shape and meaning refuse a pack, wording warns.
    """

    NOT_A_PACK = "PACK-003"
    FILE_TOO_LARGE = "PACK-004"
    PACK_TOO_LARGE = "PACK-005"
    NOT_UTF8 = "PACK-006"
    SYNTAX = "PACK-007"
    ANCHOR = "PACK-008"
    TAG = "PACK-009"
    SEVERAL_DOCUMENTS = "PACK-010"
    DUPLICATE_KEY = "PACK-011"
    TOO_DEEP = "PACK-012"
    LEAVES_FOLDER = "PACK-013"
    FILE_MISSING = "PACK-014"
    DAMAGED_ARCHIVE = "PACK-015"
    NOTHING_INSIDE = "PACK-016"
    FILE_TWICE = "PACK-017"
    FILE_UNUSED = "PACK-018"
    KEY_NOT_TEXT = "PACK-019"
    UNKNOWN_KEY = "PACK-020"
    MISSING_KEY = "PACK-021"
    WANTS_TEXT = "PACK-022"
    NOT_A_CHOICE = "PACK-023"
    BAD_NUMBER = "PACK-024"
    BAD_DATE = "PACK-025"
    BAD_SPELLING = "PACK-026"
    EMPTY_LIST = "PACK-027"
    NODES_OR_CELLS = "PACK-028"
    FORMAT_VERSION = "PACK-029"
    EMPTY_TEXT = "PACK-030"
    WANTS_NUMBER = "PACK-031"
    WANTS_DATE = "PACK-032"
    WANTS_BILINGUAL = "PACK-033"
    WANTS_LIST = "PACK-034"
    WANTS_TABLE = "PACK-035"
    BAD_CHARACTER = "PACK-036"
    TOO_LONG = "PACK-037"
    LINK_TO_ITSELF = "PACK-038"
    DANGLING_LINK = "PACK-039"
    TWICE = "PACK-040"
    CELL_MISSING = "PACK-041"
    CELL_OF_NO_LEVEL = "PACK-042"
    SAME_WITHOUT_BELOW = "PACK-043"
    LEVEL_GAP = "PACK-044"
    CRITERION_ID = "PACK-045"
    EVIDENCE_CODE = "PACK-046"
    THRESHOLD = "PACK-047"
    LEVEL_UNKNOWN = "PACK-048"
    PARAMETER_OUT_OF_RANGE = "PACK-049"
    PARAMETER_OF_OTHER_METHOD = "PACK-050"
    NODE_UNKNOWN = "PACK-051"
    TEXT_MISSING = "PACK-052"
    LANGUAGE_UNDECLARED = "PACK-053"
    DEPTH = "PACK-054"
    NO_CRITERIA = "PACK-055"
    ANSWER_SET_UNKNOWN = "PACK-056"
    EXAMPLE_UNKNOWN = "PACK-057"
    EXAMPLE_FAILS = "PACK-058"
    SHEET_MISSING = "PACK-059"
    SHEET_UNKNOWN = "PACK-060"
    COLUMN_MISSING = "PACK-061"
    COLUMN_UNKNOWN = "PACK-062"
    FORMULA = "PACK-063"
    CELL_ERROR = "PACK-064"
    PARENT_UNKNOWN = "PACK-065"
    PARENT_CYCLE = "PACK-066"
    ITEM_UNKNOWN = "PACK-067"
    CELL_SAYS_TWO_THINGS = "PACK-068"
    VAGUE = "PACK-070"
    CJK_IN_ENGLISH = "PACK-071"
    NO_CJK_IN_CHINESE = "PACK-072"
    DOUBLE_BARRELLED = "PACK-073"
    DUPLICATE_TEXT = "PACK-074"
    NEAR_DUPLICATE = "PACK-075"
    TITLE_REPEATED = "PACK-076"
    NOTE_EQUALS_TEXT = "PACK-077"
    FIGURE_NOT_IN_TEXT = "PACK-078"
    END_OF_SENTENCE = "PACK-079"
    WEAKER_ABOVE = "PACK-080"
    CONTRADICTION = "PACK-081"
    LEVEL_ASKS_NOTHING = "PACK-082"
    ENGLISH_IN_CHINESE = "PACK-083"
    CODE_CLASH = "PACK-084"
    DUPLICATE_ACROSS = "PACK-085"
    NEAR_DUPLICATE_ACROSS = "PACK-086"
    FIGURES_DIFFER = "PACK-087"
    BARE_TITLE = "PACK-088"


WARNINGS = frozenset({Fault.FILE_UNUSED, Fault.LANGUAGE_UNDECLARED, Fault.SHEET_UNKNOWN})


def issue(fault: Fault, place: Place, **values: object) -> Issue:
    """Make one issue; codes from 070 on and those in `WARNINGS` do not refuse the pack."""
    is_warning = fault in WARNINGS or fault.value >= Fault.VAGUE.value
    shown = tuple((name, str(value)) for name, value in values.items())
    return Issue(code=fault.value, place=str(place), values=shown, is_error=not is_warning)
