"""Reading a household's answer from a plain form: one verdict for each line, and who speaks."""

from collections.abc import Mapping, Sequence

from flask import request
from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict

from coop.acceptance.rules.codes import read_code
from coop.acceptance.rules.terms import Respondent, Verdict
from coop.acceptance.service import LineWord, Speaker, called
from coop.operations.models import OrderLine
from foundation.errors import DomainError, InvalidValue
from foundation.typesetting import unprintable
from foundation.values.area import Mu, parse_mu
from foundation.web.fields import ParsedField
from foundation.web.forms import Form, Required
from foundation.web.uploads import sent_files
from foundation.web.wording import translated

LONGEST_NOTE = 200
LONGEST_NAME = 30
_KINDS = ("verdict", "area", "note", "photo")


class CouldNotRead(Exception):
    """The sentences on what was filled in wrongly, all of them at once."""

    def __init__(self, sentences: Sequence[str]) -> None:
        self.sentences = tuple(sentences)
        super().__init__("；".join(sentences))


class LineUnread(InvalidValue):
    """地块 %(parcel)s：%(sentence)s"""


class ContradictoryAll(InvalidValue):
    """您点了“全部认可”，但有地块选了“面积不符”或“没有作业”；请改选，或点“提交答复”。"""


class TooLong(InvalidValue):
    """内容过长，最多 %(limit)s 个字；请删减。"""


class CodeForm(Form):
    """The code, typed by hand."""

    code = ParsedField(
        _l("验收码"),
        [Required()],
        parse=read_code,
        description=_l("验收确认单二维码下面的 20 位码，横线和空格可以不填"),
    )


def read_words(
    form: MultiDict[str, str], lines: Sequence[OrderLine], *, all_accepted: bool = False, some: bool = False
) -> tuple[LineWord, ...]:
    """Return the words on lines; ids of other lines are read too, for the service to refuse them.

    With ``some`` a line without a verdict is left out, as a paper may be entered line by line.
    """
    parcels = {line.id: called(line) for line in lines}
    sent = [line_id for line_id in _ids(form) if not some or form.get(f"verdict-{line_id}")]
    wrong: list[str] = []
    words: list[LineWord] = []
    for line_id in sorted({*sent, *(() if some else parcels)}):
        try:
            words.append(_word(form, line_id, all_accepted=all_accepted))
        except DomainError as error:
            place = parcels.get(line_id, str(line_id))
            wrong.append(translated(LineUnread(parcel=place, sentence=translated(error))))
    if all_accepted and any(_verdict(form, line_id) not in (None, Verdict.ACCEPTED) for line_id in sent):
        wrong.insert(0, translated(ContradictoryAll()))
    if wrong:
        raise CouldNotRead(wrong)
    return tuple(words)


def _ids(form: MultiDict[str, str]) -> set[int]:
    """Return every line that the form, or its files, speak of."""
    parts = (name.partition("-") for name in (*form, *request.files))
    return {int(number) for kind, _, number in parts if kind in _KINDS and _is_number(number)}


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < len(str(2**62))


def _word(form: MultiDict[str, str], line_id: int, *, all_accepted: bool) -> LineWord:
    verdict = Verdict.ACCEPTED if all_accepted else _verdict(form, line_id)
    return LineWord(
        line_id=line_id,
        verdict=verdict,
        area=_area(form, line_id) if verdict is Verdict.SMALLER else None,
        note=_text(form.get(f"note-{line_id}", ""), LONGEST_NOTE),
    )


def _verdict(form: MultiDict[str, str], line_id: int) -> Verdict | None:
    sent = form.get(f"verdict-{line_id}", "")
    return next((verdict for verdict in Verdict if verdict.value == sent), None)


def _area(form: MultiDict[str, str], line_id: int) -> Mu | None:
    text = form.get(f"area-{line_id}", "").strip()
    return parse_mu(text) if text else None


def _text(text: str, limit: int) -> str:
    """Return a line of text without what no paper can show: telephones put pictures among the words."""
    plain = "".join(one for one in text if one.isprintable()).strip()
    if len(plain) > limit:
        raise TooLong(limit=limit)
    missing = unprintable(plain) if plain else set()
    return "".join(one for one in plain if one not in missing)


def read_answer(
    form: MultiDict[str, str], lines: Sequence[OrderLine]
) -> tuple[tuple[LineWord, ...], Speaker]:
    """Return what a household sent: its words and who speaks."""
    words = read_words(form, lines, all_accepted=form.get("all") == "1")
    return words, read_speaker(form)


def read_speaker(form: MultiDict[str, str]) -> Speaker:
    """Return who speaks; without a choice it is the farmer."""
    sent = form.get("respondent", "")
    marks = form.get("satisfaction", "")
    return Speaker(
        respondent=next((one for one in Respondent if one.value == sent), Respondent.FARMER),
        name=_text(form.get("name", ""), LONGEST_NAME),
        satisfaction=int(marks) if marks.isascii() and marks.isdigit() else None,
    )


def read_pictures(lines: Sequence[OrderLine]) -> Mapping[int, Sequence[tuple[str, bytes]]]:
    """Return the photographs that came with each line."""
    return {line.id: files for line in lines if (files := sent_files(f"photo-{line.id}"))}
