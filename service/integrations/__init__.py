"""What the service asks of others: each behind one small interface, with a deadline for the whole of it."""
