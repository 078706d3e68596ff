"""The English catalogue is complete, and no Chinese word reaches a screen around it."""

import re
from pathlib import Path

import pytest

from tools import translations

CHINESE = re.compile("[\u3400-\u9fff]")
MARKED = re.compile(r"""\{\{-?.*?-?\}\}|\{%-?.*?-?%\}|\{#.*?#\}|<!--.*?-->""", re.DOTALL)
TEMPLATES = sorted((translations.ROOT / "templates").rglob("*.html"))


def test_every_word_on_screen_has_an_english_translation() -> None:
    assert translations.missing(translations.merged()) == []


def test_the_compiled_catalogue_is_the_written_one() -> None:
    compiled = translations.CATALOGUE.with_suffix(".mo").read_bytes()
    assert compiled == translations.compiled(translations.translated())


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: str(path.relative_to(translations.ROOT)))
def test_a_template_holds_no_unwrapped_chinese(template: Path) -> None:
    bare = MARKED.sub("", template.read_text("utf-8"))
    assert CHINESE.findall(bare) == []
