"""What an upload and the query bar of a preview ask for."""

from typing import Any

import wtforms
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import FileStorage

from foundation.imports.rules import ImportKind, Outcome
from foundation.web.fields import CheckField, ChoiceField, TermField
from foundation.web.forms import Form, QueryForm, Required


class UploadForm(Form):
    """Which kind of spreadsheet, and the file."""

    kind = ChoiceField(_l("导入类型"), validators=[Required()], coerce=str, blank=None)
    file = wtforms.FileField(_l("文件"), validators=[Required()])

    def __init__(self, kinds: list[ImportKind], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.kind.choices = [(kind.name, _(kind.label)) for kind in kinds]

    @property
    def upload(self) -> FileStorage:
        """The file that was sent."""
        sent: FileStorage = self.file.data
        return sent


def row_query(kind: ImportKind) -> QueryForm:
    """Return the query bar of a preview: of one sheet, of one outcome, only the rows with a warning."""
    sheets = [(place, sheet.title) for place, sheet in enumerate(kind.sheets)]

    class RowQuery(QueryForm):
        sheet = ChoiceField(_l("工作表"), blank=None, choices=sheets)
        outcome = TermField(_l("结果"), terms=Outcome, blank=_l("全部"))
        warned = CheckField(_l("只看有提示的行"))

    return RowQuery()
