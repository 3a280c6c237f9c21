"""Pages for the public, in the NHS.UK style: templates, static files, and the routes below `/practices`."""
