"""How Alembic runs here: on the connection handed in, inside one transaction, writing plain column types.

Nothing of the product is imported: connection and metadata come from ``app.schema`` through
``config.attributes``, and revisions carry plain SQLAlchemy types, so that a revision of today still runs
when the models of today are gone.
"""

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlalchemy import BigInteger, CheckConstraint, DateTime, Enum, LargeBinary, Text
from sqlalchemy.types import TypeDecorator

PLAIN: dict[type, str] = {
    BigInteger: "sa.BigInteger()",
    DateTime: "sa.DateTime()",
    LargeBinary: "sa.LargeBinary()",
    Text: "sa.Text()",
}


def render_item(kind: str, item: Any, _context: AutogenContext) -> str | Literal[False]:
    """Render our own types as the plain types they are stored in, and enumerations as named CHECKs."""
    if kind == "type":
        return _render_type(item)
    if kind == "check" and getattr(item, "_type_bound", False):
        return _render_check(item)
    return False


def _render_type(item: Any) -> str | Literal[False]:
    if isinstance(item, Enum):
        return f"sa.String(length={item.length})"
    if not isinstance(item, TypeDecorator):
        return False
    stored = item.impl_instance
    return PLAIN.get(type(stored)) or f"sa.{stored!r}"


def _render_check(item: CheckConstraint) -> str:
    """Write the rule of an enumeration as a list, one member a line when there are many."""
    rule = str(item.sqltext.compile(compile_kwargs={"literal_binds": True, "include_table": False}))
    column, _, members = rule.removesuffix(")").partition(" IN (")
    name = f"ck_{item.table.name}_{item.name}"  # as the house's naming convention has it
    return f"sa.CheckConstraint(sa.column({column!r}).in_([{members}]), name=op.f({name!r}))"


def run() -> None:
    """Run the revisions on the connection of ``app.schema``; it begins, checks and commits."""
    attributes = context.config.attributes
    context.configure(
        connection=attributes["connection"],
        target_metadata=attributes["metadata"],
        render_item=render_item,
        render_as_batch=context.script.get_current_head() is not None,  # the first one only creates
        compare_type=True,
        transaction_per_migration=False,
    )
    with context.begin_transaction():
        context.run_migrations()


run()
