"""What a database looks like, in words that two databases of one kind can be compared by."""

from sqlalchemy import Connection, TextClause, inspect

POSTGRES_DETAILS = {
    "check": "select conrelid::regclass || '.' || conname, pg_get_constraintdef(oid) from pg_constraint"
    " where connamespace = 'public'::regnamespace",
    "index": "select indexname, indexdef from pg_indexes where schemaname = 'public'",
    "trigger": "select tgname, pg_get_triggerdef(oid) from pg_trigger where not tgisinternal",
    "function": "select proname, prosrc from pg_proc where pronamespace = 'public'::regnamespace",
}
SQLITE_TRIGGERS = "select name, sql from sqlite_master where type = 'trigger'"


def described(connection: Connection) -> dict[str, str]:
    """Return every column, constraint, index, trigger and function with its definition."""
    lines: dict[str, str] = {}
    found = inspect(connection)
    for table in found.get_table_names():
        if table == "alembic_version":
            continue
        for column in found.get_columns(table):
            plain = f"{column['type']!r} nullable={column['nullable']} default={column['default']}"
            lines[f"column {table}.{column['name']}"] = plain
        lines[f"key {table}"] = str(found.get_pk_constraint(table))
        for kind, all_of_kind in (
            ("unique", found.get_unique_constraints(table)),
            ("foreign", found.get_foreign_keys(table)),
            ("check", found.get_check_constraints(table)),
            ("index", found.get_indexes(table)),
        ):
            for each in all_of_kind:
                lines[f"{kind} {table}.{each['name']}"] = str(_plain(dict(each)))
    return lines | _details(connection)


def _plain(value: object) -> object:
    """Return what was found with the condition of a partial index as its text."""
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items()}
    return value.text if isinstance(value, TextClause) else value


def _details(connection: Connection) -> dict[str, str]:
    if connection.dialect.name == "sqlite":
        return {f"trigger {name}": sql for name, sql in connection.exec_driver_sql(SQLITE_TRIGGERS)}
    return {
        f"detail {kind} {name}": definition
        for kind, query in POSTGRES_DETAILS.items()
        for name, definition in connection.exec_driver_sql(query)
        if "alembic_version" not in name
    }
