"""What the catalogue of PostgreSQL must say of every table, so that one that is added without a wall fails by itself."""

from collections.abc import Callable
from typing import Any

from models.migrations.tenancy import APPLICATION

Asking = Callable[[str], list[tuple[Any, ...]]]
"""What a statement brings back."""

WITHOUT_PRACTICE = {"alembic_version": "which migration the database is at"}
"""Tables that hold nothing of any practice."""

NUMBERED_ACROSS_PRACTICES = {
    ("event", "position"): "the order of the outbox; nobody is ever shown it",
    ("access_entry", "position"): "the same of who was shown what",
}
"""Unique values that don't begin with the practice, by table and column: none that a person can see or choose."""

OTHER_POLICIES = {
    ("practice", "installation", "SELECT"): "the clock goes round the practices, and reads the list of them",
}
"""Policies beside the wall itself, by table, name and command."""

WALL = "((practice)::text = current_setting('charter.practice'::text, true))"
OURS = "relnamespace NOT IN (SELECT oid FROM pg_namespace WHERE nspname ~ '^pg_' OR nspname = 'information_schema')"
KEEPS_ROWS = "relkind IN ('r', 'p', 'f', 'm')"
PASSES_THE_WALL = "('TRUNCATE', 'REFERENCES', 'TRIGGER', 'MAINTAIN')"
"""Rights to which row-level security does not apply, or through which it can be passed."""


def tables_without_a_practice(ask: Asking) -> set[str]:
    """Tables that don't say whose each row is."""
    rows = ask(f"""
        SELECT relname FROM pg_class WHERE {KEEPS_ROWS} AND {OURS} AND NOT EXISTS (
            SELECT FROM pg_attribute WHERE attrelid = pg_class.oid AND attname = 'practice' AND attnotnull)
    """)
    return {name for (name,) in rows} - WITHOUT_PRACTICE.keys()


def tables_without_a_wall(ask: Asking) -> set[str]:
    """Tables on which row-level security is not enabled, or from which their owner is exempt."""
    rows = ask(f"""
        SELECT relname FROM pg_class WHERE {KEEPS_ROWS} AND {OURS} AND NOT (relrowsecurity AND relforcerowsecurity)
    """)
    return {name for (name,) in rows} - WITHOUT_PRACTICE.keys()


def tables_without_a_policy(ask: Asking) -> set[str]:
    """Tables without exactly the policy that shows and takes rows of one practice alone, for every act and everybody."""
    rows = ask(f"""
        SELECT relname FROM pg_class WHERE {KEEPS_ROWS} AND {OURS} AND NOT EXISTS (
            SELECT FROM pg_policies WHERE tablename = relname AND cmd = 'ALL' AND permissive = 'PERMISSIVE'
                AND roles = '{{public}}' AND qual = $${WALL}$$ AND with_check = $${WALL}$$)
    """)
    return {name for (name,) in rows} - WITHOUT_PRACTICE.keys()


def doors_in_a_wall(ask: Asking) -> set[str]:
    """Policies that let more through: each permissive one adds to what the others allow."""
    rows = ask(f"""
        SELECT tablename, policyname, cmd FROM pg_policies
        WHERE NOT (cmd = 'ALL' AND qual = $${WALL}$$ AND with_check IS NOT DISTINCT FROM $${WALL}$$)
    """)
    return {f"{table}.{name}" for table, name, act in rows if (table, name, act) not in OTHER_POLICIES}


def keys_across_practices(ask: Asking) -> set[str]:
    """Primary keys, unique constraints and unique indexes that would tell one practice which values another has."""
    rows = ask(f"""
        SELECT relname, coalesce(attname, 'an expression'), pg_get_indexdef(indexrelid) FROM pg_index
        JOIN pg_class ON pg_class.oid = indrelid
        LEFT JOIN pg_attribute ON attrelid = indrelid AND attnum = indkey[0] AND attnum > 0
        WHERE (indisunique OR indisexclusion) AND {OURS} AND attname IS DISTINCT FROM 'practice'
    """)
    known = NUMBERED_ACROSS_PRACTICES
    return {
        definition
        for table, column, definition in rows
        if table not in WITHOUT_PRACTICE and (table, column) not in known
    }


def references_across_practices(ask: Asking) -> set[str]:
    """Foreign keys that don't keep the practice: a reference is never looked up in another practice's rows."""
    rows = ask(f"""
        SELECT conname FROM pg_constraint JOIN pg_class ON pg_class.oid = conrelid
        WHERE contype = 'f' AND {OURS} AND NOT EXISTS (
            SELECT FROM generate_subscripts(conkey, 1) place
            JOIN pg_attribute here ON here.attrelid = conrelid AND here.attnum = conkey[place]
            JOIN pg_attribute there ON there.attrelid = confrelid AND there.attnum = confkey[place]
            WHERE here.attname = 'practice' AND there.attname = 'practice')
    """)
    return {name for (name,) in rows}


def views_of_their_owner(ask: Asking) -> set[str]:
    """Views and rewriting rules that read as whoever made them, and not as whoever asks."""
    views = ask(f"""
        SELECT relname FROM pg_class WHERE {OURS} AND (
            relkind = 'm' OR (relkind = 'v' AND NOT 'security_invoker=true' = ANY (coalesce(reloptions, '{{}}'))))
    """)
    rules = ask(f"""
        SELECT rulename FROM pg_rewrite JOIN pg_class ON pg_class.oid = ev_class
        WHERE {OURS} AND rulename <> '_RETURN'
    """)
    return {name for (name,) in (*views, *rules)}


def functions_of_their_owner(ask: Asking) -> set[str]:
    """Functions that run as whoever made them, and not as whoever calls."""
    rows = ask("SELECT proname FROM pg_proc WHERE prosecdef AND oid >= 16384")
    return {name for (name,) in rows}


def powers_of_the_application(ask: Asking) -> set[str]:
    """What the application's role could pass the wall by: powers, possessions, memberships, and rights of the wrong sort."""
    powers = ask(f"""
        SELECT power FROM pg_roles, LATERAL (VALUES ('superuser', rolsuper), ('bypasses row-level security', rolbypassrls),
            ('makes roles', rolcreaterole), ('makes databases', rolcreatedb), ('replicates', rolreplication),
            ('logs in', rolcanlogin)) AS had (power, has)
        WHERE rolname = '{APPLICATION}' AND has
    """)
    owned = ask(f"SELECT 'owns ' || relname FROM pg_class WHERE relowner = '{APPLICATION}'::regrole")
    belongs = ask(f"SELECT 'is ' || roleid::regrole FROM pg_auth_members WHERE member = '{APPLICATION}'::regrole")
    rights = ask(f"""
        SELECT DISTINCT grantee || ' may ' || privilege_type || ' ' || table_name FROM information_schema.table_privileges
        WHERE table_schema NOT IN ('pg_catalog', 'information_schema')
            AND (grantee = 'PUBLIC' OR (grantee = '{APPLICATION}' AND privilege_type IN {PASSES_THE_WALL}))
    """)
    return {what for (what,) in (*powers, *owned, *belongs, *rights)}


CHECKS = (
    tables_without_a_practice,
    tables_without_a_wall,
    tables_without_a_policy,
    doors_in_a_wall,
    keys_across_practices,
    references_across_practices,
    views_of_their_owner,
    functions_of_their_owner,
    powers_of_the_application,
)
"""Each finds nothing in a database as the migrations make it."""
