"""Images and their texts come in."""

from annotation_server.steps.imports.import_images.importing import ImportOptions, import_images

__all__ = ["ImportOptions", "import_images"]
