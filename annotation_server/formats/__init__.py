"""The formats of the world: one reader and one writer for each."""
