"""The loop: one write per file, named by its verb; plain functions, each one transaction."""
