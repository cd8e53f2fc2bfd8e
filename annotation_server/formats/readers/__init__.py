"""Readers of import sources, one module per format."""

from annotation_server.formats.readers.opening import open_source
from annotation_server.formats.readers.reader import READERS

__all__ = ["READERS", "open_source"]
