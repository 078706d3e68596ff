"""The forms of a contract's acts and the query bar of the list; the terms are entered elsewhere."""

import wtforms
from flask_babel import lazy_gettext as _l

from coop.contracts.rules.life import ContractState
from coop.contracts.rules.terms import ContractMode, ContractNature
from foundation.web.acts import ActForm
from foundation.web.fields import ChoiceField, DateField, DivisionField, LongTextField, TermField, TextField
from foundation.web.forms import QueryForm, Required


class ContractQuery(QueryForm):
    """The query bar of the list."""

    text = TextField(_l("编号、农户或组织"))
    mode = TermField(_l("托管模式"), terms=ContractMode, blank=_l("全部"))
    nature = TermField(_l("合同性质"), terms=ContractNature, blank=_l("全部"))
    state = TermField(_l("状态"), terms=ContractState, blank=_l("全部"))
    division = DivisionField(_l("村镇"))
    season = ChoiceField(_l("作物季"), blank=_l("全部"))
    since = DateField(_l("登记日期从"))
    until = DateField(_l("至"))


class ReasonForm(ActForm):
    """An act that needs a reason."""

    reason = LongTextField(_l("理由"), [Required()], limit=400)


class SignForm(ActForm):
    """The facts of a signature."""

    signed_on = DateField(_l("签订日期"), [Required()], description=_l("合同上双方签字的日期"))
    effective_on = DateField(_l("生效日期"), description=_l("与签订日期不同时填写"))
    scans = wtforms.MultipleFileField(
        _l("签字扫描件"), description=_l("PDF 或图片，可多选；也可以之后在附件中补传")
    )


class CompleteForm(ActForm):
    """The day on which everything was done."""

    on = DateField(_l("完成日期"), [Required()], description=_l("全部完成并验收的日期"))


class TerminateForm(ReasonForm):
    """From which day on, and why."""

    on = DateField(_l("终止日期"), [Required()], description=_l("从这一天起不再履行"))
