"""What a database is made of, as a set of lines that two databases can be compared by."""

import re
from collections.abc import Iterator

from sqlalchemy import Connection

#: Alembic's own table is no part of the schema.
FOREIGN = "alembic_version"

_POSTGRESQL = (
    """SELECT concat_ws(' ', 'column', c.relname, a.attname, format_type(a.atttypid, a.atttypmod),
              CASE WHEN a.attnotnull THEN 'not null' END,
              CASE WHEN a.attidentity <> '' THEN 'identity ' || a.attidentity::text END,
              'default ' || pg_get_expr(d.adbin, d.adrelid))
       FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
       LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
       WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND a.attnum > 0
       AND NOT a.attisdropped AND c.relname <> %(foreign)s""",
    """SELECT concat_ws(' ', 'constraint', c.relname, k.conname, pg_get_constraintdef(k.oid))
       FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid
       WHERE k.connamespace = 'public'::regnamespace AND k.contype <> 'n' AND c.relname <> %(foreign)s""",
    """SELECT 'index ' || indexdef FROM pg_indexes
       WHERE schemaname = 'public' AND tablename <> %(foreign)s""",
    """SELECT 'trigger ' || pg_get_triggerdef(oid) FROM pg_trigger
       WHERE NOT tgisinternal AND tgname <> %(foreign)s""",
    """SELECT 'function ' || pg_get_functiondef(oid) FROM pg_proc
       WHERE pronamespace = 'public'::regnamespace AND proname <> %(foreign)s""",
)


def structure(connection: Connection) -> set[str]:
    """Columns, keys, uniques, checks, foreign keys, indexes with their WHERE, triggers, functions."""
    lines = _postgresql(connection) if connection.dialect.name == "postgresql" else _sqlite(connection)
    return {" ".join(line.split()) for line in lines}


def _postgresql(connection: Connection) -> Iterator[str]:
    for query in _POSTGRESQL:
        yield from connection.exec_driver_sql(query, {"foreign": FOREIGN}).scalars()


def _sqlite(connection: Connection) -> Iterator[str]:
    objects = connection.exec_driver_sql("SELECT type, name, tbl_name, sql FROM sqlite_master").all()
    for kind, name, table, sql in objects:
        if table == FOREIGN:
            continue
        if kind == "table" and not sql.startswith("CREATE VIRTUAL"):
            yield from _table(connection, name, sql)
        elif sql:  # What has no text belongs to a key or a unique constraint.
            yield sql


def _table(connection: Connection, name: str, sql: str) -> Iterator[str]:
    for _, column, kind, not_null, default, key, hidden in connection.exec_driver_sql(
        f"PRAGMA table_xinfo({name})"
    ):
        # The key of a rowid table can never be null, said or not.
        required = bool(not_null) or (key and kind == "INTEGER")
        yield f"column {name}.{column} {kind} required={required} default={default} key={key} {hidden}"
    for key in connection.exec_driver_sql(f"PRAGMA foreign_key_list({name})").all():
        yield f"foreign key {name}: {key[2:]}"
    for index in connection.exec_driver_sql(f"PRAGMA index_list({name})").all():
        columns = connection.exec_driver_sql(f"PRAGMA index_xinfo({index.name})").all()
        shown = [(column.name, column.desc, column.coll) for column in columns if column.key]
        yield f"{name}: unique={index.unique} origin={index.origin} partial={index.partial} {shown}"
    for check in re.findall(r"CHECK\s*\(.*", sql, re.IGNORECASE):
        yield f"check {name}: {check}"
    yield f"strict {name}: {bool(re.search(r'STRICT|WITHOUT ROWID', sql.rsplit(')', 1)[1]))}"
