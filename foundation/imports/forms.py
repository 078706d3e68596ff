"""What an upload and the query bar of a preview ask for."""

from typing import Any

import wtforms
from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import FileStorage

from foundation.imports.rules import ImportKind, Outcome
from foundation.web.forms import Form, QueryForm, Required
from foundation.web.wording import term


class UploadForm(Form):
    """Which kind of spreadsheet, and the file."""

    kind = wtforms.SelectField(_l("导入类型"))
    file = wtforms.FileField(_l("文件"), validators=[Required()])

    def __init__(self, kinds: list[ImportKind], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.kind.choices = [(kind.name, kind.label) for kind in kinds]

    @property
    def upload(self) -> FileStorage:
        """The file that was sent."""
        sent: FileStorage = self.file.data
        return sent


class RowQuery(QueryForm):
    """Which rows of a preview: of one sheet, of one outcome, only those with a warning."""

    sheet = wtforms.SelectField(_l("工作表"))
    outcome = wtforms.SelectField(_l("结果"))
    warned = wtforms.BooleanField(_l("只看有提示的行"), false_values=("", "0", "false", None))

    def __init__(self, kind: ImportKind, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.sheet.choices = [(str(place), sheet.title) for place, sheet in enumerate(kind.sheets)]
        self.outcome.choices = [("", _l("全部")), *((outcome.value, term(outcome)) for outcome in Outcome)]
