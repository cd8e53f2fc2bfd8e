"""A project as the rows of an archive."""
