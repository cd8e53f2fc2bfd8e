"""Rounds go out as datasets, and are verified and compared."""
