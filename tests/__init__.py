"""What Practice Charter promises, each promise with a test that fails when it is broken."""
