"""A word to SQLite's planner, which prefers the index of a range to the order that a list is read in."""

from typing import Any

from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement


class unindexed(FunctionElement[Any]):  # noqa: N801 - it reads like the SQL functions it stands among
    """A column whose index shall not be used: nearly every row fulfils the condition anyway.

    A county's clerk sees the whole of a table of one county. Led by the index of the division, SQLite read
    100,000 contracts and sorted them for one page (23 ms); led by the order of the list it reads the page
    (0.4 ms). PostgreSQL knows the distribution and needs no word.
    """

    inherit_cache = True
    name = "unindexed"


@compiles(unindexed)
def _as_it_is(element: Any, compiler: SQLCompiler, **options: Any) -> str:
    return compiler.process(element.clauses, **options)


@compiles(unindexed, "sqlite")
def _with_plus(element: Any, compiler: SQLCompiler, **options: Any) -> str:
    return f"+{compiler.process(element.clauses, **options)}"
