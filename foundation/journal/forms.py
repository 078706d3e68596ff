"""The query bar over the journal."""

from flask_babel import lazy_gettext as _l

from foundation.journal.queries import JournalFilter
from foundation.web.fields import ChoiceField, DateField, TextField
from foundation.web.forms import QueryForm


class JournalQuery(QueryForm):
    """What a reader of the journal asks for."""

    actor = TextField(_l("操作人"))
    act = ChoiceField(_l("操作"), coerce=str, blank=_l("全部"))
    subject_type = TextField(_l("对象类别"))
    subject = TextField(_l("对象编号或名称"))
    since = DateField(_l("自"))
    until = DateField(_l("至"))

    def asked(self) -> JournalFilter:
        """Return what was asked for."""
        return JournalFilter(**self.values())
