"""The forms of the house: they read what was sent, refuse in whole sentences, and remember for a merge.

A form is plain WTForms; the token against forged posts is checked once for the whole application
(``app.security``) and written by ``macros/form.html``, so no form carries one of its own.
"""

from typing import Any

import wtforms
from flask import request
from flask_babel import get_locale
from werkzeug.datastructures import CombinedMultiDict, FileStorage
from wtforms.i18n import get_translations
from wtforms.meta import DefaultMeta
from wtforms.validators import DataRequired

from foundation.errors import DomainError
from foundation.web import conflict
from foundation.web.wording import translated

SUBMITTED: Any = object()
"""Stands for "whatever this request sent": nothing on GET, fields and files on POST."""


def submitted() -> Any:
    """Return the fields and files of this request, merged when it answers a three-way page; else None."""
    if request.method not in ("POST", "PUT", "PATCH"):
        return None
    fields = conflict.merged(request.form) if conflict.is_answer(request.form) else request.form
    return CombinedMultiDict([request.files, fields]) if request.files else fields


class Form(wtforms.Form):
    """Every form's parent: it takes the request's data itself, and refuses in the reader's language."""

    class Meta(DefaultMeta):
        """The built-in refusals follow the language of the page."""

        def get_translations(self, form: Any) -> Any:
            """Return the catalogue of the chosen language."""
            return get_translations([str(get_locale() or "zh")])

    def __init__(self, formdata: Any = SUBMITTED, **kwargs: Any) -> None:
        super().__init__(submitted() if formdata is SUBMITTED else formdata, **kwargs)

    def validate_on_submit(self) -> bool:
        """Tell whether this request sent the form and every field holds."""
        return request.method in ("POST", "PUT", "PATCH") and self.validate()

    def refuse(self, name: str, error: DomainError) -> None:
        """Put the refusal of a service under the field it speaks of, or over the form where there is none."""
        sentence = translated(error)
        if name in self:
            field = self[name]
            field.errors = [*field.errors, sentence]
        else:
            self.form_errors.append(sentence)


class QueryForm(Form):
    """The query bar of a list: read from the address, so that a link carries it."""

    def __init__(self, formdata: Any = SUBMITTED, **kwargs: Any) -> None:
        super().__init__(request.args if formdata is SUBMITTED else formdata, **kwargs)
        self.validate()

    def values(self) -> dict[str, Any]:
        """Return what was asked for: each field that holds a value, an unreadable one left out."""
        return {
            field.name: field.data
            for field in self
            if not field.errors and field.data not in (None, "", [], False)
        }


class VersionField(wtforms.IntegerField):
    """The version of a row when its form was opened; a new row has none, a forged one is none."""

    widget = wtforms.widgets.HiddenInput()

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read the number, if it is one."""
        text = str(valuelist[0]) if valuelist else ""
        self.data = int(text) if text.isascii() and text.isdigit() else None


class EditForm(Form):
    """A form on a row that others may edit too: it carries the version and the values it was opened with."""

    version = VersionField()

    def base_token(self) -> str:
        """Return the signed values with which this form was first shown."""
        sent = request.form.get(conflict.BASE) if request.method == "POST" else None
        return sent or conflict.sign(conflict.raw_values(self))


class Required(DataRequired):
    """The field must be filled; white space is not enough."""

    def __call__(self, form: Any, field: wtforms.Field) -> None:
        """Stop with one sentence that names the field, unless it already has its own refusal."""
        if field.errors:
            raise wtforms.validators.StopValidation
        if _is_blank(field.data):
            raise wtforms.validators.StopValidation(translated(Blank(label=str(field.label.text))))


def _is_blank(data: Any) -> bool:
    """Tell whether nothing was given: no value, white space, no choice, a file field left empty."""
    if isinstance(data, FileStorage):
        return not data.filename
    return data is None or data == [] or (isinstance(data, str) and not data.strip())


class AtMost:
    """A value has a sensible upper end, so that no slip of a key makes a sum beyond all bounds."""

    def __init__(self, limit: int) -> None:
        self.limit = limit

    def __call__(self, form: Any, field: Any) -> None:
        """Refuse a value beyond the limit, written as the field writes values."""
        if isinstance(field.data, int) and field.data > self.limit:
            raise wtforms.ValidationError(translated(TooMuch(limit=field.show(self.limit))))


class TooMuch(DomainError):
    """数值过大，最多 %(limit)s；请核对位数和单位。"""


class Blank(DomainError):
    """请填写“%(label)s”。"""
