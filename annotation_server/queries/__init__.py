"""Reads that are used twice or are hard."""
