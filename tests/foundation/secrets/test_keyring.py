"""Sealed texts open only with their key, and search works without opening."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation.secrets import keyring
from foundation.secrets.keyring import KeyMissing, new_keyring

ID = "37162619650101001X"


@given(st.text())
def test_what_is_sealed_opens_again(text: str) -> None:
    ring = new_keyring()
    assert ring.open(ring.seal(text)) == text


def test_equal_texts_are_sealed_differently() -> None:
    ring = new_keyring()
    assert ring.seal(ID) != ring.seal(ID)


def test_a_sealed_text_does_not_contain_its_words() -> None:
    assert ID.encode() not in new_keyring().seal(ID)


def test_an_old_text_stays_readable_after_the_key_is_rotated() -> None:
    old = new_keyring()
    new = old.rotated()
    assert new.open(old.seal(ID)) == ID
    assert new.seal(ID)[0] == 2


def test_the_index_survives_rotation() -> None:
    old = new_keyring()
    assert old.rotated().blind_index(ID) == old.blind_index(ID)


def test_another_house_cannot_open_a_text() -> None:
    with pytest.raises(KeyMissing):
        new_keyring().open(new_keyring().seal(ID))


def test_a_changed_byte_is_noticed() -> None:
    ring = new_keyring()
    sealed = bytearray(ring.seal(ID))
    sealed[-1] ^= 1
    with pytest.raises(KeyMissing):
        ring.open(bytes(sealed))


def test_a_key_of_an_unknown_version_is_named_as_missing() -> None:
    ring = new_keyring()
    with pytest.raises(KeyMissing):
        ring.open(ring.rotated().seal(ID))


def test_the_ring_is_kept_in_a_file_only_its_owner_reads(tmp_path: Path) -> None:
    ring = new_keyring()
    file = tmp_path / "keyring.json"
    keyring.save(ring, file)
    assert keyring.load(file).keys == ring.keys
    assert file.stat().st_mode & 0o077 == 0


def test_a_missing_or_damaged_file_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "keyring.json"
    with pytest.raises(KeyMissing):
        keyring.load(file)
    file.write_text("{}")
    with pytest.raises(KeyMissing):
        keyring.load(file)


def test_the_last_four_are_indexed_apart_from_whole_numbers() -> None:
    keyring.use(new_keyring())
    assert keyring.tail_index(ID) == keyring.tail_index("001X")
    assert keyring.tail_index(ID) != keyring.blind_index("001X")
