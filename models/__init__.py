"""Tables and payloads: what the house remembers."""
