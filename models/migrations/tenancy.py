"""The second wall between practices: what PostgreSQL lets the application see and do, table by table.

Every statement of the application sets `charter.practice` for its own transaction; one that does not sees nothing.
SQLite knows neither roles nor policies: there the first wall, the practice in every statement, stands alone.
"""

from alembic import op

APPLICATION = "charter_app"
"""The role whose members the application connects as. It owns nothing, and nobody logs in with it."""

HERE = "current_setting('charter.practice', true)"
EVERYWHERE = "INSTALLATION"


def on_postgres() -> bool:
    """Whether the database that is being migrated is PostgreSQL."""
    return op.get_context().dialect.name == "postgresql"


def make_application_role() -> None:
    """Make the application's role, unless the server has it: it serves every database there."""
    if not on_postgres():
        return
    op.execute(f"""
        DO $$ BEGIN
            IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{APPLICATION}') THEN
                CREATE ROLE {APPLICATION} NOLOGIN;
            END IF;
        EXCEPTION WHEN duplicate_object OR unique_violation THEN
            NULL; -- made for another database at this very moment
        END $$
    """)
    op.execute(f"""
        DO $$ BEGIN
            EXECUTE format('GRANT USAGE ON SCHEMA %I TO {APPLICATION}', current_schema());
        END $$
    """)


def allow(table: str, *acts: str) -> None:
    """Let the application do these things, such as SELECT and INSERT, in a table."""
    if on_postgres():
        op.execute(f"GRANT {', '.join(acts)} ON TABLE {table} TO {APPLICATION}")


def allow_numbering(sequence: str) -> None:
    """Let the application take numbers from a sequence."""
    if on_postgres():
        op.execute(f"GRANT USAGE ON SEQUENCE {sequence} TO {APPLICATION}")


def protect(table: str) -> None:
    """Show and take rows of the practice at hand alone, whoever asks: even the owner, though not a superuser."""
    if not on_postgres():
        return
    op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
    op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
    op.execute(f"CREATE POLICY one_practice ON {table} USING (practice = {HERE}) WITH CHECK (practice = {HERE})")


def let_installation_see(table: str) -> None:
    """Let the installation itself read all rows, so that the clock can go round the practices."""
    if on_postgres():
        op.execute(f"CREATE POLICY installation ON {table} FOR SELECT USING ({HERE} = '{EVERYWHERE}')")
