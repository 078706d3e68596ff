"""The forms of acceptance: the answer without script, the signed paper, query bars and acts."""

from coop.acceptance.forms.answer import CodeForm, CouldNotRead, read_answer, read_pictures, read_words
from coop.acceptance.forms.desk import (
    DisputeQuery,
    NoticeForm,
    PaperForm,
    ReasonForm,
    ResolveForm,
    SlipQuery,
)

__all__ = [
    "CodeForm",
    "CouldNotRead",
    "DisputeQuery",
    "NoticeForm",
    "PaperForm",
    "ReasonForm",
    "ResolveForm",
    "SlipQuery",
    "read_answer",
    "read_pictures",
    "read_words",
]
