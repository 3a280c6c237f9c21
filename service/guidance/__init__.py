"""Guidance around its wording: which version a practice's patients are told of."""
