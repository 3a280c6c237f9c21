"""Pure decisions: who may do what to a record, when, and what it means. No clock, no database, no web."""
