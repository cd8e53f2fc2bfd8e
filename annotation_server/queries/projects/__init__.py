"""A project as one person sees it."""
