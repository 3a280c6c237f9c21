"""Documents: what is read, as Markdown or as a tagged PDF, and the press that makes them off the event loop."""
