"""Whole projects go out and come in."""
