"""What an export says about how it was made."""

CODE_VERSION = "0.1.0"
# Raised when a field of an export changes its meaning or goes. 2: the manifest's `files` are without the pictures.
EXPORT_SCHEMA_VERSION = 2
