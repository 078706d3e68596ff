"""Two people edited one row: nobody's words are lost, one page shows before, theirs and yours.

The page needs no script. It carries your values and theirs side by side with one choice per contested
field, posts to the address it came from, and ``merged`` turns the answer back into an ordinary form.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import wtforms
from flask import current_app, render_template, request
from flask.typing import ResponseReturnValue
from itsdangerous import BadData, URLSafeSerializer
from werkzeug.datastructures import MultiDict

from foundation.database.engine import db

if TYPE_CHECKING:
    from foundation.web.forms import EditForm

BASE = "base"
_ANSWER = "three-way"
_THEIRS = "theirs."
_CHOICE = "choose."
_CARRIED = frozenset({"version", BASE, "csrf_token"})

Pairs = list[tuple[str, str]]
"""What a browser would send for one field: names and texts, in order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contested:
    """One field that differs: its label, the three readings, and whose stands unless the reader chooses."""

    name: str
    label: str
    before: str
    theirs: str
    yours: str
    stands: str
    is_contested: bool


def raw_values(form: Any) -> dict[str, Pairs]:
    """Return what a browser would send for each field of ``form``, by the name of the top-level field."""
    return {field.short_name: list(_pairs(field)) for field in form if field.short_name not in _CARRIED}


def _pairs(field: Any) -> Iterable[tuple[str, str]]:
    if isinstance(field, wtforms.FieldList):
        yield from (pair for line in field for pair in _pairs(line) if pair[1])
    elif isinstance(field, wtforms.FormField):
        yield from (pair for inner in field for pair in _pairs(inner))
    elif isinstance(field, wtforms.BooleanField):
        if field.data:
            yield field.name, "y"
    elif isinstance(field, wtforms.SelectMultipleField):
        yield from ((field.name, str(value)) for value in field.data or ())
    elif hasattr(field, "_value"):
        yield field.name, str(field._value()).replace("\r\n", "\n")
    elif not isinstance(field, wtforms.FileField):
        yield field.name, "" if field.data is None else str(field.data)


def sign(values: dict[str, Pairs]) -> str:
    """Return the values as a token that only this house can have written."""
    return str(_serializer().dumps(values))


def _serializer() -> URLSafeSerializer:
    return URLSafeSerializer(str(current_app.secret_key), salt="form base")


def _base_values() -> dict[str, Pairs]:
    try:
        stored = _serializer().loads(request.form.get(BASE, ""))
    except BadData:
        return {}
    return {name: [(key, value) for key, value in pairs] for name, pairs in stored.items()}


def conflict_page(
    yours: "EditForm", theirs: "EditForm", *, subject: str, who: str = ""
) -> ResponseReturnValue:
    """Return the three-way page after a ``StaleVersion``.

    ``theirs`` is the same form filled from the row as it is now, ``subject`` names the row and ``who`` the
    person who saved first.
    """
    db.session.rollback()
    ours, others = raw_values(yours), raw_values(theirs)
    page = render_template(
        "errors/conflict.html",
        subject=subject,
        who=who,
        fields=_differences(yours, theirs),
        yours=[pair for pairs in ours.values() for pair in pairs],
        theirs=[pair for pairs in others.values() for pair in pairs],
        version=theirs.version.data,
        base=sign(others),
        answer=_ANSWER,
    )
    return page, 409


def _differences(yours: "EditForm", theirs: "EditForm") -> list[Contested]:
    base, ours, others = _base_values(), raw_values(yours), raw_values(theirs)
    found = []
    for name, mine in ours.items():
        other, before = others.get(name, []), base.get(name, [])
        if mine == other:
            continue
        contested = before not in (mine, other)
        found.append(
            Contested(
                name=name,
                label=str(yours[name].label.text),
                before=_reading(yours[name], before),
                theirs=_reading(theirs[name], other),
                yours=_reading(yours[name], mine),
                stands="theirs" if mine == before else "yours",
                is_contested=contested,
            )
        )
    return found


def _reading(field: Any, pairs: Pairs) -> str:
    """Return the texts of a field as a person reads them: labels for choices, one line for each line."""
    if isinstance(field, wtforms.BooleanField):
        return "✓" if pairs else "—"
    if isinstance(field, wtforms.FieldList):
        return _lines_reading(field, pairs)
    labels = _labels(field)
    return "\n".join(labels.get(text, text) for _, text in pairs if text) or "—"


def _lines_reading(field: Any, pairs: Pairs) -> str:
    labels = {inner.short_name: _labels(inner) for entry in field for inner in entry}
    lines: dict[str, list[str]] = {}
    for name, text in pairs:
        _top_name, number, inner = name.split("-", 2)
        lines.setdefault(number, []).append(labels.get(inner, {}).get(text, text))
    return "\n".join(" · ".join(texts) for texts in lines.values()) or "—"


def _labels(field: Any) -> dict[str, str]:
    return {str(choice[0]): str(choice[1]) for choice in _choices(field)}


def _choices(field: Any) -> Iterable[Any]:
    return field.iter_choices() if isinstance(field, wtforms.SelectField) else ()


def is_answer(form: MultiDict[str, str]) -> bool:
    """Tell whether a post answers the three-way page."""
    return _ANSWER in form


def merged(form: MultiDict[str, str]) -> MultiDict[str, str]:
    """Return the fields of an answered three-way page, each as its reader chose."""
    chosen_theirs = {
        name.removeprefix(_CHOICE) for name in form if name.startswith(_CHOICE) and form[name] == "theirs"
    }
    fields: MultiDict[str, str] = MultiDict()
    for name, value in form.items(multi=True):
        if name.startswith(_THEIRS):
            if _top(name.removeprefix(_THEIRS)) in chosen_theirs:
                fields.add(name.removeprefix(_THEIRS), value)
        elif not name.startswith(_CHOICE) and _top(name) not in chosen_theirs:
            fields.add(name, value)
    return fields


def _top(name: str) -> str:
    """Return the top-level field of ``annex-0-area``; field names have no dash of their own."""
    return name.partition("-")[0]
