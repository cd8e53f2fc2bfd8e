"""A project comes in from an archive."""

from annotation_server.steps.archives.import_archive.restoring import import_archive

__all__ = ["import_archive"]
