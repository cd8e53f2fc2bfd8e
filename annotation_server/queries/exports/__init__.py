"""The rows of an export, its manifest, and what changed since the one before."""
