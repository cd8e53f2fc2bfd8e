"""A task as its annotator sees it."""
