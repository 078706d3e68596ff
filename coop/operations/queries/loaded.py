"""What an order is loaded with, once for the readers of orders, slips and disputes."""

from sqlalchemy.orm import joinedload

from coop.operations.models import WorkOrder

HEAD = (
    joinedload(WorkOrder.provider),
    joinedload(WorkOrder.programme),
    joinedload(WorkOrder.season),
    joinedload(WorkOrder.link),
    joinedload(WorkOrder.operator),
    joinedload(WorkOrder.machine),
)
"""What the head of an order names: who serves, for which programme, season and link, by which hands."""
