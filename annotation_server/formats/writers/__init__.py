"""Writers of exports, one module per format."""

from annotation_server.formats.writers.writer import PICTURED, WRITERS, Writer, refuse_unknown, writer_named

__all__ = ["PICTURED", "WRITERS", "Writer", "refuse_unknown", "writer_named"]
