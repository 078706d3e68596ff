from hypothesis import given
from hypothesis import strategies as st

from foundation.names.suffixes import search_key, suffixes


def test_every_ending_is_listed_the_whole_name_first() -> None:
    assert suffixes("王建国") == ["王建国", "建国", "国"]
    assert suffixes("") == []


def test_dots_blanks_and_width_do_not_hide_a_name() -> None:
    assert suffixes("买买提·艾力")[0] == search_key("买买提 艾力") == search_key("买买提•艾力")
    assert search_key("Ａ村") == "a村"


def test_a_rare_character_beyond_the_basic_plane_is_one_character() -> None:
    assert suffixes("王𬭎") == ["王𬭎", "𬭎"]


@given(st.text(max_size=20), st.text(max_size=5))
def test_a_name_contains_a_word_exactly_when_one_suffix_begins_with_it(name: str, word: str) -> None:
    key = search_key(word)
    if key:
        assert (key in search_key(name)) == any(suffix.startswith(key) for suffix in suffixes(name))
