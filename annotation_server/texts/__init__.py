"""Texts: words, phrases and differences, names and tags."""
