"""The form of a supplementary agreement: what shall be changed, all else stays; and the acts' forms."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import wtforms
from flask_babel import lazy_gettext as _l

from coop.amendments.rules.life import AmendmentState
from coop.amendments.rules.proposing import Wishes
from coop.contracts.forms import ReasonForm, SignForm
from coop.contracts.models import Contract
from coop.contracts.rules import money
from coop.contracts.rules.details import ContractDetails, MenuLineDetails
from coop.contracts.rules.terms import ContractMode
from foundation.values.percent import BasisPoints
from foundation.web.fields import (
    CheckField,
    CountField,
    DateField,
    DivisionField,
    LongTextField,
    MuField,
    PercentField,
    TermField,
    TextField,
    YuanField,
)
from foundation.web.forms import EditForm, QueryForm, Required

__all__ = ["AmendmentForm", "AmendmentQuery", "ReasonForm", "SignForm"]


class AmendmentQuery(QueryForm):
    """The query bar of the list."""

    text = TextField(_l("协议编号、合同编号、农户或组织"))
    state = TermField(_l("状态"), terms=AmendmentState, blank=_l("全部"))
    division = DivisionField(_l("村镇"))


class MenuLineForm(wtforms.Form):
    """One line of the menu as it shall be; who drops it takes the link out."""

    price = YuanField(_l("单价"), [Required()])
    area = MuField(_l("面积"), [Required()])
    passes = CountField(_l("次数"), [Required()], least=1, most=50)
    dropped = CheckField(_l("取消"))


class AmendmentForm(EditForm):
    """What shall be changed; filled with what is in force."""

    reason = TextField(_l("变更原因"), [Required()], limit=400)
    effective_on = DateField(_l("生效日期"), [Required()])
    ends_on = DateField(_l("合同终止日"), [Required()])
    price = YuanField(_l("每亩每年价款"))
    menu = wtforms.FieldList(wtforms.FormField(MenuLineForm))
    withdrawn = LongTextField(_l("退出的地块"), limit=60_000, description=_l("每行一个地块编码"))
    wanted = LongTextField(
        _l("新增或变更面积的地块"),
        limit=60_000,
        description=_l("每行一个地块：地块编码 亩数，可从表格粘贴"),
    )
    crops = TextField(_l("作物"), limit=100)
    late_fee = PercentField(_l("逾期违约金（每日）"))
    free_terms = LongTextField(_l("其他约定"), limit=4000)

    def wishes(self, before: ContractDetails, withdrawn: frozenset[int], wanted: Any) -> Wishes:
        """Return what was asked for, the lines of land already read."""
        return Wishes(
            ends_on=self.ends_on.data,
            price=self.price.data if before.mode is not ContractMode.MENU else None,
            menu=self._lines(before.menu),
            withdrawn=withdrawn,
            wanted=tuple(wanted),
            crops=self.crops.data or "",
            late_fee=self.late_fee.data or BasisPoints(0),
            free_terms=self.free_terms.data or "",
            effective_on=self.effective_on.data,
        )

    def _lines(self, before: Sequence[MenuLineDetails]) -> tuple[MenuLineDetails, ...]:
        return tuple(
            MenuLineDetails(
                link_id=line.link_id,
                season_id=line.season_id,
                starts_on=line.starts_on,
                ends_on=line.ends_on,
                price=entry.form.price.data,
                area=entry.form.area.data,
                passes=entry.form.passes.data,
            )
            for line, entry in zip(before, self.menu.entries, strict=False)
            if not entry.form.dropped.data
        )


def form_for(details: ContractDetails, *, base: ContractDetails, **own: Any) -> AmendmentForm:
    """Return the form filled with ``details``; ``base`` is what is in force."""
    kept = {(line.season_id, line.link_id): line for line in details.menu}
    menu = []
    for line in base.menu:
        now = kept.get((line.season_id, line.link_id))
        shown = now or line
        menu.append(
            {"price": shown.price, "area": shown.area, "passes": shown.passes, "dropped": now is None}
        )
    values = {
        "ends_on": details.ends_on,
        "price": money.yearly_price(details) if details.mode is not ContractMode.MENU else None,
        "menu": menu,
        "crops": details.crops,
        "late_fee": details.late_fee,
        "free_terms": details.free_terms,
        **own,
    }
    return AmendmentForm(formdata=None, data=values)


def empty_form(contract: Contract, details: ContractDetails, on: date) -> AmendmentForm:
    """Return the form for a new agreement to a contract."""
    return form_for(details, base=details, effective_on=on, version=contract.version)
