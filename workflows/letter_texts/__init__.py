"""The words of every letter: one function for each template, and what composes a letter from its facts."""
