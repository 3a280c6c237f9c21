"""The pages on which somebody without a sign-in asks the practice for something: one question on each, no script needed."""
