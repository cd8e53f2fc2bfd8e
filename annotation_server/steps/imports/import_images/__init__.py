"""Images and their texts come in."""

from annotation_server.steps.imports.import_images.importing import import_images

__all__ = ["import_images"]
