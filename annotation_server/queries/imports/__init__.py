"""Where an import is."""
