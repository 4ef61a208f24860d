"""The worked examples of the shipped packs: computed by hand beside the text, found again by the rules."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from maturity_desktop.domain.standard import Method
from maturity_desktop.packs import examine
from maturity_desktop.packs.write import PackContent
from maturity_desktop.services import examples
from maturity_desktop.system import paths

PACKS = sorted(head.parent for head in paths.standards().glob("*/*/standard.yaml"))


def content_of(standard: str) -> PackContent:
    content = next(examine(pack).content for pack in PACKS if pack.parent.name == standard)
    assert content is not None
    return content


WITH_EXAMPLES = ("cn-devops-3", "cn-devops-4", "cn-devops-6", "cn-devops-8", "cn-devops-pm")


@pytest.mark.parametrize("standard", WITH_EXAMPLES)
def test_what_was_worked_out_by_hand_is_what_the_rule_gives(standard: str) -> None:
    content = content_of(standard)
    assert content.examples
    assert examples.run(content) == ()


def test_every_kind_of_rule_profile_has_a_worked_example() -> None:
    shown: set[Method] = set()
    for standard in WITH_EXAMPLES:
        content = content_of(standard)
        shown |= {content.edition.profile(str(example["profile"])).method for example in content.examples}
    assert shown == set(Method)


@pytest.mark.parametrize("standard", WITH_EXAMPLES)
def test_an_example_that_is_wrong_is_found(standard: str) -> None:
    content = content_of(standard)
    for example in content.examples:
        ratings = example["ratings"]
        assert isinstance(ratings, Mapping)
        wrong = replace(content, examples=({**example, "ratings": {**ratings, "whole": "1-"}},))
        assert [issue.code for issue in examples.run(wrong)] == ["PACK-058"]


def test_a_share_is_counted_in_whole_items() -> None:
    """80 % of 49 items is 39.2: forty items make the level, thirty-nine do not; both stand in the pack of part 3."""
    content = content_of("cn-devops-3")
    assert len(content.edition.items) == 49
    nine, ten = (one for one in content.examples if one["profile"] == "share-80")
    assert (len(nine["answers"]), len(ten["answers"])) == (9, 10)
    assert 100 * (49 - 9) >= 80 * 49 > 100 * (49 - 10)
