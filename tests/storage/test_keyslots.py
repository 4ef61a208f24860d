"""Key slots: one master key under several passphrases, each proved on its own."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from maturity_desktop.errors import EnvironmentProblem, RuleBroken
from maturity_desktop.storage import keyslots
from maturity_desktop.storage.keys import WorkspaceKeys
from maturity_desktop.storage.keyslots import Cost, KeySlots

CHEAP = Cost(passes=1, lanes=1, memory_kib=64)
MASTER = bytes(range(32))


def two_slots() -> KeySlots:
    slots = keyslots.with_slot(KeySlots(workspace_id="w"), keyslots.ASSESSOR, "甲 passphrase", MASTER, CHEAP)
    return keyslots.with_slot(slots, keyslots.RECOVERY, "乙 passphrase", MASTER, CHEAP)


def test_each_passphrase_opens_its_slot_and_the_same_master_key() -> None:
    assert keyslots.unlock(two_slots(), "甲 passphrase") == (keyslots.ASSESSOR, MASTER)
    assert keyslots.unlock(two_slots(), "乙 passphrase") == (keyslots.RECOVERY, MASTER)


@pytest.mark.parametrize("wrong", ["", "甲 passphras", "甲 passphrase ", "丙 passphrase"])
def test_another_passphrase_opens_nothing(wrong: str) -> None:
    with pytest.raises(RuleBroken, match="WSP-002"):
        keyslots.unlock(two_slots(), wrong)


def test_a_passphrase_typed_in_another_unicode_form_opens() -> None:
    slots = keyslots.with_slot(KeySlots(workspace_id="w"), "a", "caf\u00e9", MASTER, CHEAP)
    assert keyslots.unlock(slots, "cafe\u0301") == ("a", MASTER)


def test_a_slot_of_another_workspace_or_name_does_not_open() -> None:
    slots = two_slots()
    for forged in (replace(slots, workspace_id="other"), replace(slots, slots=(replace(slots.slots[0], name="x"),))):
        with pytest.raises(RuleBroken, match="WSP-002"):
            keyslots.unlock(forged, "甲 passphrase")


def test_replacing_a_slot_closes_it_to_the_old_passphrase() -> None:
    renewed = keyslots.with_slot(two_slots(), keyslots.ASSESSOR, "新 passphrase", MASTER, CHEAP)
    assert len(renewed.slots) == 2
    assert keyslots.unlock(renewed, "新 passphrase")[1] == MASTER
    with pytest.raises(RuleBroken, match="WSP-002"):
        keyslots.unlock(renewed, "甲 passphrase")


def test_the_file_gives_back_what_was_written_and_tells_no_key(tmp_path: Path) -> None:
    keyslots.write(tmp_path, two_slots())
    assert keyslots.read(tmp_path) == two_slots_like(keyslots.read(tmp_path))
    content = (tmp_path / keyslots.FILE_NAME).read_bytes()
    assert MASTER.hex().encode() not in content
    assert b"passphrase" not in content


def two_slots_like(slots: KeySlots) -> KeySlots:
    """The slots as they are, having proved that both open."""
    assert [keyslots.unlock(slots, words)[1] for words in ("甲 passphrase", "乙 passphrase")] == [MASTER, MASTER]
    return slots


@pytest.mark.parametrize("cost", [{"passes": 0}, {"memory_kib": 10**9}, {"lanes": 10**6}, {"passes": 10**6}])
def test_costs_that_would_stall_the_machine_are_damage(tmp_path: Path, cost: dict[str, int]) -> None:
    keyslots.write(tmp_path, two_slots())
    path = tmp_path / keyslots.FILE_NAME
    document = json.loads(path.read_bytes())
    document.pop("sha256")
    document["slots"][0]["cost"].update(cost)
    document["sha256"] = keyslots._checksum(document)
    path.write_text(json.dumps(document))
    with pytest.raises(EnvironmentProblem, match="WSP-007"):
        keyslots.read(tmp_path)


def test_new_slots_cost_what_was_measured() -> None:
    assert Cost() == Cost(passes=3, lanes=4, memory_kib=65_536)


def test_keys_for_different_purposes_have_nothing_in_common() -> None:
    keys = WorkspaceKeys(master=MASTER)
    derived = [keys.database[:32], keys.evidence, keys.evidence_names, keys.journal, MASTER]
    assert len(set(derived)) == 5
    assert MASTER.hex() not in repr(keys)
    assert WorkspaceKeys(master=MASTER).evidence == keys.evidence
