"""What Alembic runs to take a database from one step to the next, inside the transaction that it is handed."""

from alembic import context

context.configure(connection=context.config.attributes["connection"])
context.run_migrations()
