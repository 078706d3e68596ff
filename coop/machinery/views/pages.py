"""What the pages of machines and of operators share: pickers, what a query bar asks, the workbook."""

from collections.abc import Iterable
from io import BytesIO
from typing import Any

from flask.typing import ResponseReturnValue

from coop.machinery.forms import CloseForm, ReopenForm
from coop.machinery.rules import LicenceState, MachineryAct, MachineryPermission
from coop.organisations import queries as organisations
from foundation.access.gate import current_viewer
from foundation.access.grants import Viewer
from foundation.clock import now, today
from foundation.database.engine import db
from foundation.imports.importing import Plan
from foundation.journal.service import record
from foundation.web.downloads import spreadsheet
from foundation.web.fields import PickerField
from foundation.workbooks.writing import Sheet, write_sheets

REFUSED = 422
LICENCE_KINDS = {
    LicenceState.VALID: "good",
    LicenceState.SOON: "waiting",
    LicenceState.EXPIRED: "bad",
    LicenceState.UNKNOWN: "plain",
}


def asked_of(query: Any) -> dict[str, Any]:
    """Return what the query bars of both lists ask for."""
    values = query.values()
    place = organisations.division_asked(
        current_viewer(), MachineryPermission.VIEW, values.get("division"), today()
    )
    return {
        "text": values.get("text", ""),
        "provider": values.get("provider", ""),
        "division_code": place,
        "licence": values.get("licence"),
        "subcontracted": values.get("subcontracted", False),
        "with_closed": values.get("closed", False),
    }


def find_organisations(field: PickerField, *, providers_only: bool) -> None:
    """Let a picker find organisations in sight."""
    viewer = current_viewer()

    def find(text: str) -> list[tuple[str, str]]:
        if text.isascii() and text.isdigit() and len(text) < organisations.CREDIT_CODE_LENGTH:
            found = [organisations.get(viewer, int(text))]
        else:
            found = list(organisations.find(viewer, text, today(), providers_only=providers_only))
        return [(str(one.id), one.name) for one in found]

    field.find = find
    field.label_of = lambda key: _name(viewer, key)


def _name(viewer: Viewer, key: str) -> str:
    return organisations.get(viewer, int(key)).name


def workbook(plan: Plan, rows: Iterable[dict[str, Any]]) -> ResponseReturnValue:
    """Send rows as the workbook that the import reads back, telephones masked, and tell the journal."""
    cells = [plan.cells(plan.masked(row)) for row in rows]
    write_sheets(target := BytesIO(), [Sheet(plan.layout, cells)])
    note = f"{plan.title}，{len(cells)} 行"
    record(MachineryAct.EXPORTED, None, viewer=current_viewer(), now=now(), note=note)
    db.session.commit()
    return spreadsheet(target.getvalue(), f"{plan.title}名册-{today()}.xlsx")


def act_forms(**sent: Any) -> dict[str, Any]:
    """Return the forms of the acts on a row, those that were refused as they were sent."""
    return {
        "close": CloseForm(formdata=None, data={"on": today()}),
        "reopen": ReopenForm(formdata=None),
    } | sent
