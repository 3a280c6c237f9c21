"""What the database itself refuses: to change or remove what the audit trail says, whoever asks.

What stands beside the chain may be emptied, because a lawful erasure has to stay possible.
"""

from collections.abc import Sequence

from alembic import op

from models.migrations.tenancy import on_postgres

REFUSAL = "the audit trail is never rewritten"


def refuse_rewriting(table: str, *, chained: Sequence[str], erasable: Sequence[str]) -> None:
    """Refuse to delete rows, to change the chained columns, and to put anything but NULL into the erasable ones."""
    if on_postgres():
        _refuse_on_postgres(table, chained, erasable)
    else:
        _refuse_on_sqlite(table, chained, erasable)


def _refuse_on_postgres(table: str, chained: Sequence[str], erasable: Sequence[str]) -> None:
    changed = _changed(chained, erasable, differs="IS DISTINCT FROM")
    op.execute(f"""
        CREATE OR REPLACE FUNCTION refuse_rewriting() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
            RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'restrict_violation';
        END $$
    """)
    for moment, each, condition in (
        ("UPDATE", "ROW", f"WHEN ({changed})"),
        ("DELETE", "ROW", ""),
        ("TRUNCATE", "STATEMENT", ""),
    ):
        op.execute(f"""
            CREATE TRIGGER refuse_{moment.lower()} BEFORE {moment} ON {table}
            FOR EACH {each} {condition} EXECUTE FUNCTION refuse_rewriting()
        """)


def _refuse_on_sqlite(table: str, chained: Sequence[str], erasable: Sequence[str]) -> None:
    changed = _changed(chained, erasable, differs="IS NOT")
    for moment, condition in (("UPDATE", f"WHEN {changed}"), ("DELETE", "")):
        op.execute(f"""
            CREATE TRIGGER {table}_refuse_{moment.lower()} BEFORE {moment} ON {table} {condition}
            BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END
        """)


def _changed(chained: Sequence[str], erasable: Sequence[str], *, differs: str) -> str:
    rewritten = [f"NEW.{column} {differs} OLD.{column}" for column in chained]
    put_in = [f"(NEW.{column} IS NOT NULL AND NEW.{column} {differs} OLD.{column})" for column in erasable]
    return " OR ".join([*rewritten, *put_in])
