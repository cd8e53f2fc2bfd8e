"""Weights that others publish: what settings call them, where they lie once fetched, and how they are fetched."""
