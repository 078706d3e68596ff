"""The papers of the field: the driver's list, the households' slips, and the acceptance forms."""

from coop.acceptance.document.forms import (
    draw_contract,
    draw_village,
    summarise_contract,
    summarise_village,
)
from coop.acceptance.document.orders import draw_order, summarise_order
from coop.acceptance.document.slips import draw_slips, summarise_slips
from coop.acceptance.queries import papers as found
from coop.acceptance.rules.terms import AcceptancePermission
from coop.acceptance.service.forms import contract_snapshot, village_snapshot
from coop.acceptance.service.freezing import order_snapshot, slips_snapshot
from coop.contracts import queries as contracts
from coop.operations import queries as operations
from coop.operations.models import WorkOrder
from coop.operations.rules.terms import OperationPermission
from foundation.access.grants import Viewer
from foundation.clock import now, today
from foundation.papers.rules import Frozen, PaperKind
from foundation.wording import N_

ORDER = "order"
"""What papers, print runs and attachments call a work order."""

CONTRACT = "contract-acceptance"
"""What papers call the acceptance of a contract, which outlives none of the contract's own papers."""

HOME, ACCEPTANCE = "/coop/operations/", "/coop/acceptance/orders/"


def _frozen(order: WorkOrder, snapshot: str) -> Frozen:
    return Frozen(
        subject_type=ORDER,
        subject_id=order.id,
        number=order.number,
        division_code=order.division_code,
        dated_on=order.dated_on,
        snapshot=snapshot,
    )


def freeze_order(viewer: Viewer, order_id: int) -> Frozen:
    """Return the driver's list of an order that the viewer may see."""
    order, on = operations.get(viewer, order_id), today()
    states = {line.id: line.state(order.ends_on, on) for line in order.lines}
    return _frozen(order, order_snapshot(order, states).write())


def freeze_slips(viewer: Viewer, order_id: int) -> Frozen:
    """Return the slips of an order whose codes open now; the codes are made before."""
    order = operations.get(viewer, order_id)
    slips = found.slips_with_households(order.id)
    telephone = found.telephone_of(order.provider_id)
    return _frozen(order, slips_snapshot(order, slips, telephone=telephone, now=now()).write())


def freeze_village(viewer: Viewer, order_id: int) -> Frozen:
    """Return the acceptance form of the village of an order."""
    order = operations.get(viewer, order_id)
    return _frozen(order, village_snapshot(order).write())


def freeze_contract(viewer: Viewer, contract_id: int) -> Frozen:
    """Return the acceptance form of a contract that the viewer may see."""
    contracts.get(viewer, contract_id)
    contract = found.contract_for_paper(contract_id)
    return Frozen(
        subject_type=CONTRACT,
        subject_id=contract.id,
        number=contract.number or "",
        division_code=contract.division_code,
        dated_on=contract.dated_on,
        snapshot=contract_snapshot(contract).write(),
        draft=contract.signed_on is None,
    )


ORDER_KIND = PaperKind(
    name=ORDER,
    label=N_("作业单"),
    sees=OperationPermission.VIEW,
    prints=OperationPermission.PRINT,
    page=HOME,
    freeze=freeze_order,
    draw=draw_order,
    summarise=summarise_order,
)
SLIPS_KIND = PaperKind(
    name="acceptance-slips",
    label=N_("验收确认单"),
    sees=AcceptancePermission.PRINT,
    prints=AcceptancePermission.PRINT,
    page=ACCEPTANCE,
    freeze=freeze_slips,
    draw=draw_slips,
    summarise=summarise_slips,
    keeps_bytes=False,
)
VILLAGE_KIND = PaperKind(
    name="acceptance-village",
    label=N_("作业验收表（村）"),
    sees=AcceptancePermission.VIEW,
    prints=AcceptancePermission.PRINT,
    page=ACCEPTANCE,
    freeze=freeze_village,
    draw=draw_village,
    summarise=summarise_village,
)
CONTRACT_KIND = PaperKind(
    name="acceptance-contract",
    label=N_("作业验收表（合同）"),
    sees=AcceptancePermission.VIEW,
    prints=AcceptancePermission.PRINT,
    page="/coop/contracts/",
    freeze=freeze_contract,
    draw=draw_contract,
    summarise=summarise_contract,
)
KINDS = (ORDER_KIND, SLIPS_KIND, VILLAGE_KIND, CONTRACT_KIND)

__all__ = ["CONTRACT_KIND", "KINDS", "ORDER_KIND", "SLIPS_KIND", "VILLAGE_KIND"]
